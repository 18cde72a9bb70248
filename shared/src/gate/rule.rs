//! What may not stand in a document. A block that breaks a rule is left out: its place is
//! kept as if it had been deleted, so that what its author did afterwards is not lost.

/// A rule that a block broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The document has no root of this name.
    Root,
    /// Nothing can stand there: no key in a map, a key in a text, in something unknown.
    Place,
    /// Content of a kind that no document has: lists, XML, embedded things, documents.
    Content,
    /// A text has characters and marks only.
    InText,
    /// Characters and marks stand in a text only.
    InMap,
    /// No shared type, or another one, stands under this key.
    SharedType,
    /// No plain value stands under this key.
    PlainValue,
    /// The value under this key is of another sort.
    ValueType,
    /// Several values were joined under one key and are not deleted.
    Joined,
    /// The text has no mark of this name.
    Mark,
    /// The value of the mark is of another sort.
    MarkValue,
    /// A number that is none, or without end.
    NotANumber,
    /// A text, key or value is too long; see [`super::MAX_STRING_BYTES`].
    TooLong,
    /// More was written into one text than it may hold.
    TextFull,
    /// Its right neighbour does not come after its left one.
    Crossed,
    /// It stands between the two halves of one character.
    Halves,
    /// More was put into one thing than it may hold; see [`super::MAX_HELD_BLOCKS`].
    Full,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 17] = [
        Self::Root,
        Self::Place,
        Self::Content,
        Self::InText,
        Self::InMap,
        Self::SharedType,
        Self::PlainValue,
        Self::ValueType,
        Self::Joined,
        Self::Mark,
        Self::MarkValue,
        Self::NotANumber,
        Self::TooLong,
        Self::TextFull,
        Self::Crossed,
        Self::Halves,
        Self::Full,
    ];

    /// Its name, for logs and other clients.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Place => "place",
            Self::Content => "content",
            Self::InText => "in_text",
            Self::InMap => "in_map",
            Self::SharedType => "shared_type",
            Self::PlainValue => "plain_value",
            Self::ValueType => "value_type",
            Self::Joined => "joined",
            Self::Mark => "mark",
            Self::MarkValue => "mark_value",
            Self::NotANumber => "not_a_number",
            Self::TooLong => "too_long",
            Self::TextFull => "text_full",
            Self::Crossed => "crossed",
            Self::Halves => "halves",
            Self::Full => "full",
        }
    }

    /// Whether the place itself cannot be: nothing is kept of it but its length.
    pub(super) const fn is_about_the_place(self) -> bool {
        matches!(
            self,
            Self::Root | Self::Place | Self::Crossed | Self::Halves | Self::Full
        )
    }
}

/// Clocks that were left out of an update, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Client id.
    pub client: u64,
    /// First clock.
    pub start: u32,
    /// Clock after the last.
    pub end: u32,
    /// Which rule they broke.
    pub rule: Rule,
}

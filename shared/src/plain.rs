//! Sorts of plain values: as they are found in an update, and as an object or a document
//! asks for them under a key.

/// The sort of a plain value that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Nothing: null or undefined.
    Empty,
    /// Yes or no.
    Flag,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list of so many numbers and nothing else.
    Numbers(usize),
    /// Bytes.
    Bytes,
    /// A record, or a list of anything.
    Other,
}

/// The sort of plain value that a schema asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Whatever it is.
    Any,
    /// Yes or no.
    Flag,
    /// A number.
    Number,
    /// A string.
    String,
    /// Two numbers.
    Pair,
    /// Bytes.
    Bytes,
}

impl Plain {
    /// Whether a value of a sort is what is asked for. An empty one always is: it is
    /// read like none.
    pub const fn admits(self, found: Sort) -> bool {
        match (self, found) {
            (_, Sort::Empty) | (Self::Any, _) => true,
            (Self::Flag, Sort::Flag)
            | (Self::Number, Sort::Number)
            | (Self::String, Sort::String)
            | (Self::Bytes, Sort::Bytes) => true,
            (Self::Pair, Sort::Numbers(count)) => count == 2,
            _ => false,
        }
    }

    /// What it is called in the documentation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "anything plain",
            Self::Flag => "true or false",
            Self::Number => "number",
            Self::String => "string",
            Self::Pair => "two numbers",
            Self::Bytes => "bytes",
        }
    }
}

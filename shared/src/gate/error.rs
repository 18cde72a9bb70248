//! Why an update was turned away, in words for people and codes for clients.

use thiserror::Error;

use super::limits::MAX_CLOCK_JUMP;
use crate::id::ObjectId;

/// What is wrong with the bytes of an update. Positions are byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ScanError {
    /// The bytes end too early.
    #[error("the change is cut off: it ends in the middle of a value (at byte {at})")]
    Truncated {
        /// Where reading stopped.
        at: usize,
    },
    /// Bytes follow the end of the update.
    #[error("the change has {bytes} unexpected bytes at its end")]
    Trailing {
        /// How many.
        bytes: usize,
    },
    /// A number is out of its range or written in more bytes than needed.
    #[error("the change contains a number that is out of range (at byte {at})")]
    Number {
        /// Where the number begins.
        at: usize,
    },
    /// A count exceeds what the remaining bytes could hold.
    #[error("the change announces more content than it has (at byte {at})")]
    Count {
        /// Where the count ends.
        at: usize,
    },
    /// Text that is not UTF-8.
    #[error("the change contains unreadable text (at byte {at})")]
    Text {
        /// Where the text ends.
        at: usize,
    },
    /// Bytes that no version of the format explains.
    #[error("the change is damaged: {what} (at byte {at})")]
    Malformed {
        /// What was expected or found.
        what: &'static str,
        /// Where.
        at: usize,
    },
    /// Valid content of a kind that boards do not use.
    #[error("the change contains {what}, which boards do not use (at byte {at})")]
    NotAllowed {
        /// The kind of content.
        what: &'static str,
        /// Where.
        at: usize,
    },
    /// Something at the top of the document that this kind of document does not have.
    #[error("the change writes into a part that this document does not have (at byte {at})")]
    UnknownRoot {
        /// Where the name of the part begins.
        at: usize,
    },
    /// A plain value with too many levels.
    #[error("the change contains a value with too many levels inside one another (at byte {at})")]
    TooDeep {
        /// Where the level begins that is too much.
        at: usize,
    },
    /// More of something than one update may hold.
    #[error("the change contains too much: more than {max} {what}")]
    TooMuch {
        /// Of what, in the plural.
        what: &'static str,
        /// The limit.
        max: usize,
    },
}

impl ScanError {
    /// The code that clients and logs use.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Truncated { .. }
            | Self::Trailing { .. }
            | Self::Number { .. }
            | Self::Count { .. }
            | Self::Text { .. }
            | Self::Malformed { .. } => "malformed",
            Self::NotAllowed { .. } => "not_allowed",
            Self::UnknownRoot { .. } => "unknown_root",
            Self::TooDeep { .. } => "too_deep",
            Self::TooMuch { .. } => "too_large",
        }
    }
}

/// Why the gate turned an update away. Nothing of the update was used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// More bytes than allowed.
    #[error("This change is too large: {bytes} bytes, where at most {max} are accepted.")]
    TooLarge {
        /// Size of the update.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// The bytes do not pass the scan.
    #[error("This change could not be accepted: {0}.")]
    Content(#[from] ScanError),
    /// Shared types nest too deep.
    #[error("This change puts things inside one another more than {max} levels deep.")]
    TooDeep {
        /// The limit.
        max: u8,
    },
    /// Something is created inside a thing this room has not seen.
    #[error("This change builds on an earlier one that has not arrived here yet.")]
    MissingDependency {
        /// Client id of the block that cannot be placed.
        client: u64,
        /// Its clock.
        clock: u32,
    },
    /// The update runs too far ahead of what the room knows.
    #[error(
        "This change skips more than {MAX_CLOCK_JUMP} earlier steps that have not arrived here."
    )]
    ClockJump {
        /// Client id whose clock jumps.
        client: u64,
        /// The clock it jumps to.
        clock: u32,
    },
    /// A block names neighbours that live in different places, or a parent
    /// in which nothing can live.
    #[error("This change puts something in a place that cannot be.")]
    Misplaced {
        /// Client id of the block.
        client: u64,
        /// Its clock.
        clock: u32,
    },
    /// A part of the document is not for its sender to write.
    #[error("This change writes into {root}, which is not for its sender to write.")]
    Closed {
        /// The root's name.
        root: String,
    },
    /// Something new does not say who made it.
    #[error("This change does not say who made {object}.")]
    AuthorMissing {
        /// What is not signed.
        object: ObjectId,
    },
    /// Something new names somebody else as who made it.
    #[error("This change does not say truly who made {object}.")]
    AuthorForged {
        /// What is signed so.
        object: ObjectId,
    },
    /// Who made something first is not to be changed.
    #[error("This change changes who made {object}.")]
    AuthorFixed {
        /// Whose author it is.
        object: ObjectId,
    },
    /// The update tells another story of steps that the room already has.
    #[error("This change does not match what was received earlier from the same device.")]
    Contradiction {
        /// Client id of the block.
        client: u64,
        /// Its clock.
        clock: u32,
    },
}

impl Refusal {
    /// The code that clients and logs use.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Content(error) => error.code(),
            Self::TooDeep { .. } => "too_deep",
            Self::MissingDependency { .. } => "missing_dependency",
            Self::ClockJump { .. } => "clock_jump",
            Self::Misplaced { .. } => "malformed",
            Self::Closed { .. } => "closed_root",
            Self::AuthorMissing { .. } | Self::AuthorForged { .. } => "author_forged",
            Self::AuthorFixed { .. } => "author_fixed",
            Self::Contradiction { .. } => "contradiction",
        }
    }

    /// Whether a client of another make may do so that means well: it signs in its next
    /// step, which the answer to a fresh question brings with this one.
    pub fn is_clumsy(&self) -> bool {
        matches!(self, Self::AuthorMissing { .. })
    }

    /// Whether an honest client can be in this position, and a fresh
    /// exchange of what both sides have is the cure.
    pub fn wants_resync(&self) -> bool {
        matches!(
            self,
            Self::MissingDependency { .. } | Self::Contradiction { .. }
        )
    }
}

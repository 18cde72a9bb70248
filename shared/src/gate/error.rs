//! Why an update was turned away, as codes.

use crate::id::ObjectId;

/// What is wrong with the bytes of an update. Positions are byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanError {
    /// The bytes end too early.
    Truncated {
        /// Where reading stopped.
        at: usize,
    },
    /// Bytes follow the end of the update.
    Trailing {
        /// How many.
        bytes: usize,
    },
    /// A number is out of its range or written in more bytes than needed.
    Number {
        /// Where the number begins.
        at: usize,
    },
    /// A count exceeds what the remaining bytes could hold.
    Count {
        /// Where the count ends.
        at: usize,
    },
    /// Text that is not UTF-8.
    Text {
        /// Where the text ends.
        at: usize,
    },
    /// Bytes that no version of the format explains.
    Malformed {
        /// What was expected or found.
        what: &'static str,
        /// Where.
        at: usize,
    },
    /// A plain value with too many levels.
    TooDeep {
        /// Where the level begins that is too much.
        at: usize,
    },
    /// More of something than one update may hold.
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
            Self::TooDeep { .. } => "too_deep",
            Self::TooMuch { .. } => "too_large",
        }
    }
}

/// Why the gate turned an update away. Nothing of the update was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More bytes than allowed.
    TooLarge {
        /// Size of the update.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// The bytes do not pass the scan.
    Content(ScanError),
    /// It would cost the library too much time or memory.
    TooCostly {
        /// What there is too much of.
        what: &'static str,
    },
    /// The client id is too much like others: a new one is drawn when the page is opened
    /// again.
    ClientRefused {
        /// Which.
        client: u64,
    },
    /// So many pages have written into the document that it takes no further one.
    Full {
        /// How many.
        max: usize,
    },
    /// Something is created inside a thing this room has not seen, or signed with the name
    /// of somebody who has not brought again what would tell that it is theirs.
    MissingDependency {
        /// Client id of the block that cannot be placed.
        client: u64,
        /// Its clock.
        clock: u32,
    },
    /// The update runs too far ahead of what the room knows.
    ClockJump {
        /// Client id whose clock jumps.
        client: u64,
        /// The clock it jumps to.
        clock: u32,
    },
    /// A block names neighbours that live in different places, or a parent
    /// in which nothing can live.
    Misplaced {
        /// Client id of the block.
        client: u64,
        /// Its clock.
        clock: u32,
    },
    /// A part of the document is not for its sender to write.
    Closed {
        /// The root's name.
        root: String,
    },
    /// Something new does not say who made it.
    AuthorMissing {
        /// What is not signed.
        object: ObjectId,
    },
    /// Something new names somebody else as who made it.
    AuthorForged {
        /// What is signed so.
        object: ObjectId,
    },
    /// Who made something first is not to be changed.
    AuthorFixed {
        /// Whose author it is.
        object: ObjectId,
    },
    /// The update tells another story of steps that the room already has.
    Contradiction {
        /// Client id of the block.
        client: u64,
        /// Its clock.
        clock: u32,
    },
}

impl From<ScanError> for Fault {
    fn from(error: ScanError) -> Self {
        Self::Content(error)
    }
}

impl Fault {
    /// The code that clients and logs use.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Content(error) => error.code(),
            Self::TooCostly { .. } => "too_costly",
            Self::ClientRefused { .. } => "client_refused",
            Self::Full { .. } => "canvas_full",
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

//! Who sends an update and how it came.

/// Who writes a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writers {
    /// Everyone who may write at all.
    Everyone,
    /// Facilitators.
    Facilitators,
    /// The server alone.
    Server,
}

/// What a session may do at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Read.
    Reads,
    /// Read and write.
    Writes,
    /// Write what is open to facilitators, too.
    Facilitates,
}

impl Writers {
    /// Whether a session of this rank is among them.
    pub const fn admit(self, rank: Rank) -> bool {
        match self {
            Self::Everyone => !matches!(rank, Rank::Reads),
            Self::Facilitators => matches!(rank, Rank::Facilitates),
            Self::Server => false,
        }
    }
}

/// How an update came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// As it was written.
    Live,
    /// In answer to our question: everything that its sender has and we lack.
    Answer,
    /// Answers of several people, put together by [`super::Gate::combine`].
    Joint,
}

/// How one update is to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Bytes the update may have.
    pub max_bytes: usize,
    /// What its sender may do.
    pub rank: Rank,
    /// How it came.
    pub arrival: Arrival,
    /// Whether an answer may bring what stands under a client id that nobody owns. Not
    /// while its owner may still be on their way.
    pub takes_strangers: bool,
}

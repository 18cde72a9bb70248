//! Why a store could not do what it was asked, and what to do about it.

/// What went wrong. Nothing of the request is durable, whatever the variant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk or the database does not work at the moment. Try again once
    /// [`Log::health`](super::Log::health) says that it does.
    #[error("nothing can be read or stored: {0}")]
    Unavailable(String),
    /// The request breaks a rule of the tables: an unknown workshop, an id twice, a number out of range.
    /// Asking the same again is pointless.
    #[error("this cannot be stored: {0}")]
    Refused(String),
    /// Whoever asks does not run the workshop, or not any more.
    #[error("only facilitators do that")]
    NoFacilitator,
    /// Somebody else has written what this request would have written, e.g. a place in the log.
    /// What the caller knows is out of date: read again before writing.
    #[error("something else was stored meanwhile: {0}")]
    Conflict(String),
    /// Another server has taken the workshop over. Stop serving it here, and acknowledge nothing.
    #[error("another Plaza server has taken over this workshop")]
    Fenced,
    /// Rows cannot be read. What could be saved of them is in quarantine; an operator has to look.
    #[error("stored data cannot be read: {0}")]
    Damaged(String),
    /// Another server has the folder open. Said on opening only: do not start.
    #[error("another Plaza server is using this data folder")]
    Locked,
}

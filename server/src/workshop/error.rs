//! Why a workshop does not do what it was asked.

use crate::storage::StoreError;

/// What was wrong with a request.
#[derive(Debug, thiserror::Error)]
pub enum WorkshopError {
    /// A workshop needs a title.
    #[error("no title was given")]
    TitleMissing,
    /// Workshops are being created faster than the server takes them.
    #[error("too many workshops are being created")]
    TooManyCreated,
    /// There is no such workshop.
    #[error("there is no such workshop")]
    NoWorkshop,
    /// There is nobody of that id in the workshop.
    #[error("there is no such person")]
    NoPerson,
    /// Neither the key nor an earlier session opens the workshop.
    #[error("the link's key is not valid")]
    NotLetIn,
    /// Whoever joins needs a name.
    #[error("no name was given")]
    NameMissing,
    /// The workshop has as many people as it may have.
    #[error("the workshop is full")]
    Full,
    /// The store could not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
}

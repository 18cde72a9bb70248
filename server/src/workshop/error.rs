//! Why a workshop does not do what it was asked.

use crate::{shares::TooMany, storage::StoreError};

/// What was wrong with a request.
#[derive(Debug, thiserror::Error)]
pub enum WorkshopError {
    /// A workshop needs a title.
    #[error("no title was given")]
    TitleMissing,
    /// More is asked for than one's share.
    #[error("too much is asked for at the moment")]
    TooMany,
    /// Workshops are created with the operator's key only.
    #[error("a key is needed to create workshops")]
    CreateKey,
    /// There is no such workshop.
    #[error("there is no such workshop")]
    NoWorkshop,
    /// There is nobody of that id in the workshop.
    #[error("there is no such person")]
    NoPerson,
    /// There is no such canvas.
    #[error("there is no such canvas")]
    NoCanvas,
    /// The session has ended, or never was.
    #[error("there is no such session")]
    NoSession,
    /// A facilitator has removed the person, or somebody who used the same device.
    #[error("the person was removed")]
    Removed,
    /// Facilitators do not remove themselves or change their own role.
    #[error("facilitators do not do that to themselves")]
    NotYourself,
    /// What is to be changed is of another version by now.
    #[error("it was changed meanwhile")]
    Stale {
        /// What it is called now.
        title: String,
        /// The name of who changed it last; empty where that is not known.
        by: String,
    },
    /// A workshop keeps at least one canvas.
    #[error("it is the last canvas")]
    LastCanvas,
    /// The workshop has as many canvases as it may have.
    #[error("the workshop has too many canvases")]
    CanvasesFull,
    /// There is no such kind of canvas.
    #[error("there is no such kind of canvas")]
    UnknownKind,
    /// The key does not open the workshop.
    #[error("the link's key is not valid")]
    NotLetIn,
    /// A device's secret has more characters than it may.
    #[error("the device's secret is too long")]
    SecretTooLong,
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

impl From<TooMany> for WorkshopError {
    fn from(_: TooMany) -> Self {
        Self::TooMany
    }
}

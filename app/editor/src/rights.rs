//! What a person may do, and what is said where they may not.

use shared::{
    authority::{self, Access},
    protocol::control::Role,
    text::{self, Text},
};

use crate::Effect;

/// What a session may do to the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// It may change the board.
    pub writes: bool,
    /// It may lock and unlock objects.
    pub locks: bool,
}

impl Rights {
    /// Those that come with a role.
    pub fn of(role: Role) -> Self {
        Self {
            writes: authority::may_write(role, Access::Open),
            locks: authority::may_facilitate(role),
        }
    }
}

/// Why something is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The session may only look.
    ReadOnly,
    /// All of what is selected is locked.
    Locked,
    /// Locking needs another role.
    FacilitatorsOnly,
    /// It is for another number of selected objects.
    Selection,
}

impl Refusal {
    /// What people are told.
    pub fn text(self) -> Text {
        match self {
            Self::ReadOnly => text::RIGHTS_READ_ONLY,
            Self::Locked => text::RIGHTS_LOCKED,
            Self::FacilitatorsOnly => text::RIGHTS_FACILITATORS_ONLY,
            Self::Selection => text::RIGHTS_SELECTION,
        }
    }

    /// What happens instead. A key that has nothing to act on is the browser's, without
    /// a word.
    pub(crate) fn effect(self) -> Option<Effect> {
        (self != Self::Selection).then(|| Effect::Toast(self.text().into()))
    }
}

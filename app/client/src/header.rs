//! The strip above the board: what is in it, by rights and status.

use editor::Rights;
use shared::sync::{Status, client::Held};

/// Whether it says that one is watching: not where it is the page that is too old to write.
pub fn is_watching(rights: Rights, status: &Status) -> bool {
    !rights.writes && !is_outdated(status)
}

/// How the status looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusLook {
    /// The name of its icon.
    pub icon: &'static str,
    /// Its class in the style sheet.
    pub class: &'static str,
    /// What one can do about it.
    pub remedy: Option<Remedy>,
}

/// What one can do about a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Try to connect at once.
    Reconnect,
    /// Load the page again: a newer one is there.
    Reload,
}

/// How a status looks.
pub fn look(status: &Status) -> StatusLook {
    let (icon, class) = match status {
        Status::Saved => ("check", "ok"),
        Status::Saving(_) => ("wait", ""),
        Status::Failing(_) => ("wait", "trouble"),
        Status::Offline(_) | Status::Held(..) | Status::Closed(..) => ("away", "away"),
    };
    let remedy = match status {
        Status::Offline(_) => Some(Remedy::Reconnect),
        status if is_outdated(status) => Some(Remedy::Reload),
        _ => None,
    };
    StatusLook {
        icon,
        class,
        remedy,
    }
}

fn is_outdated(status: &Status) -> bool {
    matches!(status, Status::Held(Held::Outdated, _))
}

//! What the person is told, all the time.

use super::{ClientSync, Held, Link, Status};

impl ClientSync {
    /// What the person is told.
    pub fn status(&self) -> Status {
        let changes = self.unstored_changes();
        match self.link {
            Link::Closed { code } => Status::Closed(code, changes),
            _ if self.outdated => Status::Held(Held::Outdated, changes),
            Link::Open { .. } if !self.may_write && changes > 0 => {
                Status::Held(Held::NotWritable, changes)
            }
            Link::Open { .. } if self.caught_up => match (self.is_storing, changes) {
                (true, 0) if self.unstored.is_empty() && self.lacked.is_none() => Status::Saved,
                (true, _) => Status::Saving(changes.max(1)),
                (false, _) => Status::Failing(changes),
            },
            _ => Status::Offline(changes),
        }
    }

    /// Gestures, not updates: a typing burst that is half stored still counts as one.
    pub(super) fn unstored_changes(&self) -> u32 {
        let begun_before = self
            .unstored
            .front()
            .is_some_and(|&(_, weight)| weight == 0);
        let begun: u32 = self.unstored.iter().map(|(_, weight)| weight).sum();
        begun + u32::from(begun_before)
    }
}

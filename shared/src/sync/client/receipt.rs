//! What is told of a gap: how much of mine arrived, and what others did meanwhile.

use std::collections::BTreeSet;

use super::words::Effect;
use crate::id::ObjectId;

/// What happened while there was no connection, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Gap {
    /// Whether this copy had been connected before: else it comes from the device.
    pub(super) was_connected: bool,
    /// Whether the server's step 1 was answered: the next two are known.
    pub(super) is_answered: bool,
    /// Changes of mine that were waiting.
    pub(super) delivered: u32,
    /// The last local update among them.
    pub(super) covers: u64,
    /// Objects that others changed; `None` until the server's step 2 has come.
    pub(super) by_others: Option<BTreeSet<ObjectId>>,
}

impl Gap {
    /// Whether both halves are known. `first_unstored` is the oldest local update that
    /// the server has not confirmed as stored.
    pub(super) fn is_known(&self, first_unstored: Option<u64>) -> bool {
        self.is_answered
            && self.by_others.is_some()
            && first_unstored.is_none_or(|number| number > self.covers)
    }

    /// What is told of it, if there is anything to tell.
    pub(super) fn receipt(self) -> Option<Effect> {
        let by_others = self.by_others.unwrap_or_default();
        (self.delivered > 0 || !by_others.is_empty()).then_some(Effect::Receipt {
            was_connected: self.was_connected,
            delivered: self.delivered,
            by_others,
        })
    }
}

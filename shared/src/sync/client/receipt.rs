//! What is told of a gap: how much of mine arrived, and what others did meanwhile.

use std::collections::BTreeSet;

use super::{ClientSync, Effect};
use crate::id::ObjectId;

/// What happened while there was no connection, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Gap {
    /// Whether the server's step 1 was answered: the next two are known.
    pub(super) is_answered: bool,
    /// Changes of mine that were waiting.
    pub(super) delivered: u32,
    /// The last local update among them.
    pub(super) covers: u64,
    /// Objects that others changed; `None` until the server's step 2 has come.
    pub(super) by_others: Option<BTreeSet<ObjectId>>,
}

impl ClientSync {
    /// Tells the receipt once both halves of it are known.
    pub(super) fn tell_receipt(&mut self, effects: &mut Vec<Effect>) {
        let stored = |covers: u64| {
            self.unstored
                .front()
                .is_none_or(|&(number, _)| number > covers)
        };
        let complete = self
            .receipt
            .as_ref()
            .is_some_and(|gap| gap.is_answered && gap.by_others.is_some() && stored(gap.covers));
        if complete && let Some(gap) = self.receipt.take() {
            let by_others = gap.by_others.unwrap_or_default();
            if gap.delivered > 0 || !by_others.is_empty() {
                effects.push(Effect::Receipt {
                    delivered: gap.delivered,
                    by_others,
                });
            }
        }
    }
}

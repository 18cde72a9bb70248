//! Client ids under which this device wrote on earlier visits.

use std::collections::BTreeSet;

use crate::{
    board::replica,
    protocol::{AwarenessEntry, Message, limits},
};

/// Those of what is not known as stored: it may never have reached the server, which then
/// does not know that it is mine to bring.
#[derive(Debug, Default)]
pub(super) struct Former(BTreeSet<u64>);

impl Former {
    /// Takes note of a local update of an earlier visit.
    pub(super) fn note(&mut self, update: &[u8]) {
        self.0.extend(replica::writers(update));
        // One of those that may be announced is the copy's own.
        while self.0.len() >= limits::ANNOUNCED_MAX {
            self.0.pop_last();
        }
    }

    /// Everything is stored.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Says whose they are: of clients that have left.
    pub(super) fn announcement(&self) -> Option<Message> {
        let left = |client: &u64| AwarenessEntry {
            client: *client,
            clock: 0,
            state: "null".into(),
        };
        let entries: Vec<AwarenessEntry> = self.0.iter().map(left).collect();
        (!entries.is_empty()).then_some(Message::Awareness(entries))
    }
}

//! What a room knows of all clients.

use std::collections::BTreeMap;

use super::{
    ranges::{Nesting, Ranges},
    scan::Id,
};

/// A run of clocks to be remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) client: u64,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) nesting: Nesting,
}

/// Everything known; see the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    clients: BTreeMap<u64, Ranges>,
}

impl Known {
    pub(super) fn client(&self, client: u64) -> Option<&Ranges> {
        self.clients.get(&client)
    }

    /// The clock after the last known one of a client; 0 for strangers.
    pub(super) fn next_clock(&self, client: u64) -> u32 {
        self.clients.get(&client).map_or(0, Ranges::next_clock)
    }

    pub(super) fn at(&self, id: Id) -> Option<Nesting> {
        self.clients.get(&id.client)?.at(id.clock)
    }

    /// Remembers runs. What is known already stays as it is.
    pub(super) fn record(&mut self, records: &[Record]) {
        for record in records {
            let ranges = self.clients.entry(record.client).or_default();
            for (start, end) in ranges.gaps(record.start, record.end) {
                ranges.insert(start, end, record.nesting);
            }
        }
    }
}

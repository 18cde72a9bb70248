//! What a room knows of all clients, and the blocks that still wait for a
//! neighbour to tell where they live.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    depth::{Place, Step},
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
    /// Where its nesting comes from, for the time it is pending.
    pub(super) place: Place,
}

/// Everything known; see the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    clients: BTreeMap<u64, Ranges>,
    /// Pending runs by first id: the clock after the last, and the place.
    pending: BTreeMap<Id, (u32, Place)>,
    /// What is awaited, and the pending run that awaits it.
    awaited: BTreeSet<(Id, Id)>,
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

    /// Pending runs.
    pub(super) fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Whether all of `start..end` that is pending waits for `place`.
    pub(super) fn awaits(&self, client: u64, start: u32, end: u32, place: Place) -> bool {
        let from = Id {
            client,
            clock: start,
        };
        let to = Id { client, clock: end };
        let before = self.pending.range(..=from).next_back();
        before
            .filter(|(id, (last, _))| id.client == client && *last > start)
            .into_iter()
            .chain(self.pending.range(from..to))
            .all(|(_, (_, awaited))| *awaited == place)
    }

    /// Remembers runs. What is known already stays as it is.
    pub(super) fn record(&mut self, records: &[Record]) {
        let mut settled = Vec::new();
        let mut waiting = Vec::new();
        for record in records {
            let ranges = self.clients.entry(record.client).or_default();
            for (start, end) in ranges.gaps(record.start, record.end) {
                ranges.insert(start, end, record.nesting);
                let first = Id {
                    client: record.client,
                    clock: start,
                };
                if record.nesting == Nesting::Pending {
                    self.pending.insert(first, (end, record.place));
                    waiting.push(first);
                } else {
                    settled.push((first, end));
                }
            }
        }
        // Whoever waits is looked at when it begins to wait and when what it
        // waits for arrives: at most once for each neighbour.
        loop {
            while let Some((first, end)) = settled.pop() {
                let from = (
                    first,
                    Id {
                        client: 0,
                        clock: 0,
                    },
                );
                let to = (
                    Id {
                        clock: end,
                        ..first
                    },
                    Id {
                        client: 0,
                        clock: 0,
                    },
                );
                let woken: Vec<_> = self.awaited.range(from..to).copied().collect();
                for entry in woken {
                    self.awaited.remove(&entry);
                    waiting.push(entry.1);
                }
            }
            let Some(first) = waiting.pop() else { break };
            settled.extend(self.settle(first));
        }
    }

    /// Places a pending run, or notes what it waits for.
    fn settle(&mut self, first: Id) -> Option<(Id, u32)> {
        let (end, place) = *self.pending.get(&first)?;
        let step = place.step(|id| match self.at(id) {
            Some(Nesting::Pending) | None => Err(id),
            Some(nesting) => Ok(nesting),
        });
        match step {
            Step::Settled(nesting) => {
                self.pending.remove(&first);
                self.clients
                    .entry(first.client)
                    .or_default()
                    .replace(first.clock, end, nesting);
                Some((first, end))
            }
            Step::Waits(id) => {
                self.awaited.insert((id, first));
                None
            }
        }
    }
}

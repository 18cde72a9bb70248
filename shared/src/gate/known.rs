//! What a room knows of all clients.

use std::collections::{BTreeMap, HashMap, btree_map::Entry};

use super::{
    block::{DeleteRange, Id},
    pairs::Pairs,
    ranges::{Nesting, Ranges},
    settled::Settled,
};

/// The bits of a client id by which the library's table is looked up.
pub(super) fn lower_bits(client: u64) -> u64 {
    client & 0xfff
}

/// A run of clocks to be remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) client: u64,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) nesting: Nesting,
}

/// What is known of one client.
#[derive(Clone, Debug, Default)]
struct Client {
    /// Where its steps live.
    ranges: Ranges,
    /// Which of them are deleted.
    deleted: Ranges,
    /// Its blocks in the library, at most.
    blocks: u32,
    /// Everything before this clock is known.
    floor: u32,
}

/// Everything known; see the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    clients: BTreeMap<u64, Client>,
    pub(super) settled: Settled,
    /// Clients by the lower bits of their ids, see [`MAX_CLIENTS_ALIKE`].
    alike: HashMap<u64, u32>,
    pub(super) pairs: Pairs,
}

impl Known {
    pub(super) fn client(&self, client: u64) -> Option<&Ranges> {
        self.clients.get(&client).map(|client| &client.ranges)
    }

    /// Clients that wrote anything.
    pub(super) fn len(&self) -> usize {
        self.clients.len()
    }

    /// The clock after the last known one of a client; 0 for strangers.
    pub(super) fn next_clock(&self, client: u64) -> u32 {
        self.client(client).map_or(0, Ranges::next_clock)
    }

    pub(super) fn at(&self, id: Id) -> Option<Nesting> {
        self.client(id.client)?.at(id.clock)
    }

    /// Blocks of a client, at most.
    pub(super) fn blocks(&self, client: u64) -> u32 {
        self.clients.get(&client).map_or(0, |client| client.blocks)
    }

    /// The run that has a clock: those around it in the same home without a break.
    pub(super) fn run(&self, client: u64, clock: u32) -> Option<(u32, u32)> {
        self.client(client)?.run(clock)
    }

    /// Remembers runs. What is known already stays as it is.
    pub(super) fn record(&mut self, records: &[Record]) {
        for record in records {
            let client = match self.clients.entry(record.client) {
                Entry::Occupied(client) => client.into_mut(),
                Entry::Vacant(new) => {
                    *self.alike.entry(lower_bits(record.client)).or_default() += 1;
                    new.insert(Client::default())
                }
            };
            let gaps = client.ranges.gaps(record.start, record.end);
            client.blocks += u32::from(!gaps.is_empty());
            for (start, end) in gaps {
                client.ranges.insert(start, end, record.nesting);
            }
            while let Some((_, end)) = client.ranges.run(client.floor) {
                client.floor = end;
            }
        }
    }

    /// How many clients have ids that end like this one.
    pub(super) fn alike(&self, client: u64) -> u32 {
        self.alike.get(&lower_bits(client)).copied().unwrap_or(0)
    }

    /// Remembers deletions.
    pub(super) fn delete(&mut self, ranges: impl IntoIterator<Item = DeleteRange>) {
        for range in ranges {
            let client = self.clients.entry(range.client).or_default();
            let gaps = client.deleted.gaps(range.start, range.end);
            // A run is cut at both ends.
            client.blocks = client
                .blocks
                .saturating_add(2 * u32::from(!gaps.is_empty()));
            for (start, end) in gaps {
                client.deleted.insert(start, end, Nesting::Gone);
            }
        }
    }

    /// Everything of a client before this clock is known.
    pub(super) fn floor(&self, client: u64) -> u32 {
        self.clients.get(&client).map_or(0, |client| client.floor)
    }

    /// Whether all of a range is deleted.
    pub(super) fn is_deleted(&self, range: DeleteRange) -> bool {
        let client = self.clients.get(&range.client);
        client.is_some_and(|client| client.deleted.covers(range.start, range.end))
    }

    /// The parts of a range that are not deleted.
    pub(super) fn undeleted(&self, range: DeleteRange, found: &mut Vec<DeleteRange>) {
        match self.clients.get(&range.client) {
            None => found.push(range),
            Some(client) => {
                let gaps = client.deleted.gaps(range.start, range.end).into_iter();
                found.extend(gaps.map(|(start, end)| DeleteRange {
                    start,
                    end,
                    ..range
                }));
            }
        }
    }
}

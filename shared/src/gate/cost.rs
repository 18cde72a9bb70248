//! What an update costs the CRDT library. Its time and memory do not grow with the size
//! of an update but with products: blocks that it joins one by one, neighbours between
//! which it looks for a place, pieces that it cuts runs into. Each is counted here before
//! the library sees anything, from what is known of the document, and has a limit. The
//! numbers hold together with `cargo run --release -p shared --example hostile`, which
//! measures the largest update of every shape.

use std::collections::BTreeMap;

use super::{
    block::{BlockKind, DeleteRange, Id},
    entry::Deleted,
    error::Fault,
    known::Known,
    place::{Node, Place},
    placing::Placement,
    ranges::{Inside, Nesting},
    settled::Settled,
};

/// Bytes that the blocks of one update may need.
pub const MAX_MEMORY_BYTES: usize = 32 << 20;
/// Bytes of text that may be copied while runs are joined, each block into the one before.
pub const MAX_JOINED_BYTES: u64 = 24 << 20;
/// Neighbours that may be looked at while blocks find their places.
pub const MAX_NEIGHBOURS: u64 = 4_000_000;
/// Pieces and units that may be moved while runs are cut.
pub const MAX_CUTS: u64 = 1_000_000_000;
/// Blocks that may be deleted, with those in what is deleted.
pub const MAX_DELETED: u64 = 60_000;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Bytes for blocks.
    pub memory: usize,
    /// Bytes copied by joining.
    pub joined: u64,
    /// Neighbours looked at.
    pub neighbours: u64,
    /// Pieces and units moved by cutting.
    pub cuts: u64,
    /// Blocks deleted.
    pub deleted: u64,
}

impl Cost {
    /// Refuses what costs too much.
    ///
    /// # Errors
    /// Names what there is too much of.
    pub fn judge(&self) -> Result<(), Fault> {
        let too_much = if self.memory > MAX_MEMORY_BYTES {
            "memory"
        } else if self.joined > MAX_JOINED_BYTES {
            "joined text"
        } else if self.neighbours > MAX_NEIGHBOURS {
            "neighbours"
        } else if self.cuts > MAX_CUTS {
            "cuts"
        } else if self.deleted > MAX_DELETED {
            "deletions"
        } else {
            return Ok(());
        };
        Err(Fault::TooCostly { what: too_much })
    }

    /// Counts the joining of text that one client wrote in many blocks. `bytes` says how
    /// many a block has. From the right, each takes in all that follow it, and the library
    /// keeps what it was until all are joined.
    pub(super) fn join(&mut self, nodes: &[Node<'_>], bytes: impl Fn(&Node<'_>) -> usize) {
        for run in nodes.chunk_by(|before, node| node.follows(before)) {
            let length: usize = run.iter().map(&bytes).sum();
            self.joined += (run.len() as u64 - 1) * length as u64;
        }
    }

    /// Counts the cutting of runs for deletions, and for blocks that come between two units
    /// of one: behind each cut the library moves the pieces of the run's client and the
    /// units of the run.
    pub(super) fn cut(&mut self, deletes: &[DeleteRange], known: &Known, nodes: &[Node<'_>]) {
        let mut clients: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
        for (index, node) in nodes.iter().enumerate() {
            clients.entry(node.client).or_insert((index, index)).1 = index + 1;
        }
        let at = |id: Id| {
            let (first, after) = clients.get(&id.client).copied().unwrap_or_default();
            let new = &nodes[first..after];
            let pieces = u64::from(known.blocks(id.client)) + new.len() as u64;
            let run = known.run(id.client, id.clock).or_else(|| {
                let after = new.partition_point(|node| node.start <= id.clock);
                let node = new[..after].last()?;
                Some((node.start, node.end))
            });
            (pieces, run)
        };
        let mut cut = |id: Id, is_inside: fn(u32, (u32, u32)) -> bool| {
            let (pieces, run) = at(id);
            if let Some((start, end)) = run
                && is_inside(id.clock, (start, end))
            {
                self.cuts += pieces + u64::from(end - start);
            }
        };
        for range in deletes {
            let id = Id {
                client: range.client,
                clock: range.start,
            };
            cut(id, |_, _| true);
        }
        for node in nodes {
            if let Place::Beside(left, right) = node.place {
                left.into_iter()
                    .for_each(|left| cut(left, |clock, (_, end)| clock + 1 < end));
                right
                    .into_iter()
                    .for_each(|right| cut(right, |clock, (start, _)| clock > start));
            }
        }
    }

    /// Counts what goes by deletions: each block, and all that is in a shared type.
    pub(super) fn delete(
        &mut self,
        deletes: &[DeleteRange],
        known: &Known,
        placement: &Placement<'_>,
    ) {
        let settled = &placement.settled;
        for range in deletes {
            let parts = known.client(range.client).into_iter();
            for (start, end, at) in parts.flat_map(|known| known.parts(range.start, range.end)) {
                self.delete_part(range.client, (start, end), at, settled, known);
            }
        }
        // What comes and goes at once.
        let new = placement.nodes.iter().zip(&placement.records);
        let deleted = Deleted::new(deletes, known);
        for (node, record) in new.filter(|(node, _)| deleted.covers(node)) {
            let run = (node.start, node.end);
            self.delete_part(node.client, run, record.nesting, settled, known);
        }
    }

    fn delete_part(
        &mut self,
        client: u64,
        (start, end): (u32, u32),
        at: Nesting,
        settled: &Settled,
        known: &Known,
    ) {
        let Nesting::At { home, inside, .. } = at else {
            return;
        };
        self.deleted += u64::from((end - start).min(settled.blocks(&home, &known.settled)));
        if matches!(inside, Inside::Blocks(_)) {
            let ids = (start..end).map(|clock| Id { client, clock });
            self.deleted += ids
                .map(|id| u64::from(settled.held(id, &known.settled)))
                .sum::<u64>();
        }
    }
}

impl Node<'_> {
    /// Whether this is text that its client wrote right behind other text of theirs.
    fn follows(&self, before: &Node<'_>) -> bool {
        let is_text = |node: &Node<'_>| node.kind == BlockKind::Text;
        let last = Id {
            client: before.client,
            clock: before.end - 1,
        };
        is_text(self)
            && is_text(before)
            && self.client == before.client
            && self.start == before.end
            && matches!(self.place, Place::Beside(Some(left), _) if left == last)
    }
}

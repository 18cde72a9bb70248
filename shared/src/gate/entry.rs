//! The forms that values under a key come in. A map entry is a chain of values, the
//! last of which counts; the library relies on all before it being deleted. Where one
//! is not, it is left behind when its parent is collected, and has been seen to point
//! into freed memory and to make a chain without an end.

use super::{
    depth::{Node, Place},
    ranges::Nesting,
    scan::{BlockKind, DeleteRange, Id},
};

/// What an update deletes.
pub(super) struct Deleted {
    /// Ascending, disjoint and not touching.
    runs: Vec<DeleteRange>,
}

impl Deleted {
    pub(super) fn new(ranges: &[DeleteRange]) -> Self {
        let mut sorted = ranges.to_vec();
        sorted.sort_unstable_by_key(|range| (range.client, range.start));
        let mut runs: Vec<DeleteRange> = Vec::with_capacity(sorted.len());
        for range in sorted {
            match runs.last_mut() {
                Some(last) if last.client == range.client && range.start <= last.end => {
                    last.end = last.end.max(range.end);
                }
                _ => runs.push(range),
            }
        }
        Self { runs }
    }

    pub(super) fn covers(&self, node: &Node) -> bool {
        self.has(node.client, node.start, node.end)
    }

    pub(super) fn contains(&self, id: Id) -> bool {
        self.has(id.client, id.clock, id.clock + 1)
    }

    fn has(&self, client: u64, start: u32, end: u32) -> bool {
        let after = self
            .runs
            .partition_point(|run| (run.client, run.start) <= (client, start));
        self.runs[..after]
            .last()
            .is_some_and(|run| run.client == client && end <= run.end)
    }
}

/// Whether some client writes a block of this form at this place. Under a key, a value
/// names no right neighbour, and several are joined to one only when all are deleted.
pub(super) fn is_well_formed(node: &Node, nesting: Nesting, deleted: &Deleted) -> bool {
    let Nesting::At { home, .. } = nesting else {
        return true;
    };
    let joined = node.end - node.start > 1 && node.kind != BlockKind::Deleted;
    !home.keyed
        || (!matches!(node.place, Place::Beside(_, Some(_))) && (!joined || deleted.covers(node)))
}

//! What is deleted. A map entry is a chain of values, the last of which counts; the
//! library relies on all before it being deleted. Where one is not, it is left behind when
//! its parent is collected, and has been seen to point into freed memory and to make a
//! chain without an end. So a value names no right neighbour, and several are joined to
//! one only when all are deleted.

use super::{
    block::{DeleteRange, Id},
    known::Known,
    place::Node,
};

/// What an update deletes, and what is deleted already.
pub(super) struct Deleted<'a> {
    known: &'a Known,
    /// Ascending, disjoint and not touching.
    runs: Vec<DeleteRange>,
}

impl<'a> Deleted<'a> {
    pub(super) fn new(ranges: &[DeleteRange], known: &'a Known) -> Self {
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
        Self { known, runs }
    }

    /// The ranges of the update, ascending, disjoint and not touching.
    pub(super) fn runs(&self) -> &[DeleteRange] {
        &self.runs
    }

    pub(super) fn covers(&self, node: &Node<'_>) -> bool {
        self.has(DeleteRange {
            client: node.client,
            start: node.start,
            end: node.end,
        })
    }

    pub(super) fn contains(&self, id: Id) -> bool {
        self.has(DeleteRange {
            client: id.client,
            start: id.clock,
            end: id.clock + 1,
        })
    }

    fn has(&self, range: DeleteRange) -> bool {
        let DeleteRange { client, start, end } = range;
        let after = self
            .runs
            .partition_point(|run| (run.client, run.start) <= (client, start));
        let is_new = self.runs[..after]
            .last()
            .is_some_and(|run| run.client == client && end <= run.end);
        is_new || self.known.is_deleted(range)
    }
}

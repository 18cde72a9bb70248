//! What is known of one client: runs of clocks, and where each lives.

use std::collections::BTreeMap;

use super::schema::{Spot, TypeId};

/// A home's digest, of its parent and key: wide enough that two never meet.
pub(super) type Digest = [u64; 2];

/// The text or map entry in which blocks live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    /// Which.
    pub(super) digest: Digest,
    /// Of its parent alone: what is counted by it may be wrong, nothing else.
    pub(super) parent: u64,
    /// Whether it is a map entry.
    pub(super) keyed: bool,
}

/// What can live inside a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// What a shared type of this kind holds.
    Blocks(TypeId),
    /// It is a deleted item, and may have been a type: what is put into it is
    /// collected.
    Nothing,
    /// It is neither.
    Never,
}

/// Where a block lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nesting {
    /// In a known place.
    At {
        /// The root it is under: its place among those of the document.
        root: u8,
        /// The place of the schema.
        spot: Spot,
        /// The place of the document.
        home: Home,
        /// What the block is to others.
        inside: Inside,
    },
    /// The place was collected, so the block is, too.
    Gone,
    /// Its neighbours live in different places, or its parent is no type.
    Torn,
    /// What it refers to is not known, or refers to it in turn.
    Unknown,
}

/// Disjoint runs of clocks, equal neighbours joined.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranges {
    /// By first clock: the clock after the last, and the nesting.
    runs: BTreeMap<u32, (u32, Nesting)>,
}

impl Ranges {
    /// The clock after the last known one.
    pub(super) fn next_clock(&self) -> u32 {
        self.runs.last_key_value().map_or(0, |(_, (end, _))| *end)
    }

    /// Joined runs, which is what the memory depends on.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.runs.len()
    }

    /// The nesting at one clock, where known.
    pub(super) fn at(&self, clock: u32) -> Option<Nesting> {
        let (_, (end, nesting)) = self.runs.range(..=clock).next_back()?;
        (clock < *end).then_some(*nesting)
    }

    /// Start and end of the run that has a clock.
    pub(super) fn run(&self, clock: u32) -> Option<(u32, u32)> {
        let (start, (end, _)) = self.runs.range(..=clock).next_back()?;
        (clock < *end).then_some((*start, *end))
    }

    /// The known parts of `start..end`, ascending.
    pub(super) fn parts(
        &self,
        start: u32,
        end: u32,
    ) -> impl Iterator<Item = (u32, u32, Nesting)> + '_ {
        let first = self
            .runs
            .range(..=start)
            .next_back()
            .map_or(start, |(first, _)| *first);
        self.runs
            .range(first..end)
            .map(move |(from, (to, nesting))| ((*from).max(start), (*to).min(end), *nesting))
            .filter(|(from, to, _)| from < to)
    }

    /// The unknown parts of `start..end`, ascending.
    pub(super) fn gaps(&self, start: u32, end: u32) -> Vec<(u32, u32)> {
        let mut gaps = Vec::new();
        let mut from = start;
        for (known, to, _) in self.parts(start, end) {
            if from < known {
                gaps.push((from, known));
            }
            from = to;
        }
        if from < end {
            gaps.push((from, end));
        }
        gaps
    }

    /// Whether all of `start..end` is known.
    pub(super) fn covers(&self, start: u32, end: u32) -> bool {
        let mut from = start;
        for (known, to, _) in self.parts(start, end) {
            if from < known {
                return false;
            }
            from = to;
        }
        from >= end
    }

    /// Adds `start..end`, of which nothing is known.
    pub(super) fn insert(&mut self, mut start: u32, mut end: u32, nesting: Nesting) {
        if let Some((before, (to, same))) = self.runs.range(..start).next_back()
            && *to == start
            && *same == nesting
        {
            start = *before;
        }
        if let Some((to, same)) = self.runs.get(&end).copied()
            && same == nesting
        {
            self.runs.remove(&end);
            end = to;
        }
        self.runs.insert(start, (end, nesting));
    }
}

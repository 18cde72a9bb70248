//! Characters that take two UTF-16 units, two clocks. Nothing may come between the two: the
//! library makes two characters of such a one, neither of which was written, and its copies
//! then order what stands around them in different ways.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    block::{BlockKind, DeleteRange, Id, Scan},
    place::Place,
};

/// The clocks that are the second half of a character.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    clients: BTreeMap<u64, BTreeSet<u32>>,
}

impl Pairs {
    /// Those of an update.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let mut pairs = Self::default();
        for section in &scan.sections {
            let blocks = scan.blocks[section.blocks.clone()].iter();
            for block in blocks.filter(|block| block.kind == BlockKind::Text) {
                let mut clock = block.start;
                for char in block.string.unwrap_or_default().chars() {
                    clock += char.len_utf16() as u32;
                    if char.len_utf16() == 2 {
                        let halves = pairs.clients.entry(section.client).or_default();
                        halves.insert(clock - 1);
                    }
                }
            }
        }
        pairs
    }

    /// Leaves those of some clients.
    pub(super) fn retain(&mut self, is_kept: impl Fn(u64) -> bool) {
        self.clients.retain(|client, _| is_kept(*client));
    }

    /// Takes over what is new.
    pub(super) fn extend(&mut self, new: &Self) {
        for (client, halves) in &new.clients {
            self.clients.entry(*client).or_default().extend(halves);
        }
    }

    /// Whether a clock is the second half of a character.
    pub(super) fn has(&self, client: u64, clock: u32) -> bool {
        let halves = self.clients.get(&client);
        halves.is_some_and(|halves| halves.contains(&clock))
    }

    /// Whether a place is between two halves.
    pub(super) fn splits(&self, place: Place<'_>) -> bool {
        let Place::Beside(left, right) = place else {
            return false;
        };
        let has = |id: Id, step: u32| self.has(id.client, id.clock + step);
        left.is_some_and(|left| has(left, 1)) || right.is_some_and(|right| has(right, 0))
    }
}

/// Makes deletions delete whole characters. Returns what they delete by that beyond what
/// they did. Ranges are by client, ascending within each, and stay so.
pub(super) fn whole(
    ranges: &mut Vec<DeleteRange>,
    is_half: impl Fn(u64, u32) -> bool,
) -> Vec<DeleteRange> {
    let mut added = Vec::new();
    for range in &mut *ranges {
        let DeleteRange { client, start, end } = *range;
        if is_half(client, start) {
            range.start -= 1;
            added.push(DeleteRange {
                client,
                start: start - 1,
                end: start,
            });
        }
        if is_half(client, end) {
            range.end += 1;
            added.push(DeleteRange {
                client,
                start: end,
                end: end + 1,
            });
        }
    }
    ranges.dedup_by(|next, before| {
        let meets = next.client == before.client && next.start <= before.end;
        if meets {
            before.end = before.end.max(next.end);
        }
        meets
    });
    added
}

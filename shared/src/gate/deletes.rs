//! What of an update's deletions may stay.

use std::collections::BTreeMap;

use super::{
    authors::Authors,
    block::{DeleteRange, Scan},
    entry::Deleted,
    error::Fault,
    known::{Known, Record},
    limits::MAX_CLOCK_JUMP,
    policy::{Arrival, Policy},
    ranges::{Nesting, Ranges},
    schema::Schema,
};

/// The deletions that stay.
pub(super) struct Kept {
    pub(super) ranges: Vec<DeleteRange>,
    /// Ranges cut, in part or whole, since what they delete has not arrived.
    pub(super) clipped: usize,
    /// Ranges cut, since what they delete is not for their sender to delete.
    pub(super) barred: usize,
}

/// The delete ranges as far as they lie within what is known after this
/// update, and how many had to be cut. A range beyond would lie in wait for
/// content that somebody has yet to write.
pub(super) fn clip(
    scan: &Scan<'_>,
    records: &[Record],
    known: &Known,
    arrival: Arrival,
) -> Result<Kept, Fault> {
    let mut added = BTreeMap::new();
    for record in records {
        added.insert(record.client, record.end);
    }
    let mut kept = Kept {
        ranges: Vec::with_capacity(scan.deletes.len()),
        clipped: 0,
        barred: 0,
    };
    let mut next = (None, 0);
    for range in &scan.deletes {
        if next.0 != Some(range.client) {
            let known = known.client(range.client).map_or(0, Ranges::next_clock);
            let added = added.get(&range.client).copied().unwrap_or(0);
            next = (Some(range.client), known.max(added));
        }
        if range.end > next.1.saturating_add(MAX_CLOCK_JUMP) {
            // What one of several people may not is left out.
            if arrival == Arrival::Joint {
                kept.clipped += 1;
                continue;
            }
            return Err(Fault::ClockJump {
                client: range.client,
                clock: range.end,
            });
        }
        let end = range.end.min(next.1);
        kept.clipped += usize::from(end < range.end);
        if range.start < end {
            kept.ranges.push(DeleteRange { end, ..*range });
        }
    }
    Ok(kept)
}

impl Kept {
    /// Takes out what lies under roots that the sender does not write. An exchange
    /// repeats every deletion there ever was, the server's included: no offence. A live
    /// update that deletes there is refused; so is one that takes a thing its author.
    pub(super) fn bar(
        &mut self,
        known: &Known,
        authors: &Authors,
        deleted: &Deleted<'_>,
        schema: &Schema,
        policy: Policy,
    ) -> Result<(), Fault> {
        let mut ranges = Vec::with_capacity(self.ranges.len());
        for range in &self.ranges {
            let mut from = range.start;
            let client = known.client(range.client);
            for (start, end, at) in client
                .into_iter()
                .flat_map(|known| known.parts(range.start, range.end))
            {
                let part = DeleteRange {
                    start,
                    end,
                    ..*range
                };
                let verdict = authors.judge_deletion(part, at, deleted);
                // What one of several people may not is left out: the others' parts are taken.
                let is_fixed = policy.arrival == Arrival::Joint && verdict.is_err();
                if !is_fixed {
                    verdict?;
                    let Nesting::At { root, .. } = at else {
                        continue;
                    };
                    let Some(rule) = schema.root_at(root) else {
                        continue;
                    };
                    if rule.writers.admit(policy.rank) {
                        continue;
                    }
                    if policy.arrival == Arrival::Live {
                        return Err(Fault::Closed {
                            root: rule.name.to_owned(),
                        });
                    }
                }
                if from < start {
                    ranges.push(DeleteRange {
                        start: from,
                        end: start,
                        ..*range
                    });
                }
                from = end;
            }
            self.barred += usize::from(from > range.start);
            if from < range.end {
                ranges.push(DeleteRange {
                    start: from,
                    ..*range
                });
            }
        }
        self.ranges = ranges;
        Ok(())
    }
}

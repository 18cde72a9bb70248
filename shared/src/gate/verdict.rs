//! What the gate decides on an update, section by section.

use super::{
    assemble::deletion,
    authors::Learned,
    block::{BlockKind, DeleteRange, Scan, Section},
    cost::Cost,
    error::Fault,
    known::{Known, Record},
    limits::MAX_CLOCK_JUMP,
    pairs::Pairs,
    rule::LeftOut,
    settled::Settled,
};
use crate::id::{ObjectId, ParticipantId};

/// An update that may go to the CRDT library.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The bytes to decode, apply, log and pass on: put together again from what is
    /// news and may stay. Empty if nothing is left to do.
    pub bytes: Vec<u8>,
    /// Client ids that now belong to the author.
    pub claims: Vec<(u64, ParticipantId)>,
    /// Client ids whose sections were cut, since they are somebody else's or
    /// tell what is known in another way.
    pub stripped: Vec<u64>,
    /// Delete ranges cut (in part or whole), since what they delete has not
    /// arrived. The author's next full exchange brings them again.
    pub clipped: usize,
    /// What broke a rule of the schema: it counts as deleted, and its author's copy has
    /// to learn that.
    pub left_out: Vec<LeftOut>,
    /// What is gone without its author's having said so: what stands in something that is
    /// gone, and the second halves of characters.
    pub(super) collected: Vec<DeleteRange>,
    /// What it costs the library.
    pub cost: Cost,
    /// Who made things that were not seen before: for the store to remember.
    pub authors: Vec<(ObjectId, ParticipantId)>,
    /// Whether a section that would have added something was cut.
    pub(super) lacks: bool,
    pub(super) records: Vec<Record>,
    pub(super) settled: Settled,
    pub(super) deleted: Vec<DeleteRange>,
    pub(super) pairs: Pairs,
    pub(super) learned: Learned,
}

impl Admitted {
    /// Whether nothing of it had to be left out.
    pub fn is_whole(&self) -> bool {
        !self.lacks && self.clipped == 0
    }

    /// The update that tells its author's copy what is gone: what was left out, and what
    /// stands in something that is. `None` where nothing is.
    pub fn deletion(&self) -> Option<Vec<u8>> {
        let range = |left: &LeftOut| DeleteRange {
            client: left.client,
            start: left.start,
            end: left.end,
        };
        let left_out = self.left_out.iter().map(range);
        let mut ranges: Vec<DeleteRange> = left_out.chain(self.collected.clone()).collect();
        ranges.sort_unstable_by_key(|range| (range.client, range.start));
        (!ranges.is_empty()).then(|| deletion(&ranges))
    }
}

/// What the blocks of a section amount to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    /// Whether any content is new.
    pub(super) adds: bool,
    /// Where content begins that has a hole before it.
    pub(super) gap: Option<u32>,
}

/// Measures a section; refuses clocks that run away.
pub(super) fn reach(scan: &Scan<'_>, section: &Section, known: &Known) -> Result<Reach, Fault> {
    let next = known.next_clock(section.client);
    let ceiling = next.saturating_add(MAX_CLOCK_JUMP);
    let ranges = known.client(section.client);
    let mut reach = Reach::default();
    let mut at = next;
    for block in &scan.blocks[section.blocks.clone()] {
        let run = matches!(
            block.kind,
            BlockKind::Gc | BlockKind::Skip | BlockKind::Deleted
        );
        if block.start > ceiling.max(at) || (run && block.end > ceiling) {
            return Err(Fault::ClockJump {
                client: section.client,
                clock: block.end,
            });
        }
        if block.kind != BlockKind::Skip {
            if block.start > at && reach.gap.is_none() {
                reach.gap = Some(block.start);
            }
            at = at.max(block.end);
            reach.adds |= !ranges.is_some_and(|known| known.covers(block.start, block.end));
        }
    }
    Ok(reach)
}

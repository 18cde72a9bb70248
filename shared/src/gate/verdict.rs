//! What the gate decides on an update, section by section.

use super::{
    authors::Learned,
    depth::{Node, Nodes, Place},
    error::Fault,
    known::{Known, Record},
    limits::{MAX_CLOCK_JUMP, ScanLimits},
    ranges::Nesting,
    scan::{BlockKind, Scan, Section},
};
use crate::id::{ObjectId, ParticipantId};

/// An update that may go to the CRDT library.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The bytes to decode, apply, log and pass on: as received, or put
    /// together again without what was cut. Empty if nothing is left to do.
    pub bytes: Vec<u8>,
    /// Client ids that now belong to the author.
    pub claims: Vec<(u64, ParticipantId)>,
    /// Client ids whose sections were cut, since they are somebody else's or
    /// tell what is known in another way.
    pub stripped: Vec<u64>,
    /// Delete ranges cut (in part or whole), since what they delete has not
    /// arrived. The author's next full exchange brings them again.
    pub clipped: usize,
    /// Who made things that were not seen before: for the store to remember.
    pub authors: Vec<(ObjectId, ParticipantId)>,
    /// Whether a section that would have added something was cut.
    pub(super) lacks: bool,
    pub(super) records: Vec<Record>,
    pub(super) learned: Learned,
}

impl Admitted {
    /// Whether nothing of it had to be left out.
    pub fn is_whole(&self) -> bool {
        !self.lacks && self.clipped == 0
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

/// The nodes of some sections, for placing.
pub(super) fn nodes<'a>(
    scan: &'a Scan<'_>,
    sections: impl Iterator<Item = &'a Section>,
    known: &Known,
    limits: &ScanLimits,
) -> Vec<Node> {
    // What was deleted reaches us collected from one and whole from another honest
    // copy. Collected content stays so: what it once was places nothing any more.
    let is_gone = |client, block: &super::scan::Block<'_>| {
        known.client(client).is_some_and(|ranges| {
            ranges.covers(block.start, block.end)
                && ranges
                    .parts(block.start, block.end)
                    .all(|(_, _, noted)| noted == Nesting::Gone)
        })
    };
    let node = |client, index: usize, block: &super::scan::Block<'_>| Node {
        client,
        start: block.start,
        end: block.end,
        kind: block.kind,
        place: Place::of(block, limits),
        block: index,
    };
    sections
        .flat_map(|section| {
            section
                .blocks
                .clone()
                .zip(&scan.blocks[section.blocks.clone()])
                .filter(|(_, block)| block.kind != BlockKind::Skip)
                .filter(|(_, block)| !is_gone(section.client, block))
                .map(|(index, block)| node(section.client, index, block))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Places the nodes against what is known, to be remembered.
pub(super) fn records(nodes: &[Node], known: &Known) -> Vec<Record> {
    let record = |(node, nesting): (&Node, Nesting)| Record {
        client: node.client,
        start: node.start,
        end: node.end,
        nesting,
    };
    nodes
        .iter()
        .zip(Nodes::new(nodes, known).nestings())
        .map(record)
        .collect()
}

/// Checks a placed node: that the library can place it, too, and its depth.
///
/// What the library cannot place at once it would hold back. Another version
/// of the same clocks could then overtake the first: the depth noted here
/// would be wrong, and the library itself has been seen to use freed memory.
pub(super) fn check_node(node: &Node, nesting: Nesting, max: u8) -> Result<(), Fault> {
    match nesting {
        Nesting::At { depth, .. } if node.kind == BlockKind::Type && depth >= max => {
            Err(Fault::TooDeep { max })
        }
        Nesting::Unknown => Err(Fault::MissingDependency {
            client: node.client,
            clock: node.start,
        }),
        Nesting::Torn => Err(Fault::Misplaced {
            client: node.client,
            clock: node.start,
        }),
        Nesting::At { .. } | Nesting::Gone => Ok(()),
    }
}

/// Whether a node places known clocks elsewhere than they are. Of a block
/// that is known in part, the library puts the rest beside the known part.
pub(super) fn contradicts(record: &Record, node: &Node, known: &Known) -> bool {
    let Some(ranges) = known.client(node.client) else {
        return false;
    };
    if node.kind == BlockKind::Gc {
        return false;
    }
    ranges
        .parts(node.start, node.end)
        .any(|(_, _, noted)| match (noted, record.nesting) {
            (Nesting::Gone, Nesting::Gone) => false,
            (Nesting::At { home: noted, .. }, Nesting::At { home, .. }) => home != noted,
            _ => true,
        })
}

//! Finds out where the blocks of an update live, and leaves out what may not be there.

use super::{
    block::{Block, BlockKind, DeleteRange, Scan, Section},
    entry::Deleted,
    error::Fault,
    known::{Known, Record},
    limits::ScanLimits,
    nodes::Nodes,
    pairs::Pairs,
    place::{Node, Place},
    ranges::{Inside, Nesting},
    rule::{LeftOut, Rule},
    scan,
    schema::Schema,
    settled::{Room, Settled},
};

/// What is known already, for the scan.
pub(super) struct Already<'a> {
    pub(super) known: &'a Known,
    pub(super) limits: &'a ScanLimits,
}

impl scan::Already for Already<'_> {
    fn floor(&self, client: u64) -> u32 {
        self.known.floor(client)
    }

    /// Where it is looked at, all that a known block refers to is known, too.
    fn contradicts(&self, client: u64, block: &Block<'_>) -> bool {
        let node = node(client, 0, block, self.limits);
        if node.kind == BlockKind::Skip || is_gone(&node, self.known) {
            return false;
        }
        let look = |id| self.known.at(id).unwrap_or(Nesting::Unknown);
        let nesting = node.place.nesting(node.kind, &self.limits.schema, look);
        matches!(nesting, Nesting::Unknown | Nesting::Torn)
            || contradicts(nesting, &node, self.known)
    }

    fn news(&self, range: DeleteRange, found: &mut Vec<DeleteRange>) {
        self.known.undeleted(range, found);
    }
}

/// The blocks of some sections with their places.
pub(super) struct Placement<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// One for each node.
    pub(super) records: Vec<Record>,
    /// What will be in the homes and types that the blocks come into.
    pub(super) settled: Settled,
    /// How many neighbours the library may have to look at.
    pub(super) neighbours: u64,
}

/// Whether what may not be where it is is left out.
#[derive(Clone, Copy)]
pub(super) enum Judge<'a> {
    /// It comes from our own store: nothing is.
    Nothing,
    /// Somebody sends it. What is deleted by then has to keep fewer rules.
    New(&'a Deleted<'a>, &'a Pairs),
}

impl<'a> Placement<'a> {
    /// Places blocks.
    pub(super) fn new<'s>(
        scan: &Scan<'a>,
        sections: impl Iterator<Item = &'s Section>,
        known: &Known,
        limits: &ScanLimits,
        judge: Judge<'_>,
    ) -> Self {
        let mut nodes = nodes(scan, sections, known, limits);
        let mut broken = Vec::new();
        let mut settled = Settled::default();
        let mut neighbours = 0;
        let settle = |index: usize, nesting: Nesting| {
            let node: &Node<'_> = &nodes[index];
            let block = &scan.blocks[node.block];
            let mut rule = match judge {
                Judge::Nothing => None,
                Judge::New(deleted, pairs) => {
                    let splits = known.pairs.splits(node.place) || pairs.splits(node.place);
                    match breach(node, block, nesting, &limits.schema, deleted) {
                        None if splits => Some(Rule::Halves),
                        breach => breach,
                    }
                }
            };
            if let Nesting::At { home, spot, .. } = nesting
                && !rule.is_some_and(Rule::is_about_the_place)
                && !is_known(node, known)
            {
                let limits = match judge {
                    Judge::Nothing => Room::UNLIMITED,
                    Judge::New(..) => Room::of(&limits.schema, spot),
                };
                let (looked_at, full) = settled.take(node, &home, limits, &known.settled);
                neighbours += looked_at;
                rule = full.or(rule);
            }
            match rule {
                None => nesting,
                Some(rule) => {
                    broken.push((index, rule));
                    left_out(nesting, rule)
                }
            }
        };
        let nestings = Nodes::new(&nodes, known).nestings(&limits.schema, settle);
        for (index, rule) in broken {
            nodes[index].leave_out(rule, nestings[index]);
        }
        let records = nodes
            .iter()
            .zip(nestings)
            .map(|(node, nesting)| Record {
                client: node.client,
                start: node.start,
                end: node.end,
                nesting,
            })
            .collect();
        Self {
            nodes,
            records,
            settled,
            neighbours,
        }
    }

    /// What came deleted or collected, or was left out.
    pub(super) fn gone(&self) -> Vec<DeleteRange> {
        let is_gone = |kind| matches!(kind, BlockKind::Gc | BlockKind::Deleted);
        let nodes = self.nodes.iter().filter(|node| is_gone(node.kind));
        nodes.map(Node::range).collect()
    }

    /// What broke a rule.
    pub(super) fn left_out(&self) -> Vec<LeftOut> {
        let nodes = self.nodes.iter();
        nodes
            .filter_map(|node| {
                Some(LeftOut {
                    client: node.client,
                    start: node.start,
                    end: node.end,
                    rule: node.broke?,
                })
            })
            .collect()
    }

    /// New blocks that the library collects, since what they stand in is gone.
    pub(super) fn collected(&self, known: &Known) -> Vec<DeleteRange> {
        let pairs = self.nodes.iter().zip(&self.records);
        pairs
            .filter(|(node, record)| {
                record.nesting == Nesting::Gone
                    && node.kind != BlockKind::Gc
                    && !is_known(node, known)
            })
            .map(|(node, _)| node.range())
            .collect()
    }

    /// Keeps the nodes of some clients.
    pub(super) fn retain(&mut self, keeps: impl Fn(u64) -> bool) {
        self.nodes.retain(|node| keeps(node.client));
        self.records.retain(|record| keeps(record.client));
    }
}

impl Node<'_> {
    fn range(&self) -> DeleteRange {
        DeleteRange {
            client: self.client,
            start: self.start,
            end: self.end,
        }
    }

    fn leave_out(&mut self, rule: Rule, nesting: Nesting) {
        self.kind = match nesting {
            Nesting::At { .. } => BlockKind::Deleted,
            _ => BlockKind::Gc,
        };
        self.broke = Some(rule);
    }
}

fn is_known(node: &Node<'_>, known: &Known) -> bool {
    let ranges = known.client(node.client);
    ranges.is_some_and(|ranges| ranges.covers(node.start, node.end))
}

/// What a block breaks where it is.
fn breach(
    node: &Node<'_>,
    block: &Block<'_>,
    nesting: Nesting,
    schema: &Schema,
    deleted: &Deleted<'_>,
) -> Option<Rule> {
    match nesting {
        Nesting::At { spot, home, .. } => {
            // What will have gone at once harms nobody, several values among it; one alone
            // does.
            let is_joined = node.kind == BlockKind::Values && node.end - node.start > 1;
            match schema.judge(spot, block) {
                Ok(()) if is_joined && home.keyed && !deleted.covers(node) => Some(Rule::Joined),
                verdict => verdict.err(),
            }
        }
        Nesting::Gone => block.odd,
        Nesting::Torn | Nesting::Unknown => None,
    }
}

/// Where a block is once it has been left out.
fn left_out(nesting: Nesting, rule: Rule) -> Nesting {
    match nesting {
        Nesting::At {
            root, spot, home, ..
        } if !rule.is_about_the_place() => Nesting::At {
            root,
            spot,
            home,
            inside: Inside::Nothing,
        },
        _ => Nesting::Gone,
    }
}

fn node<'a>(client: u64, index: usize, block: &Block<'a>, limits: &ScanLimits) -> Node<'a> {
    let is_text = block.kind == BlockKind::Text;
    Node {
        client,
        start: block.start,
        end: block.end,
        kind: block.kind,
        place: Place::of(block, limits),
        units: if is_text { block.end - block.start } else { 0 },
        block: index,
        broke: None,
    }
}

/// What was deleted reaches us collected from one and whole from another honest copy.
/// Collected content stays so: what it once was places nothing any more.
fn is_gone(node: &Node<'_>, known: &Known) -> bool {
    known.client(node.client).is_some_and(|ranges| {
        ranges.covers(node.start, node.end)
            && ranges
                .parts(node.start, node.end)
                .all(|(_, _, noted)| noted == Nesting::Gone)
    })
}

/// The nodes of some sections, for placing.
fn nodes<'a, 's>(
    scan: &Scan<'a>,
    sections: impl Iterator<Item = &'s Section>,
    known: &Known,
    limits: &ScanLimits,
) -> Vec<Node<'a>> {
    sections
        .flat_map(|section| {
            section
                .blocks
                .clone()
                .zip(&scan.blocks[section.blocks.clone()])
                .filter(|(_, block)| block.kind != BlockKind::Skip)
                .map(|(index, block)| node(section.client, index, block, limits))
                .filter(|node| !is_gone(node, known))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Checks a placed node: that the library can place it, too.
///
/// What the library cannot place at once it would hold back. Another version
/// of the same clocks could then overtake the first: the place noted here
/// would be wrong, and the library itself has been seen to use freed memory.
pub(super) fn check_node(node: &Node<'_>, nesting: Nesting) -> Result<(), Fault> {
    let misplaced = Fault::Misplaced {
        client: node.client,
        clock: node.start,
    };
    match nesting {
        Nesting::Unknown => Err(Fault::MissingDependency {
            client: node.client,
            clock: node.start,
        }),
        Nesting::Torn => Err(misplaced),
        // Under a key, a value names no right neighbour: see [`super::entry`].
        Nesting::At { home, .. }
            if home.keyed && matches!(node.place, Place::Beside(_, Some(_))) =>
        {
            Err(misplaced)
        }
        Nesting::At { .. } | Nesting::Gone => Ok(()),
    }
}

/// Whether a node places known clocks elsewhere than they are. Of a block
/// that is known in part, the library puts the rest beside the known part.
pub(super) fn contradicts(nesting: Nesting, node: &Node<'_>, known: &Known) -> bool {
    let Some(ranges) = known.client(node.client) else {
        return false;
    };
    if node.kind == BlockKind::Gc && node.broke.is_none() {
        return false;
    }
    ranges
        .parts(node.start, node.end)
        .any(|(_, _, noted)| match (noted, nesting) {
            (Nesting::Gone, Nesting::Gone) => false,
            (Nesting::At { home: noted, .. }, Nesting::At { home, .. }) => home != noted,
            _ => true,
        })
}

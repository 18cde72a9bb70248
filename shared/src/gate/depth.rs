//! How deep the blocks of one update live. They may refer to one another in
//! any order and in circles, so they are placed like tasks with prerequisites:
//! each block is looked at once for each of its (at most two) references.

use std::collections::BTreeMap;

use super::{
    known::Known,
    ranges::Nesting,
    scan::{BlockKind, Id, Parent},
};

/// Where a block lives, without the name of the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Root,
    In(Id),
    Beside(Option<Id>, Option<Id>),
    Collected,
}

/// What is known of a place.
pub(super) enum Step<W> {
    Settled(Nesting),
    /// The first reference that is not known.
    Waits(W),
}

impl From<Parent<'_>> for Place {
    fn from(parent: Parent<'_>) -> Self {
        match parent {
            Parent::Root(_) => Self::Root,
            Parent::Id(id) => Self::In(id),
            Parent::Origin { left, right } => Self::Beside(left, right),
            Parent::None => Self::Collected,
        }
    }
}

impl Place {
    /// The nesting of a place, given what its references are.
    pub(super) fn step<W>(self, look: impl Fn(Id) -> Result<Nesting, W>) -> Step<W> {
        let nesting = match self {
            Self::Root => Ok(Nesting::Depth(0)),
            Self::Collected => Ok(Nesting::Gone),
            Self::In(id) => look(id).map(|of_type| match of_type {
                Nesting::Depth(depth) => Nesting::Depth(depth.saturating_add(1)),
                other => other,
            }),
            Self::Beside(left, right) => {
                let beside = |id: Option<Id>| id.map_or(Ok(Nesting::Gone), &look);
                beside(left).and_then(|left| Ok(deeper(left, beside(right)?)))
            }
        };
        match nesting {
            Ok(nesting) => Step::Settled(nesting),
            Err(waits) => Step::Waits(waits),
        }
    }

    fn references(self) -> impl Iterator<Item = Id> {
        let (one, two) = match self {
            Self::Root | Self::Collected => (None, None),
            Self::In(id) => (Some(id), None),
            Self::Beside(left, right) => (left, right),
        };
        one.into_iter().chain(two)
    }
}

/// The library asks the left neighbour, and the right one where the left is
/// collected. Which is collected may change until then, so the deeper counts;
/// neighbours of honest blocks live in the same place anyway.
fn deeper(left: Nesting, right: Nesting) -> Nesting {
    match (left, right) {
        (Nesting::Pending, _) | (_, Nesting::Pending) => Nesting::Pending,
        (Nesting::Gone, other) | (other, Nesting::Gone) => other,
        (Nesting::Depth(left), Nesting::Depth(right)) => Nesting::Depth(left.max(right)),
    }
}

/// One block of the update, holes left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) client: u64,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: BlockKind,
    pub(super) place: Place,
}

/// What a reference of a node leads to.
enum Target {
    Settled(Nesting),
    Node(usize),
}

/// The nodes of one update: those of one client lie together, ascending.
pub(super) struct Nodes<'a> {
    nodes: &'a [Node],
    /// First and last-but-one index of each client.
    clients: BTreeMap<u64, (usize, usize)>,
    known: &'a Known,
}

impl<'a> Nodes<'a> {
    pub(super) fn new(nodes: &'a [Node], known: &'a Known) -> Self {
        let mut clients = BTreeMap::new();
        for (index, node) in nodes.iter().enumerate() {
            clients.entry(node.client).or_insert((index, index)).1 = index + 1;
        }
        Self {
            nodes,
            clients,
            known,
        }
    }

    /// What is known comes first: the library keeps what it has.
    fn target(&self, id: Id) -> Target {
        if let Some(nesting) = self.known.at(id) {
            return Target::Settled(nesting);
        }
        let Some(&(first, last)) = self.clients.get(&id.client) else {
            return Target::Settled(Nesting::Pending);
        };
        let section = &self.nodes[first..last];
        let after = section.partition_point(|node| node.start <= id.clock);
        match section[..after].last() {
            Some(node) if id.clock < node.end => Target::Node(first + after - 1),
            _ => Target::Settled(Nesting::Pending),
        }
    }

    /// The nesting of every node; `Pending` for those whose place hangs on
    /// something absent or on themselves.
    pub(super) fn nestings(&self) -> Vec<Nesting> {
        let mut open = vec![0u8; self.nodes.len()];
        let mut dependents = Vec::new();
        let mut ready = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            for id in node.place.references() {
                if let Target::Node(target) = self.target(id) {
                    open[index] += 1;
                    dependents.push((target, index));
                }
            }
            if open[index] == 0 {
                ready.push(index);
            }
        }
        dependents.sort_unstable();
        let mut nestings = vec![Nesting::Pending; self.nodes.len()];
        while let Some(index) = ready.pop() {
            nestings[index] = self.place(index, &nestings);
            let first = dependents.partition_point(|(target, _)| *target < index);
            for (_, dependent) in dependents[first..].iter().take_while(|(t, _)| *t == index) {
                open[*dependent] -= 1;
                if open[*dependent] == 0 {
                    ready.push(*dependent);
                }
            }
        }
        nestings
    }

    fn place(&self, index: usize, nestings: &[Nesting]) -> Nesting {
        let step = self.nodes[index].place.step(|id| match self.target(id) {
            Target::Settled(Nesting::Pending) => Err(()),
            Target::Settled(nesting) => Ok(nesting),
            Target::Node(node) => match nestings[node] {
                Nesting::Pending => Err(()),
                nesting => Ok(nesting),
            },
        });
        match step {
            Step::Settled(nesting) => nesting,
            Step::Waits(()) => Nesting::Pending,
        }
    }
}

//! Where the blocks of one update live, and how deep. They may refer to one another in
//! any order and in circles, so they are placed like tasks with prerequisites:
//! each block is looked at once for each of its references (at most two) and
//! for the block before it.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    known::Known,
    limits::ScanLimits,
    ranges::{Home, Inside, Nesting},
    scan::{Block, BlockKind, Id, Parent},
};

/// Where a block says it lives, without the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Root(u8, Home),
    In(Id, Home),
    Beside(Option<Id>, Option<Id>),
    Collected,
}

/// The digest of a parent and a key.
fn home(parent: (Option<&str>, Option<Id>), key: Option<&str>) -> Home {
    // The same hash twice, from two states: 128 bits without a dependency.
    let digest = [1u8, 2].map(|half| {
        let mut hasher = DefaultHasher::new();
        let id = parent.1.map(|id| (id.client, id.clock));
        (half, parent.0, id, key).hash(&mut hasher);
        hasher.finish()
    });
    Home {
        digest,
        keyed: key.is_some(),
    }
}

/// The home of what stands under a key of a shared map.
pub(super) fn home_in(map: Id, key: &str) -> Home {
    home((None, Some(map)), Some(key))
}

impl Place {
    /// Where a block of a scanned update says it lives.
    pub(super) fn of(block: &Block<'_>, limits: &ScanLimits) -> Self {
        match block.parent {
            Parent::Root(name) => match limits.root(name).and_then(|root| root.try_into().ok()) {
                Some(root) => Self::Root(root, home((Some(name), None), block.key)),
                // The scan lets no other root through.
                None => Self::Collected,
            },
            Parent::Id(id) => Self::In(id, home((None, Some(id)), block.key)),
            Parent::Origin { left, right } => Self::Beside(left, right),
            Parent::None => Self::Collected,
        }
    }

    /// Where that is, given where its references are.
    fn nesting(self, kind: BlockKind, look: impl Fn(Id) -> Nesting) -> Nesting {
        let inside = match kind {
            BlockKind::Type => Inside::Blocks,
            BlockKind::Deleted => Inside::Nothing,
            _ => Inside::Never,
        };
        match self {
            Self::Root(root, home) => Nesting::At {
                depth: 0,
                root,
                home,
                inside,
            },
            Self::Collected => Nesting::Gone,
            Self::In(id, home) => match look(id) {
                Nesting::At {
                    depth,
                    root,
                    inside: Inside::Blocks,
                    ..
                } => Nesting::At {
                    depth: depth.saturating_add(1),
                    root,
                    home,
                    inside,
                },
                Nesting::At {
                    inside: Inside::Nothing,
                    ..
                } => Nesting::Gone,
                Nesting::At {
                    inside: Inside::Never,
                    ..
                } => Nesting::Torn,
                other => other,
            },
            Self::Beside(left, right) => {
                let beside = |id: Option<Id>| id.map_or(Nesting::Gone, &look);
                match common(beside(left), beside(right)) {
                    Nesting::At {
                        depth, root, home, ..
                    } => Nesting::At {
                        depth,
                        root,
                        home,
                        inside,
                    },
                    other => other,
                }
            }
        }
    }

    fn references(self) -> impl Iterator<Item = Id> {
        let (one, two) = match self {
            Self::Root(..) | Self::Collected => (None, None),
            Self::In(id, _) => (Some(id), None),
            Self::Beside(left, right) => (left, right),
        };
        one.into_iter().chain(two)
    }
}

/// The place of both neighbours. The library takes that of the left one, or
/// of the right where the left is collected, and links both: with neighbours
/// in two places it has been seen to use freed memory.
fn common(left: Nesting, right: Nesting) -> Nesting {
    match (left, right) {
        (Nesting::Unknown, _) | (_, Nesting::Unknown) => Nesting::Unknown,
        (Nesting::Torn, _) | (_, Nesting::Torn) => Nesting::Torn,
        (Nesting::Gone, other) | (other, Nesting::Gone) => other,
        (Nesting::At { home: left, .. }, Nesting::At { home: right, .. }) if left != right => {
            Nesting::Torn
        }
        (known, _) => known,
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
    /// Its block within [`super::scan::Scan::blocks`].
    pub(super) block: usize,
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
            return Target::Settled(Nesting::Unknown);
        };
        let section = &self.nodes[first..last];
        let after = section.partition_point(|node| node.start <= id.clock);
        match section[..after].last() {
            Some(node) if id.clock < node.end => Target::Node(first + after - 1),
            _ => Target::Settled(Nesting::Unknown),
        }
    }

    /// The nesting of every node; `Unknown` for those that hang on something
    /// absent or on themselves. The library would hold such blocks back, and
    /// with them all that follow of the same client.
    pub(super) fn nestings(&self) -> Vec<Nesting> {
        let mut open = vec![0u8; self.nodes.len()];
        let mut dependents = Vec::new();
        let mut ready = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if index > 0 && self.nodes[index - 1].client == node.client {
                open[index] += 1;
                dependents.push((index - 1, index));
            }
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
        let mut nestings = vec![Nesting::Unknown; self.nodes.len()];
        while let Some(index) = ready.pop() {
            let node = &self.nodes[index];
            nestings[index] = node.place.nesting(node.kind, |id| match self.target(id) {
                Target::Settled(nesting) => nesting,
                Target::Node(node) => nestings[node],
            });
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
}

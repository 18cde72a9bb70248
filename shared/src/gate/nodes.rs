//! Where the blocks of one update live. They may refer to one another in any order
//! and in circles, so they are placed like tasks with prerequisites:
//! each block is looked at once for each of its references (at most two) and
//! for the block before it.

use std::collections::BTreeMap;

use super::{block::Id, known::Known, place::Node, ranges::Nesting, schema::Schema};

/// What a reference of a node leads to.
enum Target {
    Settled(Nesting),
    Node(usize),
}

/// The nodes of one update: those of one client lie together, ascending.
pub(super) struct Nodes<'a> {
    nodes: &'a [Node<'a>],
    /// First and last-but-one index of each client.
    clients: BTreeMap<u64, (usize, usize)>,
    known: &'a Known,
}

impl<'a> Nodes<'a> {
    pub(super) fn new(nodes: &'a [Node<'a>], known: &'a Known) -> Self {
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

    /// The nesting of every node; `Unknown` for those that hang on something absent or on
    /// themselves. The library would hold such blocks back, and with them all that follow
    /// of the same client. `settle` gets all others, each after those that it refers to,
    /// and may say that it is somewhere else.
    pub(super) fn nestings(
        &self,
        schema: &Schema,
        mut settle: impl FnMut(usize, Nesting) -> Nesting,
    ) -> Vec<Nesting> {
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
            let nesting = node
                .place
                .nesting(node.kind, schema, |id| match self.target(id) {
                    Target::Settled(nesting) => nesting,
                    Target::Node(node) => nestings[node],
                });
            nestings[index] = settle(index, nesting);
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

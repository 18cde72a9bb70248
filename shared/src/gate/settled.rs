//! What is in homes and shared types: what the costs of a block depend on, and whether there
//! is room for it.

use std::collections::HashMap;

use super::{
    block::{BlockKind, Id},
    limits::MAX_HELD_BLOCKS,
    line::{Line, New},
    place::{Node, Place, parent},
    ranges::{Digest, Home},
    rule::Rule,
    schema::{Schema, Spot},
};

/// Shared types within shared types, at most, of any schema.
const MAX_LEVELS: usize = 8;

/// The values that were ever written under one key.
#[derive(Clone, Copy, Debug, Default)]
struct Chain {
    /// How many.
    blocks: u32,
    /// What is last there, as long as each was written behind the one before.
    last: Option<Id>,
}

impl Chain {
    /// Takes in a value. Returns how many others the library may have to look at.
    fn take(&mut self, new: New) -> u64 {
        let goes_last = self.blocks == 0 || (new.left.is_some() && new.left == self.last);
        let looked_at = if goes_last { 0 } else { self.blocks };
        self.blocks += 1;
        self.last = goes_last.then_some(Id {
            client: new.client,
            clock: new.end - 1,
        });
        looked_at.into()
    }
}

/// What a shared type holds.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    /// Blocks in it and in what it holds.
    blocks: u32,
    /// The type that holds it.
    above: Option<u64>,
}

/// How much there is room for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// UTF-16 units in one text.
    units: u32,
    /// Blocks in one shared type.
    blocks: u32,
}

impl Room {
    /// For what has been taken before.
    pub(super) const UNLIMITED: Self = Self {
        units: u32::MAX,
        blocks: u32::MAX,
    };

    /// At a place of a schema.
    pub(super) fn of(schema: &Schema, spot: Spot) -> Self {
        Self {
            units: schema.units(spot).unwrap_or(u32::MAX),
            blocks: MAX_HELD_BLOCKS,
        }
    }
}

/// What is in homes and types: in all of a document, or what an update makes of some.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    chains: HashMap<Digest, Chain>,
    lines: HashMap<Digest, Line>,
    held: HashMap<u64, Held>,
}

impl Settled {
    /// Takes over what an update makes of homes and types.
    pub(super) fn extend(&mut self, new: Self) {
        self.chains.extend(new.chains);
        self.lines.extend(new.lines);
        self.held.extend(new.held);
    }

    fn held_by(&self, digest: u64) -> Held {
        self.held.get(&digest).copied().unwrap_or_default()
    }

    /// Takes in a block, given what there was before. Returns how many neighbours the
    /// library may have to look at to find its place, and what it breaks where it cannot
    /// be there.
    pub(super) fn take(
        &mut self,
        node: &Node<'_>,
        home: &Home,
        room: Room,
        before: &Self,
    ) -> (u64, Option<Rule>) {
        let mut above = Vec::with_capacity(MAX_LEVELS);
        let mut next = Some(home.parent);
        while let Some(digest) = next.filter(|_| above.len() < MAX_LEVELS) {
            let held = self.held.entry(digest);
            let held = held.or_insert_with(|| before.held_by(digest));
            // A root is above all and holds what it likes.
            if held.above.is_some() && held.blocks >= room.blocks {
                return (0, Some(Rule::Full));
            }
            above.push(digest);
            next = held.above;
        }
        let (looked_at, rule) = self.place(node, home, room, before);
        if rule.is_some_and(Rule::is_about_the_place) {
            return (looked_at, rule);
        }
        for digest in above {
            self.held.entry(digest).or_default().blocks += 1;
        }
        if matches!(node.kind, BlockKind::Type(_)) {
            let start = Id {
                client: node.client,
                clock: node.start,
            };
            let held = self.held.entry(parent(start)).or_default();
            held.above = Some(home.parent);
        }
        (looked_at, rule)
    }

    fn place(
        &mut self,
        node: &Node<'_>,
        home: &Home,
        room: Room,
        before: &Self,
    ) -> (u64, Option<Rule>) {
        let (left, right) = match node.place {
            Place::Beside(left, right) => (left, right),
            _ => (None, None),
        };
        let new = New {
            client: node.client,
            start: node.start,
            end: node.end,
            left,
            right,
        };
        let digest = home.digest;
        if home.keyed {
            let chain = self.chains.entry(digest);
            let known = || before.chains.get(&digest).copied().unwrap_or_default();
            return (chain.or_insert_with(known).take(new), None);
        }
        let line = self.lines.entry(digest);
        let known = || before.lines.get(&digest).cloned().unwrap_or_default();
        let line = line.or_insert_with(known);
        let Ok(looked_at) = line.take(new) else {
            return (0, Some(Rule::Crossed));
        };
        let units = line.units.saturating_add(node.units);
        if node.units > 0 && units > room.units {
            return (looked_at, Some(Rule::TextFull));
        }
        line.units = units;
        (looked_at, None)
    }

    /// How many blocks go when a shared type is deleted, given what there was before.
    pub(super) fn held(&self, id: Id, before: &Self) -> u32 {
        let digest = parent(id);
        let held = self.held.get(&digest);
        held.copied()
            .unwrap_or_else(|| before.held_by(digest))
            .blocks
    }

    /// Blocks in a home, given what there was before.
    pub(super) fn blocks(&self, home: &Home, before: &Self) -> u32 {
        let digest = &home.digest;
        if home.keyed {
            let chain = self
                .chains
                .get(digest)
                .or_else(|| before.chains.get(digest));
            chain.map_or(0, |chain| chain.blocks)
        } else {
            let line = self.lines.get(digest).or_else(|| before.lines.get(digest));
            line.map_or(0, |line| line.len() as u32)
        }
    }

    /// The texts, each as its runs of client, first clock and clock after the last.
    #[cfg(test)]
    pub(super) fn lines(&self) -> impl Iterator<Item = Vec<(u64, u32, u32)>> {
        self.lines.values().map(Line::runs)
    }
}

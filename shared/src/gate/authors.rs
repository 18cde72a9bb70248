//! Who made what. The things of some roots say in a plain string who made them; the
//! gate holds them to it. An id that was never seen gets the author who brings it; one
//! that was seen keeps its first author for ever, so that anybody may bring a deleted
//! thing back, but nobody under another name.
//!
//! A crash may lose a thing with its author. If its author deletes it before they bring
//! it again, it never says who made it, yet others may have brought it back meanwhile: so
//! whoever *began* a place, wrote a block there that stands beside no other, may be signed
//! there. Several may have begun one: which came first is not known after a restart.
//!
//! The author comes in the same update as its thing, once, and is not written again: the
//! library would delete the first, and every honest copy would repeat that. An update says neither the key of a
//! block that stands beside another nor whose map a block lives in, but its *home* does:
//! so homes are what is remembered.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    block::{BlockKind, DeleteRange, Id, Parent, Scan},
    entry::Deleted,
    error::Fault,
    known::{Known, Record},
    place::{Node, home_in},
    policy::{Arrival, Rank},
    ranges::{Digest, Nesting},
    schema::Schema,
    voice::Voice,
};
use crate::id::{ObjectId, ParticipantId};

/// What a home of a root is the place of.
#[derive(Clone, Debug)]
struct Thing {
    object: ObjectId,
    /// The clients that wrote a block there that stands beside no other.
    begun_by: Vec<u64>,
}

/// Whose author stands at a home.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    object: ObjectId,
    /// The shared map that is the thing.
    map: Id,
    /// The block that says it.
    said_at: Option<Id>,
}

/// What is remembered of things and their authors.
#[derive(Clone, Debug, Default)]
pub(super) struct Authors {
    /// Which thing stands at a home of a root.
    things: HashMap<Digest, Thing>,
    /// Whose author stands at a home inside a thing.
    entries: HashMap<Digest, Entry>,
    /// The first author of each thing that was ever seen; `None`: it had none.
    first: BTreeMap<ObjectId, Option<ParticipantId>>,
    /// Whoever else was accepted as the author of a thing: two documents may have taken
    /// a new id in the same moment. Both go on, or honest people could not bring back
    /// what they deleted.
    also: BTreeSet<(ObjectId, ParticipantId)>,
}

/// An update whose blocks have been placed.
pub(super) struct Placed<'a> {
    pub(super) scan: &'a Scan<'a>,
    pub(super) nodes: &'a [Node<'a>],
    pub(super) records: &'a [Record],
    pub(super) deleted: &'a Deleted<'a>,
}

/// From whom and how an update comes.
pub(super) struct Sender<'a> {
    pub(super) voice: Voice<'a>,
    pub(super) arrival: Arrival,
    pub(super) owners: &'a BTreeMap<u64, ParticipantId>,
}

/// What an update says of things and authors.
#[derive(Clone, Debug, Default)]
pub(super) struct Learned {
    things: HashMap<Digest, Thing>,
    entries: HashMap<Digest, Entry>,
    /// First authors of things that were not seen before.
    pub(super) first: BTreeMap<ObjectId, Option<ParticipantId>>,
    /// Clients whose blocks sign with another's name, or not at all.
    pub(super) forged: BTreeSet<u64>,
}

impl Authors {
    /// Takes over who made a thing first, from the store or another document.
    pub(super) fn restore(&mut self, object: ObjectId, author: ParticipantId) {
        let first = self.first.entry(object.clone()).or_default();
        if *first.get_or_insert_with(|| author.clone()) != author {
            self.also.insert((object, author));
        }
    }

    /// Whether a thing that was seen before has this author.
    fn is_also_by(&self, object: &ObjectId, author: &str) -> bool {
        !self.also.is_empty() && self.also.contains(&(object.clone(), author.into()))
    }

    /// Takes over what an accepted update says.
    pub(super) fn restore_update(&mut self, placed: &Placed<'_>, schema: &Schema, known: &Known) {
        let mut learned = self.places(placed, schema, known);
        let said = self.said(placed, &learned);
        learned.note(&said);
        for entry in learned.entries.values() {
            let is_live = !placed.deleted.contains(entry.map);
            if is_live {
                self.first.entry(entry.object.clone()).or_default();
            }
        }
        for (object, author) in said
            .into_values()
            .flatten()
            .filter_map(|said| Some((said.object, said.author?)))
        {
            self.restore(object, author.into());
        }
        self.commit(learned);
    }

    /// Remembers what an admitted update says.
    pub(super) fn commit(&mut self, learned: Learned) {
        self.things.extend(learned.things);
        self.entries.extend(learned.entries);
        for (object, author) in learned.first {
            self.first.entry(object).or_insert(author);
        }
    }

    /// Judges every thing and every author that an update brings. A live update that
    /// signs wrongly is refused. In an exchange, what is wrongly signed may be somebody
    /// else's whose own part has not come yet: it is named in [`Learned::forged`].
    pub(super) fn judge(
        &self,
        placed: &Placed<'_>,
        from: &Sender<'_>,
        schema: &Schema,
        known: &Known,
    ) -> Result<Learned, Fault> {
        let mut learned = self.places(placed, schema, known);
        let said = self.said(placed, &learned);
        learned.note(&said);
        let signature = |map: Id| signature(said.get(&map).map_or(&[][..], Vec::as_slice));
        let pairs = placed.nodes.iter().zip(placed.records);
        let created: Vec<(Id, &Thing)> = pairs
            .filter_map(|(node, record)| {
                let map = Id {
                    client: node.client,
                    clock: node.start,
                };
                let is_new = matches!(node.kind, BlockKind::Type(_)) && known.at(map).is_none();
                let thing = is_new.then(|| self.thing(record.nesting, &learned.things))??;
                (!placed.deleted.covers(node)).then_some((map, thing))
            })
            .collect();
        // Looked up once for each thing: many may have begun it, and it may come many times.
        let mut beginners: BTreeMap<&ObjectId, Beginners<'_>> = BTreeMap::new();
        for (_, thing) in &created {
            if !self.first.contains_key(&thing.object) {
                beginners
                    .entry(&thing.object)
                    .or_insert_with(|| from.beginners(thing));
            }
        }
        // Who brings back what was lost in the same update as the deed itself may come first.
        let mut first: BTreeMap<ObjectId, Option<ParticipantId>> = BTreeMap::new();
        for (map, Thing { object, .. }) in &created {
            if let Some(beginners) = beginners.get(object)
                && let Signed::By(author) = signature(*map)
                && from.may_sign(map.client, beginners, author)
            {
                first
                    .entry(object.clone())
                    .or_insert_with(|| Some(author.into()));
            }
        }
        let recorded = |object: &ObjectId| self.first.get(object).or_else(|| first.get(object));
        let mut forged = BTreeSet::new();
        let mut fault = |client: u64, refusal: Fault| {
            if from.arrival == Arrival::Live {
                return Err(refusal);
            }
            forged.insert(client);
            Ok(())
        };
        for (map, Thing { object, .. }) in created {
            let waits = |beginners: &Beginners<'_>| beginners.lack_owner(map.client);
            let object = object.clone();
            let refusal = match (signature(map), recorded(&object)) {
                (Signed::By(author), Some(Some(first)))
                    if author == first.as_str() || self.is_also_by(&object, author) =>
                {
                    continue;
                }
                (Signed::Not, Some(None)) => continue,
                (Signed::Not, _) => Fault::AuthorMissing { object },
                // What would tell has not come back yet.
                (Signed::By(_), None) if beginners.get(&object).is_some_and(waits) => {
                    Fault::MissingDependency {
                        client: map.client,
                        clock: map.clock,
                    }
                }
                _ => Fault::AuthorForged { object },
            };
            fault(map.client, refusal)?;
        }
        for said in said.values().flatten() {
            let is_old = known.at(said.map).is_some() && !placed.deleted.contains(said.map);
            if said.is_new(known) && is_old {
                let object = said.object.clone();
                fault(said.at.client, Fault::AuthorFixed { object })?;
            }
        }
        learned.first = first;
        learned.forged = forged;
        Ok(learned)
    }

    /// Refuses a deletion of the author of something that stays.
    pub(super) fn judge_deletion(
        &self,
        range: DeleteRange,
        at: Nesting,
        deleted: &Deleted<'_>,
    ) -> Result<(), Fault> {
        let Nesting::At { home, .. } = at else {
            return Ok(());
        };
        let is_meant = |said: Id| {
            said.client == range.client && (range.start..range.end).contains(&said.clock)
        };
        match self.entries.get(&home.digest) {
            Some(entry) if entry.said_at.is_some_and(is_meant) && !deleted.contains(entry.map) => {
                Err(Fault::AuthorFixed {
                    object: entry.object.clone(),
                })
            }
            _ => Ok(()),
        }
    }

    /// The things that an update names, with whoever begins them, and where their authors
    /// stand.
    fn places(&self, placed: &Placed<'_>, schema: &Schema, known: &Known) -> Learned {
        let mut learned = Learned::default();
        let author_key = |root: u8| schema.root_at(root)?.author_key;
        let pairs = || placed.nodes.iter().zip(placed.records);
        for (node, record) in pairs() {
            let block = &placed.scan.blocks[node.block];
            if let (Parent::Root(_), Some(key)) = (block.parent, block.key)
                && let Nesting::At { home, root, .. } = record.nesting
                && author_key(root).is_some()
            {
                let start = Id {
                    client: node.client,
                    clock: node.start,
                };
                let thing = self.things.get(&home.digest);
                // What is known stays as it was told first.
                if thing.is_some() && known.at(start).is_some() {
                    continue;
                }
                let new = || Thing {
                    object: key.into(),
                    begun_by: Vec::new(),
                };
                let thing = || thing.cloned().unwrap_or_else(new);
                let learned = learned.things.entry(home.digest).or_insert_with(thing);
                learned.begun_by.push(node.client);
            }
        }
        for (node, record) in pairs().filter(|(node, _)| matches!(node.kind, BlockKind::Type(_))) {
            if let Nesting::At { root, .. } = record.nesting
                && let Some(key) = author_key(root)
                && let Some(thing) = self.thing(record.nesting, &learned.things)
            {
                let map = Id {
                    client: node.client,
                    clock: node.start,
                };
                let object = thing.object.clone();
                let digest = home_in(map, key).digest;
                let entry = Entry {
                    object,
                    map,
                    said_at: None,
                };
                if !self.entries.contains_key(&digest) {
                    learned.entries.insert(digest, entry);
                }
            }
        }
        learned
    }

    /// The thing at a place, where it is the place of one.
    fn thing<'a>(&'a self, at: Nesting, new: &'a HashMap<Digest, Thing>) -> Option<&'a Thing> {
        let Nesting::At { home, .. } = at else {
            return None;
        };
        new.get(&home.digest)
            .or_else(|| self.things.get(&home.digest))
    }

    /// What stands as author of each map, in the order of the update.
    fn said<'a>(&self, placed: &Placed<'a>, learned: &Learned) -> BTreeMap<Id, Vec<Said<'a>>> {
        let mut said: BTreeMap<Id, Vec<Said<'a>>> = BTreeMap::new();
        for (node, record) in placed.nodes.iter().zip(placed.records) {
            let Nesting::At { home, .. } = record.nesting else {
                continue;
            };
            let entry = self
                .entries
                .get(&home.digest)
                .or_else(|| learned.entries.get(&home.digest));
            if let Some(entry) = entry {
                let is_live = node.kind == BlockKind::Values && !placed.deleted.covers(node);
                said.entry(entry.map).or_default().push(Said {
                    object: entry.object.clone(),
                    map: entry.map,
                    at: Id {
                        client: node.client,
                        clock: node.end - 1,
                    },
                    author: placed.scan.blocks[node.block].string.filter(|_| is_live),
                });
            }
        }
        said
    }
}

impl Learned {
    /// Notes where each author is said.
    fn note(&mut self, said: &BTreeMap<Id, Vec<Said<'_>>>) {
        for entry in self.entries.values_mut() {
            let said = said.get(&entry.map).into_iter().flatten();
            entry.said_at = said
                .filter(|said| said.author.is_some())
                .map(|said| said.at)
                .next();
        }
    }
}

/// One block that stands as the author of a thing.
struct Said<'a> {
    object: ObjectId,
    map: Id,
    /// Its last step.
    at: Id,
    /// The name, where it is a plain string that is not deleted.
    author: Option<&'a str>,
}

impl Said<'_> {
    fn is_new(&self, known: &Known) -> bool {
        known.at(self.at).is_none()
    }
}

/// What the author of a new thing amounts to.
enum Signed<'a> {
    By(&'a str),
    Not,
    /// Not by one plain string: by something else, deleted again, or several times.
    Oddly,
}

fn signature<'a>(said: &[Said<'a>]) -> Signed<'a> {
    match said {
        [] => Signed::Not,
        [said] => said.author.map_or(Signed::Oddly, Signed::By),
        _ => Signed::Oddly,
    }
}

/// Who began the place of a thing, where that tells who made it.
#[derive(Default)]
struct Beginners<'a> {
    people: BTreeSet<&'a str>,
    /// Clients of whom it is not known who they are.
    strangers: Vec<u64>,
}

impl Beginners<'_> {
    /// Whether somebody else than this client began the place, of whom it is not known who
    /// they are.
    fn lack_owner(&self, client: u64) -> bool {
        self.strangers.iter().any(|stranger| *stranger != client)
    }
}

impl Sender<'_> {
    fn beginners(&self, thing: &Thing) -> Beginners<'_> {
        let is_stranger = |client: &u64| !self.owners.contains_key(client);
        let clients = thing.begun_by.iter();
        Beginners {
            strangers: clients.clone().copied().filter(is_stranger).collect(),
            people: clients
                .filter_map(|client| self.owners.get(client))
                .map(ParticipantId::as_str)
                .collect(),
        }
    }

    /// Whether something new under a client id, in a place that others may have begun, may
    /// say that this author made it: the id's owner, or whoever began the place. Where the
    /// owner is not known it is the sender; a facilitator is believed.
    fn may_sign(&self, client: u64, beginners: &Beginners<'_>, author: &str) -> bool {
        let is_by = match self.voice.of(client) {
            None => false,
            Some((sender, rank)) => {
                let is_believed = self.arrival == Arrival::Joint && rank == Rank::Facilitates;
                match self.owners.get(&client).filter(|_| is_believed) {
                    Some(owner) => author == owner.as_str() || !beginners.strangers.is_empty(),
                    None => is_believed || author == sender.as_str(),
                }
            }
        };
        is_by || beginners.people.contains(author)
    }
}

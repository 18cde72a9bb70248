//! The gate itself: who owns which client id, and the order of the checks.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    assemble::{Deletes, assemble},
    authors::{Authors, Placed, Sender},
    deletes::{self, Kept},
    depth::Node,
    entry::{Deleted, is_well_formed},
    error::Fault,
    known::{Known, Record},
    limits::ScanLimits,
    policy::{Arrival, Policy, Rank},
    ranges::{Nesting, Ranges},
    scan::{Scan, Section, scan},
    verdict::{Admitted, check_node, contradicts, nodes, reach, records},
};
use crate::id::{ObjectId, ParticipantId};

/// What one room knows of the clients that wrote into its document.
#[derive(Clone, Debug)]
pub struct Gate {
    limits: ScanLimits,
    owners: BTreeMap<u64, ParticipantId>,
    known: Known,
    authors: Authors,
}

/// A section with what was found of it.
struct Judged<'a> {
    section: &'a Section,
    adds: bool,
}

impl Gate {
    /// A gate for an empty document.
    pub fn new(limits: ScanLimits) -> Self {
        Self {
            limits,
            owners: BTreeMap::new(),
            known: Known::default(),
            authors: Authors::default(),
        }
    }

    /// Takes over from the store (or from a handshake) that a client id
    /// belongs to a participant. The first owner stays.
    pub fn restore_owner(&mut self, client: u64, owner: ParticipantId) {
        self.owners.entry(client).or_insert(owner);
    }

    /// Takes over from the store who made something first.
    pub fn restore_author(&mut self, object: ObjectId, author: ParticipantId) {
        self.authors.restore(object, author);
    }

    /// Whether a session of this rank may write any part of the document.
    pub fn is_open_to(&self, rank: Rank) -> bool {
        let mut rules = self.limits.roots.iter().map(|(_, rule)| rule);
        rules.any(|rule| rule.writers.admit(rank))
    }

    /// Whether an update has blocks that are not known. What cannot be read has none.
    pub fn is_news(&self, update: &[u8]) -> bool {
        scan(update, &self.limits).is_ok_and(|scan| {
            let reaches = scan
                .sections
                .iter()
                .map(|section| reach(&scan, section, &self.known));
            reaches
                .into_iter()
                .any(|reach| reach.is_ok_and(|reach| reach.adds))
        })
    }

    /// Takes over an update or snapshot that was accepted earlier. They come
    /// in the order in which they were accepted. Sizes, owners and depth are
    /// not checked again.
    pub fn restore_update(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let limits = self.limits.stored();
        let scan = scan(bytes, &limits)?;
        let nodes = nodes(&scan, scan.sections.iter(), &self.known, &limits);
        let records = records(&nodes, &self.known);
        let placed = Placed {
            scan: &scan,
            nodes: &nodes,
            records: &records,
            deleted: &Deleted::new(&scan.deletes),
        };
        self.authors.restore_update(&placed, &limits, &self.known);
        self.known.record(&records);
        Ok(())
    }

    /// Whom a client id belongs to.
    pub fn owner(&self, client: u64) -> Option<&ParticipantId> {
        self.owners.get(&client)
    }

    /// The clock after the last known one of a client; 0 if none is known.
    pub fn next_clock(&self, client: u64) -> u32 {
        self.known.next_clock(client)
    }

    /// Joined runs that are remembered of a client.
    #[cfg(test)]
    pub(super) fn runs(&self, client: u64) -> usize {
        self.known.client(client).map_or(0, Ranges::len)
    }

    /// Decides on an update. Does not change the gate: call [`Gate::commit`]
    /// after the CRDT library has accepted the bytes.
    ///
    /// What others own is cut out and the rest admitted: an honest client
    /// may hold others' work that it got by another way, and would otherwise
    /// be unable to deliver its own.
    pub fn check(
        &self,
        update: &[u8],
        author: &ParticipantId,
        policy: Policy,
    ) -> Result<Admitted, Fault> {
        if update.len() > policy.max_bytes {
            return Err(Fault::TooLarge {
                bytes: update.len(),
                max: policy.max_bytes,
            });
        }
        let scan = scan(update, &self.limits)?;
        let Sorted {
            mut judged,
            mut claims,
            mut stripped,
        } = self.sort(&scan, author, policy.arrival)?;
        let mut lacks = !stripped.is_empty();
        let mut has_closed = false;
        let deleted = Deleted::new(&scan.deletes);
        let sender = Sender {
            participant: author,
            arrival: policy.arrival,
            may_lack_authors: policy.may_lack_authors,
            owners: &self.owners,
        };
        let (records, learned) = loop {
            let (nodes, records) = self.place(&scan, &deleted, &mut judged, &mut stripped)?;
            let closed = self.closed(&nodes, &records, policy)?;
            let placed = Placed {
                scan: &scan,
                nodes: &nodes,
                records: &records,
                deleted: &deleted,
            };
            let learned = self
                .authors
                .judge(&placed, &sender, &self.limits, &self.known)?;
            if closed.is_empty() && learned.forged.is_empty() {
                break (records, learned);
            }
            lacks |= !learned.forged.is_empty();
            has_closed |= !closed.is_empty();
            let out = |client: &u64| closed.contains(client) || learned.forged.contains(client);
            judged.retain(|judged| !out(&judged.section.client));
            claims.retain(|(client, _)| !out(client));
            stripped.extend(&learned.forged);
        };
        let mut deletes = deletes::clip(&scan, &records, &self.known)?;
        deletes.bar(&self.known, &self.authors, &deleted, &self.limits, policy)?;
        let clipped = deletes.clipped;
        let is_cut = !stripped.is_empty() || has_closed;
        let bytes = bytes(update, &scan, &judged, deletes, is_cut);
        let authors = learned.first.iter();
        Ok(Admitted {
            bytes,
            claims,
            stripped,
            clipped,
            authors: authors
                .filter_map(|(object, author)| Some((object.clone(), author.clone()?)))
                .collect(),
            lacks,
            records,
            learned,
        })
    }

    /// Which sections may be taken from their sender, and which of them they come to own.
    fn sort<'s>(
        &self,
        scan: &'s Scan<'_>,
        author: &ParticipantId,
        arrival: Arrival,
    ) -> Result<Sorted<'s>, Fault> {
        let heals = arrival == Arrival::Healing;
        let mut stripped = Vec::new();
        let mut claims = Vec::new();
        let mut judged = Vec::with_capacity(scan.sections.len());
        for section in &scan.sections {
            let reach = reach(scan, section, &self.known)?;
            let owner = self.owners.get(&section.client);
            let foreign = owner.is_some_and(|owner| owner != author);
            // A helper brings what others wrote, deleted content included: that
            // reaches it collected, and others may have built upon it.
            if foreign && reach.adds && !heals {
                stripped.push(section.client);
                continue;
            }
            if let Some(clock) = reach.gap {
                return Err(Fault::MissingDependency {
                    client: section.client,
                    clock,
                });
            }
            if owner.is_none() && reach.adds && !heals {
                claims.push((section.client, author.clone()));
            }
            judged.push(Judged {
                section,
                adds: reach.adds,
            });
        }
        Ok(Sorted {
            judged,
            claims,
            stripped,
        })
    }

    /// Clients whose blocks all lie under roots that the sender does not write. An
    /// exchange may bring such (what the server wrote before a crash); anything else is
    /// refused.
    fn closed(
        &self,
        nodes: &[Node],
        records: &[Record],
        policy: Policy,
    ) -> Result<BTreeSet<u64>, Fault> {
        let mut closed: BTreeMap<u64, &str> = BTreeMap::new();
        let mut open = BTreeSet::new();
        for (node, record) in nodes.iter().zip(records) {
            let is_known = |known: &Ranges| known.covers(node.start, node.end);
            if self.known.client(node.client).is_some_and(is_known) {
                continue;
            }
            let rule = match record.nesting {
                Nesting::At { root, .. } => self.limits.roots.get(usize::from(root)),
                _ => None,
            };
            match rule {
                Some((name, rule)) if !rule.writers.admit(policy.rank) => {
                    closed.insert(node.client, name);
                }
                _ => drop(open.insert(node.client)),
            }
        }
        for (client, root) in &closed {
            if policy.arrival == Arrival::Live || open.contains(client) {
                return Err(Fault::Closed {
                    root: (*root).to_owned(),
                });
            }
        }
        Ok(closed.into_keys().collect())
    }

    /// Depth and consistency of the sections that are left. Drops those that
    /// fail and add nothing: the library has their content already.
    fn place(
        &self,
        scan: &Scan<'_>,
        deleted: &Deleted,
        judged: &mut Vec<Judged<'_>>,
        stripped: &mut Vec<u64>,
    ) -> Result<(Vec<Node>, Vec<Record>), Fault> {
        let mut nodes = nodes(
            scan,
            judged.iter().map(|judged| judged.section),
            &self.known,
            &self.limits,
        );
        let mut records = records(&nodes, &self.known);
        let idle: BTreeSet<u64> = judged
            .iter()
            .filter(|judged| !judged.adds)
            .map(|judged| judged.section.client)
            .collect();
        let mut dropped = BTreeSet::new();
        for (node, record) in nodes.iter().zip(&records) {
            let verdict = if contradicts(record, node, &self.known) {
                Err(Fault::Contradiction {
                    client: node.client,
                    clock: node.start,
                })
            } else if !is_well_formed(node, record.nesting, deleted) {
                Err(Fault::Misplaced {
                    client: node.client,
                    clock: node.start,
                })
            } else {
                check_node(node, record.nesting, self.limits.nesting)
            };
            match verdict {
                Err(_) if idle.contains(&node.client) => drop(dropped.insert(node.client)),
                verdict => verdict?,
            }
        }
        nodes.retain(|node| !dropped.contains(&node.client));
        records.retain(|record| !dropped.contains(&record.client));
        judged.retain(|judged| !dropped.contains(&judged.section.client));
        stripped.extend(dropped);
        Ok((nodes, records))
    }

    /// Remembers an admitted update, after the CRDT library accepted it.
    pub fn commit(&mut self, admitted: &Admitted) {
        for (client, owner) in &admitted.claims {
            self.restore_owner(*client, owner.clone());
        }
        self.known.record(&admitted.records);
        self.authors.commit(admitted.learned.clone());
    }
}

/// The sections of an update, sorted.
struct Sorted<'s> {
    /// Those that may be taken.
    judged: Vec<Judged<'s>>,
    /// Client ids that become the sender's.
    claims: Vec<(u64, ParticipantId)>,
    /// Client ids whose sections are somebody else's.
    stripped: Vec<u64>,
}

/// What goes to the library: the update as it came, or put together again without
/// what was cut. Empty where nothing is left.
fn bytes(
    update: &[u8],
    scan: &Scan<'_>,
    judged: &[Judged<'_>],
    deletes: Kept,
    is_cut: bool,
) -> Vec<u8> {
    let Kept {
        ranges: deletes,
        clipped,
        barred,
    } = deletes;
    if judged.is_empty() && deletes.is_empty() {
        Vec::new()
    } else if !is_cut && clipped + barred == 0 {
        update.to_vec()
    } else {
        let sections: Vec<_> = judged.iter().map(|judged| judged.section).collect();
        let written = &update[scan.delete_set.clone()];
        let deletes = if clipped + barred > 0 {
            Deletes::Cut(&deletes)
        } else {
            Deletes::Written(written)
        };
        assemble(update, &sections, deletes)
    }
}

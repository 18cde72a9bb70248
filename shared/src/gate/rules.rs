//! The gate itself: who owns which client id, and the order of the checks.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    assemble::assemble,
    authors::{Authors, Placed, Sender},
    block::{BlockKind, Scan, Section},
    cost::Cost,
    deletes,
    entry::Deleted,
    error::Fault,
    known::{Known, lower_bits},
    limits::{MAX_CLIENTS, MAX_CLIENTS_ALIKE, MAX_CLIENTS_OF_ONE, ScanLimits},
    pairs::{self, Pairs},
    placing::{Already, Judge, Placement, check_node, contradicts},
    policy::{Arrival, Policy, Rank},
    ranges::{Nesting, Ranges},
    scan::{scan, scan_news},
    verdict::{Admitted, reach},
    voice::Voice,
};
use crate::id::ParticipantId;

/// What one room knows of the clients that wrote into its document.
#[derive(Clone, Debug)]
pub struct Gate {
    pub(super) limits: ScanLimits,
    pub(super) owners: BTreeMap<u64, ParticipantId>,
    /// Client ids of those who only look on, for as long as they do.
    pub(super) reserved: BTreeMap<u64, ParticipantId>,
    pub(super) known: Known,
    pub(super) authors: Authors,
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
            reserved: BTreeMap::new(),
            known: Known::default(),
            authors: Authors::default(),
        }
    }

    /// Whether a session of this rank may write any part of the document.
    pub fn is_open_to(&self, rank: Rank) -> bool {
        let mut roots = self.limits.schema.roots.iter();
        roots.any(|root| root.writers.admit(rank))
    }

    /// Reads of an update what is not known.
    pub(super) fn scan<'a>(
        &self,
        update: &'a [u8],
        limits: &ScanLimits,
    ) -> Result<Scan<'a>, Fault> {
        let already = Already {
            known: &self.known,
            limits: &self.limits,
        };
        Ok(scan_news(update, limits, &already)?)
    }

    /// Whether an update has blocks that are not known. What cannot be read has none.
    pub fn is_news(&self, update: &[u8]) -> bool {
        self.scan(update, &self.limits).is_ok_and(|scan| {
            let mut sections = scan.sections.iter();
            sections.any(|section| reach(&scan, section, &self.known).is_ok_and(|reach| reach.adds))
        })
    }

    /// Takes over an update or snapshot that was accepted earlier. They come
    /// in the order in which they were accepted. Sizes, owners and what may be
    /// where are not checked again.
    ///
    /// # Errors
    /// Where the bytes are no update.
    pub fn restore_update(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let limits = self.limits.stored();
        let scan = scan(bytes, &limits)?;
        let deleted = Deleted::new(&scan.deletes, &self.known);
        let sections = scan.sections.iter();
        let known = &self.known;
        let placement = Placement::new(&scan, sections, known, &limits, Judge::Nothing);
        let placed = Placed {
            scan: &scan,
            nodes: &placement.nodes,
            records: &placement.records,
            deleted: &deleted,
        };
        self.authors
            .restore_update(&placed, &limits.schema, &self.known);
        self.known.record(&placement.records);
        self.known.delete(placement.gone());
        self.known.settled.extend(placement.settled);
        self.known.pairs.extend(&Pairs::of(&scan));
        self.known.delete(scan.deletes.iter().copied());
        Ok(())
    }

    /// The clock after the last known one of a client; 0 if none is known.
    pub fn next_clock(&self, client: u64) -> u32 {
        self.known.next_clock(client)
    }

    /// The texts that are remembered, each as its runs.
    #[cfg(test)]
    pub(super) fn lines(&self) -> Vec<Vec<(u64, u32, u32)>> {
        self.known.settled.lines().collect()
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
        let scan = self.scan(update, &self.limits)?;
        self.judge(update, &scan, Voice::One(author, policy.rank), policy)
    }

    /// Decides on what has been read of an update.
    pub(super) fn judge(
        &self,
        update: &[u8],
        scan: &Scan<'_>,
        voice: Voice<'_>,
        policy: Policy,
    ) -> Result<Admitted, Fault> {
        let Sorted {
            mut judged,
            mut claims,
            mut stripped,
        } = self.sort(scan, voice, policy)?;
        let mut lacks = !stripped.is_empty();
        let deleted = Deleted::new(&scan.deletes, &self.known);
        let mut pairs = Pairs::of(scan);
        let judge = Judge::New(&deleted, &pairs);
        let sender = Sender {
            voice,
            arrival: policy.arrival,
            owners: &self.owners,
        };
        let schema = &self.limits.schema;
        let (placement, learned) = loop {
            let placement = self.place(scan, judge, &mut judged, &mut stripped, policy)?;
            lacks |= policy.arrival == Arrival::Joint && !stripped.is_empty();
            let closed = self.closed(&placement, voice, policy.arrival)?;
            let placed = Placed {
                scan,
                nodes: &placement.nodes,
                records: &placement.records,
                deleted: &deleted,
            };
            let learned = self.authors.judge(&placed, &sender, schema, &self.known)?;
            if closed.is_empty() && learned.forged.is_empty() {
                break (placement, learned);
            }
            lacks |= !learned.forged.is_empty();
            let out = |client: &u64| closed.contains(client) || learned.forged.contains(client);
            judged.retain(|judged| !out(&judged.section.client));
            claims.retain(|(client, _)| !out(client));
            stripped.extend(&learned.forged);
        };
        // What was cut says nothing of where characters lie.
        let kept = judged.iter().map(|judged| judged.section.client);
        let kept: BTreeSet<u64> = kept.collect();
        pairs.retain(|client| kept.contains(&client));
        let mut deletes = deletes::clip(scan, &placement.records, &self.known, policy.arrival)?;
        deletes.bar(&self.known, &self.authors, &deleted, schema, policy)?;
        let clipped = deletes.clipped;
        let added = pairs::whole(&mut deletes.ranges, |client, clock| {
            pairs.has(client, clock) || self.known.pairs.has(client, clock)
        });
        let mut cost = Cost {
            memory: scan.memory,
            neighbours: placement.neighbours,
            ..Cost::default()
        };
        cost.join(&placement.nodes, |node| {
            let (_, content, end) = scan.blocks[node.block].bytes;
            end - content
        });
        cost.cut(&deletes.ranges, &self.known, &placement.nodes);
        cost.delete(&deletes.ranges, &self.known, &placement);
        cost.judge()?;
        self.has_room(&judged, voice)?;
        let sections = judged.iter().filter(|judged| judged.adds);
        let sections: Vec<&Section> = sections.map(|judged| judged.section).collect();
        let bytes = if sections.is_empty() && deletes.ranges.is_empty() {
            Vec::new()
        } else {
            let left_out = placement.nodes.iter().filter(|node| node.broke.is_some());
            let left_out: HashMap<usize, BlockKind> =
                left_out.map(|node| (node.block, node.kind)).collect();
            assemble(update, scan, &sections, &left_out, &deletes.ranges)
        };
        let authors = learned.first.iter();
        let mut gone = placement.gone();
        gone.extend(deletes.ranges);
        Ok(Admitted {
            bytes,
            claims,
            stripped,
            clipped,
            left_out: placement.left_out(),
            collected: [placement.collected(&self.known), added].concat(),
            cost,
            authors: authors
                .filter_map(|(object, author)| Some((object.clone(), author.clone()?)))
                .collect(),
            lacks,
            records: placement.records,
            settled: placement.settled,
            deleted: gone,
            pairs,
            learned,
        })
    }

    /// Refuses the first content of further pages where a document or a person has had too
    /// many, or many of them were given ids that are alike.
    fn has_room(&self, judged: &[Judged<'_>], voice: Voice<'_>) -> Result<(), Fault> {
        let is_new = |client: &u64| self.known.client(*client).is_none();
        let sections = judged.iter().filter(|judged| judged.adds);
        let clients = sections.map(|judged| judged.section.client);
        let new: Vec<u64> = clients.filter(is_new).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut alike: BTreeMap<u64, u32> = BTreeMap::new();
        for client in &new {
            let with_it = alike.entry(lower_bits(*client)).or_default();
            *with_it += 1;
            if self.known.alike(*client) + *with_it > MAX_CLIENTS_ALIKE {
                return Err(Fault::ClientRefused { client: *client });
            }
        }
        let is_senders = |owner: &&ParticipantId| match voice {
            Voice::One(sender, _) => **owner == *sender,
            // They have brought them one by one.
            Voice::Joint(_) => false,
        };
        let owned = self.owners.values().filter(is_senders).count();
        let limits = [(self.known.len(), MAX_CLIENTS), (owned, MAX_CLIENTS_OF_ONE)];
        match limits.iter().find(|(has, max)| has + new.len() > *max) {
            Some((_, max)) => Err(Fault::Full { max: *max }),
            None => Ok(()),
        }
    }

    /// Which sections may be taken from their sender, and which of them they come to own.
    fn sort<'s>(
        &self,
        scan: &'s Scan<'_>,
        voice: Voice<'_>,
        policy: Policy,
    ) -> Result<Sorted<'s>, Fault> {
        let mut stripped = Vec::new();
        let mut claims = Vec::new();
        let mut judged = Vec::with_capacity(scan.sections.len());
        for section in &scan.sections {
            let is_joint = policy.arrival == Arrival::Joint;
            if section.contradicts && (is_joint || section.blocks.is_empty()) {
                stripped.push(section.client);
                continue;
            }
            let reach = reach(scan, section, &self.known)?;
            let owner = self.owner(section.client);
            // Whoever is among several speaks for what they bring: so it was chosen.
            let foreign = match (voice, owner.or(self.reserved_for(section.client))) {
                (Voice::Joint(_), _) => reach.gap.is_some(),
                (Voice::One(author, _), Some(owner)) => owner != author,
                (Voice::One(author, _), None) => {
                    policy.arrival == Arrival::Answer
                        && !(policy.takes_strangers && self.is_believable(scan, section, author))
                }
            };
            if foreign && reach.adds {
                stripped.push(section.client);
                continue;
            }
            if section.contradicts {
                return Err(Fault::Contradiction {
                    client: section.client,
                    clock: section.start,
                });
            }
            if let Some(clock) = reach.gap {
                return Err(Fault::MissingDependency {
                    client: section.client,
                    clock,
                });
            }
            if let Voice::One(author, _) = voice
                && owner.is_none()
                && reach.adds
            {
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
        placement: &Placement<'_>,
        voice: Voice<'_>,
        arrival: Arrival,
    ) -> Result<BTreeSet<u64>, Fault> {
        let mut closed: BTreeMap<u64, &str> = BTreeMap::new();
        let mut open = BTreeSet::new();
        for (node, record) in placement.nodes.iter().zip(&placement.records) {
            let is_known = |known: &Ranges| known.covers(node.start, node.end);
            if self.known.client(node.client).is_some_and(is_known) {
                continue;
            }
            let rule = match record.nesting {
                Nesting::At { root, .. } => self.limits.schema.root_at(root),
                _ => None,
            };
            let rank = voice.of(node.client).map_or(Rank::Reads, |(_, rank)| rank);
            match rule {
                Some(rule) if !rule.writers.admit(rank) => {
                    closed.insert(node.client, rule.name);
                }
                _ => drop(open.insert(node.client)),
            }
        }
        for (client, root) in &closed {
            let is_mixed = open.contains(client) && arrival != Arrival::Joint;
            if arrival == Arrival::Live || is_mixed {
                return Err(Fault::Closed {
                    root: (*root).to_owned(),
                });
            }
        }
        Ok(closed.into_keys().collect())
    }

    /// Places the sections that are left and checks that they agree with what is known.
    /// Drops those that fail and add nothing: the library has their content already. Of
    /// what several people bring it drops all that fail, and what stands on it.
    fn place<'a>(
        &self,
        scan: &Scan<'a>,
        judge: Judge<'_>,
        judged: &mut Vec<Judged<'_>>,
        stripped: &mut Vec<u64>,
        policy: Policy,
    ) -> Result<Placement<'a>, Fault> {
        let is_joint = policy.arrival == Arrival::Joint;
        let sections = judged.iter().map(|judged| judged.section);
        let mut placement = Placement::new(scan, sections, &self.known, &self.limits, judge);
        let idle: BTreeSet<u64> = judged
            .iter()
            .filter(|judged| !judged.adds)
            .map(|judged| judged.section.client)
            .collect();
        let mut dropped = BTreeSet::new();
        for (node, record) in placement.nodes.iter().zip(&placement.records) {
            let verdict = if contradicts(record.nesting, node, &self.known) {
                Err(Fault::Contradiction {
                    client: node.client,
                    clock: node.start,
                })
            } else {
                check_node(node, record.nesting)
            };
            match verdict {
                Err(_) if is_joint || idle.contains(&node.client) => {
                    dropped.insert(node.client);
                }
                verdict => verdict?,
            }
        }
        placement.retain(|client| !dropped.contains(&client));
        judged.retain(|judged| !dropped.contains(&judged.section.client));
        let has_dropped = !dropped.is_empty();
        stripped.extend(dropped);
        if is_joint && has_dropped {
            return self.place(scan, judge, judged, stripped, policy);
        }
        Ok(placement)
    }

    /// Remembers an admitted update, after the CRDT library accepted it.
    pub fn commit(&mut self, admitted: &Admitted) {
        for (client, owner) in &admitted.claims {
            self.restore_owner(*client, owner.clone());
        }
        self.known.record(&admitted.records);
        self.known.settled.extend(admitted.settled.clone());
        self.known.delete(admitted.deleted.iter().copied());
        self.known.pairs.extend(&admitted.pairs);
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

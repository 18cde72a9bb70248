//! The gate itself: who owns which client id, and the order of the checks.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    assemble::{Deletes, assemble},
    entry::{Deleted, is_well_formed},
    error::Refusal,
    known::{Known, Record},
    limits::{Policy, ScanLimits},
    scan::{Scan, Section, scan},
    verdict::{Admitted, check_node, clip_deletes, contradicts, nodes, reach, records},
};
use crate::id::ParticipantId;

/// What one room knows of the clients that wrote into its document.
#[derive(Clone, Debug)]
pub struct Gate {
    limits: ScanLimits,
    owners: BTreeMap<u64, ParticipantId>,
    known: Known,
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
        }
    }

    /// Takes over from the store (or from a handshake) that a client id
    /// belongs to a participant. The first owner stays.
    pub fn restore_owner(&mut self, client: u64, owner: ParticipantId) {
        self.owners.entry(client).or_insert(owner);
    }

    /// Takes over an update or snapshot that was accepted earlier. They come
    /// in the order in which they were accepted. Sizes, owners and depth are
    /// not checked again.
    pub fn restore_update(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let limits = self.limits.stored();
        let scan = scan(bytes, &limits)?;
        let records = records(
            &nodes(&scan, scan.sections.iter(), &self.known),
            &self.known,
        );
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
        self.known
            .client(client)
            .map_or(0, super::ranges::Ranges::len)
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
    ) -> Result<Admitted, Refusal> {
        if update.len() > policy.max_bytes {
            return Err(Refusal::TooLarge {
                bytes: update.len(),
                max: policy.max_bytes,
            });
        }
        let scan = scan(update, &self.limits)?;
        let mut stripped = Vec::new();
        let mut claims = Vec::new();
        let mut judged = Vec::with_capacity(scan.sections.len());
        for section in &scan.sections {
            let reach = reach(&scan, section, &self.known)?;
            let owner = self.owners.get(&section.client);
            let foreign = owner.is_some_and(|owner| owner != author);
            // A helper brings what others wrote, deleted content included: that
            // reaches it collected, and others may have built upon it.
            if foreign && reach.adds && !policy.heal {
                stripped.push(section.client);
                continue;
            }
            if let Some(clock) = reach.gap {
                return Err(Refusal::MissingDependency {
                    client: section.client,
                    clock,
                });
            }
            if owner.is_none() && reach.adds && !policy.heal {
                claims.push((section.client, author.clone()));
            }
            judged.push(Judged {
                section,
                adds: reach.adds,
            });
        }
        let lacks = !stripped.is_empty();
        let records = self.place(&scan, &mut judged, &mut stripped)?;
        let (deletes, clipped) = clip_deletes(&scan, &records, &self.known)?;
        let bytes = if judged.is_empty() && deletes.is_empty() {
            Vec::new()
        } else if stripped.is_empty() && clipped == 0 {
            update.to_vec()
        } else {
            let sections: Vec<_> = judged.iter().map(|judged| judged.section).collect();
            let written = &update[scan.delete_set.clone()];
            let deletes = if clipped > 0 {
                Deletes::Cut(&deletes)
            } else {
                Deletes::Written(written)
            };
            assemble(update, &sections, deletes)
        };
        Ok(Admitted {
            bytes,
            claims,
            stripped,
            clipped,
            lacks,
            records,
        })
    }

    /// Depth and consistency of the sections that are left. Drops those that
    /// fail and add nothing: the library has their content already.
    fn place(
        &self,
        scan: &Scan<'_>,
        judged: &mut Vec<Judged<'_>>,
        stripped: &mut Vec<u64>,
    ) -> Result<Vec<Record>, Refusal> {
        let nodes = nodes(
            scan,
            judged.iter().map(|judged| judged.section),
            &self.known,
        );
        let mut records = records(&nodes, &self.known);
        let idle: BTreeSet<u64> = judged
            .iter()
            .filter(|judged| !judged.adds)
            .map(|judged| judged.section.client)
            .collect();
        let deleted = Deleted::new(&scan.deletes);
        let mut dropped = BTreeSet::new();
        for (node, record) in nodes.iter().zip(&records) {
            let verdict = if contradicts(record, node, &self.known) {
                Err(Refusal::Contradiction {
                    client: node.client,
                    clock: node.start,
                })
            } else if !is_well_formed(node, record.nesting, &deleted) {
                Err(Refusal::Misplaced {
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
        records.retain(|record| !dropped.contains(&record.client));
        judged.retain(|judged| !dropped.contains(&judged.section.client));
        stripped.extend(dropped);
        Ok(records)
    }

    /// Remembers an admitted update, after the CRDT library accepted it.
    pub fn commit(&mut self, admitted: &Admitted) {
        for (client, owner) in &admitted.claims {
            self.restore_owner(*client, owner.clone());
        }
        self.known.record(&admitted.records);
    }
}

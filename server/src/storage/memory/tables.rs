//! The rows, with the rules that the database's tables enforce on disk.

use std::collections::BTreeMap;

use super::super::seal::{self, SealedSnapshot, SealedUpdate};
use super::super::sift::{Bad, Found, Table};
use super::super::{
    Append, DocumentRow, ImageRow, ImageStored, ParticipantRow, SessionRow, StoreError,
    WorkshopRow, retention,
};

/// Bytes that were set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// What it was: `update 17`, `snapshot 12`, `bytes`.
    pub what: String,
    /// Why it could not be used.
    pub why: String,
    /// The bytes as found; a snapshot's are packed.
    pub data: Vec<u8>,
}

#[derive(Default)]
pub(super) struct Tables {
    pub(super) workshops: BTreeMap<String, WorkshopRow>,
    pub(super) documents: BTreeMap<String, Document>,
    /// In order of first coming.
    pub(super) participants: Vec<ParticipantRow>,
    pub(super) sessions: BTreeMap<[u8; 32], SessionRow>,
    /// By workshop and hash.
    pub(super) images: BTreeMap<(String, [u8; 32]), ImageRow>,
    /// Document, log place (0: none), bytes.
    pub(super) quarantine: Vec<(String, i64, Quarantined)>,
}

pub(super) struct Document {
    pub(super) row: DocumentRow,
    pub(super) updates: BTreeMap<i64, SealedUpdate>,
    pub(super) snapshots: BTreeMap<i64, SealedSnapshot>,
    pub(super) owners: BTreeMap<u64, String>,
}

fn refused(what: &str) -> StoreError {
    StoreError::Unavailable(format!("refused: {what}"))
}

impl Tables {
    pub(super) fn create_workshop(
        &mut self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        let mut new = BTreeMap::new();
        for (row, data) in documents {
            let id = row.id.clone();
            let updates = BTreeMap::from([(1, seal::seal_update(&id, 1, data))]);
            let document = Document {
                row,
                updates,
                snapshots: BTreeMap::new(),
                owners: BTreeMap::new(),
            };
            if self.documents.contains_key(&id) || new.insert(id, document).is_some() {
                return Err(refused("there is a document of that id"));
            }
        }
        if self.workshops.contains_key(&workshop.id) {
            return Err(refused("there is a workshop of that id"));
        }
        self.workshops.insert(workshop.id.clone(), workshop);
        self.documents.append(&mut new);
        Ok(())
    }

    pub(super) fn put_participant(
        &mut self,
        participant: ParticipantRow,
    ) -> Result<(), StoreError> {
        if !self.workshops.contains_key(&participant.workshop) {
            return Err(refused("there is no such workshop"));
        }
        match self
            .participants
            .iter_mut()
            .find(|row| row.id == participant.id)
        {
            Some(row) => *row = participant,
            None => self.participants.push(participant),
        }
        Ok(())
    }

    pub(super) fn put_session(&mut self, session: SessionRow) -> Result<(), StoreError> {
        let known = self
            .participants
            .iter()
            .any(|row| row.id == session.participant);
        if !known || !self.workshops.contains_key(&session.workshop) {
            return Err(refused("there is no such participant or workshop"));
        }
        self.sessions.insert(session.token_hash, session);
        Ok(())
    }

    pub(super) fn put_image(
        &mut self,
        image: ImageRow,
        total_max: u64,
    ) -> Result<ImageStored, StoreError> {
        if !self.workshops.contains_key(&image.workshop) {
            return Err(refused("there is no such workshop"));
        }
        let of = (image.workshop.clone(), image.hash);
        if let Some(known) = self.images.get_mut(&of) {
            known.bytes = image.bytes;
            return Ok(ImageStored::Stored);
        }
        let ours = self
            .images
            .values()
            .filter(|row| row.workshop == image.workshop);
        let total: u64 = ours.map(|row| row.bytes.len() as u64).sum();
        if total.saturating_add(image.bytes.len() as u64) > total_max {
            return Ok(ImageStored::Full);
        }
        self.images.insert(of, image);
        Ok(ImageStored::Stored)
    }

    /// The greatest log place a document has used.
    pub(super) fn last_seq(&self, document: &str) -> u64 {
        let quarantined = self.quarantined_seq(document);
        let last = self
            .documents
            .get(document)
            .map_or(quarantined, |document| {
                let update = document.updates.keys().next_back().copied().unwrap_or(0);
                let snapshot = document.snapshots.keys().next_back().copied().unwrap_or(0);
                quarantined.max(update).max(snapshot)
            });
        u64::try_from(last).unwrap_or(0)
    }

    fn quarantined_seq(&self, document: &str) -> i64 {
        self.quarantine
            .iter()
            .filter(|(of, ..)| of == document)
            .map(|&(_, seq, _)| seq)
            .max()
            .unwrap_or(0)
    }

    fn document(&mut self, id: &str) -> Result<&mut Document, StoreError> {
        self.documents
            .get_mut(id)
            .ok_or_else(|| refused("there is no such document"))
    }

    pub(super) fn append(&mut self, append: Append) -> Result<(), StoreError> {
        let seq = seal::place(append.seq)?;
        let document = self.document(&append.document)?;
        document
            .updates
            .insert(seq, seal::seal_update(&append.document, seq, append.data));
        for (client_id, participant) in append.claims {
            document.owners.entry(client_id).or_insert(participant);
        }
        Ok(())
    }

    pub(super) fn found(&self, id: &str) -> Option<Found> {
        let document = self.documents.get(id)?;
        Some(Found {
            snapshots: document.snapshots.values().rev().cloned().collect(),
            updates: document.updates.values().cloned().collect(),
            owners: document
                .owners
                .iter()
                .map(|(client_id, owner)| (*client_id, owner.clone()))
                .collect(),
            quarantined_seq: self.quarantined_seq(id),
        })
    }

    pub(super) fn set_aside(&mut self, id: &str, bad: Vec<Bad>) {
        let Some(document) = self.documents.get_mut(id) else {
            return;
        };
        for row in bad {
            match row.table {
                Table::Update => drop(document.updates.remove(&row.seq)),
                Table::Snapshot => drop(document.snapshots.remove(&row.seq)),
            }
            let what = row.what();
            self.quarantine.push((
                id.to_owned(),
                row.seq,
                Quarantined {
                    what,
                    why: row.why,
                    data: row.data,
                },
            ));
        }
    }

    pub(super) fn snapshot(&mut self, id: &str, new: SealedSnapshot) -> Result<(), StoreError> {
        let document = self.document(id)?;
        let (upto_seq, now_ms) = (new.upto_seq, new.taken_ms);
        document.snapshots.insert(upto_seq, new);
        let mut before = document.snapshots.range(..upto_seq).rev();
        let previous = before
            .find(|(_, sealed)| seal::is_whole(id, sealed))
            .map(|(&upto_seq, _)| upto_seq);
        if let Some(previous) = previous {
            document.updates.retain(|&seq, _| seq > previous);
        }
        let kept: Vec<_> = document
            .snapshots
            .iter()
            .rev()
            .map(|(&seq, sealed)| (seq, sealed.taken_ms))
            .collect();
        for seq in retention::to_delete(&kept, now_ms) {
            if Some(seq) != previous && seq != upto_seq {
                document.snapshots.remove(&seq);
            }
        }
        Ok(())
    }
}

//! The rows, with the rules that the database's tables enforce on disk.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{DocumentId, ObjectId, ParticipantId, WorkshopId};

use super::quarantine::{Aside, Quarantined};
use crate::storage::{
    Append, By, Changed, DocumentChange, DocumentRow, ImageRow, ImageStored, JoinOutcome, Joining,
    NewDocument, ParticipantRow, SessionRow, StoreError, WorkshopRow,
    rules::{
        changing,
        checks::check_place,
        joining, retention,
        seal::{self, SealedSnapshot, SealedUpdate},
        sift::{Bad, Found, Table},
    },
};

/// All rows.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) workshops: BTreeMap<WorkshopId, WorkshopRow>,
    pub(super) documents: BTreeMap<DocumentId, Document>,
    /// By workshop and object.
    pub(super) authors: BTreeMap<(WorkshopId, ObjectId), ParticipantId>,
    /// In order of first coming.
    pub(super) participants: Vec<ParticipantRow>,
    /// By person and hash of the secret: whether it proves who they are.
    pub(super) devices: BTreeMap<(ParticipantId, [u8; 32]), bool>,
    /// Of sessions, by the hash of their token: the hash of the device's secret.
    session_devices: BTreeMap<[u8; 32], [u8; 32]>,
    pub(super) sessions: BTreeMap<[u8; 32], SessionRow>,
    /// By workshop and hash.
    pub(super) images: BTreeMap<(WorkshopId, [u8; 32]), ImageRow>,
    pub(super) quarantine: Aside,
}

/// One document's rows, by log place.
pub(super) struct Document {
    pub(super) row: DocumentRow,
    pub(super) updates: BTreeMap<i64, SealedUpdate>,
    pub(super) snapshots: BTreeMap<i64, SealedSnapshot>,
    pub(super) owners: BTreeMap<u64, ParticipantId>,
}

impl Document {
    /// With its first update.
    fn begun(row: DocumentRow, seed: Vec<u8>) -> Self {
        let updates = BTreeMap::from([(1, seal::seal_update(&row.id, 1, seed))]);
        Self {
            row,
            updates,
            snapshots: BTreeMap::new(),
            owners: BTreeMap::new(),
        }
    }
}

fn refused(what: &str) -> StoreError {
    StoreError::Refused(what.to_owned())
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
            let document = Document::begun(row, data);
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

    /// A workshop's documents in order.
    pub(super) fn documents_of(&self, workshop: &WorkshopId) -> Vec<DocumentRow> {
        let rows = self.documents.values().map(|document| &document.row);
        let mut rows: Vec<_> = rows
            .filter(|row| row.workshop == *workshop)
            .cloned()
            .collect();
        rows.sort_by(|a, b| (a.position, &a.id).cmp(&(b.position, &b.id)));
        rows
    }

    /// The same without its own.
    fn canvases_of(&self, workshop: &WorkshopId) -> Vec<DocumentRow> {
        let mut rows = self.documents_of(workshop);
        rows.retain(|row| !row.is_own());
        rows
    }

    pub(super) fn add_document(
        &mut self,
        new: NewDocument,
    ) -> Result<Option<DocumentRow>, StoreError> {
        let id = new.row.id.clone();
        if !self.workshops.contains_key(&new.row.workshop) {
            return Err(refused("there is no such workshop"));
        }
        if self.documents.contains_key(&id) {
            return Err(refused("there is a document of that id"));
        }
        let others = self.canvases_of(&new.row.workshop);
        if others.len() >= new.documents_max {
            return Ok(None);
        }
        let row = DocumentRow {
            position: others.last().map_or(0, |last| last.position + 1),
            ..new.row
        };
        self.documents
            .insert(id, Document::begun(row.clone(), new.seed));
        self.put_authors(&row.workshop, new.authors);
        Ok(Some(row))
    }

    pub(super) fn change_document(
        &mut self,
        by: &By,
        id: &DocumentId,
        change: DocumentChange,
    ) -> Option<Changed<DocumentRow>> {
        let mut rows = self.canvases_of(&by.workshop);
        let changed = changing::change(&mut rows, id, change, &by.facilitator);
        for row in rows {
            if let Some(document) = self.documents.get_mut(&row.id) {
                document.row = row;
            }
        }
        changed
    }

    fn put_authors(&mut self, workshop: &WorkshopId, authors: Vec<(ObjectId, ParticipantId)>) {
        for (object, author) in authors {
            let of = (workshop.clone(), object);
            self.authors.entry(of).or_insert(author);
        }
    }

    pub(super) fn leave(
        &mut self,
        token_hash: &[u8; 32],
        participant: &ParticipantId,
        device_hash: Option<[u8; 32]>,
    ) -> Vec<[u8; 32]> {
        let device = device_hash.map(|hash| (participant.clone(), hash));
        if let Some(proves) = device.and_then(|device| self.devices.get_mut(&device)) {
            *proves = false;
        }
        let ends = |(hash, session): &(&[u8; 32], &SessionRow)| {
            let on_device =
                device_hash.is_some() && self.session_devices.get(*hash).copied() == device_hash;
            session.participant == *participant && (*hash == token_hash || on_device)
        };
        let ended: Vec<[u8; 32]> = self
            .sessions
            .iter()
            .filter(ends)
            .map(|(hash, _)| *hash)
            .collect();
        for hash in &ended {
            self.sessions.remove(hash);
            self.session_devices.remove(hash);
        }
        ended
    }

    pub(super) fn is_barred(&self, workshop: &WorkshopId, secret_hash: [u8; 32]) -> bool {
        let of_workshop = |row: &&ParticipantRow| row.workshop == *workshop;
        let removed = self.participants.iter().filter(of_workshop);
        removed
            .filter(|row| row.is_removed)
            .any(|row| self.devices.contains_key(&(row.id.clone(), secret_hash)))
    }

    pub(super) fn join(&mut self, joining: &Joining) -> Result<JoinOutcome, StoreError> {
        if !self.workshops.contains_key(&joining.workshop) {
            return Err(refused("there is no such workshop"));
        }
        let mut rows = self.participants.iter();
        let known = rows.find(|row| row.id == joining.participant).cloned();
        let of_workshop = |row: &&ParticipantRow| row.workshop == joining.workshop;
        let everybody = self.participants.iter().filter(of_workshop);
        let mut people = joining::People {
            now: everybody.clone().filter(|row| !row.is_removed).count(),
            ever: everybody.count(),
        };
        let barred = |hash: [u8; 32]| self.is_barred(&joining.workshop, hash);
        let is_barred = joining.device_hash.is_some_and(barred);
        let mut outcome = joining::decide(joining, known.clone(), people, is_barred)?;
        while outcome == JoinOutcome::Full
            && let Some(silent) = self.silent(joining)
        {
            self.forget(&silent);
            people.now -= 1;
            outcome = joining::decide(joining, known.clone(), people, is_barred)?;
        }
        self.sessions
            .retain(|_, session| session.expires_ms >= joining.joined_ms);
        let kept = &self.sessions;
        self.session_devices
            .retain(|hash, _| kept.contains_key(hash));
        if let JoinOutcome::Joined(row) = &outcome {
            let session = SessionRow {
                token_hash: joining.token_hash,
                participant: row.id.clone(),
                workshop: row.workshop.clone(),
                expires_ms: joining.expires_ms,
            };
            if self.sessions.contains_key(&session.token_hash) {
                return Err(refused("there is a session of that token"));
            }
            self.sessions.insert(session.token_hash, session);
            if let Some(hash) = joining.device_hash {
                self.devices.insert((row.id.clone(), hash), true);
                self.session_devices.insert(joining.token_hash, hash);
            }
            let mut rows = self.participants.iter_mut();
            match rows.find(|known| known.id == row.id) {
                Some(known) => *known = row.clone(),
                None => self.participants.push(row.clone()),
            }
        }
        Ok(outcome)
    }

    /// Who makes room for somebody.
    fn silent(&self, joining: &Joining) -> Option<ParticipantId> {
        let authors = self.authors.iter();
        let authors = authors.filter(|((workshop, _), _)| *workshop == joining.workshop);
        let documents = self.documents.values();
        let documents = documents.filter(|document| document.row.workshop == joining.workshop);
        let owners = documents.flat_map(|document| document.owners.values());
        let writers: BTreeSet<&ParticipantId> =
            authors.map(|(_, author)| author).chain(owners).collect();
        let people = self.participants.iter();
        let mut people: Vec<&ParticipantRow> = people
            .filter(|row| row.workshop == joining.workshop)
            .collect();
        people.sort_by_key(|row| row.joined_ms);
        joining::makes_room(joining, people, |person| writers.contains(person))
    }

    /// Takes out somebody of whom nothing is left.
    fn forget(&mut self, id: &ParticipantId) {
        self.sessions
            .retain(|_, session| session.participant != *id);
        self.devices.retain(|(of, _), _| of != id);
        self.participants.retain(|row| row.id != *id);
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
    pub(super) fn last_seq(&self, document: &DocumentId) -> i64 {
        let quarantined = self.quarantine.last_seq(document);
        self.documents
            .get(document)
            .map_or(quarantined, |document| {
                let update = document.updates.keys().next_back().copied().unwrap_or(0);
                let snapshot = document.snapshots.keys().next_back().copied().unwrap_or(0);
                quarantined.max(update).max(snapshot)
            })
    }

    fn document(&mut self, id: &DocumentId) -> Result<&mut Document, StoreError> {
        self.documents
            .get_mut(id)
            .ok_or_else(|| refused("there is no such document"))
    }

    pub(super) fn append(&mut self, append: Append) -> Result<(), StoreError> {
        let seq = seal::place(append.seq)?;
        check_place(seq, self.last_seq(&append.document))?;
        let document = self.document(&append.document)?;
        document
            .updates
            .insert(seq, seal::seal_update(&append.document, seq, append.data));
        for (client_id, participant) in append.claims {
            document.owners.entry(client_id).or_insert(participant);
        }
        let workshop = document.row.workshop.clone();
        self.put_authors(&workshop, append.authors);
        Ok(())
    }

    pub(super) fn found(&self, id: &DocumentId) -> Option<Found> {
        let document = self.documents.get(id)?;
        Some(Found {
            snapshots: document.snapshots.values().rev().cloned().collect(),
            updates: document.updates.values().cloned().collect(),
            owners: document
                .owners
                .iter()
                .map(|(client_id, owner)| (*client_id, owner.clone()))
                .collect(),
            quarantined_seq: self.quarantine.last_seq(id),
        })
    }

    pub(super) fn set_aside(&mut self, id: &DocumentId, bad: Vec<Bad>) {
        let Some(document) = self.documents.get_mut(id) else {
            return;
        };
        for row in bad {
            match row.table {
                Table::Update => drop(document.updates.remove(&row.seq)),
                Table::Snapshot => drop(document.snapshots.remove(&row.seq)),
            }
            let what = row.what();
            let quarantined = Quarantined {
                what,
                why: row.why,
                data: row.data,
            };
            self.quarantine.push(id, row.seq, quarantined);
        }
    }

    pub(super) fn snapshot(
        &mut self,
        id: &DocumentId,
        new: SealedSnapshot,
    ) -> Result<(), StoreError> {
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

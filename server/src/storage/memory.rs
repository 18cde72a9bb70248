//! The in-memory twin: the same promises, as long as the process lives. For tests.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    Append, Damage, DocumentRow, Done, ParticipantRow, SessionRow, Snapshot, Store, StoreError,
    StoreHealth, Stored, WorkshopRow, retention,
};

#[derive(Default)]
struct Tables {
    workshops: HashMap<String, WorkshopRow>,
    documents: BTreeMap<String, DocumentRow>,
    participants: BTreeMap<String, ParticipantRow>,
    sessions: HashMap<[u8; 32], SessionRow>,
    logs: HashMap<String, Log>,
    failing: bool,
    degraded: Option<String>,
    closed: bool,
}

#[derive(Default)]
struct Log {
    updates: BTreeMap<u64, (u32, Vec<u8>)>,
    snapshots: BTreeMap<u64, Snapshot>,
    owners: BTreeMap<u64, String>,
    quarantine: Vec<(String, Vec<u8>)>,
    last_seq: u64,
}

/// A store without a disk.
#[derive(Default)]
pub struct MemoryStore {
    tables: Mutex<Tables>,
}

impl MemoryStore {
    /// Makes every write fail from now on, or lifts that (recovery is then possible).
    pub fn fail_writes(&self, failing: bool) {
        self.lock().failing = failing;
    }

    /// Flips a bit of a logged update.
    pub fn corrupt_update(&self, document: &str, seq: u64) {
        let mut tables = self.lock();
        let row = tables
            .logs
            .get_mut(document)
            .and_then(|log| log.updates.get_mut(&seq));
        if let Some(byte) = row.and_then(|(_, data)| data.first_mut()) {
            *byte ^= 1;
        }
    }

    /// What was set aside of a document: why, and the bytes.
    pub fn quarantined(&self, document: &str) -> Vec<(String, Vec<u8>)> {
        self.lock()
            .logs
            .get(document)
            .map(|log| log.quarantine.clone())
            .unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write<T>(&self, work: impl FnOnce(&mut Tables) -> T) -> Result<T, StoreError> {
        let mut tables = self.lock();
        if tables.closed {
            return Err(StoreError::Unavailable("the store is closed".into()));
        }
        if tables.failing && tables.degraded.is_none() {
            tables.degraded = Some("database or disk is full".into());
        }
        match tables.degraded.clone() {
            Some(reason) => Err(StoreError::Unavailable(reason)),
            None => Ok(work(&mut tables)),
        }
    }
}

impl Store for MemoryStore {
    fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.workshops.insert(workshop.id.clone(), workshop);
            for (row, seed) in documents {
                let log = tables.logs.entry(row.id.clone()).or_default();
                log.updates.insert(1, (crc32c::crc32c(&seed), seed));
                log.last_seq = 1;
                tables.documents.insert(row.id.clone(), row);
            }
        })
    }

    fn workshop(&self, id: &str) -> Result<Option<WorkshopRow>, StoreError> {
        Ok(self.lock().workshops.get(id).cloned())
    }

    fn documents(&self, workshop: &str) -> Result<Vec<DocumentRow>, StoreError> {
        let tables = self.lock();
        let mut rows: Vec<_> = tables
            .documents
            .values()
            .filter(|row| row.workshop == workshop)
            .cloned()
            .collect();
        rows.sort_by_key(|row| row.position);
        Ok(rows)
    }

    fn document(&self, id: &str) -> Result<Option<DocumentRow>, StoreError> {
        Ok(self.lock().documents.get(id).cloned())
    }

    fn put_participant(&self, row: ParticipantRow) -> Result<(), StoreError> {
        self.write(|tables| drop(tables.participants.insert(row.id.clone(), row)))
    }

    fn participant(&self, id: &str) -> Result<Option<ParticipantRow>, StoreError> {
        Ok(self.lock().participants.get(id).cloned())
    }

    fn participants(&self, workshop: &str) -> Result<Vec<ParticipantRow>, StoreError> {
        let tables = self.lock();
        let mut rows: Vec<_> = tables
            .participants
            .values()
            .filter(|row| row.workshop == workshop)
            .cloned()
            .collect();
        rows.sort_by(|a, b| (a.joined_ms, &a.id).cmp(&(b.joined_ms, &b.id)));
        Ok(rows)
    }

    fn put_session(&self, row: SessionRow) -> Result<(), StoreError> {
        self.write(|tables| drop(tables.sessions.insert(row.token_hash, row)))
    }

    fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError> {
        Ok(self.lock().sessions.get(token_hash).cloned())
    }

    fn revoke_session(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        self.write(|tables| drop(tables.sessions.remove(token_hash)))
    }

    fn append(&self, append: Append, done: Done) {
        let result = self.write(|tables| {
            let log = tables.logs.entry(append.document).or_default();
            log.last_seq = log.last_seq.max(append.seq);
            for (client, owner) in append.claims {
                log.owners.entry(client).or_insert(owner);
            }
            log.updates
                .insert(append.seq, (crc32c::crc32c(&append.data), append.data));
        });
        done(result);
    }

    fn load(&self, document: &str) -> Result<Stored, StoreError> {
        let mut tables = self.lock();
        let log = tables.logs.entry(document.to_owned()).or_default();
        let bad: Vec<u64> = log
            .updates
            .iter()
            .filter(|(_, (crc, data))| crc32c::crc32c(data) != *crc)
            .map(|(seq, _)| *seq)
            .collect();
        let why = "its checksum does not hold";
        for seq in &bad {
            if let Some((_, data)) = log.updates.remove(seq) {
                log.quarantine.push((why.to_owned(), data));
            }
        }
        Ok(Stored {
            snapshots: log.snapshots.values().rev().cloned().collect(),
            updates: log
                .updates
                .iter()
                .map(|(seq, (_, data))| (*seq, data.clone()))
                .collect(),
            owners: log
                .owners
                .iter()
                .map(|(client, owner)| (*client, owner.clone()))
                .collect(),
            last_seq: log.last_seq,
            damage: bad
                .iter()
                .map(|seq| Damage {
                    what: format!("update {seq}"),
                    why: why.to_owned(),
                })
                .collect(),
        })
    }

    fn snapshot(&self, document: &str, snapshot: Snapshot) -> Result<(), StoreError> {
        self.write(|tables| {
            let log = tables.logs.entry(document.to_owned()).or_default();
            let previous = log
                .snapshots
                .keys()
                .rev()
                .copied()
                .find(|upto| *upto != snapshot.upto_seq);
            if let Some(previous) = previous {
                log.updates.retain(|seq, _| *seq > previous);
            }
            log.snapshots.insert(snapshot.upto_seq, snapshot);
            let kept: Vec<(u64, i64)> = log
                .snapshots
                .values()
                .rev()
                .map(|kept| (kept.upto_seq, kept.taken_ms))
                .collect();
            for upto in retention::to_drop(&kept) {
                log.snapshots.remove(&upto);
            }
        })
    }

    fn quarantine(&self, document: &str, why: &str, data: &[u8]) -> Result<(), StoreError> {
        self.write(|tables| {
            tables
                .logs
                .entry(document.to_owned())
                .or_default()
                .quarantine
                .push((why.to_owned(), data.to_vec()));
        })
    }

    fn health(&self) -> StoreHealth {
        self.lock()
            .degraded
            .clone()
            .map_or(StoreHealth::Ok, StoreHealth::Degraded)
    }

    fn recover(&self) -> StoreHealth {
        let mut tables = self.lock();
        if !tables.failing {
            tables.degraded = None;
        }
        tables
            .degraded
            .clone()
            .map_or(StoreHealth::Ok, StoreHealth::Degraded)
    }

    fn close(&self) {
        self.lock().closed = true;
    }
}

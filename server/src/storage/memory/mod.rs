//! The store in memory: the same promises as on disk, for as long as the process lives. For tests, and for trying out.

use std::collections::VecDeque;
use std::sync::Mutex;

use self::tables::Tables;
use super::ack::Ack;
use super::{
    Append, DocumentRow, Done, ImageRow, ImageStored, ParticipantRow, SessionRow, Snapshot, Store,
    StoreError, StoreHealth, Stored, WorkshopRow, check_image, check_workshop, lock, seal, sift,
};

mod knobs;
mod tables;

pub use tables::Quarantined;

/// Keeps everything in memory. Appends are durable, and answered on the caller's thread, before
/// [`Store::append`] returns, unless [`MemoryStore::hold`] says otherwise.
#[derive(Default)]
pub struct MemoryStore(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    tables: Tables,
    queue: VecDeque<(Append, Ack)>,
    /// How many queued appends may be worked off; `None` is all.
    allowed: Option<usize>,
    /// Somebody is working the queue off: answers come in order, also when an answer appends anew.
    draining: bool,
    fail_writes: bool,
    degraded: Option<String>,
    closed: bool,
}

impl Inner {
    /// Whether anything can be written now. A failure lasts until recovery.
    fn writable(&mut self) -> Result<(), StoreError> {
        if self.closed {
            return Err(closed());
        }
        if self.fail_writes && self.degraded.is_none() {
            self.degraded = Some("writes were made to fail".into());
        }
        match &self.degraded {
            Some(why) => Err(StoreError::Unavailable(why.clone())),
            None => Ok(()),
        }
    }

    fn may_drain(&self) -> bool {
        !self.queue.is_empty() && self.allowed.is_none_or(|allowed| allowed > 0)
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&mut Tables) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut inner = lock(&self.0);
        inner.writable()?;
        work(&mut inner.tables)
    }

    fn read<T>(&self, work: impl FnOnce(&Tables) -> T) -> Result<T, StoreError> {
        let inner = lock(&self.0);
        if inner.closed {
            Err(closed())
        } else {
            Ok(work(&inner.tables))
        }
    }

    /// Works the queue off, as far as allowed. Answers are given without the lock, so that they may use the store.
    fn drain(&self) {
        let mut inner = lock(&self.0);
        if inner.draining {
            return;
        }
        inner.draining = true;
        while inner.may_drain() {
            let Some((append, ack)) = inner.queue.pop_front() else {
                break;
            };
            inner.allowed = inner.allowed.map(|allowed| allowed - 1);
            let result = inner.writable().and_then(|()| inner.tables.append(append));
            drop(inner);
            ack.answer(result);
            inner = lock(&self.0);
        }
        inner.draining = false;
    }
}

impl Store for MemoryStore {
    fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        check_workshop(&workshop, &documents)?;
        self.write(|tables| tables.create_workshop(workshop, documents))
    }

    fn workshop(&self, id: &str) -> Result<Option<WorkshopRow>, StoreError> {
        self.read(|tables| tables.workshops.get(id).cloned())
    }

    fn documents(&self, workshop: &str) -> Result<Vec<DocumentRow>, StoreError> {
        self.read(|tables| {
            let rows = tables.documents.values().map(|document| &document.row);
            let mut rows: Vec<_> = rows
                .filter(|row| row.workshop == workshop)
                .cloned()
                .collect();
            rows.sort_by(|a, b| (a.position, &a.id).cmp(&(b.position, &b.id)));
            rows
        })
    }

    fn document(&self, id: &str) -> Result<Option<DocumentRow>, StoreError> {
        self.read(|tables| {
            tables
                .documents
                .get(id)
                .map(|document| document.row.clone())
        })
    }

    fn put_participant(&self, participant: ParticipantRow) -> Result<(), StoreError> {
        self.write(|tables| tables.put_participant(participant))
    }

    fn participant(&self, id: &str) -> Result<Option<ParticipantRow>, StoreError> {
        self.read(|tables| tables.participants.iter().find(|row| row.id == id).cloned())
    }

    fn participants(&self, workshop: &str) -> Result<Vec<ParticipantRow>, StoreError> {
        self.read(|tables| {
            let mut rows: Vec<_> = tables
                .participants
                .iter()
                .filter(|row| row.workshop == workshop)
                .cloned()
                .collect();
            rows.sort_by_key(|row| row.joined_ms);
            rows
        })
    }

    fn put_session(&self, session: SessionRow) -> Result<(), StoreError> {
        self.write(|tables| tables.put_session(session))
    }

    fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError> {
        self.read(|tables| tables.sessions.get(token_hash).cloned())
    }

    fn revoke_session(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        self.write(|tables| {
            tables.sessions.remove(token_hash);
            Ok(())
        })
    }

    fn put_image(&self, image: ImageRow, total_max: u64) -> Result<ImageStored, StoreError> {
        self.write(|tables| tables.put_image(image, total_max))
    }

    fn image(&self, workshop: &str, hash: &[u8; 32]) -> Result<Option<ImageRow>, StoreError> {
        let of = (workshop.to_owned(), *hash);
        check_image(self.read(|tables| tables.images.get(&of).cloned())?)
    }

    fn append(&self, append: Append, done: Done) {
        let ack = Ack::new(done);
        let mut inner = lock(&self.0);
        // Checked now, not when it becomes durable: a snapshot does not wait for what is held back.
        let queued = inner
            .queue
            .iter()
            .filter(|(queued, _)| queued.document == append.document);
        let last = queued
            .map(|(queued, _)| queued.seq)
            .max()
            .unwrap_or(0)
            .max(inner.tables.last_seq(&append.document));
        if inner.closed {
            drop(inner);
            return ack.answer(Err(closed()));
        }
        if append.seq <= last {
            let why = format!("log place {} is taken, the last is {last}", append.seq);
            drop(inner);
            return ack.answer(Err(StoreError::Unavailable(why)));
        }
        inner.queue.push_back((append, ack));
        drop(inner);
        self.drain();
    }

    /// Sees what is durable, and nothing that is held back.
    fn load(&self, document: &str) -> Result<Stored, StoreError> {
        let mut inner = lock(&self.0);
        if inner.closed {
            return Err(closed());
        }
        let found = inner.tables.found(document);
        let found =
            found.ok_or_else(|| StoreError::Damaged(format!("there is no document {document}")))?;
        let (stored, bad) = sift::sift(document, found);
        if !bad.is_empty() && inner.writable().is_ok() {
            inner.tables.set_aside(document, bad);
        }
        sift::not_empty(document, stored)
    }

    /// Does not wait for appends that are held back.
    fn snapshot(&self, document: &str, snapshot: Snapshot) -> Result<(), StoreError> {
        let sealed = seal::seal_snapshot(document, &snapshot)?;
        self.write(|tables| tables.snapshot(document, sealed))
    }

    fn quarantine(&self, document: &str, why: &str, data: &[u8]) -> Result<(), StoreError> {
        self.write(|tables| {
            let (what, why, data) = ("bytes".to_owned(), why.to_owned(), data.to_vec());
            tables
                .quarantine
                .push((document.to_owned(), 0, Quarantined { what, why, data }));
            Ok(())
        })
    }

    fn health(&self) -> StoreHealth {
        let inner = lock(&self.0);
        match &inner.degraded {
            _ if inner.closed => StoreHealth::Degraded("the store is closed".into()),
            Some(why) => StoreHealth::Degraded(why.clone()),
            None => StoreHealth::Ok,
        }
    }

    fn recover(&self) -> StoreHealth {
        let mut inner = lock(&self.0);
        if !inner.fail_writes {
            inner.degraded = None;
        }
        drop(inner);
        self.health()
    }

    /// What is held back becomes durable first.
    fn close(&self) {
        self.release();
        lock(&self.0).closed = true;
    }
}

//! The store in memory: the same promises as on disk, for as long as the process lives.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use shared::{
    id::{DocumentId, ObjectId, ParticipantId, WorkshopId},
    protocol::control::Role,
};
use tokio::sync::watch;

use self::tables::Tables;
use crate::storage::{
    Append, By, Changed, Directory, DocumentChange, DocumentRow, Done, ImageRow, ImageStored,
    JoinOutcome, Joining, Log, NewDocument, ParticipantChange, ParticipantRow, Pictures,
    SessionRow, Sessions, Snapshot, StoreError, StoreHealth, Stored, WorkshopRow,
    rules::{
        ack::Ack,
        checks::{check_image, check_workshop, check_workshop_of, closed, lock},
        managing, seal, sift,
    },
};

mod knobs;
mod quarantine;
mod tables;

pub use quarantine::Quarantined;

/// Keeps everything in memory. Appends are durable, and answered on the caller's thread, before
/// [`Log::append`] returns, unless [`MemoryStore::hold`] says otherwise.
#[derive(Default)]
pub struct MemoryStore {
    /// Rows and knobs. Never held while something is awaited or answered.
    inner: Mutex<Inner>,
    /// Whether snapshots wait.
    snapshots_held: watch::Sender<bool>,
    /// How many snapshots have been asked for.
    snapshots_asked: watch::Sender<usize>,
}

/// What is kept, and how it is to behave.
#[derive(Default)]
struct Inner {
    /// The rows.
    tables: Tables,
    /// Appends that are neither durable nor answered.
    queue: VecDeque<(Append, Ack)>,
    /// How many queued appends may be worked off; `None` is all.
    allowed: Option<usize>,
    /// Somebody is working the queue off: answers come in order, also when an answer appends anew.
    draining: bool,
    /// Whether the next write fails.
    fail_writes: bool,
    /// Why writes fail since one did.
    degraded: Option<String>,
    /// Whether another server owns everything.
    fenced: bool,
    /// Whether the store has been closed.
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

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&mut Tables) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut inner = lock(&self.inner);
        inner.writable()?;
        work(&mut inner.tables)
    }

    /// The same by somebody who must run the workshop.
    fn write_by<T>(
        &self,
        by: &By,
        work: impl FnOnce(&mut Tables) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|tables| {
            let mut rows = tables.participants.iter();
            managing::check(by, rows.find(|row| row.id == by.facilitator))?;
            work(tables)
        })
    }

    fn read<T>(&self, work: impl FnOnce(&Tables) -> T) -> Result<T, StoreError> {
        let inner = lock(&self.inner);
        if inner.closed {
            Err(closed())
        } else {
            Ok(work(&inner.tables))
        }
    }

    /// Works the queue off, as far as allowed. Answers are given without the lock, so that they may use the store.
    fn drain(&self) {
        let mut inner = lock(&self.inner);
        if inner.draining {
            return;
        }
        inner.draining = true;
        while inner.may_drain() {
            let Some((append, ack)) = inner.queue.pop_front() else {
                break;
            };
            inner.allowed = inner.allowed.map(|allowed| allowed - 1);
            let result = inner.writable().and_then(|()| {
                if inner.fenced {
                    Err(StoreError::Fenced)
                } else {
                    inner.tables.append(append)
                }
            });
            drop(inner);
            ack.answer(result);
            inner = lock(&self.inner);
        }
        inner.draining = false;
    }
}

#[async_trait]
impl Directory for MemoryStore {
    async fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        check_workshop(&workshop, &documents)?;
        self.write(|tables| tables.create_workshop(workshop, documents))
    }

    async fn workshop(&self, id: &WorkshopId) -> Result<Option<WorkshopRow>, StoreError> {
        self.read(|tables| tables.workshops.get(id).cloned())
    }

    async fn documents(&self, workshop: &WorkshopId) -> Result<Vec<DocumentRow>, StoreError> {
        self.read(|tables| tables.documents_of(workshop))
    }

    async fn document(&self, id: &DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        self.read(|tables| {
            tables
                .documents
                .get(id)
                .map(|document| document.row.clone())
        })
    }

    async fn retitle(
        &self,
        by: &By,
        version: u32,
        title: &str,
    ) -> Result<Option<Changed<WorkshopRow>>, StoreError> {
        self.write_by(by, |tables| {
            let row = tables.workshops.get_mut(&by.workshop);
            Ok(row.map(|row| {
                if row.version != version {
                    return Changed::Stale(row.clone());
                }
                title.clone_into(&mut row.title);
                row.version += 1;
                row.changed_by = Some(by.facilitator.clone());
                Changed::Done(row.clone())
            }))
        })
    }

    async fn replace_key(
        &self,
        by: &By,
        role: Role,
        key: &str,
        key_hash: [u8; 32],
    ) -> Result<(), StoreError> {
        self.write_by(by, |tables| {
            if let Some(row) = tables.workshops.get_mut(&by.workshop) {
                *row.key_hashes.of_mut(role) = key_hash;
                *row.keys.of_mut(role) = Some(key.to_owned());
                row.links += 1;
            }
            Ok(())
        })
    }

    async fn add_document(
        &self,
        by: &By,
        new: NewDocument,
    ) -> Result<Option<DocumentRow>, StoreError> {
        check_workshop_of(by, &new.row)?;
        self.write_by(by, |tables| tables.add_document(new))
    }

    async fn change_document(
        &self,
        by: &By,
        id: &DocumentId,
        change: DocumentChange,
    ) -> Result<Option<Changed<DocumentRow>>, StoreError> {
        self.write_by(by, |tables| Ok(tables.change_document(by, id, change)))
    }

    async fn freeze(&self, by: &By, id: &DocumentId, is_frozen: bool) -> Result<bool, StoreError> {
        self.write_by(by, |tables| {
            let found = tables.documents.get_mut(id);
            let found = found.filter(|document| document.row.workshop == by.workshop);
            Ok(found
                .map(|document| document.row.is_frozen = is_frozen)
                .is_some())
        })
    }

    async fn join(&self, joining: Joining) -> Result<JoinOutcome, StoreError> {
        self.write(|tables| tables.join(&joining))
    }

    async fn change_participant(
        &self,
        by: Option<&By>,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        change: ParticipantChange,
    ) -> Result<Option<ParticipantRow>, StoreError> {
        let work = |tables: &mut Tables| {
            let mut rows = tables.participants.iter_mut();
            let row = rows.find(|row| row.id == *participant && row.workshop == *workshop);
            Ok(row.map(|row| {
                change.apply(row);
                row.clone()
            }))
        };
        match by {
            Some(by) => self.write_by(by, work),
            None => self.write(work),
        }
    }

    async fn participant(&self, id: &ParticipantId) -> Result<Option<ParticipantRow>, StoreError> {
        self.read(|tables| {
            tables
                .participants
                .iter()
                .find(|row| row.id == *id)
                .cloned()
        })
    }

    async fn participants(&self, workshop: &WorkshopId) -> Result<Vec<ParticipantRow>, StoreError> {
        self.read(|tables| {
            let mut rows: Vec<_> = tables
                .participants
                .iter()
                .filter(|row| row.workshop == *workshop)
                .cloned()
                .collect();
            rows.sort_by_key(|row| row.joined_ms);
            rows
        })
    }
}

#[async_trait]
impl Sessions for MemoryStore {
    async fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError> {
        self.read(|tables| tables.sessions.get(token_hash).cloned())
    }

    async fn leave(
        &self,
        token_hash: &[u8; 32],
        participant: &ParticipantId,
        device_hash: Option<[u8; 32]>,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        self.write(|tables| Ok(tables.leave(token_hash, participant, device_hash)))
    }

    async fn is_device_of(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        secret_hash: &[u8; 32],
    ) -> Result<bool, StoreError> {
        let device = (participant.clone(), *secret_hash);
        self.read(|tables| {
            let mut people = tables.participants.iter();
            people.any(|row| row.id == *participant && row.workshop == *workshop)
                && tables.devices.get(&device) == Some(&true)
        })
    }

    async fn is_barred(
        &self,
        workshop: &WorkshopId,
        secret_hash: &[u8; 32],
    ) -> Result<bool, StoreError> {
        self.read(|tables| tables.is_barred(workshop, *secret_hash))
    }
}

#[async_trait]
impl Pictures for MemoryStore {
    async fn put_image(&self, image: ImageRow, total_max: u64) -> Result<ImageStored, StoreError> {
        self.write(|tables| tables.put_image(image, total_max))
    }

    async fn image(
        &self,
        workshop: &WorkshopId,
        hash: &[u8; 32],
    ) -> Result<Option<ImageRow>, StoreError> {
        let of = (workshop.clone(), *hash);
        check_image(self.read(|tables| tables.images.get(&of).cloned())?)
    }
}

#[async_trait]
impl Log for MemoryStore {
    fn append(&self, append: Append, done: Done) {
        let ack = Ack::new(done);
        let mut inner = lock(&self.inner);
        if inner.closed {
            drop(inner);
            return ack.answer(Err(closed()));
        }
        inner.queue.push_back((append, ack));
        drop(inner);
        self.drain();
    }

    /// Sees what is durable, and nothing that is held back.
    async fn load(&self, document: &DocumentId) -> Result<Stored, StoreError> {
        let mut inner = lock(&self.inner);
        if inner.closed {
            return Err(closed());
        }
        let found = inner.tables.found(document);
        let found = found.ok_or_else(|| sift::unknown(document))?;
        let (stored, bad) = sift::sift(document, found);
        if !bad.is_empty() && inner.writable().is_ok() {
            inner.tables.set_aside(document, bad);
        }
        sift::not_empty(document, stored)
    }

    async fn authors(
        &self,
        workshop: &WorkshopId,
    ) -> Result<Vec<(ObjectId, ParticipantId)>, StoreError> {
        self.read(|tables| {
            let rows = tables.authors.iter();
            rows.filter(|((of, _), _)| of == workshop)
                .map(|((_, object), author)| (object.clone(), author.clone()))
                .collect()
        })
    }

    /// Does not wait for appends that are held back.
    async fn snapshot(&self, document: &DocumentId, snapshot: Snapshot) -> Result<(), StoreError> {
        self.snapshots_asked.send_modify(|count| *count += 1);
        let mut held = self.snapshots_held.subscribe();
        let _sender_is_ours = held.wait_for(|held| !held).await;
        let sealed = seal::seal_snapshot(document, &snapshot)?;
        self.write(|tables| tables.snapshot(document, sealed))
    }

    async fn quarantine(
        &self,
        document: &DocumentId,
        by: Option<&ParticipantId>,
        why: &str,
        data: &[u8],
    ) -> Result<bool, StoreError> {
        self.write(|tables| {
            let (what, why, data) = ("bytes".to_owned(), why.to_owned(), data.to_vec());
            let quarantined = Quarantined { what, why, data };
            Ok(tables.quarantine.keep(document, by, quarantined))
        })
    }

    fn health(&self) -> StoreHealth {
        let inner = lock(&self.inner);
        match &inner.degraded {
            _ if inner.closed => StoreHealth::Degraded(closed().to_string()),
            Some(why) => StoreHealth::Degraded(why.clone()),
            None => StoreHealth::Ok,
        }
    }

    async fn recover(&self) -> StoreHealth {
        let mut inner = lock(&self.inner);
        if !inner.fail_writes {
            inner.degraded = None;
        }
        drop(inner);
        self.health()
    }

    /// What is held back becomes durable first.
    async fn close(&self) {
        self.release();
        lock(&self.inner).closed = true;
    }
}

//! The store on disk: one SQLite file, one thread that writes and one that reads. Nobody else ever waits for the disk.

use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use async_trait::async_trait;
use futures_channel::oneshot;
use futures_util::{FutureExt, future::Shared};
use rusqlite::{Connection, Transaction};
use shared::{
    id::{DocumentId, ObjectId, ParticipantId, WorkshopId},
    protocol::control::Role,
};

use self::{reader::Reader, writer::Writer};
use super::{
    error::StoreError,
    rows::{
        Append, By, Changed, DocumentChange, DocumentRow, ImageRow, ImageStored, JoinOutcome,
        Joining, NewDocument, ParticipantChange, ParticipantRow, Snapshot, Stored, WorkshopRow,
    },
    rules::{
        ack::Ack,
        checks::{check_image, check_workshop, check_workshop_of, closed, lock},
        managing, seal, sift,
    },
    store::{Directory, Done, Log, Pictures, StoreHealth},
};

mod folder;
mod log;
mod people;
mod pictures;
mod quarantine;
mod reader;
mod schema;
mod sessions;
mod tables;
mod writer;

const DATABASE: &str = "plaza.sqlite3";

/// Keeps everything in `plaza.sqlite3` in one folder. An acknowledged write has been fsynced.
pub struct SqliteStore {
    /// To the writer thread: everything that changes rows, in order.
    writes: Sender<writer::Job>,
    /// To the reader thread.
    reads: Sender<reader::Job>,
    /// As the writer found it last.
    health: Arc<Mutex<StoreHealth>>,
    /// Resolves when the database is closed and the folder is free.
    ended: Shared<oneshot::Receiver<()>>,
    /// Reader and writer, until they have been waited for.
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl SqliteStore {
    /// Opens the folder's database, both created if missing. Blocks.
    ///
    /// # Errors
    /// [`StoreError::Locked`] if a server has it open, [`StoreError::Damaged`] if the file is not Plaza's or cannot be
    /// read, [`StoreError::Refused`] if it is of a newer Plaza or on a file system without what is needed,
    /// [`StoreError::Unavailable`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let folder_lock = folder::open(dir, DATABASE)?;
        let path = dir.join(DATABASE);
        let connection = schema::open_writer(&path)?;
        folder::sync(dir)?;
        let reading = schema::open_reader(&path)?;
        let health = Arc::new(Mutex::new(StoreHealth::Ok));
        let (writes, write_jobs) = channel();
        let (reads, read_jobs) = channel();
        let (ending, ended) = oneshot::channel();
        let writer = Writer::new(
            path.clone(),
            connection,
            write_jobs,
            Arc::clone(&health),
            folder_lock,
            ending,
        );
        let reader = Reader {
            path,
            jobs: read_jobs,
            connection: Some(reading),
            writes: writes.clone(),
            health: Arc::clone(&health),
        };
        let threads = vec![
            start("plaza-read", move || reader.run())?,
            start("plaza-store", move || writer.run())?,
        ];
        Ok(Self {
            writes,
            reads,
            health,
            ended: ended.shared(),
            threads: Mutex::new(threads),
        })
    }

    /// For tests: lets the database have no more than `pages` pages, which is what a full disk looks like; `None`
    /// lifts the limit. It outlasts [`Log::recover`]. Fewer pages than there are cannot be had.
    #[cfg(feature = "testing")]
    pub async fn limit_pages(&self, pages: Option<u32>) {
        let _closed = self
            .ask(|answer| writer::Job::LimitPages(pages, answer))
            .await;
    }

    /// Asks the writer, and waits for its answer.
    async fn ask<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<T>) -> writer::Job,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.writes.send(job(answer)).map_err(|_| closed())?;
        answered.await.map_err(|_| closed())
    }

    /// One transaction; what the work returns counts once it is durable.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (result, results) = oneshot::channel();
        let work = move |transaction: &Transaction<'_>| {
            let _gone = result.send(work(transaction)?);
            Ok(())
        };
        self.ask(|answer| writer::Job::Write(Box::new(work), answer))
            .await??;
        results.await.map_err(|_| closed())
    }

    /// The same by somebody who must run the workshop.
    async fn write_by<T: Send + 'static>(
        &self,
        by: &By,
        work: impl FnOnce(&Transaction<'_>, &By) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let by = by.clone();
        self.write(move |transaction| {
            let row = people::participant(transaction, &by.facilitator)?;
            match managing::check(&by, row.as_ref()) {
                Ok(()) => work(transaction, &by).map(Ok),
                Err(refused) => Ok(Err(refused)),
            }
        })
        .await?
    }

    /// What the reader thread reads.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (result, results) = oneshot::channel();
        let read = move |connection: Result<&mut Connection, StoreError>| {
            let read = connection
                .and_then(|connection| work(connection).map_err(|error| schema::error(&error)));
            let _gone = result.send(read);
        };
        self.reads
            .send(reader::Job::Read(Box::new(read)))
            .map_err(|_| closed())?;
        results.await.map_err(|_| closed())?
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    thread::Builder::new()
        .name(name.into())
        .spawn(work)
        .map_err(|error| StoreError::Unavailable(error.to_string()))
}

#[async_trait]
impl Directory for SqliteStore {
    async fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        check_workshop(&workshop, &documents)?;
        self.write(move |transaction| tables::create_workshop(transaction, &workshop, documents))
            .await
    }

    async fn workshop(&self, id: &WorkshopId) -> Result<Option<WorkshopRow>, StoreError> {
        let id = id.clone();
        self.read(move |connection| tables::workshop(connection, &id))
            .await
    }

    async fn documents(&self, workshop: &WorkshopId) -> Result<Vec<DocumentRow>, StoreError> {
        let workshop = workshop.clone();
        self.read(move |connection| tables::documents(connection, &workshop))
            .await
    }

    async fn document(&self, id: &DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        let id = id.clone();
        self.read(move |connection| tables::document(connection, &id))
            .await
    }

    async fn retitle(
        &self,
        by: &By,
        version: u32,
        title: &str,
    ) -> Result<Option<Changed<WorkshopRow>>, StoreError> {
        let title = title.to_owned();
        self.write_by(by, move |transaction, by| {
            tables::retitle(transaction, by, version, &title)
        })
        .await
    }

    async fn replace_key(
        &self,
        by: &By,
        role: Role,
        key: &str,
        key_hash: [u8; 32],
    ) -> Result<(), StoreError> {
        let key = key.to_owned();
        self.write_by(by, move |transaction, by| {
            tables::replace_key(transaction, &by.workshop, role, &key, &key_hash)
        })
        .await
    }

    async fn add_document(
        &self,
        by: &By,
        new: NewDocument,
    ) -> Result<Option<DocumentRow>, StoreError> {
        check_workshop_of(by, &new.row)?;
        self.write_by(by, move |transaction, _| {
            tables::add_document(transaction, new)
        })
        .await
    }

    async fn change_document(
        &self,
        by: &By,
        id: &DocumentId,
        change: DocumentChange,
    ) -> Result<Option<Changed<DocumentRow>>, StoreError> {
        let id = id.clone();
        self.write_by(by, move |transaction, by| {
            tables::change_document(transaction, by, &id, change)
        })
        .await
    }

    async fn freeze(&self, by: &By, id: &DocumentId, is_frozen: bool) -> Result<bool, StoreError> {
        let id = id.clone();
        self.write_by(by, move |transaction, by| {
            tables::freeze(transaction, &by.workshop, &id, is_frozen)
        })
        .await
    }

    async fn join(&self, joining: Joining) -> Result<JoinOutcome, StoreError> {
        self.write(move |transaction| people::join(transaction, &joining))
            .await?
    }

    async fn change_participant(
        &self,
        by: Option<&By>,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        change: ParticipantChange,
    ) -> Result<Option<ParticipantRow>, StoreError> {
        let (workshop, participant) = (workshop.clone(), participant.clone());
        let work = move |transaction: &Transaction<'_>| {
            people::change_participant(transaction, &workshop, &participant, change)
        };
        match by {
            Some(by) => self.write_by(by, |transaction, _| work(transaction)).await,
            None => self.write(work).await,
        }
    }

    async fn participant(&self, id: &ParticipantId) -> Result<Option<ParticipantRow>, StoreError> {
        let id = id.clone();
        self.read(move |connection| people::participant(connection, &id))
            .await
    }

    async fn participants(&self, workshop: &WorkshopId) -> Result<Vec<ParticipantRow>, StoreError> {
        let workshop = workshop.clone();
        self.read(move |connection| people::participants(connection, &workshop))
            .await
    }
}

#[async_trait]
impl Log for SqliteStore {
    /// Once the store is closed, `done` is called on the caller's thread, there being no other.
    fn append(&self, append: Append, done: Done) {
        // A job that cannot be sent comes back and is dropped, which answers it.
        let _unsent = self
            .writes
            .send(writer::Job::Append(append, Ack::new(done)));
    }

    async fn load(&self, document: &DocumentId) -> Result<Stored, StoreError> {
        self.ask(writer::Job::Settle).await?;
        let id = document.clone();
        let found = self
            .read(move |connection| log::read(connection, &id))
            .await?
            .ok_or_else(|| sift::unknown(document))?;
        let (stored, bad) = sift::sift(document, found);
        if !bad.is_empty() {
            tracing::warn!(%document, rows = bad.len(), "damaged rows are set aside");
            let id = document.clone();
            let moved = self.write(move |transaction| log::set_aside(transaction, &id, &bad));
            if let Err(error) = moved.await {
                tracing::warn!(%document, %error, "damaged rows stay where they are");
            }
        }
        sift::not_empty(document, stored)
    }

    async fn authors(
        &self,
        workshop: &WorkshopId,
    ) -> Result<Vec<(ObjectId, ParticipantId)>, StoreError> {
        self.ask(writer::Job::Settle).await?;
        let workshop = workshop.clone();
        self.read(move |connection| log::authors(connection, &workshop))
            .await
    }

    async fn snapshot(&self, document: &DocumentId, snapshot: Snapshot) -> Result<(), StoreError> {
        let document = document.clone();
        let sealed = seal::seal_snapshot(&document, &snapshot)?;
        self.write(move |transaction| log::snapshot(transaction, &document, &sealed))
            .await
    }

    async fn quarantine(
        &self,
        document: &DocumentId,
        by: Option<&ParticipantId>,
        why: &str,
        data: &[u8],
    ) -> Result<bool, StoreError> {
        let (document, by) = (document.clone(), by.cloned());
        let (why, data) = (why.to_owned(), data.to_vec());
        self.write(move |transaction| {
            quarantine::keep(transaction, &document, by.as_ref(), &why, &data)
        })
        .await
    }

    fn health(&self) -> StoreHealth {
        lock(&self.health).clone()
    }

    async fn recover(&self) -> StoreHealth {
        let (answer, answered) = oneshot::channel();
        let sent = self.reads.send(reader::Job::Recover(answer)).is_ok();
        match answered.await {
            Ok(health) if sent => health,
            _ => StoreHealth::Degraded(closed().to_string()),
        }
    }

    async fn close(&self) {
        let _closed = self.reads.send(reader::Job::Close);
        // Its sender is dropped, never used.
        let _ended = self.ended.clone().await;
    }
}

#[async_trait]
impl Pictures for SqliteStore {
    async fn put_image(&self, image: ImageRow, total_max: u64) -> Result<ImageStored, StoreError> {
        self.write(move |transaction| pictures::put(transaction, &image, total_max))
            .await
    }

    async fn image(
        &self,
        workshop: &WorkshopId,
        hash: &[u8; 32],
    ) -> Result<Option<ImageRow>, StoreError> {
        let (workshop, hash) = (workshop.clone(), *hash);
        let found = self.read(move |connection| pictures::get(connection, &workshop, &hash));
        check_image(found.await?)
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        let _closed = self.reads.send(reader::Job::Close);
        let threads = std::mem::take(&mut *lock(&self.threads));
        // The last owner of the store may be a `Done`, hence the writer thread itself, which cannot wait for its end.
        let current = thread::current().id();
        if threads.iter().any(|thread| thread.thread().id() == current) {
            return;
        }
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
    }
}

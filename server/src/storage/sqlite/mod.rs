//! The store on disk: one SQLite file, one writer thread, one connection for reading.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, Transaction};

use self::writer::{Job, Writer};
use super::ack::Ack;
use super::{
    Append, DocumentRow, Done, ImageRow, ImageStored, ParticipantRow, SessionRow, Snapshot, Store,
    StoreError, StoreHealth, Stored, WorkshopRow, check_image, check_workshop, lock, seal, sift,
};

mod folder;
mod images;
mod log;
mod schema;
mod tables;
mod writer;

const DATABASE: &str = "plaza.sqlite3";

/// Keeps everything in `plaza.sqlite3` in one folder. An acknowledged write has been fsynced.
///
/// Blocking calls must not be made from a [`Done`]: it runs on the very thread that would have to answer them.
pub struct SqliteStore {
    path: PathBuf,
    jobs: Sender<Job>,
    health: Arc<Mutex<StoreHealth>>,
    /// `None` once closed, and while it cannot be opened.
    reader: Mutex<Option<Connection>>,
    /// `None` once closed.
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteStore {
    /// Opens the folder's database, both created if missing. Fails with [`StoreError::Locked`] if a server has it open.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let folder_lock = folder::open(dir, DATABASE)?;
        let path = dir.join(DATABASE);
        let connection = schema::open_writer(&path)?;
        folder::sync(dir)?;
        let reader = schema::open_reader(&path)?;
        let health = Arc::new(Mutex::new(StoreHealth::Ok));
        let (jobs, queue) = channel();
        let writer = Writer::new(
            path.clone(),
            connection,
            queue,
            Arc::clone(&health),
            folder_lock,
        );
        let writer = thread::Builder::new()
            .name("plaza-store".into())
            .spawn(move || writer.run())
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            path,
            jobs,
            health,
            reader: Mutex::new(Some(reader)),
            writer: Mutex::new(Some(writer)),
        })
    }

    /// For tests: lets the database have no more than `pages` pages, which is what a full disk looks like; `None`
    /// lifts the limit. It outlasts [`Store::recover`]. Fewer pages than there are cannot be had.
    pub fn limit_pages(&self, pages: Option<u32>) {
        let _closed = self.ask(|answer| Job::LimitPages(pages, answer));
    }

    fn ask<T>(&self, job: impl FnOnce(SyncSender<T>) -> Job) -> Result<T, StoreError> {
        let (answer, answered) = sync_channel(1);
        let sent = self.jobs.send(job(answer)).is_ok();
        let answer = if sent { answered.recv().ok() } else { None };
        answer.ok_or_else(closed)
    }

    /// One transaction; what the work answers counts once it is durable.
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (result, results) = sync_channel(1);
        let work = move |transaction: &Transaction<'_>| {
            let _gone = result.send(work(transaction)?);
            Ok(())
        };
        self.ask(|answer| Job::Write(Box::new(work), answer))??;
        results.recv().map_err(|_| closed())
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut reader = lock(&self.reader);
        work(reader.as_mut().ok_or_else(closed)?).map_err(|error| schema::error(&error))
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}

impl Store for SqliteStore {
    fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        check_workshop(&workshop, &documents)?;
        self.write(move |transaction| tables::create_workshop(transaction, &workshop, documents))
    }

    fn workshop(&self, id: &str) -> Result<Option<WorkshopRow>, StoreError> {
        self.read(|connection| tables::workshop(connection, id))
    }

    fn documents(&self, workshop: &str) -> Result<Vec<DocumentRow>, StoreError> {
        self.read(|connection| tables::documents(connection, workshop))
    }

    fn document(&self, id: &str) -> Result<Option<DocumentRow>, StoreError> {
        self.read(|connection| tables::document(connection, id))
    }

    fn put_participant(&self, participant: ParticipantRow) -> Result<(), StoreError> {
        self.write(move |transaction| tables::put_participant(transaction, &participant))
    }

    fn participant(&self, id: &str) -> Result<Option<ParticipantRow>, StoreError> {
        self.read(|connection| tables::participant(connection, id))
    }

    fn participants(&self, workshop: &str) -> Result<Vec<ParticipantRow>, StoreError> {
        self.read(|connection| tables::participants(connection, workshop))
    }

    fn put_session(&self, session: SessionRow) -> Result<(), StoreError> {
        self.write(move |transaction| tables::put_session(transaction, &session))
    }

    fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError> {
        self.read(|connection| tables::session(connection, token_hash))
    }

    fn revoke_session(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        let token_hash = *token_hash;
        self.write(move |transaction| tables::revoke_session(transaction, &token_hash))
    }

    fn put_image(&self, image: ImageRow, total_max: u64) -> Result<ImageStored, StoreError> {
        self.write(move |transaction| images::put(transaction, &image, total_max))
    }

    fn image(&self, workshop: &str, hash: &[u8; 32]) -> Result<Option<ImageRow>, StoreError> {
        check_image(self.read(|connection| images::get(connection, workshop, hash))?)
    }

    /// Once the store is closed, `done` is called on the caller's thread, there being no other.
    fn append(&self, append: Append, done: Done) {
        // A job that cannot be sent comes back and is dropped, which answers it.
        let _unsent = self.jobs.send(Job::Append(append, Ack::new(done)));
    }

    /// Sees everything queued before the call.
    fn load(&self, document: &str) -> Result<Stored, StoreError> {
        self.ask(Job::Settle)?;
        let found = self.read(|connection| log::read(connection, document))?;
        let found =
            found.ok_or_else(|| StoreError::Damaged(format!("there is no document {document}")))?;
        let (stored, bad) = sift::sift(document, found);
        if !bad.is_empty() {
            tracing::warn!(document, rows = bad.len(), "damaged rows are set aside");
            let id = document.to_owned();
            if let Err(error) =
                self.write(move |transaction| log::set_aside(transaction, &id, &bad))
            {
                tracing::warn!(document, %error, "damaged rows stay where they are");
            }
        }
        sift::not_empty(document, stored)
    }

    fn snapshot(&self, document: &str, snapshot: Snapshot) -> Result<(), StoreError> {
        let document = document.to_owned();
        let sealed = seal::seal_snapshot(&document, &snapshot)?;
        self.write(move |transaction| log::snapshot(transaction, &document, &sealed))
    }

    fn quarantine(&self, document: &str, why: &str, data: &[u8]) -> Result<(), StoreError> {
        let (document, why, data) = (document.to_owned(), why.to_owned(), data.to_vec());
        self.write(move |transaction| {
            log::quarantine(transaction, &document, "bytes", None, &why, &data)
        })
    }

    fn health(&self) -> StoreHealth {
        lock(&self.health).clone()
    }

    fn recover(&self) -> StoreHealth {
        let mut reader = lock(&self.reader);
        if self.health() == StoreHealth::Ok {
            return StoreHealth::Ok;
        }
        // As long as one connection is open, SQLite keeps the state that a failure may have left wrong.
        *reader = None;
        if let Err(error) = self.ask(Job::Recover) {
            return StoreHealth::Degraded(error.to_string());
        }
        // Reading goes on, if at all possible, even where writing does not.
        match schema::open_reader(&self.path) {
            Ok(connection) => *reader = Some(connection),
            Err(error) => *lock(&self.health) = StoreHealth::Degraded(error.to_string()),
        }
        self.health()
    }

    fn close(&self) {
        let mut reader = lock(&self.reader);
        *reader = None;
        let _closed = self.jobs.send(Job::Close);
        drop(reader);
        let mut writer = lock(&self.writer);
        // The last owner of the store may be a `Done`, hence the writer thread itself, which cannot wait for its end.
        if let Some(writer) = writer
            .take()
            .filter(|writer| writer.thread().id() != thread::current().id())
            && writer.join().is_err()
        {
            tracing::error!("the writer thread panicked");
        }
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.close();
    }
}

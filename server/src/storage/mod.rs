//! The store: what is durable, and how it is read back. Does not know what the bytes of a document mean.
//!
//! Two implementations, one conformance suite: [`SqliteStore`] and [`MemoryStore`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

mod ack;
mod memory;
mod retention;
mod rows;
mod seal;
mod sift;
mod sqlite;

pub use memory::{MemoryStore, Quarantined};
pub use rows::{
    Append, Damage, DocumentRow, ImageRow, ImageStored, ParticipantRow, SessionRow, Snapshot,
    Stored, WorkshopRow,
};
pub use sqlite::SqliteStore;

/// Why the store could not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The disk or database refused: nothing of the request is durable.
    #[error("the data folder cannot be written: {0}")]
    Unavailable(String),
    /// Rows cannot be read.
    #[error("stored data cannot be read: {0}")]
    Damaged(String),
    /// Another server has the folder open.
    #[error("another Plaza server is using this data folder")]
    Locked,
}

/// What the store says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreHealth {
    /// Writes become durable.
    Ok,
    /// Writes fail, with the reason in words.
    Degraded(String),
}

/// Called on the writer thread once the append is durable, or has failed.
pub type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// What Plaza keeps. Calls block the caller, except [`Store::append`], which queues.
pub trait Store: Send + Sync + 'static {
    /// Creates a workshop, its documents and their first updates (log place 1), all or nothing.
    fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError>;
    /// A workshop by id.
    fn workshop(&self, id: &str) -> Result<Option<WorkshopRow>, StoreError>;
    /// A workshop's documents, in order of position; the workshop's own document is among them.
    fn documents(&self, workshop: &str) -> Result<Vec<DocumentRow>, StoreError>;
    /// A document by id.
    fn document(&self, id: &str) -> Result<Option<DocumentRow>, StoreError>;
    /// Adds or replaces a participant.
    fn put_participant(&self, participant: ParticipantRow) -> Result<(), StoreError>;
    /// A participant by id.
    fn participant(&self, id: &str) -> Result<Option<ParticipantRow>, StoreError>;
    /// A workshop's participants, in order of coming.
    fn participants(&self, workshop: &str) -> Result<Vec<ParticipantRow>, StoreError>;
    /// Adds a session.
    fn put_session(&self, session: SessionRow) -> Result<(), StoreError>;
    /// The session of a token's hash, expired ones included.
    fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError>;
    /// Ends a session. Unknown ones are no error.
    fn revoke_session(&self, token_hash: &[u8; 32]) -> Result<(), StoreError>;
    /// Stores a picture, unless the bytes of the workshop's pictures would become more than `total_max`. One that is
    /// there already is left as it is, or mended if its bytes have been damaged.
    fn put_image(&self, image: ImageRow, total_max: u64) -> Result<ImageStored, StoreError>;
    /// A workshop's picture by its hash. One whose bytes are not those of the hash is [`StoreError::Damaged`].
    fn image(&self, workshop: &str, hash: &[u8; 32]) -> Result<Option<ImageRow>, StoreError>;
    /// Queues one update. `done` is called exactly once. Appends of one document become durable in the order queued.
    fn append(&self, append: Append, done: Done);
    /// Everything there is of a document. Damaged rows are moved to quarantine and reported.
    fn load(&self, document: &str) -> Result<Stored, StoreError>;
    /// Stores a snapshot that the caller has verified; then, in the same transaction, deletes the log rows that are
    /// older than the *previous* snapshot, and thins out old snapshots (the last 3, one per 10 minutes of the last
    /// day, one per day before).
    fn snapshot(&self, document: &str, snapshot: Snapshot) -> Result<(), StoreError>;
    /// Sets bytes aside that could not be used. Never deleted automatically.
    fn quarantine(&self, document: &str, why: &str, data: &[u8]) -> Result<(), StoreError>;
    /// Whether writes become durable.
    fn health(&self) -> StoreHealth;
    /// Tries to recover from a failed write: reopens, checks, and reports health anew.
    fn recover(&self) -> StoreHealth;
    /// Waits until everything queued is durable or has failed, then closes. Later calls fail.
    fn close(&self);
}

/// A store that may be shared between threads.
pub type SharedStore = Arc<dyn Store>;

/// Locks, also after another thread has panicked: nothing under our locks is left half-changed by a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets a picture out only if it is whole.
fn check_image(image: Option<ImageRow>) -> Result<Option<ImageRow>, StoreError> {
    match image {
        Some(image) if !image.is_whole() => Err(StoreError::Damaged(
            "a picture's bytes are not those of its hash".into(),
        )),
        image => Ok(image),
    }
}

/// Refuses a workshop some of whose documents name another one.
fn check_workshop(
    workshop: &WorkshopRow,
    documents: &[(DocumentRow, Vec<u8>)],
) -> Result<(), StoreError> {
    if documents
        .iter()
        .all(|(document, _)| document.workshop == workshop.id)
    {
        Ok(())
    } else {
        Err(StoreError::Unavailable(
            "a document names another workshop".into(),
        ))
    }
}

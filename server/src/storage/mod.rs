//! The store: what is durable, and how it is read back. Does not know what the bytes of a document mean.
//!
//! Two implementations, one conformance suite: [`SqliteStore`] and [`MemoryStore`].

use std::sync::Arc;

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

/// A workshop's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkshopRow {
    /// Its id, which is also the id of its own document.
    pub id: String,
    /// Title as given.
    pub title: String,
    /// Creation, Unix milliseconds.
    pub created_ms: i64,
    /// BLAKE3 of the facilitator, participant and observer keys, in that order.
    pub key_hashes: [[u8; 32]; 3],
}

/// A document's row: a canvas, or (`kind` = `workshop`) the workshop's own document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub id: String,
    /// The workshop it belongs to.
    pub workshop: String,
    /// `workshop`, `blank`, `ethics_canvas`, ...
    pub kind: String,
    /// Title as given.
    pub title: String,
    /// Place in the list of canvases, from 0.
    pub position: i64,
}

/// A person in a workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantRow {
    /// Their id.
    pub id: String,
    /// The workshop.
    pub workshop: String,
    /// Name as typed.
    pub name: String,
    /// Department as typed; may be empty.
    pub department: String,
    /// `facilitator`, `participant` or `observer`.
    pub role: String,
    /// Index of their colour.
    pub color: i64,
    /// When they first came, Unix milliseconds.
    pub joined_ms: i64,
}

/// A session: what a cookie or token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// BLAKE3 of the token.
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub participant: String,
    /// The workshop it opens.
    pub workshop: String,
    /// When it ends, Unix milliseconds.
    pub expires_ms: i64,
}

/// One update to be logged.
#[derive(Debug, Clone)]
pub struct Append {
    /// The document.
    pub document: String,
    /// Its place in the document's log: strictly increasing, given by the room.
    pub seq: u64,
    /// The update's bytes.
    pub data: Vec<u8>,
    /// Yrs client ids that this update claims, each with the participant that owns it from now on.
    pub claims: Vec<(u64, String)>,
}

/// Called on the writer thread once the append is durable, or has failed.
pub type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// A snapshot whose checksum holds. Whether it decodes is for the reader to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The log place up to which (inclusive) it contains everything.
    pub upto_seq: u64,
    /// When it was taken, Unix milliseconds.
    pub taken_ms: i64,
    /// The state, as one v1 update.
    pub data: Vec<u8>,
}

/// A row that could not be used. It has been set aside, never deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// What it was: `update 17`, `snapshot 12`.
    pub what: String,
    /// Why it could not be used.
    pub why: String,
}

/// Everything there is of one document.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Snapshots, newest first.
    pub snapshots: Vec<Snapshot>,
    /// Log rows that still exist and whose checksum holds, in order, also those older than the newest snapshot.
    pub updates: Vec<(u64, Vec<u8>)>,
    /// Which participant owns which Yrs client id.
    pub owners: Vec<(u64, String)>,
    /// The greatest log place ever used, damaged and compacted rows included.
    pub last_seq: u64,
    /// What had to be set aside while loading.
    pub damage: Vec<Damage>,
}

/// What Plaza keeps. Calls block the caller, except [`Store::append`], which queues.
pub trait Store: Send + Sync + 'static {
    /// Creates a workshop, its documents and their first updates (log place 1), all or nothing.
    fn create_workshop(&self, workshop: WorkshopRow, documents: Vec<(DocumentRow, Vec<u8>)>) -> Result<(), StoreError>;
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

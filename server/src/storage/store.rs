//! What a store does, by concern. Nothing here blocks: a method that waits is asynchronous, so that a store may lie
//! at the other end of a network.

use std::sync::Arc;

use async_trait::async_trait;
use shared::{
    id::{DocumentId, ObjectId, ParticipantId, WorkshopId},
    protocol::control::Role,
};

use super::{
    error::StoreError,
    rows::{
        Append, By, Changed, DocumentChange, DocumentRow, ImageRow, ImageStored, JoinOutcome,
        Joining, NewDocument, ParticipantChange, ParticipantRow, SessionRow, Snapshot, Stored,
        WorkshopRow,
    },
};

/// What the store says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreHealth {
    /// Writes become durable.
    Ok,
    /// Writes fail, with the reason in words.
    Degraded(String),
}

/// Called once the append is durable, or has failed. On a thread of the store: it must not wait for anything.
pub type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Workshops, their documents and their people.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Creates a workshop, its documents and their first updates (log place 1), all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where an id is taken or a document names another workshop;
    /// [`StoreError::Unavailable`].
    async fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError>;

    /// A workshop by id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn workshop(&self, id: &WorkshopId) -> Result<Option<WorkshopRow>, StoreError>;

    /// A workshop's documents, in order of position; the workshop's own document is among them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn documents(&self, workshop: &WorkshopId) -> Result<Vec<DocumentRow>, StoreError>;

    /// A document by id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn document(&self, id: &DocumentId) -> Result<Option<DocumentRow>, StoreError>;

    /// Gives a workshop another title, if it is of that version. `None` where there is no such workshop.
    ///
    /// # Errors
    /// [`StoreError::NoFacilitator`], [`StoreError::Unavailable`].
    async fn retitle(
        &self,
        by: &By,
        version: u32,
        title: &str,
    ) -> Result<Option<Changed<WorkshopRow>>, StoreError>;

    /// Puts another key in place of a role's. The one before opens nothing any more; sessions go on.
    ///
    /// # Errors
    /// [`StoreError::NoFacilitator`], [`StoreError::Unavailable`].
    async fn replace_key(
        &self,
        by: &By,
        role: Role,
        key: &str,
        key_hash: [u8; 32],
    ) -> Result<(), StoreError>;

    /// Adds a document to a workshop, behind all others. `None` where it has as many as it may have.
    ///
    /// # Errors
    /// [`StoreError::NoFacilitator`]; [`StoreError::Refused`] where the id is taken or the document is of another
    /// workshop; [`StoreError::Unavailable`].
    async fn add_document(
        &self,
        by: &By,
        new: NewDocument,
    ) -> Result<Option<DocumentRow>, StoreError>;

    /// Changes a canvas in the list of canvases, if it is of the version that is named. `None` where there is no
    /// such canvas in the workshop.
    ///
    /// # Errors
    /// [`StoreError::NoFacilitator`], [`StoreError::Unavailable`].
    async fn change_document(
        &self,
        by: &By,
        id: &DocumentId,
        change: DocumentChange,
    ) -> Result<Option<Changed<DocumentRow>>, StoreError>;

    /// Freezes a document, so that only facilitators write it, or thaws it. Returns whether the workshop has it.
    ///
    /// # Errors
    /// [`StoreError::NoFacilitator`], [`StoreError::Unavailable`].
    async fn freeze(&self, by: &By, id: &DocumentId, is_frozen: bool) -> Result<bool, StoreError>;

    /// Lets somebody in: adds a person, or lets one continue, with a session and their device, all or nothing. How many people there
    /// may be, who makes room, and who has which colour, is decided in the same transaction, so that it holds however many servers
    /// let people in at once.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where there is no such workshop, or the person is of another;
    /// [`StoreError::Unavailable`].
    async fn join(&self, joining: Joining) -> Result<JoinOutcome, StoreError>;

    /// Changes what is kept of a person: name, organisation, role, being removed. `by`: the facilitator who changes it;
    /// `None` where they do so themselves. Returns their row as it is now; `None` where the workshop has no such person.
    ///
    /// # Errors
    /// [`StoreError::NoFacilitator`], [`StoreError::Unavailable`].
    async fn change_participant(
        &self,
        by: Option<&By>,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        change: ParticipantChange,
    ) -> Result<Option<ParticipantRow>, StoreError>;

    /// A participant by id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn participant(&self, id: &ParticipantId) -> Result<Option<ParticipantRow>, StoreError>;

    /// A workshop's participants, in order of coming.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn participants(&self, workshop: &WorkshopId) -> Result<Vec<ParticipantRow>, StoreError>;
}

/// What cookies, tokens and devices' secrets stand for. [`Directory::join`] begins them.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// The session of a token's hash, expired ones included.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError>;

    /// Ends a session, and all others that the person has on a device, which proves nothing of them any more; it goes on
    /// to let nobody new in where they are removed. Unknown ones are no error. Returns the hashes of all tokens that ended.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn leave(
        &self,
        token_hash: &[u8; 32],
        participant: &ParticipantId,
        device_hash: Option<[u8; 32]>,
    ) -> Result<Vec<[u8; 32]>, StoreError>;

    /// Whether a device with this secret is one on which a person of the workshop joined and has not left.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn is_device_of(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        secret_hash: &[u8; 32],
    ) -> Result<bool, StoreError>;

    /// Whether nobody new comes into a workshop from a device with this secret: somebody who used it was removed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn is_barred(
        &self,
        workshop: &WorkshopId,
        secret_hash: &[u8; 32],
    ) -> Result<bool, StoreError>;
}

/// The documents' logs, and whether they can be written.
#[async_trait]
pub trait Log: Send + Sync {
    /// Queues one update without waiting. `done` is called exactly once. Appends of one document become durable in
    /// the order queued.
    ///
    /// # Errors
    /// Given to `done`: [`StoreError::Conflict`] where the log place is not above all that were ever used,
    /// [`StoreError::Fenced`] where another server owns the workshop, [`StoreError::Refused`] where there is no such
    /// document, [`StoreError::Unavailable`]. A refusal is of this append alone, not of those queued with it.
    fn append(&self, append: Append, done: Done);

    /// Everything there is of a document, what was queued before the call included. Damaged rows are moved to
    /// quarantine and reported.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where nothing usable is left, [`StoreError::Refused`] where there is no such document,
    /// [`StoreError::Unavailable`].
    async fn load(&self, document: &DocumentId) -> Result<Stored, StoreError>;

    /// The first author of every object that was ever stored in a workshop, in no order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn authors(
        &self,
        workshop: &WorkshopId,
    ) -> Result<Vec<(ObjectId, ParticipantId)>, StoreError>;

    /// Stores a snapshot that the caller has verified; then, in the same transaction, deletes the log rows that are
    /// older than the *previous* snapshot, and thins out old snapshots (the last 3, one per 10 minutes of the last
    /// day, one per day before).
    ///
    /// # Errors
    /// [`StoreError::Refused`] where it is too large or there is no such document; [`StoreError::Unavailable`].
    async fn snapshot(&self, document: &DocumentId, snapshot: Snapshot) -> Result<(), StoreError>;

    /// Sets bytes aside that could not be used; the document need not exist. `by`: who sent them. Of what people sent so
    /// much is kept as [`limits`](shared::protocol::limits) say: nothing more of one person, else the oldest of the
    /// document or the server go. What nobody sent is never deleted automatically. Returns whether it is kept.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn quarantine(
        &self,
        document: &DocumentId,
        by: Option<&ParticipantId>,
        why: &str,
        data: &[u8],
    ) -> Result<bool, StoreError>;

    /// Whether writes become durable, as last known.
    fn health(&self) -> StoreHealth;

    /// Tries to recover from a failed write: reopens, checks, and reports health anew.
    async fn recover(&self) -> StoreHealth;

    /// Waits until everything queued is durable or has failed, then closes. Later calls fail.
    async fn close(&self);
}

/// A workshop's pictures, by content.
#[async_trait]
pub trait Pictures: Send + Sync {
    /// Stores a picture, unless the bytes of the workshop's pictures would become more than `total_max`. One that is
    /// there already is left as it is, or mended if its bytes have been damaged.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where there is no such workshop; [`StoreError::Unavailable`].
    async fn put_image(&self, image: ImageRow, total_max: u64) -> Result<ImageStored, StoreError>;

    /// A workshop's picture by its hash.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where its bytes are not those of the hash; [`StoreError::Unavailable`].
    async fn image(
        &self,
        workshop: &WorkshopId,
        hash: &[u8; 32],
    ) -> Result<Option<ImageRow>, StoreError>;
}

/// Everything that Plaza keeps.
pub trait Store: Directory + Sessions + Log + Pictures + 'static {}

impl<T: Directory + Sessions + Log + Pictures + 'static> Store for T {}

/// A store that may be shared between threads.
pub type SharedStore = Arc<dyn Store>;

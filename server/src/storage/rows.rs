//! What goes into the store and comes out of it, as plain data.

use shared::{
    authority::Access,
    id::{DocumentId, ObjectId, ParticipantId, WorkshopId},
    protocol::{api::ForRoles, control::Role},
};

/// A workshop's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkshopRow {
    /// Its id, which is also the id of its own document.
    pub id: WorkshopId,
    /// Title as given.
    pub title: String,
    /// Creation, Unix milliseconds.
    pub created_ms: i64,
    /// BLAKE3 of the links' keys.
    pub key_hashes: ForRoles<[u8; 32]>,
    /// The keys, for facilitators to share; not known of workshops of an early version.
    pub keys: ForRoles<Option<String>>,
    /// Counts the keys that were replaced.
    pub links: u32,
    /// In which language the prompts of its canvases are (BCP 47).
    pub language: String,
    /// Counts the changes of its title, from 1.
    pub version: u32,
    /// Who changed that last.
    pub changed_by: Option<ParticipantId>,
}

/// A document's row: a canvas, or (`kind` = `workshop`) the workshop's own document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// The workshop it belongs to.
    pub workshop: WorkshopId,
    /// `workshop`, `blank`, `ethics_canvas`, ...
    pub kind: String,
    /// Title as given.
    pub title: String,
    /// Place in the list of canvases, from 0.
    pub position: i64,
    /// Whether only facilitators write it.
    pub is_frozen: bool,
    /// Whether it has been put away: then nobody writes it.
    pub is_archived: bool,
    /// Counts its changes of title, place and being archived, from 1.
    pub version: u32,
    /// Who made the last of them.
    pub changed_by: Option<ParticipantId>,
}

impl DocumentRow {
    /// To whom it is open.
    pub fn access(&self) -> Access {
        match (self.is_archived, self.is_frozen) {
            (true, _) => Access::Archived,
            (false, true) => Access::Frozen,
            (false, false) => Access::Open,
        }
    }

    /// Whether it is the workshop's own.
    pub fn is_own(&self) -> bool {
        self.id == self.workshop.document()
    }
}

/// A document that a workshop gets later.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// Its row. It is put behind all others: its position is the store's to say.
    pub row: DocumentRow,
    /// The first update of its log.
    pub seed: Vec<u8>,
    /// Objects that the update brings, each with its author.
    pub authors: Vec<(ObjectId, ParticipantId)>,
    /// The most documents that the workshop may have, its own not counted.
    pub documents_max: usize,
}

/// What becomes of a canvas in the list of canvases. What is `None` stays.
#[derive(Debug, Clone)]
pub struct DocumentChange {
    /// The version that is changed.
    pub version: u32,
    /// Another title.
    pub title: Option<String>,
    /// So many canvases that are not archived come before it.
    pub place: Option<usize>,
    /// Whether it is put away.
    pub is_archived: Option<bool>,
}

/// What became of a change that names a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed<T> {
    /// It is done: the row as it is now.
    Done(T),
    /// The row is of another version: as it is now. Nothing was written.
    Stale(T),
    /// It would leave the workshop without a canvas. Nothing was written.
    LastCanvas,
}

/// What becomes of a person. What is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct ParticipantChange {
    /// Another name.
    pub name: Option<String>,
    /// Another organisation or department.
    pub organisation: Option<String>,
    /// Whether they come from outside.
    pub is_external: Option<bool>,
    /// Another role, which no link changes from then on.
    pub role: Option<Role>,
    /// Whether they are removed from the workshop.
    pub is_removed: Option<bool>,
}

impl ParticipantChange {
    /// Changes a row.
    pub(crate) fn apply(self, row: &mut ParticipantRow) {
        row.name = self.name.unwrap_or_else(|| std::mem::take(&mut row.name));
        row.organisation = self
            .organisation
            .unwrap_or_else(|| std::mem::take(&mut row.organisation));
        row.is_external = self.is_external.unwrap_or(row.is_external);
        row.role_is_given |= self.role.is_some();
        row.role = self.role.unwrap_or(row.role);
        row.is_removed = self.is_removed.unwrap_or(row.is_removed);
    }
}

/// Who changes a workshop as its facilitator: they must be one at the moment at which it is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The workshop.
    pub workshop: WorkshopId,
    /// Who.
    pub facilitator: ParticipantId,
}

/// A person in a workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantRow {
    /// Their id.
    pub id: ParticipantId,
    /// The workshop.
    pub workshop: WorkshopId,
    /// Name as typed.
    pub name: String,
    /// Organisation or department as typed; may be empty.
    pub organisation: String,
    /// Whether they come from outside the organisation that holds the workshop.
    pub is_external: bool,
    /// Whether a facilitator has removed them.
    pub is_removed: bool,
    /// What they may do.
    pub role: Role,
    /// Whether a facilitator chose that: then no link changes it.
    pub role_is_given: bool,
    /// Index of their colour.
    pub color: u32,
    /// When they first came, Unix milliseconds.
    pub joined_ms: i64,
}

/// Somebody who is to be let in, with the session that begins.
#[derive(Debug, Clone)]
pub struct Joining {
    /// Theirs since an earlier visit, or a new random one. Who has one keeps name, organisation and colour.
    pub participant: ParticipantId,
    /// The workshop.
    pub workshop: WorkshopId,
    /// Name as typed.
    pub name: String,
    /// Organisation or department as typed; may be empty.
    pub organisation: String,
    /// Whether they come from outside the organisation that holds the workshop.
    pub is_external: bool,
    /// What they may do. Who may do more already keeps that.
    pub role: Role,
    /// BLAKE3 of the secret of their device, which is theirs too from then on.
    pub device_hash: Option<[u8; 32]>,
    /// Now, Unix milliseconds.
    pub joined_ms: i64,
    /// BLAKE3 of the new session's token.
    pub token_hash: [u8; 32],
    /// When the session ends, Unix milliseconds.
    pub expires_ms: i64,
    /// The most people that the workshop may have. Beyond, whoever never wrote anything makes room.
    pub people_max: usize,
    /// Who has the workshop open: they do not make room.
    pub present: Vec<ParticipantId>,
    /// Nor does who came later than this, Unix milliseconds.
    pub settled_ms: i64,
    /// How many colours there are. New people get them in turn.
    pub colors: u32,
}

/// What became of somebody who wanted to come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinOutcome {
    /// They are in: their row as it is now.
    Joined(ParticipantRow),
    /// The workshop has as many people as it may have. Nothing was written.
    Full,
    /// A facilitator has removed them, or somebody who used the same device. Nothing was written.
    Removed,
}

/// A session: what a cookie or token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// BLAKE3 of the token.
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub participant: ParticipantId,
    /// The workshop it opens.
    pub workshop: WorkshopId,
    /// When it ends, Unix milliseconds.
    pub expires_ms: i64,
}

/// A picture of a workshop, known by what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRow {
    /// The workshop it belongs to.
    pub workshop: WorkshopId,
    /// BLAKE3 of the bytes.
    pub hash: [u8; 32],
    /// `image/png`, `image/jpeg`, ...
    pub media_type: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// When it first came, Unix milliseconds.
    pub created_ms: i64,
    /// The picture.
    pub bytes: Vec<u8>,
}

impl ImageRow {
    /// Whether the bytes are those that the hash was made of.
    pub fn is_whole(&self) -> bool {
        blake3::hash(&self.bytes) == blake3::Hash::from_bytes(self.hash)
    }
}

/// What became of a picture that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageStored {
    /// It is durable, now or since before.
    Stored,
    /// The workshop's pictures would become too many bytes: nothing was written.
    Full,
}

/// One update to be logged.
#[derive(Debug, Clone)]
pub struct Append {
    /// The document.
    pub document: DocumentId,
    /// Its place in the document's log: strictly increasing, given by the room.
    pub seq: u64,
    /// The update's bytes.
    pub data: Vec<u8>,
    /// Yrs client ids that this update claims, each with the participant that owns it from now on.
    pub claims: Vec<(u64, ParticipantId)>,
    /// Objects that this update brings, each with its author. An object that the workshop knows keeps its first one.
    pub authors: Vec<(ObjectId, ParticipantId)>,
}

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
    pub owners: Vec<(u64, ParticipantId)>,
    /// The greatest log place ever used, damaged and compacted rows included.
    pub last_seq: u64,
    /// What had to be set aside while loading.
    pub damage: Vec<Damage>,
}

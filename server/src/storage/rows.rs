//! What goes into the store and comes out of it, as plain data.

use shared::{
    id::{DocumentId, ObjectId, ParticipantId, WorkshopId},
    protocol::control::Role,
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
    /// BLAKE3 of the facilitator, participant and observer keys, in that order.
    pub key_hashes: [[u8; 32]; 3],
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
    /// Department as typed; may be empty.
    pub department: String,
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
    /// Theirs since an earlier visit, or a new random one.
    pub participant: ParticipantId,
    /// The workshop.
    pub workshop: WorkshopId,
    /// Name as typed.
    pub name: String,
    /// Department as typed; may be empty.
    pub department: String,
    /// What they may do. Who may do more already keeps that.
    pub role: Role,
    /// Now, Unix milliseconds.
    pub joined_ms: i64,
    /// BLAKE3 of the new session's token.
    pub token_hash: [u8; 32],
    /// When the session ends, Unix milliseconds.
    pub expires_ms: i64,
    /// The most people that the workshop may have, those who never came back included.
    pub people_max: usize,
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

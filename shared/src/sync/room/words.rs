//! What can be said to a room, and what it answers.

use std::sync::Arc;

use crate::{
    authority::Access,
    board::Replica,
    gate::Gate,
    id::{ObjectId, ParticipantId},
    protocol::{CloseCode, control::Role, presence::PresenceUser},
    sync::conn_id::ConnId,
};

/// Owner of the client ids that the server itself writes under.
pub const SERVER: &str = "server";

/// Which session a connection belongs to: several may be one person's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionId(pub [u8; 32]);

impl std::fmt::Debug for SessionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It is made of a secret: no log shows it.
        f.write_str("SessionId")
    }
}

/// Who a connection belongs to, as found out before it was let in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub participant: ParticipantId,
    /// What they may do.
    pub role: Role,
    /// The session itself.
    pub id: SessionId,
    /// As whom others see it.
    pub user: PresenceUser,
    /// Whether Plaza's own messages are understood.
    pub speaks_plaza: bool,
}

/// Whose connections end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expelled {
    /// Those of one session.
    Session(SessionId),
    /// Those of one person, whatever the session.
    Person(ParticipantId),
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// A connection was let in.
    Join(ConnId, Session),
    /// It brought a message.
    Frame(ConnId, Vec<u8>),
    /// It is gone.
    Leave(ConnId),
    /// Somebody has another role from now on.
    SetRole(ParticipantId, Role),
    /// To whom the document is open from now on.
    SetAccess(Access),
    /// Connections end, with a code that says why.
    Expel(Expelled, CloseCode),
    /// Another document of the workshop has seen new things: who made them first.
    Authors(Vec<(ObjectId, ParticipantId)>),
    /// Everything appended up to this place is durable.
    Stored(u64),
    /// Appending from this place on failed; it is only in memory.
    StoreFailed,
    /// The store works again: append anew what is only in memory.
    StoreRecovered,
    /// Time passed.
    Tick,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send to one connection.
    Send(ConnId, Arc<[u8]>),
    /// Close it.
    Close(ConnId, CloseCode),
    /// Make an update durable. Answer with `Stored` or `StoreFailed`.
    Append {
        /// Its place in the log.
        seq: u64,
        /// The update.
        data: Arc<[u8]>,
        /// Client ids that it claims, with their owners.
        claims: Vec<(u64, ParticipantId)>,
        /// Things that it makes, with their authors.
        authors: Vec<(ObjectId, ParticipantId)>,
    },
    /// Keep bytes for the developers.
    Quarantine {
        /// Who sent them.
        by: Option<ParticipantId>,
        /// Why they were refused.
        why: String,
        /// The bytes.
        data: Vec<u8>,
    },
    /// The copy may hold half an update: load the document anew and call [`Room::replace`].
    Rebuild,
}

/// A snapshot that has been proved to contain what the document contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedSnapshot {
    /// The log place up to which it contains everything.
    pub upto_seq: u64,
    /// The state.
    pub data: Vec<u8>,
}

/// A document as loaded.
pub struct Loaded {
    /// The copy.
    pub replica: Replica,
    /// The gate, told of everything in the copy.
    pub gate: Gate,
    /// The greatest log place in use.
    pub last_seq: u64,
}

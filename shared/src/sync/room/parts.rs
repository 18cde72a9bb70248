//! What a room keeps of its connections and of updates on their way to the log.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

use super::words::{Output, Session};
use crate::{
    id::{ObjectId, ParticipantId},
    protocol::Message,
    sync::conn_id::ConnId,
};

/// A connection.
#[derive(Debug)]
pub(super) struct Conn {
    pub(super) session: Session,
    /// It has asked for what it lacks: updates are sent on to it.
    pub(super) subscribed: bool,
    /// Client ids that it announced as its own, at most [`limits::ANNOUNCED_MAX`].
    pub(super) announced: Vec<u64>,
    /// What it had when it came, as it said.
    pub(super) state_vector: Vec<u8>,
    /// Client ids of its own under which others have brought something: until it has told
    /// the same, no fence vouches for anything.
    pub(super) in_doubt: BTreeSet<u64>,
    /// Messages refused so far; see [`limits::REFUSALS_MAX`].
    pub(super) refusals: u32,
    /// Part of what it sent was left out: what that builds on has not come from its
    /// author, or it was refused. Nothing that came later is acknowledged until it has
    /// been asked again.
    pub(super) incomplete: bool,
    /// It was asked again after news of somebody else, and has not answered yet. Fences on
    /// their way were sent before it was asked.
    pub(super) is_asked_again: bool,
    /// Fences to echo: `(fence, log place that must be durable)`.
    pub(super) fences: VecDeque<(u64, u64)>,
}

/// An update that is not durable yet.
pub(super) struct Unstored {
    pub(super) seq: u64,
    pub(super) data: Arc<[u8]>,
    pub(super) claims: Vec<(u64, ParticipantId)>,
    pub(super) authors: Vec<(ObjectId, ParticipantId)>,
    /// Who sent it; `None`: the server wrote it.
    pub(super) from: Option<ConnId>,
    /// What others are sent instead, where it made waiting updates fall into place.
    pub(super) relay: Option<Vec<u8>>,
    pub(super) sent_on: bool,
}

/// An update that was merged and has no place in the log yet.
pub(super) struct Accepted {
    pub(super) data: Arc<[u8]>,
    pub(super) claims: Vec<(u64, ParticipantId)>,
    pub(super) authors: Vec<(ObjectId, ParticipantId)>,
    pub(super) from: Option<ConnId>,
    /// What others are sent instead.
    pub(super) relay: Option<Vec<u8>>,
}

/// Sends a message on a connection.
pub(super) fn send(out: &mut Vec<Output>, conn: ConnId, message: &Message) {
    out.push(Output::Send(conn, message.encode().into()));
}

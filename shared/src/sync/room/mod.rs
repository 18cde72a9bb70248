//! The server half: one document and everybody who has it open.
//!
//! The order of things is the promise: an update is checked by the gate,
//! merged, **appended, and only when it is durable sent on and acknowledged**.
//! A joiner is subscribed before state is read for it, and updates may arrive
//! twice: nothing falls between, and nothing happens twice.

mod held;
mod incoming;
mod outgoing;
mod parts;
mod presence;
mod refusing;
mod rights;
mod uniting;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::roster::Roster;
use crate::{authority::Access, board::Replica, gate::Gate, id::ParticipantId, protocol::limits};

use held::Held;
use parts::{Accepted, Conn, Unstored};

pub use super::conn_id::ConnId;
pub use words::{Expelled, Input, Loaded, Output, SERVER, Session, SessionId, VerifiedSnapshot};

/// One document and everybody who has it open.
pub struct Room {
    /// The document, with everything that was accepted.
    replica: Replica,
    /// What it takes, and from whom.
    gate: Gate,
    /// The greatest log place in use.
    last_seq: u64,
    /// When it was opened.
    opened_ms: u64,
    /// When whoever announced a client id left, in the last [`limits::AWAY_MS`].
    left_ms: BTreeMap<u64, u64>,
    /// Client ids under which others than their owner have brought something.
    lent: BTreeSet<u64>,
    /// Answers that wait for others' to make them whole.
    held: Held,
    /// From when on they may be put together again, and whether they are to be then.
    unites: (u64, bool),
    /// To whom it is open at the moment.
    access: Access,
    conns: BTreeMap<ConnId, Conn>,
    roster: Roster,
    /// Accepted and not durable yet, in log order.
    unstored: VecDeque<Unstored>,
    /// The store failed and has not been tried again since.
    is_in_trouble: bool,
    /// Bytes of updates that wait for others, see [`limits::ROOM_PENDING_BYTES_MAX`].
    pending_bytes: usize,
    /// Bytes of the document: of its last snapshot and of what was appended since.
    size_bytes: usize,
    /// Updates and bytes appended since the last snapshot.
    logged: (usize, usize),
    /// When gathered presence is to be sent on.
    awareness_due_ms: Option<u64>,
    heartbeat_due_ms: u64,
}

impl Room {
    /// A room of a loaded document.
    pub fn new(loaded: Loaded, now_ms: u64) -> Self {
        let size_bytes = loaded.replica.state().len();
        Self {
            replica: loaded.replica,
            gate: loaded.gate,
            last_seq: loaded.last_seq,
            opened_ms: now_ms,
            left_ms: BTreeMap::new(),
            lent: BTreeSet::new(),
            held: Held::default(),
            unites: (0, false),
            access: Access::Open,
            conns: BTreeMap::new(),
            roster: Roster::default(),
            unstored: VecDeque::new(),
            is_in_trouble: false,
            pending_bytes: 0,
            size_bytes,
            logged: (0, 0),
            awareness_due_ms: None,
            heartbeat_due_ms: now_ms,
        }
    }

    /// Puts a freshly loaded copy in place of one that may be damaged. What was
    /// accepted but is not durable yet is merged into it again.
    pub fn replace(&mut self, loaded: Loaded) {
        // After a fault inside the library, taking the old copy apart could be the next one.
        std::mem::forget(std::mem::replace(&mut self.replica, loaded.replica));
        self.gate = loaded.gate;
        // What is held may be what could not be merged.
        self.held.clear();
        self.pending_bytes = 0;
        for unstored in &self.unstored {
            for (client, owner) in &unstored.claims {
                self.gate.restore_owner(*client, owner.clone());
            }
            let _ = self.gate.restore_update(&unstored.data);
            let _ = guarded(|| self.replica.merge(&unstored.data));
        }
        self.introduce_again();
    }

    /// Takes an input.
    pub fn handle(&mut self, input: Input, now_ms: u64) -> Vec<Output> {
        let mut out = Vec::new();
        match input {
            Input::Join(conn, session) => self.join(conn, session, &mut out),
            Input::Frame(conn, bytes) => self.frame(conn, &bytes, now_ms, &mut out),
            Input::Leave(conn) => self.leave(conn, now_ms),
            Input::SetRole(who, role) => self.set_role(&who, role, &mut out),
            Input::SetAccess(access) => self.set_access(access, &mut out),
            Input::Expel(who, code) => self.expel(&who, code, now_ms, &mut out),
            Input::Authors(authors) => {
                for (object, author) in authors {
                    self.gate.restore_author(object, author);
                }
            }
            Input::Stored(seq) => self.stored(seq, &mut out),
            Input::StoreFailed => self.store_failed(&mut out),
            Input::StoreRecovered => self.store_recovered(&mut out),
            Input::Tick => self.tick(now_ms, &mut out),
        }
        out
    }

    fn leave(&mut self, conn: ConnId, now_ms: u64) {
        if let Some(state) = self.conns.remove(&conn) {
            self.left_ms
                .retain(|_, left_ms| now_ms.saturating_sub(*left_ms) < limits::AWAY_MS);
            for client in state.announced {
                self.left_ms.insert(client, now_ms);
                self.gate.release(client, &state.session.participant);
            }
        }
        self.held.forget(conn);
        self.roster.leave(conn);
        self.schedule_awareness(now_ms);
    }

    /// Lets the server write, e.g. a person who joins into the workshop's document.
    pub fn write(&mut self, write: impl FnOnce(&mut Replica), now_ms: u64) -> Vec<Output> {
        let mut out = Vec::new();
        write(&mut self.replica);
        let owner = ParticipantId::from(SERVER);
        for update in self.replica.take_outbox() {
            let claims = vec![(self.replica.client_id(), owner.clone())];
            self.gate
                .restore_owner(self.replica.client_id(), owner.clone());
            let _ = self.gate.restore_update(&update);
            let accepted = Accepted {
                data: update.into(),
                claims,
                authors: Vec::new(),
                from: None,
                relay: None,
            };
            self.append(accepted, &mut out);
        }
        self.schedule_awareness(now_ms);
        out
    }

    /// The document.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// Updates and bytes appended since the last snapshot was taken.
    pub fn logged_since_snapshot(&self) -> (usize, usize) {
        self.logged
    }

    /// Whether the store failed and has not been tried again since.
    pub fn is_in_trouble(&self) -> bool {
        self.is_in_trouble
    }

    /// Whether everything accepted is durable.
    pub fn is_stored(&self) -> bool {
        self.unstored.is_empty()
    }

    /// When the next [`Input::Tick`] is due.
    pub fn wake_at_ms(&self) -> u64 {
        let (from_ms, is_due) = self.unites;
        let awareness = self.awareness_due_ms.into_iter();
        let due = awareness.chain(is_due.then_some(from_ms));
        due.fold(self.heartbeat_due_ms, u64::min)
    }

    /// A snapshot, if the document is in a state in which one may be taken:
    /// everything durable, nothing missing, and a fresh copy made of the
    /// snapshot has the same content. Panics where the library does: the caller guards it.
    pub fn take_snapshot(&mut self, random: u64) -> Option<VerifiedSnapshot> {
        if !self.unstored.is_empty() || self.replica.is_behind() {
            return None;
        }
        let data = self.replica.state();
        let mut copy = Replica::new(random);
        copy.merge(&data).ok()?;
        if !copy.has_same_content(&self.replica) {
            return None;
        }
        self.logged = (0, 0);
        self.size_bytes = data.len();
        Some(VerifiedSnapshot {
            upto_seq: self.last_seq,
            data,
        })
    }
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    Refused,
    Panicked,
}

impl Fault {
    const fn why(self) -> &'static str {
        match self {
            Self::Refused => "unreadable",
            Self::Panicked => "panicked",
        }
    }
}

/// The CRDT library can panic on input that decodes. The copy is
/// not used again after that: the caller asks for a rebuild.
fn guarded<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) => Err(Fault::Refused),
        Err(_) => Err(Fault::Panicked),
    }
}

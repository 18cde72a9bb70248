//! The server half: one document and everybody who has it open.
//!
//! The order of things is the promise: an update is checked by the gate,
//! merged, **appended, and only when it is durable sent on and acknowledged**.
//! A joiner is subscribed before state is read for it, and updates may arrive
//! twice: nothing falls between, and nothing happens twice.

use std::{
    collections::{BTreeMap, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{client::NOT_YOURS, roster::Roster};
use crate::{
    board::{MergeError, Replica, replica::is_empty_update},
    gate::{Admitted, Gate, Policy},
    id::ParticipantId,
    protocol::{CloseCode, Hello, Message, Refused, StoreStatus, control::Role, limits},
};

/// Owner of the client ids that the server itself writes under.
pub const SERVER: &str = "server";

/// Number of a connection, unique for the life of the process.
pub type ConnId = u64;

/// Who a connection belongs to, as found out before it was let in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub participant: ParticipantId,
    /// What they may do.
    pub role: Role,
    /// Whether Plaza's own messages are understood.
    pub speaks_plaza: bool,
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
    /// Everything appended up to this place is durable.
    Stored(u64),
    /// Appending from this place on failed; it is only in memory.
    StoreFailed(String),
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
    },
    /// Keep bytes for the developers.
    Quarantine {
        /// Why they were refused.
        why: String,
        /// The bytes.
        data: Vec<u8>,
    },
    /// The copy may hold half an update: load the document anew and call [`Room::replace`].
    Rebuild,
}

#[derive(Debug)]
struct Conn {
    session: Session,
    subscribed: bool,
    /// The client id that the connection announced as its own, and whether the
    /// store knows that.
    announced: Option<(u64, bool)>,
    refusals: u32,
    /// Part of what it sent was left out, because what that builds on has not
    /// come from its author. Nothing is acknowledged until it has been asked again.
    incomplete: bool,
    /// Fences to echo: `(fence, log place that must be durable)`.
    fences: VecDeque<(u64, u64)>,
}

struct Unstored {
    seq: u64,
    data: Arc<[u8]>,
    claims: Vec<(u64, ParticipantId)>,
    from: Option<ConnId>,
    /// What others are sent instead, where it made waiting updates fall into place.
    relay: Option<Vec<u8>>,
    sent_on: bool,
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
    /// Something of it was lost or is missing: take what clients have.
    pub degraded: bool,
}

/// One document and everybody who has it open.
pub struct Room {
    replica: Replica,
    gate: Gate,
    last_seq: u64,
    degraded: bool,
    /// Only the server writes this document.
    server_only: bool,
    conns: BTreeMap<ConnId, Conn>,
    roster: Roster,
    unstored: VecDeque<Unstored>,
    trouble: Option<String>,
    pending_bytes: usize,
    size_bytes: usize,
    logged: (usize, usize),
    awareness_due_ms: Option<u64>,
    heartbeat_due_ms: u64,
}

impl Room {
    /// A room of a loaded document. `server_only`: nobody but the server writes it.
    pub fn new(loaded: Loaded, server_only: bool, now_ms: u64) -> Self {
        let size_bytes = loaded.replica.state().len();
        Self {
            replica: loaded.replica,
            gate: loaded.gate,
            last_seq: loaded.last_seq,
            degraded: loaded.degraded,
            server_only,
            conns: BTreeMap::new(),
            roster: Roster::default(),
            unstored: VecDeque::new(),
            trouble: None,
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
        self.replica = loaded.replica;
        self.gate = loaded.gate;
        self.degraded |= loaded.degraded;
        self.pending_bytes = 0;
        for unstored in &self.unstored {
            for (client, owner) in &unstored.claims {
                self.gate.restore_owner(*client, owner.clone());
            }
            let _ = self.gate.restore_update(&unstored.data);
            let _ = guarded(|| self.replica.merge(&unstored.data));
        }
    }

    /// Takes an input.
    pub fn handle(&mut self, input: Input, now_ms: u64) -> Vec<Output> {
        let mut out = Vec::new();
        match input {
            Input::Join(conn, session) => self.join(conn, session, &mut out),
            Input::Frame(conn, bytes) => self.frame(conn, &bytes, now_ms, &mut out),
            Input::Leave(conn) => {
                self.conns.remove(&conn);
                self.roster.leave(conn);
                self.schedule_awareness(now_ms);
            }
            Input::Stored(seq) => self.stored(seq, &mut out),
            Input::StoreFailed(reason) => self.store_failed(reason, &mut out),
            Input::StoreRecovered => self.store_recovered(&mut out),
            Input::Tick => self.tick(now_ms, &mut out),
        }
        out
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
            self.append(update.into(), claims, None, None, &mut out);
        }
        self.schedule_awareness(now_ms);
        out
    }

    /// The document.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// How many connections there are.
    pub fn connections(&self) -> usize {
        self.conns.len()
    }

    /// Updates and bytes appended since the last snapshot was taken.
    pub fn logged_since_snapshot(&self) -> (usize, usize) {
        self.logged
    }

    /// Whether the store failed and has not been tried again since.
    pub fn is_in_trouble(&self) -> bool {
        self.trouble.is_some()
    }

    /// Whether everything accepted is durable.
    pub fn is_stored(&self) -> bool {
        self.unstored.is_empty()
    }

    /// When the next [`Input::Tick`] is due.
    pub fn wake_at_ms(&self) -> u64 {
        self.awareness_due_ms
            .map_or(self.heartbeat_due_ms, |due| due.min(self.heartbeat_due_ms))
    }

    /// A snapshot, if the document is in a state in which one may be taken:
    /// everything durable, nothing missing, and a fresh copy made of the
    /// snapshot has the same content.
    pub fn take_snapshot(&mut self, random: u64) -> Option<VerifiedSnapshot> {
        if !self.unstored.is_empty() || self.replica.is_behind() {
            return None;
        }
        let data = guarded(|| Ok::<_, MergeError>(self.replica.state())).ok()?;
        let mut copy = Replica::new(random);
        guarded(|| copy.merge(&data)).ok()?;
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

    fn join(&mut self, conn: ConnId, session: Session, out: &mut Vec<Output>) {
        if self.conns.len() >= limits::ROOM_SOCKETS_MAX {
            out.push(Output::Close(conn, CloseCode::TryLater));
            return;
        }
        if session.speaks_plaza {
            send(
                out,
                conn,
                &Message::Hello(Hello {
                    participant: session.participant.clone(),
                    role: session.role,
                    writable: session.role.writes() && !self.server_only,
                }),
            );
            send(out, conn, &Message::StoreStatus(self.store_status()));
        }
        self.conns.insert(
            conn,
            Conn {
                session,
                subscribed: false,
                announced: None,
                refusals: 0,
                incomplete: false,
                fences: VecDeque::new(),
            },
        );
        send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
        let everybody = self.roster.everybody();
        if !everybody.is_empty() {
            send_awareness(out, conn, &everybody);
        }
    }

    fn frame(&mut self, conn: ConnId, bytes: &[u8], now_ms: u64, out: &mut Vec<Output>) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        let message = match Message::decode(bytes) {
            Ok(message) => message,
            Err(error) => return self.refuse(conn, "malformed", &error.to_string(), out),
        };
        match message {
            Message::SyncStep1(state_vector) => {
                if state_vector.len() > limits::STATE_VECTOR_BYTES_MAX {
                    return self.refuse(conn, "too_large", CloseCode::TooLarge.reason(), out);
                }
                state.subscribed = true;
                match guarded(|| self.replica.diff(&state_vector)) {
                    Ok(diff) => send(out, conn, &Message::SyncStep2(diff)),
                    Err(Fault::Refused) => self.refuse(
                        conn,
                        "malformed",
                        "The state vector could not be read.",
                        out,
                    ),
                    Err(Fault::Panicked) => out.push(Output::Rebuild),
                }
            }
            Message::SyncStep2(update) => self.update(conn, &update, true, out),
            Message::Update(update) => self.update(conn, &update, false, out),
            Message::Awareness(entries) => {
                let participant = state.session.participant.clone();
                if let (None, Some(entry)) = (state.announced, entries.first()) {
                    // From now on nobody else writes under this id.
                    state.announced = Some((entry.client, false));
                    self.gate.restore_owner(entry.client, participant.clone());
                }
                for entry in entries {
                    self.roster.announce(entry, conn, &participant, now_ms);
                }
                self.schedule_awareness(now_ms);
            }
            Message::QueryAwareness => send_awareness(out, conn, &self.roster.everybody()),
            Message::Fence(fence) => {
                if state.incomplete {
                    // A fence of the next exchange will vouch for everything.
                } else if self.unstored.is_empty() {
                    send(out, conn, &Message::Fence(fence));
                } else {
                    state.fences.push_back((fence, self.last_seq));
                }
            }
            Message::Denied(_)
            | Message::Refused(_)
            | Message::StoreStatus(_)
            | Message::Hello(_) => {
                self.refuse(
                    conn,
                    "malformed",
                    "This message is the server's to send.",
                    out,
                );
            }
        }
    }

    fn update(&mut self, conn: ConnId, update: &[u8], is_step2: bool, out: &mut Vec<Output>) {
        let Some(state) = self.conns.get(&conn) else {
            return;
        };
        if is_empty_update(update) {
            return;
        }
        let author = state.session.participant.clone();
        let writable = state.session.role.writes() && !self.server_only;
        let policy = Policy {
            max_bytes: limits::UPDATE_BYTES_MAX,
            heal: self.degraded,
        };
        let admitted = match self.gate.check(update, &author, policy) {
            Ok(admitted) => admitted,
            Err(refusal) => {
                out.push(Output::Quarantine {
                    why: refusal.code().to_owned(),
                    data: update.to_vec(),
                });
                self.refuse(conn, refusal.code(), &refusal.to_string(), out);
                // The client acknowledges nothing to itself until it has been asked again.
                send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
                return;
            }
        };
        if !writable {
            // The answer to our step 1 repeats what everybody has: no offence.
            if !is_step2 || admitted.adds_blocks() {
                self.refuse(
                    conn,
                    "read_only",
                    "This link only reads. Your change was not taken.",
                    out,
                );
            }
            return;
        }
        self.tell_stripped(conn, &admitted.stripped, out);
        if let Some(state) = self.conns.get_mut(&conn)
            && !admitted.is_whole()
        {
            state.incomplete = true;
            state.fences.clear();
        }
        if is_empty_update(&admitted.bytes) {
            return;
        }
        if self.size_bytes + admitted.bytes.len() > limits::ROOM_STATE_BYTES_MAX {
            return self.refuse(
                conn,
                "canvas_full",
                "This canvas is full. Please go on with another.",
                out,
            );
        }
        self.merge(conn, admitted, is_step2, out);
    }

    fn merge(
        &mut self,
        conn: ConnId,
        mut admitted: Admitted,
        is_step2: bool,
        out: &mut Vec<Output>,
    ) {
        let before = is_step2.then(|| self.replica.content_mark());
        // Who joined while something waited has not got it: it is sent on once it falls into place.
        let waited_from = self
            .replica
            .is_behind()
            .then(|| self.replica.state_vector());
        let was_behind = waited_from.is_some();
        match guarded(|| self.replica.merge(&admitted.bytes)) {
            Ok(()) => {}
            Err(fault) => {
                out.push(Output::Quarantine {
                    why: fault.why().to_owned(),
                    data: admitted.bytes,
                });
                out.push(Output::Rebuild);
                return self.refuse(
                    conn,
                    fault.why(),
                    "A change could not be read and was not taken.",
                    out,
                );
            }
        }
        let behind = self.replica.is_behind();
        if behind {
            self.pending_bytes += admitted.bytes.len();
            if self.pending_bytes > limits::ROOM_PENDING_BYTES_MAX {
                out.push(Output::Rebuild);
                return self.refuse(
                    conn,
                    "missing_dependency",
                    "A change refers to others that are missing.",
                    out,
                );
            }
            if !was_behind {
                send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
            }
        } else {
            self.pending_bytes = 0;
        }
        // A returning client repeats the whole delete set: what changed nothing is not logged.
        if !behind && before.is_some_and(|before| before == self.replica.content_mark()) {
            return;
        }
        let claims = self.claims(conn, &mut admitted, is_step2);
        self.gate.commit(&admitted);
        let relay = waited_from.and_then(|before| self.replica.diff(&before).ok());
        self.append(admitted.bytes.into(), claims, Some(conn), relay, out);
        self.ask_again(conn, out);
    }

    /// After news of one connection: those of whom something had to be left out
    /// are asked for it again, since it may now have its place.
    fn ask_again(&mut self, news_of: ConnId, out: &mut Vec<Output>) {
        for (conn, state) in &mut self.conns {
            if *conn != news_of && std::mem::take(&mut state.incomplete) {
                send(out, *conn, &Message::SyncStep1(self.replica.state_vector()));
            }
        }
    }

    /// Which client ids an accepted update makes its author's own: those of a
    /// live update, and the one announced. A step 2 may bring what others wrote
    /// before a crash: whoever brings that must not come to own it.
    fn claims(
        &mut self,
        conn: ConnId,
        admitted: &mut Admitted,
        is_step2: bool,
    ) -> Vec<(u64, ParticipantId)> {
        if is_step2 {
            admitted.claims.clear();
        }
        let mut claims = admitted.claims.clone();
        if let Some(state) = self.conns.get_mut(&conn)
            && let Some((client, stored @ false)) = &mut state.announced
        {
            *stored = true;
            let author = &state.session.participant;
            if self.gate.owner(*client) == Some(author)
                && !claims.iter().any(|(claimed, _)| claimed == client)
            {
                claims.push((*client, author.clone()));
            }
        }
        claims
    }

    /// What somebody else wrote was left out. Its author brings it; where they
    /// are not here, whoever tried to bring it should know that it was not taken.
    fn tell_stripped(&self, conn: ConnId, stripped: &[u64], out: &mut Vec<Output>) {
        let is_here = |client: &u64| {
            let owner = self.gate.owner(*client);
            self.conns
                .values()
                .any(|state| Some(&state.session.participant) == owner)
        };
        let speaks_plaza = self
            .conns
            .get(&conn)
            .is_some_and(|state| state.session.speaks_plaza);
        if speaks_plaza && !stripped.iter().all(is_here) {
            let message = "Changes of somebody who is not here at the moment were not taken from this device.";
            send(
                out,
                conn,
                &Message::Refused(Refused {
                    code: NOT_YOURS.into(),
                    message: message.into(),
                }),
            );
        }
    }

    fn append(
        &mut self,
        data: Arc<[u8]>,
        claims: Vec<(u64, ParticipantId)>,
        from: Option<ConnId>,
        relay: Option<Vec<u8>>,
        out: &mut Vec<Output>,
    ) {
        self.last_seq += 1;
        self.size_bytes += data.len();
        self.logged = (self.logged.0 + 1, self.logged.1 + data.len());
        let mut unstored = Unstored {
            seq: self.last_seq,
            data: Arc::clone(&data),
            claims: claims.clone(),
            from,
            relay,
            sent_on: false,
        };
        if self.trouble.is_some() {
            // The workshop goes on from memory; nobody is told that it is saved.
            self.send_on(&mut unstored, out);
        } else {
            out.push(Output::Append {
                seq: self.last_seq,
                data,
                claims,
            });
        }
        self.unstored.push_back(unstored);
    }

    fn send_on(&self, update: &mut Unstored, out: &mut Vec<Output>) {
        if std::mem::replace(&mut update.sent_on, true) {
            return;
        }
        // What fell into place may be news to its sender as well.
        let skip = if update.relay.is_some() {
            None
        } else {
            update.from
        };
        let data = update.relay.take().unwrap_or_else(|| update.data.to_vec());
        let bytes: Arc<[u8]> = Message::Update(data).encode().into();
        for (conn, state) in &self.conns {
            if state.subscribed && Some(*conn) != skip {
                out.push(Output::Send(*conn, Arc::clone(&bytes)));
            }
        }
    }

    fn stored(&mut self, seq: u64, out: &mut Vec<Output>) {
        while self
            .unstored
            .front()
            .is_some_and(|update| update.seq <= seq)
        {
            if let Some(mut update) = self.unstored.pop_front() {
                self.send_on(&mut update, out);
            }
        }
        let durable = self
            .unstored
            .front()
            .map_or(u64::MAX, |update| update.seq - 1);
        for (conn, state) in &mut self.conns {
            let mut echo = None;
            while state
                .fences
                .front()
                .is_some_and(|&(_, needs)| needs <= durable)
            {
                echo = state.fences.pop_front();
            }
            if let Some((fence, _)) = echo {
                send(out, *conn, &Message::Fence(fence));
            }
        }
    }

    fn store_failed(&mut self, reason: String, out: &mut Vec<Output>) {
        if self.trouble.is_none() {
            self.trouble = Some(reason);
            self.tell_store_status(out);
        }
        let mut unstored = std::mem::take(&mut self.unstored);
        for update in &mut unstored {
            self.send_on(update, out);
        }
        self.unstored = unstored;
    }

    fn store_recovered(&mut self, out: &mut Vec<Output>) {
        if self.trouble.take().is_none() {
            return;
        }
        // A failed append may have reached the disk all the same: its place is not used again.
        for update in &mut self.unstored {
            self.last_seq += 1;
            update.seq = self.last_seq;
            out.push(Output::Append {
                seq: update.seq,
                data: Arc::clone(&update.data),
                claims: update.claims.clone(),
            });
        }
        for (_, needs) in self.conns.values_mut().flat_map(|conn| &mut conn.fences) {
            *needs = self.last_seq;
        }
        self.tell_store_status(out);
    }

    fn tick(&mut self, now_ms: u64, out: &mut Vec<Output>) {
        if self.awareness_due_ms.is_some_and(|due| now_ms >= due) {
            self.awareness_due_ms = None;
            let entries = self.roster.take_changes();
            for conn in self.conns.keys() {
                // To its sender too: a lone stock client takes silence for a dead server.
                send_awareness(out, *conn, &entries);
            }
        }
        if now_ms >= self.heartbeat_due_ms {
            self.heartbeat_due_ms = now_ms + limits::HEARTBEAT_SECS * 1_000;
            self.roster.expire(now_ms);
            self.schedule_awareness(now_ms);
            self.tell_store_status(out);
        }
    }

    fn schedule_awareness(&mut self, now_ms: u64) {
        if self.roster.has_changes() && self.awareness_due_ms.is_none() {
            self.awareness_due_ms = Some(now_ms + limits::AWARENESS_TICK_MS);
        }
    }

    fn store_status(&self) -> StoreStatus {
        StoreStatus {
            ok: self.trouble.is_none(),
            reason: self.trouble.clone(),
        }
    }

    fn tell_store_status(&self, out: &mut Vec<Output>) {
        let status = Message::StoreStatus(self.store_status());
        for (conn, state) in &self.conns {
            if state.session.speaks_plaza {
                send(out, *conn, &status);
            }
        }
    }

    fn refuse(&mut self, conn: ConnId, code: &str, message: &str, out: &mut Vec<Output>) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        state.refusals += 1;
        if state.session.speaks_plaza {
            send(
                out,
                conn,
                &Message::Refused(Refused {
                    code: code.to_owned(),
                    message: message.to_owned(),
                }),
            );
        }
        if state.refusals >= limits::REFUSALS_MAX {
            out.push(Output::Close(conn, CloseCode::Refused));
        }
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

/// The CRDT library can panic on input that decodes (sync.md 1.3). The copy is
/// not used again after that: the caller asks for a rebuild.
fn guarded<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) => Err(Fault::Refused),
        Err(_) => Err(Fault::Panicked),
    }
}

fn send(out: &mut Vec<Output>, conn: ConnId, message: &Message) {
    out.push(Output::Send(conn, message.encode().into()));
}

/// Awareness in messages of at most [`limits::AWARENESS_ENTRIES_MAX`] entries.
fn send_awareness(
    out: &mut Vec<Output>,
    conn: ConnId,
    entries: &[crate::protocol::AwarenessEntry],
) {
    for chunk in entries.chunks(limits::AWARENESS_ENTRIES_MAX) {
        send(out, conn, &Message::Awareness(chunk.to_vec()));
    }
}

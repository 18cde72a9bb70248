//! What connections send: frames are read, updates pass the gate and are merged.

use super::{
    ConnId, Fault, Output, Room, Session, guarded,
    parts::{Accepted, Conn, send},
    presence::send_awareness,
    refusing::told,
};
use crate::{
    authority,
    board::replica::is_empty_update,
    gate::{self, Admitted, Arrival, Policy},
    protocol::{CloseCode, Message, Refusal, limits},
};
use std::collections::{BTreeSet, VecDeque};

impl Room {
    pub(super) fn join(&mut self, conn: ConnId, session: Session, out: &mut Vec<Output>) {
        if self.conns.len() >= limits::ROOM_SOCKETS_MAX {
            out.push(Output::Close(conn, CloseCode::TryLater));
            return;
        }
        if session.speaks_plaza {
            send(out, conn, &self.hello(&session));
            send(out, conn, &Message::StoreStatus(self.store_status()));
        }
        self.conns.insert(
            conn,
            Conn {
                session,
                subscribed: false,
                announced: Vec::new(),
                state_vector: Vec::new(),
                in_doubt: BTreeSet::new(),
                refusals: 0,
                incomplete: false,
                is_asked_again: false,
                fences: VecDeque::new(),
            },
        );
        send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
        let everybody = self.roster.everybody();
        if !everybody.is_empty() {
            send_awareness(out, conn, &everybody);
        }
    }

    pub(super) fn frame(&mut self, conn: ConnId, bytes: &[u8], now_ms: u64, out: &mut Vec<Output>) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        let message = match Message::decode(bytes) {
            Ok(message) => message,
            Err(_) => return self.refuse(conn, Refusal::Malformed, out),
        };
        match message {
            Message::SyncStep1(state_vector) => {
                if state_vector.len() > limits::STATE_VECTOR_BYTES_MAX {
                    let max = limits::STATE_VECTOR_BYTES_MAX as u64;
                    return self.refuse(conn, Refusal::TooLarge { max }, out);
                }
                state.subscribed = true;
                match guarded(|| self.replica.diff(&state_vector)) {
                    Ok(diff) => {
                        state.state_vector = state_vector;
                        send(out, conn, &Message::SyncStep2(diff));
                    }
                    Err(Fault::Refused) => self.refuse(conn, Refusal::Malformed, out),
                    Err(Fault::Panicked) => out.push(Output::Rebuild),
                }
            }
            Message::SyncStep2(update) => {
                state.is_asked_again = false;
                self.update(conn, &update, Arrival::Answer, now_ms, out);
                self.unite(now_ms, out);
            }
            Message::Update(update) => self.update(conn, &update, Arrival::Live, now_ms, out),
            Message::Awareness(entries) => self.awareness(conn, entries, now_ms, out),
            Message::QueryAwareness => send_awareness(out, conn, &self.roster.everybody()),
            Message::Fence(fence) => {
                if state.incomplete {
                    // A fence of the next exchange will vouch for everything. That
                    // the socket lives is said all the same.
                    if state.session.speaks_plaza {
                        send(out, conn, &Message::StoreStatus(self.store_status()));
                    }
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
                self.refuse(conn, Refusal::ServersToSend, out);
            }
        }
    }

    pub(super) fn update(
        &mut self,
        conn: ConnId,
        update: &[u8],
        arrival: Arrival,
        now_ms: u64,
        out: &mut Vec<Output>,
    ) {
        let is_answer = arrival == Arrival::Answer;
        if is_answer {
            self.held.forget(conn);
        }
        let takes_strangers = self.has_gathered(now_ms);
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        if is_empty_update(update) {
            // Nothing is missing here of what the sender has.
            state.incomplete &= !is_answer || !state.in_doubt.is_empty();
            return;
        }
        let session = state.session.clone();
        if !self.may_write(&session) {
            return self.turn_away(conn, &session, update, arrival, out);
        }
        let policy = Policy {
            max_bytes: limits::UPDATE_BYTES_MAX,
            rank: self.rank(&session),
            arrival,
            takes_strangers,
        };
        let id = session.id;
        let author = session.participant;
        let admitted = match self.gate.check(update, &author, policy) {
            Ok(admitted) => {
                if is_answer {
                    let is_same = |client| !admitted.stripped.contains(&client);
                    self.settle_doubts(conn, update, is_same, out);
                }
                admitted
            }
            Err(refusal) if refusal.wants_resync() && is_answer => {
                if matches!(refusal, gate::Fault::Contradiction { .. }) {
                    self.settle_doubts(conn, update, |_| false, out);
                }
                self.leave_out(conn);
                return self.held.keep(conn, id, update);
            }
            Err(refusal) if refusal.wants_resync() => {
                self.introduce_all(conn, update, out);
                return self.ask_for_more(conn, out);
            }
            Err(refusal) => {
                out.push(Output::Quarantine {
                    by: Some(author.clone()),
                    why: refusal.code().to_owned(),
                    data: update.to_vec(),
                });
                if let Some(state) = self.conns.get_mut(&conn) {
                    state.incomplete = true;
                }
                if refusal.is_clumsy() {
                    if !is_answer {
                        self.introduce_all(conn, update, out);
                    }
                    self.tell_refused(conn, told(refusal), out);
                } else {
                    self.refuse(conn, told(refusal), out);
                }
                // The client acknowledges nothing to itself until it has been asked again.
                send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
                return;
            }
        };
        self.tell_left_out(conn, update, &admitted, out);
        if admitted.is_whole() {
            if let Some(state) = self.conns.get_mut(&conn) {
                state.incomplete &= !is_answer || !state.in_doubt.is_empty();
            }
        } else {
            let is_waiting = self.conns.get(&conn).is_some_and(|state| state.incomplete);
            if !(is_answer && is_waiting) {
                self.tell_stripped(conn, &admitted.stripped, out);
            }
            self.leave_out(conn);
            if is_answer {
                self.held.keep(conn, id, update);
            }
        }
        if is_empty_update(&admitted.bytes) {
            return;
        }
        if self.size_bytes + admitted.bytes.len() > limits::ROOM_STATE_BYTES_MAX {
            if let Some(state) = self.conns.get_mut(&conn) {
                state.incomplete = true;
            }
            return self.refuse(conn, Refusal::CanvasFull, out);
        }
        self.merge(Some(conn), admitted, arrival, out);
    }

    /// Something of what a connection sent was left out: no fence vouches for it.
    fn leave_out(&mut self, conn: ConnId) {
        if let Some(state) = self.conns.get_mut(&conn) {
            state.incomplete = true;
            state.fences.clear();
        }
    }

    /// What comes from a session that may not write. The answer to our step 1 repeats
    /// what everybody has, and what the server itself wrote before it went back to an older
    /// state: no offence. No fence vouches for any of it: its deletions are not looked at.
    fn turn_away(
        &mut self,
        conn: ConnId,
        session: &Session,
        update: &[u8],
        arrival: Arrival,
        out: &mut Vec<Output>,
    ) {
        let why = self.why_closed(session);
        let is_offence = match arrival {
            Arrival::Live => true,
            Arrival::Answer | Arrival::Joint => {
                why != Refusal::ServerOnly && self.gate.is_news(update)
            }
        };
        if let Some(state) = self.conns.get_mut(&conn) {
            state.incomplete = true;
        }
        if is_offence {
            self.refuse(conn, why, out);
        }
    }

    pub(super) fn merge(
        &mut self,
        conn: Option<ConnId>,
        mut admitted: Admitted,
        arrival: Arrival,
        out: &mut Vec<Output>,
    ) {
        // Who joined while something waited has not got it: it is sent on once it falls into place.
        let waited_from = self
            .replica
            .is_behind()
            .then(|| self.replica.state_vector());
        let was_behind = waited_from.is_some();
        match guarded(|| self.replica.merge(&admitted.bytes)) {
            Ok(()) => {}
            Err(fault) => {
                let sender = conn.and_then(|conn| self.conns.get(&conn));
                out.push(Output::Quarantine {
                    by: sender.map(|state| state.session.participant.clone()),
                    why: fault.why().to_owned(),
                    data: admitted.bytes,
                });
                out.push(Output::Rebuild);
                if let Some(conn) = conn {
                    self.refuse(conn, Refusal::Unreadable, out);
                }
                return;
            }
        }
        let behind = self.replica.is_behind();
        if behind {
            self.pending_bytes += admitted.bytes.len();
            if self.pending_bytes > limits::ROOM_PENDING_BYTES_MAX {
                out.push(Output::Rebuild);
                if let Some(conn) = conn {
                    self.refuse(conn, Refusal::MissingDependency, out);
                }
                return;
            }
            if let (Some(conn), false) = (conn, was_behind) {
                send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
            }
        } else {
            self.pending_bytes = 0;
        }
        // An answer may bring what others wrote: whoever brings that must not come to own it.
        if arrival != Arrival::Live {
            let strangers = admitted.claims.drain(..).map(|(client, _)| client);
            self.lent.extend(strangers);
        }
        self.gate.commit(&admitted);
        let relay = waited_from.and_then(|before| self.replica.diff(&before).ok());
        let accepted = Accepted {
            data: admitted.bytes.into(),
            claims: admitted.claims,
            authors: admitted.authors,
            from: conn,
            relay,
        };
        self.append(accepted, out);
        self.ask_again(conn, out);
    }

    /// Something before it is missing, e.g. what an author had not stored before
    /// a crash. No offence: the sender is asked for all it has, once, and again
    /// when somebody else has brought news.
    fn ask_for_more(&mut self, conn: ConnId, out: &mut Vec<Output>) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        state.fences.clear();
        if !std::mem::replace(&mut state.incomplete, true) {
            send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
        }
    }

    /// After news of one connection, or once it is known who it is: those of whom
    /// something had to be left out are asked for it again, since it may now have its place.
    pub(super) fn ask_again(&mut self, news_of: Option<ConnId>, out: &mut Vec<Output>) {
        let (gate, access) = (&self.gate, self.access);
        for (conn, state) in &mut self.conns {
            // Who may not write is asked when they may.
            let may_write = gate.is_open_to(authority::rank(state.session.role, access));
            if Some(*conn) != news_of
                && may_write
                && state.incomplete
                && !std::mem::replace(&mut state.is_asked_again, true)
            {
                send(out, *conn, &Message::SyncStep1(self.replica.state_vector()));
            }
        }
    }
}

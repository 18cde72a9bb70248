//! What connections send: frames are read, updates pass the gate and are merged.

use super::{
    ConnId, Fault, Output, Room, Session, guarded,
    parts::{Accepted, Announced, Conn, send},
    presence::send_awareness,
    refusing::told,
};
use crate::{
    authority,
    board::replica::is_empty_update,
    gate::{Admitted, Arrival, Policy},
    id::ParticipantId,
    protocol::{CloseCode, Message, Refusal, limits},
};
use std::collections::VecDeque;

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
                announced: None,
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
                    Ok(diff) => send(out, conn, &Message::SyncStep2(diff)),
                    Err(Fault::Refused) => self.refuse(conn, Refusal::Malformed, out),
                    Err(Fault::Panicked) => out.push(Output::Rebuild),
                }
            }
            Message::SyncStep2(update) => {
                state.is_asked_again = false;
                let heals = self.degraded || now_ms < self.heals_until_ms;
                let arrival = if heals {
                    Arrival::Healing
                } else {
                    Arrival::Answer
                };
                self.update(conn, &update, arrival, out);
            }
            Message::Update(update) => self.update(conn, &update, Arrival::Live, out),
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
        out: &mut Vec<Output>,
    ) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        if is_empty_update(update) {
            // Nothing is missing here of what the sender has.
            state.incomplete &= arrival == Arrival::Live;
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
            may_lack_authors: self.degraded || self.heals_until_ms > 0,
        };
        let author = session.participant;
        let admitted = match self.gate.check(update, &author, policy) {
            Ok(admitted) => admitted,
            Err(refusal) if refusal.wants_resync() => return self.ask_for_more(conn, out),
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
                    self.tell_refused(conn, told(refusal), out);
                } else {
                    self.refuse(conn, told(refusal), out);
                }
                // The client acknowledges nothing to itself until it has been asked again.
                send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
                return;
            }
        };
        self.tell_stripped(conn, &admitted.stripped, out);
        self.tell_left_out(conn, update, &admitted, out);
        if let Some(state) = self.conns.get_mut(&conn) {
            if !admitted.is_whole() {
                state.incomplete = true;
                state.fences.clear();
            } else if arrival != Arrival::Live {
                state.incomplete = false;
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
        self.merge(conn, admitted, arrival, out);
    }

    /// What comes from a session that may not write. The answer to our step 1 repeats
    /// what everybody has, and after a crash what the server itself had written: no
    /// offence. No fence vouches for any of it: its deletions are not looked at.
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
            Arrival::Healing if why == Refusal::ServerOnly => false,
            Arrival::Answer | Arrival::Healing => self.gate.is_news(update),
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
        conn: ConnId,
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
                let sender = self.conns.get(&conn);
                out.push(Output::Quarantine {
                    by: sender.map(|state| state.session.participant.clone()),
                    why: fault.why().to_owned(),
                    data: admitted.bytes,
                });
                out.push(Output::Rebuild);
                return self.refuse(conn, Refusal::Unreadable, out);
            }
        }
        let behind = self.replica.is_behind();
        if behind {
            self.pending_bytes += admitted.bytes.len();
            if self.pending_bytes > limits::ROOM_PENDING_BYTES_MAX {
                out.push(Output::Rebuild);
                return self.refuse(conn, Refusal::MissingDependency, out);
            }
            if !was_behind {
                send(out, conn, &Message::SyncStep1(self.replica.state_vector()));
            }
        } else {
            self.pending_bytes = 0;
        }
        let claims = self.claims(conn, &mut admitted, arrival);
        self.gate.commit(&admitted);
        let relay = waited_from.and_then(|before| self.replica.diff(&before).ok());
        let accepted = Accepted {
            data: admitted.bytes.into(),
            claims,
            authors: admitted.authors,
            from: Some(conn),
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
    pub(super) fn ask_again(&mut self, news_of: ConnId, out: &mut Vec<Output>) {
        let (gate, access) = (&self.gate, self.access);
        for (conn, state) in &mut self.conns {
            // Who may not write is asked when they may.
            let may_write = gate.is_open_to(authority::rank(state.session.role, access));
            if *conn != news_of
                && may_write
                && state.incomplete
                && !std::mem::replace(&mut state.is_asked_again, true)
            {
                send(out, *conn, &Message::SyncStep1(self.replica.state_vector()));
            }
        }
    }

    /// Which client ids an accepted update makes its author's own: those of a
    /// live update, and the one announced. A step 2 may bring what others wrote
    /// before a crash: whoever brings that must not come to own it.
    pub(super) fn claims(
        &mut self,
        conn: ConnId,
        admitted: &mut Admitted,
        arrival: Arrival,
    ) -> Vec<(u64, ParticipantId)> {
        if arrival != Arrival::Live {
            admitted.claims.clear();
        }
        let mut claims = admitted.claims.clone();
        if let Some(state) = self.conns.get_mut(&conn)
            && let Some(Announced {
                client,
                is_stored: is_stored @ false,
            }) = &mut state.announced
        {
            *is_stored = true;
            let author = &state.session.participant;
            if self.gate.owner(*client) == Some(author)
                && !claims.iter().any(|(claimed, _)| claimed == client)
            {
                claims.push((*client, author.clone()));
            }
        }
        claims
    }
}

//! What connections send: frames are read, updates pass the gate and are merged.

use super::{Conn, Fault, Output, Room, Session, guarded, send, send_awareness};
use crate::{
    board::replica::is_empty_update,
    gate::{Admitted, Policy},
    id::ParticipantId,
    protocol::{CloseCode, Hello, Message, Refused, limits},
    sync::{client::NOT_YOURS, room::ConnId},
};
use std::collections::VecDeque;

impl Room {
    pub(super) fn join(&mut self, conn: ConnId, session: Session, out: &mut Vec<Output>) {
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

    pub(super) fn frame(&mut self, conn: ConnId, bytes: &[u8], now_ms: u64, out: &mut Vec<Output>) {
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
            Message::SyncStep2(update) => self.update(conn, &update, true, now_ms, out),
            Message::Update(update) => self.update(conn, &update, false, now_ms, out),
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

    pub(super) fn update(
        &mut self,
        conn: ConnId,
        update: &[u8],
        is_step2: bool,
        now_ms: u64,
        out: &mut Vec<Output>,
    ) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        if is_empty_update(update) {
            // Nothing is missing here of what the sender has.
            state.incomplete &= !is_step2;
            return;
        }
        let author = state.session.participant.clone();
        let writable = state.session.role.writes() && !self.server_only;
        let policy = Policy {
            max_bytes: limits::UPDATE_BYTES_MAX,
            heal: is_step2 && (self.degraded || now_ms < self.heals_until_ms),
        };
        let admitted = match self.gate.check(update, &author, policy) {
            Ok(admitted) => admitted,
            Err(refusal) if refusal.wants_resync() => return self.ask_for_more(conn, out),
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
        if let Some(state) = self.conns.get_mut(&conn) {
            if !admitted.is_whole() {
                state.incomplete = true;
                state.fences.clear();
            } else if is_step2 {
                state.incomplete = false;
            }
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

    pub(super) fn merge(
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

    /// After news of one connection: those of whom something had to be left out
    /// are asked for it again, since it may now have its place.
    pub(super) fn ask_again(&mut self, news_of: ConnId, out: &mut Vec<Output>) {
        for (conn, state) in &mut self.conns {
            if *conn != news_of && std::mem::take(&mut state.incomplete) {
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
    pub(super) fn tell_stripped(&self, conn: ConnId, stripped: &[u64], out: &mut Vec<Output>) {
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
}

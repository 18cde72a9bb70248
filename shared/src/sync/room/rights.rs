//! What sessions may do, and what happens to them when that changes: at once, to
//! sockets that are open. Which parts of the document a rank may write says
//! [`crate::authority`]; the gate holds everybody to it.

use super::{
    ConnId, Output, Room, Session, SessionId,
    parts::{Conn, send},
};
use crate::{
    authority,
    gate::Rank,
    id::ParticipantId,
    protocol::{CloseCode, Hello, Message, Refusal, control::Role},
};

impl Room {
    /// What a session may do now.
    pub(super) fn rank(&self, session: &Session) -> Rank {
        authority::rank(session.role, self.is_frozen)
    }

    /// Whether a session may write some part of this document now.
    pub(super) fn may_write(&self, session: &Session) -> bool {
        self.gate.is_open_to(self.rank(session))
    }

    /// Why a session that may not write may not.
    pub(super) fn why_closed(&self, session: &Session) -> Refusal {
        // Nobody's role opens what is the server's.
        authority::why_not(session.role, self.is_frozen).unwrap_or(Refusal::ServerOnly)
    }

    pub(super) fn hello(&self, session: &Session) -> Message {
        Message::Hello(Hello {
            participant: session.participant.clone(),
            role: session.role,
            writable: self.may_write(session),
            schema: self.replica.schema(),
        })
    }

    /// Gives somebody another role. What they sent and what has not been read yet is
    /// judged by the new one.
    pub(super) fn set_role(&mut self, who: &ParticipantId, role: Role, out: &mut Vec<Output>) {
        let sessions = self.conns.values_mut().map(|state| &mut state.session);
        for session in sessions.filter(|session| session.participant == *who) {
            session.role = role;
        }
        self.tell_rights(|session| session.participant == *who, out);
    }

    /// Freezes the document, or thaws it. Facilitators go on writing.
    pub(super) fn freeze(&mut self, is_frozen: bool, out: &mut Vec<Output>) {
        let was_frozen = std::mem::replace(&mut self.is_frozen, is_frozen);
        let is_changed =
            |role| authority::may_write(role, was_frozen) != authority::may_write(role, is_frozen);
        self.tell_rights(|session| is_changed(session.role), out);
    }

    /// Tells sessions what they may do now. Whoever may write is asked for what was
    /// kept back meanwhile.
    fn tell_rights(&self, of: impl Fn(&Session) -> bool, out: &mut Vec<Output>) {
        for (conn, state) in self.conns.iter().filter(|(_, state)| of(&state.session)) {
            if state.session.speaks_plaza {
                send(out, *conn, &self.hello(&state.session));
            }
            if self.may_write(&state.session) {
                send(out, *conn, &Message::SyncStep1(self.replica.state_vector()));
            }
        }
    }

    /// Ends the connections of a session. Nothing that still comes from them is read.
    pub(super) fn expel(
        &mut self,
        session: SessionId,
        code: CloseCode,
        now_ms: u64,
        out: &mut Vec<Output>,
    ) {
        let is_meant = |state: &Conn| state.session.id == session;
        let meant = self.conns.iter().filter(|(_, state)| is_meant(state));
        let conns: Vec<ConnId> = meant.map(|(conn, _)| *conn).collect();
        for conn in conns {
            self.leave(conn, now_ms);
            out.push(Output::Close(conn, code));
        }
    }
}

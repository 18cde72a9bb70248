//! What sessions may do, and what happens to them when that changes: at once, to
//! sockets that are open. Which parts of the document a rank may write says
//! [`crate::authority`]; the gate holds everybody to it.

use super::{
    ConnId, Expelled, Output, Room, Session,
    parts::{Conn, send},
};
use crate::{
    authority::{self, Access},
    gate::Rank,
    id::ParticipantId,
    protocol::{CloseCode, Hello, Message, Refusal, control::Role},
};

impl Room {
    /// What a session may do now.
    pub(super) fn rank(&self, session: &Session) -> Rank {
        authority::rank(session.role, self.access)
    }

    /// Whether a session may write some part of this document now.
    pub(super) fn may_write(&self, session: &Session) -> bool {
        self.gate.is_open_to(self.rank(session))
    }

    /// Why a session that may not write may not.
    pub(super) fn why_closed(&self, session: &Session) -> Refusal {
        // Nobody's role opens what is the server's.
        authority::why_not(session.role, self.access).unwrap_or(Refusal::ServerOnly)
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

    /// Opens the document to others than before: freezes, archives, brings back.
    pub(super) fn set_access(&mut self, access: Access, out: &mut Vec<Output>) {
        let before = std::mem::replace(&mut self.access, access);
        let is_changed =
            |role| authority::may_write(role, before) != authority::may_write(role, access);
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

    /// Ends connections. Nothing that still comes from them is read.
    pub(super) fn expel(
        &mut self,
        who: &Expelled,
        code: CloseCode,
        now_ms: u64,
        out: &mut Vec<Output>,
    ) {
        let is_meant = |state: &Conn| match who {
            Expelled::Session(session) => state.session.id == *session,
            Expelled::Person(person) => state.session.participant == *person,
        };
        let meant = self.conns.iter().filter(|(_, state)| is_meant(state));
        let conns: Vec<ConnId> = meant.map(|(conn, _)| *conn).collect();
        for conn in conns {
            self.leave(conn, now_ms);
            out.push(Output::Close(conn, code));
        }
    }
}

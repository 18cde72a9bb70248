//! Presence: under ids that the session owns, with the name that the server knows.

use super::{
    ConnId, Output, Room,
    parts::{Accepted, send},
};
use crate::{
    board::replica::EMPTY_UPDATE,
    id::ParticipantId,
    protocol::{AwarenessEntry, Message, limits},
    sync::roster::Announcer,
};

impl Room {
    /// Takes what a connection says of clients. What it says of others' is ignored:
    /// stock clients repeat what they hear. So is what others could not read.
    pub(super) fn awareness(
        &mut self,
        conn: ConnId,
        mut entries: Vec<AwarenessEntry>,
        now_ms: u64,
        out: &mut Vec<Output>,
    ) {
        entries.retain(is_readable);
        let mut is_back = false;
        for entry in &entries {
            is_back |= self.introduce(conn, entry.client, out);
        }
        let session = self.conns.get(&conn).map(|state| &state.session);
        let may_write = session.is_some_and(|session| self.may_write(session));
        let Some(state) = self.conns.get(&conn) else {
            return;
        };
        let me = &state.session.participant;
        for entry in entries {
            let owner = self.gate.owner(entry.client);
            let owner = owner.or_else(|| self.gate.reserved_for(entry.client));
            if owner == Some(me) {
                let by = Announcer {
                    conn,
                    participant: me,
                    user: &state.session.user,
                    may_write,
                };
                self.roster.announce(entry, &by, now_ms);
            }
        }
        self.schedule_awareness(now_ms);
        if is_back {
            // Whose the blocks are that others have brought meanwhile is known again.
            self.ask_again(Some(conn), out);
            self.unite(now_ms, out);
        }
    }

    /// Takes a client id for that of a connection, where it is free. Whoever may write comes
    /// to own it, and the store is told before anything is written under it: owners survive
    /// restarts. For others it is kept while they are here, unless somebody who may write
    /// announces it. Returns whether an owner has become known.
    fn introduce(&mut self, conn: ConnId, client: u64, out: &mut Vec<Output>) -> bool {
        let Some(state) = self.conns.get(&conn) else {
            return false;
        };
        let me = state.session.participant.clone();
        let may_write = self.gate.is_open_to(self.rank(&state.session));
        // Stock clients repeat what they hear of others.
        let max = if state.session.speaks_plaza {
            limits::ANNOUNCED_MAX
        } else {
            1
        };
        let is_announced = state.announced.contains(&client);
        if !is_announced && state.announced.len() >= max {
            return false;
        }
        let owner = self.gate.owner(client);
        let is_kept = |by: Option<&ParticipantId>| by.is_some_and(|by| *by != me);
        let is_taken = match owner {
            Some(owner) => *owner != me,
            None => {
                !may_write
                    && (is_kept(self.gate.reserved_for(client))
                        || is_kept(self.roster.holder(client)))
            }
        };
        if is_taken {
            return false;
        }
        let is_new = owner.is_none();
        if let Some(state) = self.conns.get_mut(&conn)
            && !is_announced
        {
            state.announced.push(client);
        }
        if !is_new {
            if !is_announced {
                self.doubt(conn, client, out);
            }
            return false;
        }
        if !may_write {
            self.gate.reserve(client, me);
            return false;
        }
        self.roster.displace(client, &me);
        self.gate.restore_owner(client, me.clone());
        let accepted = Accepted {
            data: EMPTY_UPDATE.into(),
            claims: vec![(client, me)],
            authors: Vec::new(),
            from: Some(conn),
            relay: None,
        };
        self.append(accepted, out);
        self.doubt(conn, client, out);
        true
    }

    /// Who writes live under a client id says so that it is theirs, also where what they
    /// wrote has to be brought again.
    pub(super) fn introduce_all(&mut self, conn: ConnId, update: &[u8], out: &mut Vec<Output>) {
        for client in self.gate.strangers(update) {
            self.introduce(conn, client, out);
        }
    }

    /// A gate that was loaded anew is told who is here.
    pub(super) fn introduce_again(&mut self) {
        for state in self.conns.values() {
            let may_write = self.gate.is_open_to(self.rank(&state.session));
            for client in &state.announced {
                let me = state.session.participant.clone();
                if may_write {
                    self.gate.restore_owner(*client, me);
                } else if self.gate.owner(*client).is_none() {
                    self.gate.reserve(*client, me);
                }
            }
        }
    }
}

/// Whether every client can take it in: what it says is not too large, and its numbers
/// can be told apart by a browser.
fn is_readable(entry: &AwarenessEntry) -> bool {
    entry.client < limits::NUMBER_MAX
        && entry.clock < limits::NUMBER_MAX
        && entry.state.len() <= limits::AWARENESS_BYTES_MAX
}

/// Awareness in messages of at most [`limits::AWARENESS_ENTRIES_MAX`] entries.
pub(super) fn send_awareness(out: &mut Vec<Output>, conn: ConnId, entries: &[AwarenessEntry]) {
    for chunk in entries.chunks(limits::AWARENESS_ENTRIES_MAX) {
        send(out, conn, &Message::Awareness(chunk.to_vec()));
    }
}

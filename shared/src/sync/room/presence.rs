//! Presence: under ids that the session owns, with the name that the server knows.

use super::{
    ConnId, Output, Room,
    parts::{Announced, send},
};
use crate::{
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
        let session = self.conns.get(&conn).map(|state| &state.session);
        let may_write = session.is_some_and(|session| self.may_write(session));
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        let session = &state.session;
        let me = &session.participant;
        let mut is_back = false;
        if let (None, Some(entry)) = (&state.announced, entries.first()) {
            let is_free = self
                .gate
                .owner(entry.client)
                .is_none_or(|owner| owner == me)
                && self.roster.holder(entry.client).is_none_or(|by| by == me);
            if is_free {
                is_back = self.gate.owner(entry.client).is_none()
                    && self.gate.next_clock(entry.client) > 0;
                state.announced = Some(Announced {
                    client: entry.client,
                    is_stored: false,
                });
                // From now on nobody else writes under this id, also where its owner only
                // looks on: they may be let write later.
                self.gate.restore_owner(entry.client, me.clone());
            }
        }
        for entry in entries {
            let is_announced = |it: &Announced| it.client == entry.client;
            let is_mine = match self.gate.owner(entry.client) {
                Some(owner) => owner == me,
                None => state.announced.as_ref().is_some_and(is_announced),
            };
            if is_mine {
                let by = Announcer {
                    conn,
                    participant: me,
                    user: &session.user,
                    may_write,
                };
                self.roster.announce(entry, &by, now_ms);
            }
        }
        self.schedule_awareness(now_ms);
        if is_back {
            // Whose the blocks are that others have brought meanwhile is known again.
            self.ask_again(conn, out);
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

//! What people bring together after the server went back to an older state, and what is
//! said in somebody's name while they are away.

use std::sync::Arc;

use super::{ConnId, Output, Room, parts::send};
use crate::{
    authority,
    board::replica::clock_in,
    gate::{Arrival, Part, Rank},
    protocol::{Message, Refusal, limits},
};

/// What is held is read again after a millisecond for each so many bytes, which is some
/// ten times as long as reading it takes.
const UNITED_BYTES_PER_MS: usize = 8 << 10;

impl Room {
    /// Takes what can be taken of all that is held, put together; later where that was tried
    /// a moment ago: it costs in proportion to all that is held, whoever answers.
    pub(super) fn unite(&mut self, now_ms: u64, out: &mut Vec<Output>) {
        let bytes = self.held.bytes();
        let (from_ms, _) = self.unites;
        if now_ms < from_ms {
            self.unites.1 = bytes > 0;
            return;
        }
        self.unites = (now_ms + (bytes / UNITED_BYTES_PER_MS) as u64, false);
        let parts = self.held.answers().filter_map(|(conn, update)| {
            let session = &self.conns.get(&conn)?.session;
            Some(Part {
                update,
                by: &session.participant,
                rank: self.rank(session),
            })
        });
        let mut parts: Vec<Part<'_>> = parts.filter(|part| part.rank != Rank::Reads).collect();
        parts.sort_by_key(|part| part.update.len());
        let (joint, admitted) = loop {
            let is_away = |client| self.is_away(client, now_ms);
            let Some(joint) = self.gate.combine(&parts, is_away) else {
                return;
            };
            if let Ok(admitted) = self.gate.check_joint(&joint) {
                break (joint, admitted);
            }
            // Too much at once: the largest waits.
            parts.pop();
        };
        let has_room = self.size_bytes + admitted.bytes.len() <= limits::ROOM_STATE_BYTES_MAX;
        if admitted.bytes.is_empty() || !has_room {
            return;
        }
        let others = joint
            .speakers()
            .filter(|(client, by)| self.gate.owner(*client) != Some(by));
        self.lent.extend(others.map(|(client, _)| client));
        let deletion = admitted.deletion();
        self.merge(None, admitted, Arrival::Joint, out);
        // What may not be in the document was left out: whoever has it gives it up.
        if let Some(deletion) = deletion {
            let bytes: Arc<[u8]> = Message::Update(deletion).encode().into();
            let conns = self.conns.iter().filter(|(_, state)| state.subscribed);
            out.extend(conns.map(|(conn, _)| Output::Send(*conn, Arc::clone(&bytes))));
        }
    }

    /// Somebody's client id under which others have brought something: its owner is asked
    /// for all that they wrote under it. If that is something else than what others told,
    /// nobody is left to believe that it is stored.
    pub(super) fn doubt(&mut self, conn: ConnId, client: u64, out: &mut Vec<Output>) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        if !self.lent.contains(&client) || clock_in(&state.state_vector, client) == 0 {
            return;
        }
        state.in_doubt.insert(client);
        state.incomplete = true;
        state.fences.clear();
        let state_vector = self.replica.state_vector_without(&state.in_doubt);
        send(out, conn, &Message::SyncStep1(state_vector));
    }

    /// What an owner answers of a client id in doubt. Where it is not the same, they are told.
    pub(super) fn settle_doubts(
        &mut self,
        conn: ConnId,
        update: &[u8],
        is_same: impl Fn(u64) -> bool,
        out: &mut Vec<Output>,
    ) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        let mut is_contradicted = false;
        state.in_doubt.retain(|client| {
            let is_told = self.gate.tells_all(update, *client);
            is_contradicted |= is_told && !is_same(*client);
            if is_told && is_same(*client) {
                self.lent.remove(client);
            }
            !is_told || !is_same(*client)
        });
        if is_contradicted {
            self.tell_refused(conn, Refusal::Contradiction, out);
        }
    }

    /// Whether nobody who may write has announced a client id for a while.
    fn is_away(&self, client: u64, now_ms: u64) -> bool {
        let is_here = self.conns.values().any(|state| {
            authority::may_write(state.session.role, self.access)
                && state.announced.contains(&client)
        });
        let since_ms = self.left_ms.get(&client).copied();
        let since_ms = since_ms.unwrap_or_default().max(self.opened_ms);
        !is_here && now_ms.saturating_sub(since_ms) >= limits::AWAY_MS
    }

    /// Whether a document has been open long enough that whoever has a page of it open
    /// has come back.
    pub(super) fn has_gathered(&self, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.opened_ms) >= limits::AWAY_MS
    }
}

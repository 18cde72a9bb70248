//! The log and what follows from it: what is durable is sent on and acknowledged.

use std::sync::Arc;

use super::{
    Output, Room,
    parts::{Accepted, Unstored, send},
    presence::send_awareness,
};
use crate::{
    board::replica::is_empty_update,
    protocol::{Message, StoreStatus, limits},
};

impl Room {
    /// Gives an accepted update its place in the log.
    pub(super) fn append(&mut self, accepted: Accepted, out: &mut Vec<Output>) {
        let Accepted {
            data,
            claims,
            authors,
            from,
            relay,
        } = accepted;
        self.last_seq += 1;
        // One that only says whose a client id is makes no snapshot due.
        if !is_empty_update(&data) {
            self.size_bytes += data.len();
            self.logged = (self.logged.0 + 1, self.logged.1 + data.len());
        }
        let mut unstored = Unstored {
            seq: self.last_seq,
            data: Arc::clone(&data),
            claims: claims.clone(),
            authors: authors.clone(),
            from,
            relay,
            sent_on: false,
        };
        if self.is_in_trouble {
            // The workshop goes on from memory; nobody is told that it is saved.
            self.send_on(&mut unstored, out);
        } else {
            out.push(Output::Append {
                seq: self.last_seq,
                data,
                claims,
                authors,
            });
        }
        self.unstored.push_back(unstored);
    }

    pub(super) fn send_on(&self, update: &mut Unstored, out: &mut Vec<Output>) {
        let is_sent = std::mem::replace(&mut update.sent_on, true);
        if is_sent || is_empty_update(&update.data) {
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

    pub(super) fn stored(&mut self, seq: u64, out: &mut Vec<Output>) {
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

    pub(super) fn store_failed(&mut self, out: &mut Vec<Output>) {
        if !std::mem::replace(&mut self.is_in_trouble, true) {
            self.tell_store_status(out);
        }
        let mut unstored = std::mem::take(&mut self.unstored);
        for update in &mut unstored {
            self.send_on(update, out);
        }
        self.unstored = unstored;
    }

    pub(super) fn store_recovered(&mut self, out: &mut Vec<Output>) {
        if !std::mem::take(&mut self.is_in_trouble) {
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
                authors: update.authors.clone(),
            });
        }
        for (_, needs) in self.conns.values_mut().flat_map(|conn| &mut conn.fences) {
            *needs = self.last_seq;
        }
        self.tell_store_status(out);
    }

    pub(super) fn tick(&mut self, now_ms: u64, out: &mut Vec<Output>) {
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
            // Somebody may be away for long enough now.
            self.unites.1 = true;
        }
        if self.unites.1 {
            self.unite(now_ms, out);
        }
    }

    pub(super) fn schedule_awareness(&mut self, now_ms: u64) {
        if self.roster.has_changes() && self.awareness_due_ms.is_none() {
            self.awareness_due_ms = Some(now_ms + limits::AWARENESS_TICK_MS);
        }
    }

    pub(super) fn store_status(&self) -> StoreStatus {
        StoreStatus {
            ok: !self.is_in_trouble,
        }
    }

    pub(super) fn tell_store_status(&self, out: &mut Vec<Output>) {
        let status = Message::StoreStatus(self.store_status());
        for (conn, state) in &self.conns {
            if state.session.speaks_plaza {
                send(out, *conn, &status);
            }
        }
    }
}

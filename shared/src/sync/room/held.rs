//! Answers of which something had to be left out, kept until others' answers make them
//! whole: people who built on each other's work after the state that the server went back
//! to cannot bring their parts one by one.

use std::collections::BTreeMap;

use super::words::SessionId;
use crate::{protocol::limits, sync::conn_id::ConnId};

/// The last answer of each connection of which something was left out.
#[derive(Default)]
pub(super) struct Held {
    parts: BTreeMap<ConnId, (SessionId, Vec<u8>)>,
}

impl Held {
    /// Keeps an answer in place of the connection's last one. Where that is too much for a
    /// document, the session with the most makes room: its connections are asked again
    /// when there is news.
    pub(super) fn keep(&mut self, conn: ConnId, session: SessionId, update: &[u8]) {
        self.parts.insert(conn, (session, update.to_vec()));
        loop {
            let mut of_sessions = BTreeMap::new();
            for (session, update) in self.parts.values() {
                *of_sessions.entry(session.0).or_insert(0) += update.len();
            }
            if of_sessions.values().sum::<usize>() <= limits::ROOM_HELD_BYTES_MAX {
                return;
            }
            let most = of_sessions.into_iter().max_by_key(|(_, bytes)| *bytes);
            let of_most = self
                .parts
                .iter()
                .filter(|(_, (session, _))| most.is_some_and(|(id, _)| id == session.0));
            let Some((&conn, _)) = of_most.max_by_key(|(_, (_, update))| update.len()) else {
                return;
            };
            self.parts.remove(&conn);
        }
    }

    /// Forgets the answer of a connection: it is gone, or nothing was left out of a later one.
    pub(super) fn forget(&mut self, conn: ConnId) {
        self.parts.remove(&conn);
    }

    /// Forgets all answers.
    pub(super) fn clear(&mut self) {
        self.parts.clear();
    }

    /// How much there is.
    pub(super) fn bytes(&self) -> usize {
        self.parts.values().map(|(_, update)| update.len()).sum()
    }

    /// All of them, by connection.
    pub(super) fn answers(&self) -> impl Iterator<Item = (ConnId, &[u8])> {
        self.parts
            .iter()
            .map(|(conn, (_, update))| (*conn, update.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_keeps_most_makes_room() {
        let mut held = Held::default();
        let [honest, greedy] = [SessionId([1; 32]), SessionId([2; 32])];
        held.keep(1, honest, &[7; 1_000]);
        let large = vec![0; limits::ROOM_HELD_BYTES_MAX / 4];
        for conn in 2..20 {
            held.keep(conn, greedy, &large);
        }
        assert!(held.bytes() <= limits::ROOM_HELD_BYTES_MAX);
        assert!(held.parts.contains_key(&1));
        held.keep(1, honest, &[8]);
        assert_eq!(held.parts.get(&1), Some(&(honest, vec![8])));
    }
}

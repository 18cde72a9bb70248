//! Presence as the room keeps it: who is here, and what has changed since it was last sent on.

use std::collections::{BTreeMap, BTreeSet};

use super::conn_id::ConnId;
use crate::{
    id::ParticipantId,
    protocol::{
        AwarenessEntry, limits,
        presence::{PresenceUser, signed},
    },
};

const LEFT: &str = "null";

#[derive(Debug)]
struct Seat {
    clock: u64,
    state: String,
    conn: ConnId,
    participant: ParticipantId,
    renewed_ms: u64,
}

/// Everybody's presence in one room.
#[derive(Debug, Default)]
pub struct Roster {
    seats: BTreeMap<u64, Seat>,
    changed: BTreeSet<u64>,
}

/// Who says something of a client.
pub struct Announcer<'a> {
    /// Over which connection.
    pub conn: ConnId,
    /// Whose it is.
    pub participant: &'a ParticipantId,
    /// Who that is to others.
    pub user: &'a PresenceUser,
    /// Whether they may write the document.
    pub may_write: bool,
}

impl Roster {
    /// Whose presence is under a client id.
    pub fn holder(&self, client: u64) -> Option<&ParticipantId> {
        self.seats.get(&client).map(|seat| &seat.participant)
    }

    /// Removes what anybody else announced of a client.
    pub fn displace(&mut self, client: u64, by: &ParticipantId) {
        if self.holder(client).is_some_and(|holder| holder != by) {
            self.seats.remove(&client);
        }
    }

    /// Takes what a connection says of a client, and signs it. News of a client that
    /// somebody else announced is ignored.
    pub fn announce(&mut self, entry: AwarenessEntry, by: &Announcer<'_>, now_ms: u64) {
        if let Some(seat) = self.seats.get(&entry.client) {
            let mine = seat.conn == by.conn || seat.participant == *by.participant;
            let news =
                entry.clock > seat.clock || (entry.clock == seat.clock && entry.state == LEFT);
            if !mine || !news {
                return;
            }
        }
        let Some(state) = signed(&entry.state, by.user, by.may_write) else {
            return;
        };
        self.changed.insert(entry.client);
        self.seats.insert(
            entry.client,
            Seat {
                clock: entry.clock,
                state,
                conn: by.conn,
                participant: by.participant.clone(),
                renewed_ms: now_ms,
            },
        );
    }

    /// Removes everything that a connection announced.
    pub fn leave(&mut self, conn: ConnId) {
        self.remove(|seat| seat.conn == conn);
    }

    /// Removes what has not been renewed for [`limits::AWARENESS_EXPIRY_SECS`].
    pub fn expire(&mut self, now_ms: u64) {
        let oldest = now_ms.saturating_sub(limits::AWARENESS_EXPIRY_SECS * 1_000);
        self.remove(|seat| seat.renewed_ms < oldest);
    }

    fn remove(&mut self, gone: impl Fn(&Seat) -> bool) {
        for (client, seat) in &mut self.seats {
            if seat.state != LEFT && gone(seat) {
                seat.clock += 1;
                seat.state = LEFT.to_owned();
                self.changed.insert(*client);
            }
        }
    }

    /// Everybody who is here.
    pub fn everybody(&self) -> Vec<AwarenessEntry> {
        self.seats
            .iter()
            .filter(|(_, seat)| seat.state != LEFT)
            .map(entry)
            .collect()
    }

    /// What changed since the last call; forgets those who left.
    pub fn take_changes(&mut self) -> Vec<AwarenessEntry> {
        let changed = std::mem::take(&mut self.changed);
        let entries = changed
            .iter()
            .filter_map(|client| self.seats.get_key_value(client))
            .map(entry)
            .collect();
        self.seats.retain(|_, seat| seat.state != LEFT);
        entries
    }

    /// Whether something waits to be sent on.
    pub fn has_changes(&self) -> bool {
        !self.changed.is_empty()
    }
}

fn entry((client, seat): (&u64, &Seat)) -> AwarenessEntry {
    AwarenessEntry {
        client: *client,
        clock: seat.clock,
        state: seat.state.clone(),
    }
}

//! What follows from a fault: whose it was, and for how long they are kept out.

use shared::{
    id::ParticipantId,
    protocol::{CloseCode, Message, Refusal},
    sync::room::ConnId,
};

use super::{Actor, seat::Seat};
use crate::{
    clock,
    room::{pool::Lost, steps::UnderWay},
};

impl Actor {
    /// A call was lost, and the room with it. What was sent is set aside, and whoever sent it kept out; where nobody
    /// did, something in the document is at fault. Returns with which code everybody else is sent away.
    pub(super) fn lose_call(&mut self, lost: &Lost, what: &UnderWay) -> CloseCode {
        // Whoever waits for something must not wait longer.
        self.answers.clear();
        if matches!(lost, Lost::NoThread(_)) {
            tracing::debug!(document = %self.document, %lost, "a room ends");
            return CloseCode::TryLater;
        }
        let now_ms = clock::now_ms();
        tracing::error!(document = %self.document, %lost, "a room ends; it is opened anew from the store");
        if self.host.faults.lose(&self.document, now_ms) {
            tracing::error!(document = %self.document, "the document rests: too many calls into it were lost");
        }
        match what {
            UnderWay::Frame(conn, bytes) if !what.only_reads() => {
                let by = self.seat(*conn).map(|seat| seat.who.clone());
                self.keeping.quarantine(by, lost.to_string(), bytes.clone());
                if let Some(seat) = self.seat(*conn) {
                    if seat.speaks_plaza {
                        let refused = Message::Refused(Refusal::Unreadable);
                        seat.outbox.send(refused.encode().into());
                    }
                    let who = seat.who.clone();
                    self.host
                        .faults
                        .keep_out(&self.document, who.clone(), now_ms);
                    self.show_out(&who);
                }
            }
            _ => {
                self.host.faults.suspect(&self.document, true, now_ms);
                self.strike(what);
            }
        }
        CloseCode::Restarting
    }

    /// Something made the room be loaded anew.
    pub(super) fn blame_for_rebuild(&mut self, what: &UnderWay) {
        let is_news = matches!(what, UnderWay::Frame(..)) && !what.only_reads();
        if !is_news {
            let now_ms = clock::now_ms();
            self.host.faults.suspect(&self.document, true, now_ms);
        }
        self.strike(what);
        if let UnderWay::Frame(conn, _) = what
            && !is_news
            && let Some(seat) = self.seat(*conn)
        {
            // It was not told what it asked for: it comes back and asks again.
            seat.outbox.close(CloseCode::Restarting);
        }
    }

    /// Who causes a fault again and again is kept out, whatever it is that they send.
    pub(super) fn strike(&mut self, what: &UnderWay) {
        if let UnderWay::Frame(conn, _) = what
            && let Some(who) = self.seat(*conn).map(|seat| seat.who.clone())
            && self
                .host
                .faults
                .strike(&self.document, &who, clock::now_ms())
        {
            self.show_out(&who);
        }
    }

    /// A connection's seat, also of one that has just left.
    pub(super) fn seat(&self, conn: ConnId) -> Option<&Seat> {
        let leaving = self.leaving.iter().find(|(left, _)| *left == conn);
        self.seats.get(&conn).or(leaving.map(|(_, seat)| seat))
    }

    /// Ends the connections of somebody who is kept out from now on.
    pub(super) fn show_out(&mut self, who: &ParticipantId) {
        tracing::warn!(document = %self.document, participant = %who, "somebody is kept out for a while");
        let theirs = self.seats.iter().filter(|(_, seat)| seat.who == *who);
        let conns: Vec<ConnId> = theirs.map(|(conn, _)| *conn).collect();
        for conn in conns {
            if let Some(seat) = self.seats.get(&conn) {
                seat.outbox.close(CloseCode::Refused);
            }
            self.leave(conn);
        }
    }
}

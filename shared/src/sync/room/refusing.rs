//! What is not taken, and how it is said.

use std::collections::BTreeSet;

use super::{ConnId, Output, Room, parts::send};
use crate::{
    gate::{self, Admitted, ScanError},
    id::ParticipantId,
    protocol::{CloseCode, Message, Refusal, limits},
};

impl Room {
    /// Tells a connection that something was refused. Too often, and it is closed: but
    /// not for what only its rights forbid, which may have been under way when they ended.
    pub(super) fn refuse(&mut self, conn: ConnId, refusal: Refusal, out: &mut Vec<Output>) {
        let Some(state) = self.conns.get_mut(&conn) else {
            return;
        };
        state.refusals += u32::from(!refusal.is_about_rights());
        let is_too_often = state.refusals >= limits::REFUSALS_MAX;
        self.tell_refused(conn, refusal, out);
        if is_too_often {
            out.push(Output::Close(conn, CloseCode::Refused));
        }
    }

    /// The same where it is never too often.
    pub(super) fn tell_refused(&self, conn: ConnId, refusal: Refusal, out: &mut Vec<Output>) {
        let state = self.conns.get(&conn);
        if state.is_some_and(|state| state.session.speaks_plaza) {
            send(out, conn, &Message::Refused(refusal));
        }
    }

    /// What may not be in the document was left out: its author is told, and their copy
    /// gives it up. Nothing that came with it or after it is lost.
    pub(super) fn tell_left_out(
        &self,
        conn: ConnId,
        update: &[u8],
        admitted: &Admitted,
        out: &mut Vec<Output>,
    ) {
        let left_out = admitted.left_out.iter();
        let rules: BTreeSet<&str> = left_out.map(|left| left.rule.name()).collect();
        if !rules.is_empty() {
            let why = rules.iter().copied().collect::<Vec<_>>().join(", ");
            let data = update.to_vec();
            let sender = self.conns.get(&conn);
            let by = sender.map(|state| state.session.participant.clone());
            out.push(Output::Quarantine { by, why, data });
        }
        for rule in rules {
            let rule = rule.to_owned();
            self.tell_refused(conn, Refusal::LeftOut { rule }, out);
        }
        if let Some(deletion) = admitted.deletion() {
            send(out, conn, &Message::Update(deletion));
        }
    }

    /// What somebody else wrote was left out. Its author brings it; where they
    /// are not here, whoever tried to bring it should know that it was not taken. What
    /// nobody owns waits.
    pub(super) fn tell_stripped(&self, conn: ConnId, stripped: &[u64], out: &mut Vec<Output>) {
        let is_here = |client: &u64| {
            let of = |owner: &ParticipantId| {
                let mut conns = self.conns.values();
                conns.any(|state| state.session.participant == *owner)
            };
            self.gate.owner(*client).is_none_or(of)
        };
        let speaks_plaza = self
            .conns
            .get(&conn)
            .is_some_and(|state| state.session.speaks_plaza);
        if speaks_plaza && !stripped.iter().all(is_here) {
            send(out, conn, &Message::Refused(Refusal::NotYours));
        }
    }
}

/// What a client is told of what the gate found.
pub(super) fn told(refusal: gate::Fault) -> Refusal {
    match refusal {
        gate::Fault::TooLarge { max, .. } => Refusal::TooLarge { max: max as u64 },
        gate::Fault::Content(error) => match error {
            ScanError::Truncated { .. }
            | ScanError::Trailing { .. }
            | ScanError::Number { .. }
            | ScanError::Count { .. }
            | ScanError::Text { .. }
            | ScanError::Malformed { .. } => Refusal::Malformed,
            ScanError::TooDeep { .. } => Refusal::TooDeep,
            ScanError::TooMuch { max, .. } => Refusal::TooMuch { max: max as u64 },
        },
        gate::Fault::TooCostly { .. } => Refusal::TooCostly,
        gate::Fault::Full { .. } => Refusal::CanvasFull,
        gate::Fault::MissingDependency { .. } => Refusal::MissingDependency,
        gate::Fault::ClockJump { .. } => Refusal::ClockJump,
        gate::Fault::Misplaced { .. } | gate::Fault::ClientRefused { .. } => Refusal::Malformed,
        gate::Fault::Contradiction { .. } => Refusal::Contradiction,
        gate::Fault::Closed { root } => Refusal::ClosedRoot { root },
        gate::Fault::AuthorMissing { object } | gate::Fault::AuthorForged { object } => {
            Refusal::AuthorForged { object }
        }
        gate::Fault::AuthorFixed { object } => Refusal::AuthorFixed { object },
    }
}

//! Mail becomes steps.

use shared::{
    protocol::CloseCode,
    sync::room::{ConnId, Input},
};

use super::{Actor, seat::Seat};
use crate::{
    clock,
    room::{
        mail::Mail,
        steps::{Answer, Step},
    },
};

impl Actor {
    pub(super) fn take_mail(&mut self, mail: Mail) {
        match mail {
            Mail::Join(conn, session, outbox) => {
                let who = session.participant.clone();
                let now_ms = clock::now_ms();
                if self.host.faults.is_kept_out(&self.document, &who, now_ms) {
                    outbox.close(CloseCode::Refused);
                    return;
                }
                let seat = Seat {
                    who,
                    speaks_plaza: session.speaks_plaza,
                    outbox,
                };
                self.seats.insert(conn, seat);
                self.input(Input::Join(conn, session));
            }
            Mail::Frame(conn, bytes) => {
                // Whoever was shown out is not heard any more.
                if self.seats.contains_key(&conn) {
                    self.input(Input::Frame(conn, bytes));
                }
            }
            Mail::Leave(conn) => self.leave(conn),
            Mail::SetRole(who, role) => self.input(Input::SetRole(who, role)),
            Mail::SetAccess(access) => self.input(Input::SetAccess(access)),
            Mail::Expel(whom, code) => self.input(Input::Expel(whom, code)),
            Mail::Authors(authors) => self.input(Input::Authors(authors)),
            Mail::Write(write, written) => {
                self.steps.push_back(Step::Write(write));
                self.answers.push_back(Answer::Written(written));
            }
            Mail::State(answer) => {
                self.steps.push_back(Step::State);
                self.answers.push_back(Answer::State(answer));
            }
            Mail::StoreFailed => self.input(Input::StoreFailed),
            // Taken before it comes here.
            Mail::Stop(_) => {}
        }
    }

    pub(super) fn leave(&mut self, conn: ConnId) {
        if let Some(seat) = self.seats.remove(&conn) {
            self.leaving.push((conn, seat));
            self.idle_since_ms = clock::now_ms();
            self.input(Input::Leave(conn));
        }
    }
}

//! What a room has decided is carried out, and what the store says is taken in.

use shared::{
    protocol::CloseCode,
    sync::room::{Input, Output},
};

use super::Actor;
use crate::{
    clock,
    room::{
        keeping::{Authors, Outcome},
        mail::Mail,
        steps::{Carried, Done},
    },
    storage::{DocumentRow, Snapshot, StoreError},
};

impl Actor {
    /// Carries out what came of a batch.
    pub(super) fn take_back(&mut self, carried: Carried) {
        let Carried {
            done,
            snapshot,
            rest,
        } = carried;
        self.steps = rest;
        for Done {
            what,
            outputs,
            is_awaited,
            state,
        } in done
        {
            let is_faulty = self.carry_out(outputs);
            if is_faulty {
                self.rebuild_due = true;
                self.blame_for_rebuild(&what);
            }
            if is_awaited && let Some(answer) = self.answers.pop_front() {
                answer.tell(state);
            }
        }
        if let Some(snapshot) = snapshot {
            self.snapshot_due = false;
            self.keeping.snapshot(Snapshot {
                upto_seq: snapshot.upto_seq,
                taken_ms: clock::unix_ms(),
                data: snapshot.data,
            });
        }
    }

    pub(super) fn take_outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Appended(seq, Ok(())) => self.input(Input::Stored(seq)),
            Outcome::Appended(_, Err(error)) => match error {
                // What this room knows is out of date: acknowledge nothing, and begin anew from what is stored.
                StoreError::Conflict(_)
                | StoreError::Fenced
                | StoreError::Refused(_)
                | StoreError::NoFacilitator => {
                    self.lose(&error);
                }
                StoreError::Unavailable(_) | StoreError::Damaged(_) | StoreError::Locked => {
                    tracing::warn!(document = %self.document, %error, "an update could not be stored; the room goes on from memory");
                    self.input(Input::StoreFailed);
                }
            },
            Outcome::Snapshot(Ok(())) | Outcome::Quarantined(Ok(())) => {}
            Outcome::Snapshot(Err(error @ (StoreError::Conflict(_) | StoreError::Fenced))) => {
                self.lose(&error);
            }
            Outcome::Snapshot(Err(error)) => {
                tracing::warn!(document = %self.document, %error, "a snapshot could not be stored; the log is complete");
            }
            Outcome::Siblings(Ok(rows), authors) => self.tell_siblings(&rows, &authors),
            Outcome::Siblings(Err(error), _) => {
                tracing::warn!(document = %self.document, %error, "other documents were not told who made what");
            }
            Outcome::Quarantined(Err(error)) => {
                tracing::warn!(document = %self.document, %error, "a refused update could not be kept");
            }
        }
    }

    /// Somebody else writes this document's log.
    pub(super) fn lose(&mut self, error: &StoreError) {
        tracing::error!(document = %self.document, %error, "a room ends without acknowledging anything");
        self.over = Some(CloseCode::Restarting);
    }

    /// The store decides who was first. The workshop's other rooms that are open hear it as well, unless they have
    /// too much to do.
    pub(super) fn tell_siblings(&self, rows: &[DocumentRow], authors: &Authors) {
        let others = rows.iter().filter(|row| row.id != self.document);
        for room in others.filter_map(|row| self.host.rooms.get(&row.id)) {
            let _busy = room.try_send(Mail::Authors(authors.clone()));
        }
    }

    /// Returns whether the room is to be loaded anew.
    pub(super) fn carry_out(&mut self, out: Vec<Output>) -> bool {
        let mut is_faulty = false;
        for output in out {
            match output {
                Output::Send(conn, frame) => {
                    if let Some(seat) = self.seats.get(&conn) {
                        seat.outbox.send(frame);
                    }
                }
                Output::Close(conn, code) => {
                    if let Some(seat) = self.seats.get(&conn) {
                        seat.outbox.close(code);
                    }
                }
                Output::Append {
                    seq,
                    data,
                    claims,
                    authors,
                } => {
                    // A lone room has nobody to tell.
                    if self.host.rooms.count() > 1 {
                        self.keeping.look_up_siblings(&authors);
                    }
                    self.keeping.append(seq, data.to_vec(), claims, authors);
                }
                Output::Quarantine { by, why, data } => {
                    tracing::warn!(
                        document = %self.document,
                        why,
                        bytes = data.len(),
                        "an update was refused"
                    );
                    self.keeping.quarantine(by, why, data);
                }
                Output::Rebuild => is_faulty = true,
            }
        }
        is_faulty
    }
}

//! A room's task: one document's mailbox, clock and sockets.
//!
//! It lends the room itself to a thread of the pool for whatever it does, since that calls into the CRDT library on
//! what people sent. A call that panics or does not come back ends this room only: the log then tells the next one
//! what is durable, and people bring the rest. Only loading waits for the store: there is nothing to show before.

mod blame;
mod incoming;
mod opening;
mod outgoing;
mod seat;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use futures_util::FutureExt;
use shared::{
    id::DocumentId,
    protocol::CloseCode,
    sync::{
        Room,
        room::{ConnId, Input},
    },
};
use tokio::sync::{mpsc, oneshot};

use super::{
    host::Host,
    keeping::Keeping,
    mail::{Mail, Mailbox},
    steps::{Answer, At, BATCH_STEPS, Step, carry},
};
use crate::{clock, storage::StoreHealth};
use seat::Seat;

/// Messages that may wait for a room; senders wait beyond.
const MAILBOX: usize = 1_024;
/// A room without connections is unloaded after this.
const IDLE_MS: u64 = 60_000;
/// A snapshot is due after so many logged updates, or so many bytes.
const SNAPSHOT_UPDATES: usize = 500;
const SNAPSHOT_BYTES: usize = 1 << 20;
/// A snapshot of what is logged is due when nobody is connected for this long.
const SNAPSHOT_IDLE_MS: u64 = 30_000;
/// A snapshot that could not be taken is tried again after this, not at each keystroke.
const SNAPSHOT_RETRY_MS: u64 = 1_000;
/// A room that could not store tries again this often, once the store says that it works.
const RETRY_STORE_MS: u64 = 500;
/// On shutdown, what is on its way to the disk is awaited this long.
const FLUSH_SECS: u64 = 5;

/// Starts a room. Mail waits in the box until the document is loaded.
pub(super) fn spawn(document: DocumentId, host: Host) -> Mailbox {
    let (mail, mailbox) = mpsc::channel(MAILBOX);
    tokio::spawn(live(document, host, mailbox));
    mail
}

/// A room's life, from loading to its end.
async fn live(document: DocumentId, host: Host, mailbox: mpsc::Receiver<Mail>) {
    let (mailbox, code) = match Actor::load(document.clone(), host.clone()).await {
        Ok((mut actor, room)) => {
            let (mailbox, code) = actor.run(room, mailbox).await;
            actor.end(code).await;
            (mailbox, code)
        }
        Err(error) => (mailbox, error.told(&document)),
    };
    turn_away(mailbox, code).await;
    host.rooms.forget(&document);
}

/// After the end: mail that slipped in before the box was closed. Whoever joins is told why; whoever waits for an
/// answer sees that none will come.
async fn turn_away(mut mailbox: mpsc::Receiver<Mail>, code: CloseCode) {
    mailbox.close();
    while let Some(mail) = mailbox.recv().await {
        match mail {
            Mail::Join(_, _, outbox) => outbox.close(code),
            Mail::Stop(done) => {
                let _ = done.send(());
            }
            _ => {}
        }
    }
}

/// Why a room's loop goes on.
enum Next {
    /// There are steps to be done.
    Go,
    /// It is to store everything and end.
    Stop(oneshot::Sender<()>),
    /// Nobody can send it anything any more.
    Gone,
}

/// One open document, without the room itself, which is lent to threads.
struct Actor {
    /// Which.
    document: DocumentId,
    /// What it has of the server.
    host: Host,
    /// What is on its way to the store.
    keeping: Keeping,
    /// Who is connected.
    seats: HashMap<ConnId, Seat>,
    /// Who has left, while what they sent may still be under way.
    leaving: Vec<(ConnId, Seat)>,
    /// What is to be done, in order.
    steps: VecDeque<Step>,
    /// Who waits for steps, in their order.
    answers: VecDeque<Answer>,
    /// Since when nobody has left, milliseconds of [`clock::now_ms`].
    idle_since_ms: u64,
    /// When a snapshot was tried last.
    snapshot_tried_ms: u64,
    /// A snapshot is due, whatever is logged.
    snapshot_due: bool,
    /// When a store that had failed was tried last.
    store_tried_ms: u64,
    /// The copy may hold half an update: before anything else it is loaded anew.
    rebuild_due: bool,
    /// The room cannot go on; everybody is sent away with this code, and comes back to a fresh one.
    over: Option<CloseCode>,
}

impl Actor {
    /// Runs until the room is stopped, idle or over. Returns the mailbox and what to tell whoever still comes.
    async fn run(
        &mut self,
        mut room: Box<Room>,
        mut mailbox: mpsc::Receiver<Mail>,
    ) -> (mpsc::Receiver<Mail>, CloseCode) {
        loop {
            let next = self.gather(&room, &mut mailbox).await;
            room = match self.work(room).await {
                Ok(room) => room,
                Err(code) => return (mailbox, code),
            };
            match next {
                Next::Go => {}
                Next::Stop(done) => {
                    self.stop(room).await;
                    let _ = done.send(());
                    return (mailbox, CloseCode::Restarting);
                }
                Next::Gone => break,
            }
            self.house_keeping(&room);
            if self.may_unload(&room) && self.host.rooms.retire(&self.document, &mailbox) {
                break;
            }
        }
        self.host.pool.discard(room);
        (mailbox, CloseCode::Restarting)
    }

    /// Waits for something to do, and takes what else is there already.
    async fn gather(&mut self, room: &Room, mailbox: &mut mpsc::Receiver<Mail>) -> Next {
        let mut wait_ms = room.wake_at_ms().saturating_sub(clock::now_ms());
        if room.is_in_trouble() {
            wait_ms = wait_ms.min(RETRY_STORE_MS);
        }
        // What house-keeping has found to do does not wait.
        if self.steps.is_empty() {
            let has_room = self.keeping.has_room();
            tokio::select! {
                biased;
                outcome = self.keeping.next() => self.take_outcome(outcome),
                mail = mailbox.recv(), if has_room => match mail {
                    Some(Mail::Stop(done)) => return Next::Stop(done),
                    Some(mail) => self.take_mail(mail),
                    None => return Next::Gone,
                },
                () = tokio::time::sleep(Duration::from_millis(wait_ms)) => {}
            }
        }
        while self.steps.len() < BATCH_STEPS
            && let Some(outcome) = self.keeping.next().now_or_never()
        {
            self.take_outcome(outcome);
        }
        while self.steps.len() < BATCH_STEPS
            && self.keeping.has_room()
            && let Ok(mail) = mailbox.try_recv()
        {
            if let Mail::Stop(done) = mail {
                return Next::Stop(done);
            }
            self.take_mail(mail);
        }
        if room.wake_at_ms() <= clock::now_ms() {
            self.input(Input::Tick);
        }
        Next::Go
    }

    /// Does what is to be done, until nothing is left.
    ///
    /// # Errors
    /// With which code everybody is to be sent away, where the room cannot go on.
    async fn work(&mut self, mut room: Box<Room>) -> Result<Box<Room>, CloseCode> {
        loop {
            if let Some(code) = self.over {
                self.host.pool.discard(room);
                return Err(code);
            }
            if std::mem::take(&mut self.rebuild_due) {
                room = self.rebuild(room).await?;
            }
            if self.steps.is_empty() {
                self.leaving.clear();
                return Ok(room);
            }
            let (steps, at) = (std::mem::take(&mut self.steps), At::default());
            let (limits, seen) = (self.host.pool.limits().clone(), at.clone());
            let limit = limits.message;
            let lent = self.host.pool.lend(room, limit, move |room, pace| {
                carry(room, steps, pace, &limits, &seen)
            });
            let carried = match lent.await {
                Ok((back, carried)) => {
                    room = back;
                    carried
                }
                Err(lost) => return Err(self.lose_call(&lost, &at.read())),
            };
            self.take_back(carried);
        }
    }

    fn input(&mut self, input: Input) {
        self.steps.push_back(Step::Input(input));
    }

    fn house_keeping(&mut self, room: &Room) {
        let now_ms = clock::now_ms();
        if room.is_in_trouble()
            && now_ms.saturating_sub(self.store_tried_ms) >= RETRY_STORE_MS
            && self.host.store.health() == StoreHealth::Ok
        {
            self.store_tried_ms = now_ms;
            self.input(Input::StoreRecovered);
        }
        let (updates, bytes) = room.logged_since_snapshot();
        let idle =
            self.seats.is_empty() && now_ms.saturating_sub(self.idle_since_ms) > SNAPSHOT_IDLE_MS;
        let due = self.snapshot_due
            || updates >= SNAPSHOT_UPDATES
            || bytes >= SNAPSHOT_BYTES
            || (idle && updates > 0);
        if due
            && !self.keeping.takes_snapshot()
            && now_ms.saturating_sub(self.snapshot_tried_ms) > SNAPSHOT_RETRY_MS
        {
            self.snapshot_tried_ms = now_ms;
            self.steps.push_back(Step::Snapshot);
        }
    }

    fn may_unload(&self, room: &Room) -> bool {
        self.seats.is_empty()
            && self.steps.is_empty()
            && room.is_stored()
            && self.keeping.is_idle()
            && clock::now_ms().saturating_sub(self.idle_since_ms) > IDLE_MS
    }

    /// Stores what is under way, and everything as a snapshot.
    async fn stop(&mut self, room: Box<Room>) {
        let flush = tokio::time::timeout(Duration::from_secs(FLUSH_SECS), self.flush(room));
        if flush.await.is_err() {
            tracing::warn!(
                document = %self.document,
                "stopping with updates that could not be stored"
            );
        }
    }

    async fn flush(&mut self, mut room: Box<Room>) -> Result<(), CloseCode> {
        while !(room.is_stored() && self.keeping.is_idle()) {
            let outcome = self.keeping.next().await;
            self.take_outcome(outcome);
            room = self.work(room).await?;
        }
        if room.logged_since_snapshot().0 > 0 {
            self.steps.push_back(Step::Snapshot);
            room = self.work(room).await?;
        }
        while self.keeping.takes_snapshot() {
            let outcome = self.keeping.next().await;
            self.take_outcome(outcome);
        }
        self.host.pool.discard(room);
        Ok(())
    }

    /// Sends everybody away, and waits for what is under way at the store: nobody else may use the log before.
    async fn end(&mut self, code: CloseCode) {
        for seat in self.seats.values() {
            seat.outbox.close(code);
        }
        while !self.keeping.is_idle() {
            self.keeping.next().await;
        }
    }
}

//! A room's thread: one document's mailbox, clock and sockets.
//!
//! A thread of its own with a big stack, because the CRDT library recurses
//! over what people send; a panic or a failed load ends this room only. Only
//! loading waits for the store: there is nothing to show before.

use std::{collections::HashMap, io, sync::Arc, time::Duration};

use shared::{
    board::Replica,
    id::DocumentId,
    protocol::CloseCode,
    sync::{
        Room,
        room::{ConnId, Input, Output},
    },
};
use tokio::sync::mpsc;

use super::{
    keeping::{Authors, Keeping, Outcome},
    load,
    mail::{Mail, Mailbox},
    open::OpenRooms,
    outbox::Outbox,
};
use crate::{
    clock,
    storage::{DocumentRow, SharedStore, Snapshot, StoreError, StoreHealth},
};

/// The room thread's stack: room for some 190,000 levels of recursion.
const STACK_BYTES: usize = 64 << 20;
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

/// Starts a room's thread. Mail waits in the box until the document is loaded.
///
/// # Errors
/// Where the operating system gives no thread.
pub(super) fn spawn(
    document: DocumentId,
    store: SharedStore,
    rooms: OpenRooms,
) -> io::Result<Mailbox> {
    let (mail, mailbox) = mpsc::channel(MAILBOX);
    let runtime = tokio::runtime::Handle::current();
    std::thread::Builder::new()
        .name("room".into())
        .stack_size(STACK_BYTES)
        .spawn(move || runtime.block_on(live(document, store, mailbox, rooms)))?;
    Ok(mail)
}

/// A room's life, from loading to its end.
async fn live(
    document: DocumentId,
    store: SharedStore,
    mailbox: mpsc::Receiver<Mail>,
    rooms: OpenRooms,
) {
    let (mailbox, code) = match Actor::load(document.clone(), store, rooms.clone()).await {
        Ok(mut actor) => actor.run(mailbox).await,
        Err(error) => {
            tracing::error!(%document, %error, "a document could not be loaded; it stays closed");
            (mailbox, CloseCode::Unavailable)
        }
    };
    turn_away(mailbox, code).await;
    rooms.forget(&document);
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

/// One open document.
struct Actor {
    /// Which.
    document: DocumentId,
    /// What else is open.
    rooms: OpenRooms,
    /// For loading anew, and for its health.
    store: SharedStore,
    /// What is on its way to the store.
    keeping: Keeping,
    /// Who decides.
    room: Room,
    /// Where frames to each connection wait.
    outboxes: HashMap<ConnId, Outbox>,
    /// Since when nobody has left, milliseconds of [`clock::now_ms`].
    idle_since_ms: u64,
    /// When a snapshot was tried last.
    snapshot_tried_ms: u64,
    /// When a store that had failed was tried last.
    store_tried_ms: u64,
    /// The copy may hold half an update: before anything else it is loaded anew.
    rebuild_due: bool,
    /// The room cannot go on; everybody is sent away with this code, and comes back to a fresh one.
    over: Option<CloseCode>,
}

impl Actor {
    async fn load(
        document: DocumentId,
        store: SharedStore,
        rooms: OpenRooms,
    ) -> Result<Self, load::LoadError> {
        let (row, loaded) = load::load(&store, &document).await?;
        let now_ms = clock::now_ms();
        let mut actor = Self {
            keeping: Keeping::new(document.clone(), row.workshop.clone(), Arc::clone(&store)),
            document,
            rooms,
            store,
            room: Room::new(loaded, now_ms),
            outboxes: HashMap::new(),
            idle_since_ms: now_ms,
            snapshot_tried_ms: now_ms,
            store_tried_ms: now_ms,
            rebuild_due: false,
            over: None,
        };
        actor.input(Input::SetAccess(row.access()));
        actor.say_what_it_is(&row);
        Ok(actor)
    }

    /// What a document is, the server says alone. Where damage took that, it is said again.
    fn say_what_it_is(&mut self, row: &DocumentRow) {
        if self.room.replica().schema().is_none() {
            let write = |replica: &mut Replica| replica.put_facts(&row.kind, &row.title);
            let out = self.room.write(write, clock::now_ms());
            self.carry_out(out);
        }
    }

    /// Runs until the room is stopped, idle or over. Returns the mailbox and what to tell whoever still comes.
    async fn run(
        &mut self,
        mut mailbox: mpsc::Receiver<Mail>,
    ) -> (mpsc::Receiver<Mail>, CloseCode) {
        loop {
            let mut wait_ms = self.room.wake_at_ms().saturating_sub(clock::now_ms());
            if self.room.is_in_trouble() {
                wait_ms = wait_ms.min(RETRY_STORE_MS);
            }
            let has_room = self.keeping.has_room();
            tokio::select! {
                biased;
                outcome = self.keeping.next() => self.take_outcome(outcome),
                mail = mailbox.recv(), if has_room => match mail {
                    Some(Mail::Stop(done)) => {
                        self.stop().await;
                        let _ = done.send(());
                        return (mailbox, CloseCode::Restarting);
                    }
                    Some(mail) => self.deliver(mail),
                    None => return (mailbox, CloseCode::Restarting),
                },
                () = tokio::time::sleep(Duration::from_millis(wait_ms)) => self.input(Input::Tick),
            }
            if self.rebuild_due {
                self.rebuild().await;
            }
            if let Some(code) = self.over {
                self.close_all(code);
                return (mailbox, code);
            }
            self.house_keeping();
            if self.may_unload() && self.rooms.retire(&self.document, &mailbox) {
                return (mailbox, CloseCode::Restarting);
            }
        }
    }

    fn deliver(&mut self, mail: Mail) {
        match mail {
            Mail::Join(conn, session, outbox) => {
                self.outboxes.insert(conn, outbox);
                self.input(Input::Join(conn, session));
            }
            Mail::Frame(conn, bytes) => self.input(Input::Frame(conn, bytes)),
            Mail::Leave(conn) => {
                self.outboxes.remove(&conn);
                self.idle_since_ms = clock::now_ms();
                self.input(Input::Leave(conn));
            }
            Mail::SetRole(who, role) => self.input(Input::SetRole(who, role)),
            Mail::SetAccess(access) => self.input(Input::SetAccess(access)),
            Mail::Expel(whom, code) => self.input(Input::Expel(whom, code)),
            Mail::Authors(authors) => self.input(Input::Authors(authors)),
            Mail::Write(write, written) => {
                let out = self.room.write(|replica| write(replica), clock::now_ms());
                self.carry_out(out);
                let _ = written.send(());
            }
            Mail::State(answer) => {
                let _ = answer.send(self.room.replica().state());
            }
            Mail::StoreFailed => self.input(Input::StoreFailed),
            Mail::Stop(_) => {}
        }
    }

    /// The store decides who was first. The workshop's other rooms that are open hear it as well, unless they have
    /// too much to do.
    fn tell_siblings(&self, rows: &[DocumentRow], authors: &Authors) {
        let others = rows.iter().filter(|row| row.id != self.document);
        for room in others.filter_map(|row| self.rooms.get(&row.id)) {
            let _busy = room.try_send(Mail::Authors(authors.clone()));
        }
    }

    fn input(&mut self, input: Input) {
        let out = self.room.handle(input, clock::now_ms());
        self.carry_out(out);
    }

    fn take_outcome(&mut self, outcome: Outcome) {
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
    fn lose(&mut self, error: &StoreError) {
        tracing::error!(document = %self.document, %error, "a room ends without acknowledging anything");
        self.over = Some(CloseCode::Restarting);
    }

    fn carry_out(&mut self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send(conn, frame) => {
                    if let Some(outbox) = self.outboxes.get(&conn) {
                        outbox.send(frame);
                    }
                }
                Output::Close(conn, code) => {
                    if let Some(outbox) = self.outboxes.get(&conn) {
                        outbox.close(code);
                    }
                }
                Output::Append {
                    seq,
                    data,
                    claims,
                    authors,
                } => {
                    // A lone room has nobody to tell.
                    if self.rooms.count() > 1 {
                        self.keeping.look_up_siblings(&authors);
                    }
                    self.keeping.append(seq, data.to_vec(), claims, authors);
                }
                Output::Quarantine { why, data } => {
                    tracing::warn!(
                        document = %self.document,
                        why,
                        bytes = data.len(),
                        "an update was refused"
                    );
                    self.keeping.quarantine(why, data);
                }
                Output::Rebuild => self.rebuild_due = true,
            }
        }
    }

    /// Loads the document anew after a fault. Where that fails, everybody is
    /// sent away: clients keep what was not acknowledged and bring it back.
    async fn rebuild(&mut self) {
        self.rebuild_due = false;
        tracing::warn!(document = %self.document, "a document is being rebuilt from the store");
        match load::load(&self.store, &self.document).await {
            Ok((_, loaded)) => self.room.replace(loaded),
            Err(error) => {
                tracing::error!(document = %self.document, %error, "a document could not be rebuilt");
                self.over = Some(CloseCode::Unavailable);
            }
        }
    }

    fn house_keeping(&mut self) {
        let now_ms = clock::now_ms();
        if self.room.is_in_trouble()
            && now_ms.saturating_sub(self.store_tried_ms) >= RETRY_STORE_MS
            && self.store.health() == StoreHealth::Ok
        {
            self.store_tried_ms = now_ms;
            self.input(Input::StoreRecovered);
        }
        let (updates, bytes) = self.room.logged_since_snapshot();
        let idle = self.outboxes.is_empty()
            && now_ms.saturating_sub(self.idle_since_ms) > SNAPSHOT_IDLE_MS;
        let due = updates >= SNAPSHOT_UPDATES || bytes >= SNAPSHOT_BYTES || (idle && updates > 0);
        if due
            && !self.keeping.takes_snapshot()
            && now_ms.saturating_sub(self.snapshot_tried_ms) > SNAPSHOT_RETRY_MS
        {
            self.snapshot_tried_ms = now_ms;
            self.snapshot();
        }
    }

    fn snapshot(&mut self) {
        if let Some(snapshot) = self.room.take_snapshot(clock::random_u64()) {
            self.keeping.snapshot(Snapshot {
                upto_seq: snapshot.upto_seq,
                taken_ms: clock::unix_ms(),
                data: snapshot.data,
            });
        }
    }

    fn may_unload(&self) -> bool {
        self.outboxes.is_empty()
            && self.room.is_stored()
            && self.keeping.is_idle()
            && clock::now_ms().saturating_sub(self.idle_since_ms) > IDLE_MS
    }

    /// Stores what is under way, and everything as a snapshot; then sends everybody away.
    async fn stop(&mut self) {
        let flush = async {
            while !(self.room.is_stored() && self.keeping.is_idle()) && self.over.is_none() {
                let outcome = self.keeping.next().await;
                self.take_outcome(outcome);
            }
            if self.over.is_none() && self.room.logged_since_snapshot().0 > 0 {
                self.snapshot();
            }
            while self.keeping.takes_snapshot() {
                let outcome = self.keeping.next().await;
                self.take_outcome(outcome);
            }
        };
        if tokio::time::timeout(Duration::from_secs(FLUSH_SECS), flush)
            .await
            .is_err()
        {
            tracing::warn!(
                document = %self.document,
                "stopping with updates that could not be stored"
            );
        }
        self.close_all(CloseCode::Restarting);
    }

    fn close_all(&self, code: CloseCode) {
        for outbox in self.outboxes.values() {
            outbox.close(code);
        }
    }
}

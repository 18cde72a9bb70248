//! A room's thread: one document's mailbox, clock, sockets and log.
//!
//! A thread of its own with a big stack, because the CRDT library recurses
//! over what people send; a panic or a failed load ends this room only.

use std::{collections::HashMap, time::Duration};

use shared::{
    board::Replica,
    protocol::CloseCode,
    sync::{
        Room,
        room::{ConnId, Input, Output, Session},
    },
};
use tokio::sync::{mpsc, oneshot};

use super::{Outbox, load, registry::Registry};
use crate::{
    clock,
    storage::{Append, SharedStore, Snapshot, StoreError, StoreHealth},
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
/// A room that could not store tries again this often, once the store says that it works.
const RETRY_STORE_MS: u64 = 500;
/// On shutdown, updates on their way to the disk are awaited this long.
const FLUSH_SECS: u64 = 5;

/// A write of the server into a document.
pub type Write = Box<dyn FnOnce(&mut Replica) + Send>;

/// What can be said to a room.
pub enum Mail {
    /// A connection was let in.
    Join(ConnId, Session, Outbox),
    /// It brought a message.
    Frame(ConnId, Vec<u8>),
    /// It is gone.
    Leave(ConnId),
    /// The server writes.
    Write(Write),
    /// Answers the document's whole state.
    State(oneshot::Sender<Vec<u8>>),
    /// The store cannot be written, with the reason.
    StoreFailed(String),
    /// Store everything, close every connection, end.
    Stop(oneshot::Sender<()>),
}

/// What the store answers, on a queue of its own: the writer thread must never wait for a room.
type Ack = Result<u64, StoreError>;

/// Starts a room's thread. Mail waits in the box until the document is loaded.
pub fn spawn(
    document: String,
    server_only: bool,
    store: SharedStore,
    registry: Registry,
) -> mpsc::Sender<Mail> {
    let (mail, mailbox) = mpsc::channel(MAILBOX);
    let runtime = tokio::runtime::Handle::current();
    let name = document.clone();
    let spawned = std::thread::Builder::new().name("room".into()).stack_size(STACK_BYTES).spawn(move || {
        let mut actor = match Actor::load(document.clone(), server_only, store) {
            Ok(actor) => actor,
            Err(error) => {
                tracing::error!(document, %error, "a document could not be loaded; it stays closed");
                registry.forget(&document);
                return runtime.block_on(refuse_all(mailbox));
            }
        };
        runtime.block_on(actor.run(mailbox, &registry));
        registry.forget(&document);
    });
    if let Err(error) = spawned {
        tracing::error!(document = name, %error, "no thread for a room");
    }
    mail
}

/// Turns away whoever waited for a document that cannot be loaded.
async fn refuse_all(mut mailbox: mpsc::Receiver<Mail>) {
    mailbox.close();
    while let Some(mail) = mailbox.recv().await {
        if let Mail::Join(_, _, outbox) = mail {
            outbox.close(CloseCode::Unavailable);
        }
    }
}

struct Actor {
    document: String,
    store: SharedStore,
    room: Room,
    outboxes: HashMap<ConnId, Outbox>,
    acks: mpsc::UnboundedSender<Ack>,
    ack_box: Option<mpsc::UnboundedReceiver<Ack>>,
    idle_since_ms: u64,
    snapshot_tried_ms: u64,
    store_tried_ms: u64,
}

impl Actor {
    fn load(
        document: String,
        server_only: bool,
        store: SharedStore,
    ) -> Result<Self, load::LoadError> {
        let loaded = load::load(&store, &document)?;
        let (acks, ack_box) = mpsc::unbounded_channel();
        let now_ms = clock::now_ms();
        Ok(Self {
            document,
            store,
            room: Room::new(loaded, server_only, now_ms),
            outboxes: HashMap::new(),
            acks,
            ack_box: Some(ack_box),
            idle_since_ms: now_ms,
            snapshot_tried_ms: now_ms,
            store_tried_ms: now_ms,
        })
    }

    async fn run(&mut self, mut mailbox: mpsc::Receiver<Mail>, registry: &Registry) {
        let Some(mut acks) = self.ack_box.take() else {
            return;
        };
        loop {
            let mut wait_ms = self.room.wake_at_ms().saturating_sub(clock::now_ms());
            if self.room.is_in_trouble() {
                wait_ms = wait_ms.min(RETRY_STORE_MS);
            }
            tokio::select! {
                biased;
                Some(ack) = acks.recv() => self.acked(ack),
                mail = mailbox.recv() => match mail {
                    Some(Mail::Stop(done)) => {
                        self.stop(&mut acks).await;
                        let _ = done.send(());
                        return self.hand_over(mailbox, registry).await;
                    }
                    Some(mail) => self.deliver(mail),
                    None => return,
                },
                () = tokio::time::sleep(Duration::from_millis(wait_ms)) => self.input(Input::Tick),
            }
            self.house_keeping();
            if self.may_unload() && registry.retire(&self.document, &mailbox) {
                return self.hand_over(mailbox, registry).await;
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
            Mail::Write(write) => {
                let out = self.room.write(write, clock::now_ms());
                self.carry_out(out);
            }
            Mail::State(answer) => {
                let _ = answer.send(self.room.replica().state());
            }
            Mail::StoreFailed(reason) => self.input(Input::StoreFailed(reason)),
            Mail::Stop(_) => {}
        }
    }

    fn input(&mut self, input: Input) {
        let out = self.room.handle(input, clock::now_ms());
        self.carry_out(out);
    }

    fn acked(&mut self, ack: Ack) {
        match ack {
            Ok(seq) => self.input(Input::Stored(seq)),
            Err(error) => self.input(Input::StoreFailed(error.to_string())),
        }
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
                Output::Append { seq, data, claims } => {
                    let acks = self.acks.clone();
                    let append = Append {
                        document: self.document.clone(),
                        seq,
                        data: data.to_vec(),
                        claims: claims
                            .into_iter()
                            .map(|(client, owner)| (client, owner.to_string()))
                            .collect(),
                    };
                    self.store.append(
                        append,
                        Box::new(move |stored| {
                            let _ = acks.send(stored.map(|()| seq));
                        }),
                    );
                }
                Output::Quarantine { why, data } => {
                    tracing::warn!(
                        document = self.document,
                        why,
                        bytes = data.len(),
                        "an update was refused"
                    );
                    if let Err(error) = self.store.quarantine(&self.document, &why, &data) {
                        tracing::warn!(%error, "a refused update could not be kept");
                    }
                }
                Output::Rebuild => self.rebuild(),
            }
        }
    }

    /// Loads the document anew after a fault. Where that fails, everybody is
    /// sent away: clients keep what was not acknowledged and bring it back.
    fn rebuild(&mut self) {
        tracing::warn!(
            document = self.document,
            "a document is being rebuilt from the store"
        );
        match load::load(&self.store, &self.document) {
            Ok(loaded) => self.room.replace(loaded),
            Err(error) => {
                tracing::error!(document = self.document, %error, "a document could not be rebuilt");
                for outbox in self.outboxes.values() {
                    outbox.close(CloseCode::Unavailable);
                }
            }
        }
    }

    fn house_keeping(&mut self) {
        if self.room.is_in_trouble()
            && clock::now_ms().saturating_sub(self.store_tried_ms) >= RETRY_STORE_MS
            && self.store.health() == StoreHealth::Ok
        {
            self.store_tried_ms = clock::now_ms();
            self.input(Input::StoreRecovered);
        }
        let (updates, bytes) = self.room.logged_since_snapshot();
        let now_ms = clock::now_ms();
        let idle = self.outboxes.is_empty()
            && now_ms.saturating_sub(self.idle_since_ms) > SNAPSHOT_IDLE_MS;
        let due = updates >= SNAPSHOT_UPDATES || bytes >= SNAPSHOT_BYTES || (idle && updates > 0);
        // A snapshot that could not be taken is tried again a second later, not at each keystroke.
        if due && now_ms.saturating_sub(self.snapshot_tried_ms) > 1_000 {
            self.snapshot_tried_ms = now_ms;
            self.snapshot();
        }
    }

    fn snapshot(&mut self) {
        let Some(snapshot) = self.room.take_snapshot(clock::random_u64()) else {
            return;
        };
        let snapshot = Snapshot {
            upto_seq: snapshot.upto_seq,
            taken_ms: clock::unix_ms(),
            data: snapshot.data,
        };
        if let Err(error) = self.store.snapshot(&self.document, snapshot) {
            tracing::warn!(document = self.document, %error, "a snapshot could not be stored; the log is complete");
        }
    }

    fn may_unload(&self) -> bool {
        self.outboxes.is_empty()
            && self.room.is_stored()
            && clock::now_ms().saturating_sub(self.idle_since_ms) > IDLE_MS
    }

    /// After the end: mail that slipped in before the box was closed. Whoever
    /// joins is told to come back; a write of the server goes to the next room.
    async fn hand_over(&self, mut mailbox: mpsc::Receiver<Mail>, registry: &Registry) {
        mailbox.close();
        while let Some(mail) = mailbox.recv().await {
            match mail {
                Mail::Join(_, _, outbox) => outbox.close(CloseCode::Restarting),
                Mail::Write(write) => registry.write_again(&self.document, write).await,
                Mail::Stop(done) => {
                    let _ = done.send(());
                }
                _ => {}
            }
        }
    }

    async fn stop(&mut self, acks: &mut mpsc::UnboundedReceiver<Ack>) {
        let flush = async {
            while !self.room.is_stored() {
                let Some(ack) = acks.recv().await else { break };
                self.acked(ack);
            }
        };
        if tokio::time::timeout(Duration::from_secs(FLUSH_SECS), flush)
            .await
            .is_err()
        {
            tracing::warn!(
                document = self.document,
                "stopping with updates that could not be stored"
            );
        }
        if self.room.logged_since_snapshot().0 > 0 {
            self.snapshot();
        }
        for outbox in self.outboxes.values() {
            outbox.close(CloseCode::Restarting);
        }
    }
}

/// Number of the next connection of this process.
pub fn next_conn() -> ConnId {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

//! The one place that opens rooms. A document is opened once, however many arrive together.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use shared::{
    board::workshop::KIND,
    id::DocumentId,
    sync::room::{ConnId, Session},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

use super::{
    actor,
    mail::{Mail, Mailbox, Write},
    open::OpenRooms,
    outbox::Outbox,
};
use crate::storage::{SharedStore, StoreHealth};

/// How often the store's health is looked at.
const HEALTH_EVERY: Duration = Duration::from_millis(500);

/// Why a document is not open here.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The operating system gives no further thread.
    #[error("no thread for a room: {0}")]
    NoThread(#[from] io::Error),
}

/// A place in a document's mailbox.
pub struct Writer(mpsc::OwnedPermit<Mail>);

impl Writer {
    /// Sends the write. What is returned resolves once the document has it, or with an error if the room ended
    /// before: then it is for the caller to try again.
    pub fn send(self, write: Write) -> oneshot::Receiver<()> {
        let (done, written) = oneshot::channel();
        self.0.send(Mail::Write(write, done));
        written
    }
}

/// Opens documents and hands out their mailboxes. A cheap handle.
#[derive(Clone)]
pub struct Registry {
    /// What rooms load from and store in.
    store: SharedStore,
    /// What is open.
    rooms: OpenRooms,
}

impl Registry {
    /// No open documents yet.
    pub fn new(store: SharedStore) -> Self {
        Self {
            store,
            rooms: OpenRooms::default(),
        }
    }

    /// Lets a connection into a document. Returns the room's mailbox.
    ///
    /// # Errors
    /// Where the document cannot be opened here.
    pub async fn join(
        &self,
        document: &DocumentId,
        kind: &str,
        conn: ConnId,
        session: Session,
        outbox: Outbox,
    ) -> Result<Mailbox, OpenError> {
        let place = self.place(document, kind).await?;
        Ok(place.send(Mail::Join(conn, session, outbox)))
    }

    /// Waits for a place in a document's mailbox, for a write of the server.
    ///
    /// # Errors
    /// Where the document cannot be opened here.
    pub async fn writer(&self, document: &DocumentId, kind: &str) -> Result<Writer, OpenError> {
        self.place(document, kind).await.map(Writer)
    }

    /// A document's whole state; `None` where it could not be loaded.
    ///
    /// # Errors
    /// Where the document cannot be opened here.
    pub async fn state(
        &self,
        document: &DocumentId,
        kind: &str,
    ) -> Result<Option<Vec<u8>>, OpenError> {
        let (answer, state) = oneshot::channel();
        self.place(document, kind).await?.send(Mail::State(answer));
        Ok(state.await.ok())
    }

    /// How many documents are open.
    pub fn count(&self) -> usize {
        self.rooms.count()
    }

    /// Stores everything and closes every connection.
    pub async fn stop(&self) {
        let mut waits = Vec::new();
        for room in self.rooms.take_all() {
            let (done, stopped) = oneshot::channel();
            if room.send(Mail::Stop(done)).await.is_ok() {
                waits.push(stopped);
            }
        }
        for stopped in waits {
            let _ = stopped.await;
        }
    }

    /// Watches the store: tells every room when it fails, and tries to recover it. Rooms see by themselves when it works again.
    pub fn watch_store(&self, stop: CancellationToken) -> JoinHandle<()> {
        let registry = self.clone();
        tokio::spawn(async move {
            while !stop.is_cancelled() {
                tokio::time::sleep(HEALTH_EVERY).await;
                let StoreHealth::Degraded(reason) = registry.store.health() else {
                    continue;
                };
                tracing::error!(reason, "the store cannot be written");
                for room in registry.rooms.all() {
                    // A room whose mailbox is full waits for the store itself: that fails too, and tells it.
                    let _ = room.try_send(Mail::StoreFailed(reason.clone()));
                }
                if registry.store.recover().await == StoreHealth::Ok {
                    tracing::info!("the store can be written again");
                }
            }
        })
    }

    /// A place in a document's mailbox, which is opened if it is not.
    async fn place(
        &self,
        document: &DocumentId,
        kind: &str,
    ) -> Result<mpsc::OwnedPermit<Mail>, OpenError> {
        loop {
            if let Ok(place) = self.open(document, kind)?.reserve_owned().await {
                return Ok(place);
            }
            // It ended between the two: open it anew.
            self.rooms.forget(document);
        }
    }

    fn open(&self, document: &DocumentId, kind: &str) -> Result<Mailbox, OpenError> {
        self.rooms.open(document, || {
            let server_only = kind == KIND;
            let store = Arc::clone(&self.store);
            Ok(actor::spawn(
                document.clone(),
                server_only,
                store,
                self.rooms.clone(),
            )?)
        })
    }
}

/// Number of the next connection of this process.
pub fn next_conn() -> ConnId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

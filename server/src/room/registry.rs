//! Which documents are open. A document is opened once, however many arrive together.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use shared::{
    board::{Replica, workshop::KIND},
    sync::room::{ConnId, Session},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

use super::{
    Outbox,
    actor::{self, Mail},
};
use crate::storage::{SharedStore, StoreHealth};

/// How often the store's health is looked at.
const HEALTH_EVERY: Duration = Duration::from_millis(500);

/// The open documents. A cheap handle.
#[derive(Clone)]
pub struct Registry {
    store: SharedStore,
    /// Guards opening and retiring: a room is in the map for as long as its mailbox is open.
    rooms: Arc<Mutex<HashMap<String, mpsc::Sender<Mail>>>>,
}

impl Registry {
    /// No open documents yet.
    pub fn new(store: SharedStore) -> Self {
        Self {
            store,
            rooms: Arc::default(),
        }
    }

    /// Lets a connection into a document. Answers the room's mailbox.
    pub async fn join(
        &self,
        document: &str,
        kind: &str,
        conn: ConnId,
        session: Session,
        outbox: Outbox,
    ) -> mpsc::Sender<Mail> {
        loop {
            let room = self.open(document, kind);
            if room
                .send(Mail::Join(conn, session.clone(), outbox.clone()))
                .await
                .is_ok()
            {
                return room;
            }
            // It retired between the two lines: open it anew.
            self.forget(document);
        }
    }

    /// Lets the server write into a workshop's own document.
    pub fn write(&self, workshop: &str, write: impl FnOnce(&mut Replica) + Send + 'static) {
        let room = self.open(workshop, KIND);
        if room.blocking_send(Mail::Write(Box::new(write))).is_err() {
            // Joiners read the people from the store too: the next join repairs this.
            tracing::warn!(
                workshop,
                "a workshop's document was closed while it was written"
            );
        }
    }

    /// The same for a write that a room handed over when it ended.
    pub(super) async fn write_again(&self, workshop: &str, write: actor::Write) {
        let room = self.open(workshop, KIND);
        let _ = room.send(Mail::Write(write)).await;
    }

    /// A document's whole state.
    pub async fn state(&self, document: &str) -> Option<Vec<u8>> {
        let (answer, state) = oneshot::channel();
        let room = self.open(document, "");
        room.send(Mail::State(answer)).await.ok()?;
        state.await.ok()
    }

    /// How many documents are open.
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    /// Takes a room out that nobody has mail for. Answers whether it may end.
    pub(super) fn retire(&self, document: &str, mailbox: &mpsc::Receiver<Mail>) -> bool {
        let mut rooms = self.lock();
        let empty = mailbox.is_empty();
        if empty {
            rooms.remove(document);
        }
        empty
    }

    /// Takes a room out that has ended.
    pub(super) fn forget(&self, document: &str) {
        let mut rooms = self.lock();
        if rooms.get(document).is_some_and(mpsc::Sender::is_closed) {
            rooms.remove(document);
        }
    }

    /// Stores everything and closes every connection.
    pub async fn stop(&self) {
        let rooms: Vec<_> = self.lock().drain().map(|(_, room)| room).collect();
        let mut waits = Vec::new();
        for room in rooms {
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
                registry.tell(|| Mail::StoreFailed(reason.clone())).await;
                let store = Arc::clone(&registry.store);
                let health = tokio::task::spawn_blocking(move || store.recover()).await;
                if matches!(health, Ok(StoreHealth::Ok)) {
                    tracing::info!("the store can be written again");
                }
            }
        })
    }

    async fn tell(&self, mail: impl Fn() -> Mail) {
        let rooms: Vec<_> = self.lock().values().cloned().collect();
        for room in rooms {
            let _ = room.send(mail()).await;
        }
    }

    fn open(&self, document: &str, kind: &str) -> mpsc::Sender<Mail> {
        let mut rooms = self.lock();
        if let Some(room) = rooms.get(document).filter(|room| !room.is_closed()) {
            return room.clone();
        }
        let server_only = kind == KIND;
        let room = actor::spawn(
            document.to_owned(),
            server_only,
            Arc::clone(&self.store),
            self.clone(),
        );
        rooms.insert(document.to_owned(), room.clone());
        room
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, mpsc::Sender<Mail>>> {
        // A panic while the map was held cannot leave it half changed.
        self.rooms
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

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
    id::{DocumentId, ParticipantId, WorkshopId},
    protocol::CloseCode,
    sync::room::{ConnId, Expelled, Session},
};
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

use super::{
    actor,
    mail::{Mail, Mailbox, Write},
    open::OpenRooms,
    outbox::Outbox,
};
use crate::storage::{SharedStore, StoreError, StoreHealth};

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
    /// What is older must not be told after what is newer.
    rights_order: Arc<Mutex<()>>,
}

impl Registry {
    /// No open documents yet.
    pub fn new(store: SharedStore) -> Self {
        Self {
            store,
            rooms: OpenRooms::default(),
            rights_order: Arc::default(),
        }
    }

    /// Lets a connection into a document. Returns the room's mailbox.
    ///
    /// # Errors
    /// Where the document cannot be opened here.
    pub async fn join(
        &self,
        document: &DocumentId,
        conn: ConnId,
        session: Session,
        outbox: Outbox,
    ) -> Result<Mailbox, OpenError> {
        let place = self.place(document).await?;
        Ok(place.send(Mail::Join(conn, session, outbox)))
    }

    /// Waits for a place in a document's mailbox, for a write of the server.
    ///
    /// # Errors
    /// Where the document cannot be opened here.
    pub async fn writer(&self, document: &DocumentId) -> Result<Writer, OpenError> {
        self.place(document).await.map(Writer)
    }

    /// A document's whole state; `None` where it could not be loaded.
    ///
    /// # Errors
    /// Where the document cannot be opened here.
    pub async fn state(&self, document: &DocumentId) -> Result<Option<Vec<u8>>, OpenError> {
        let (answer, state) = oneshot::channel();
        self.place(document).await?.send(Mail::State(answer));
        Ok(state.await.ok())
    }

    /// Whether a document is open here.
    pub fn is_open(&self, document: &DocumentId) -> bool {
        self.rooms.get(document).is_some()
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
                    let _ = room.try_send(Mail::StoreFailed);
                }
                if registry.store.recover().await == StoreHealth::Ok {
                    tracing::info!("the store can be written again");
                }
            }
        })
    }

    /// A place in a document's mailbox, which is opened if it is not.
    async fn place(&self, document: &DocumentId) -> Result<mpsc::OwnedPermit<Mail>, OpenError> {
        loop {
            if let Ok(place) = self.open(document)?.reserve_owned().await {
                return Ok(place);
            }
            // It ended between the two: open it anew.
            self.rooms.forget(document);
        }
    }

    /// Tells the role that is stored of somebody wherever they have a document of the workshop open.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn tell_role(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
    ) -> Result<(), StoreError> {
        let mut places = Vec::new();
        for row in self.store.documents(workshop).await? {
            if let Some(room) = self.rooms.get(&row.id)
                && let Ok(place) = room.reserve_owned().await
            {
                places.push(place);
            }
        }
        // Only now, so that a room that is busy does not hold up others: whoever reads last tells last.
        let _in_order = self.rights_order.lock().await;
        if let Some(row) = self.store.participant(participant).await? {
            for place in places {
                place.send(Mail::SetRole(participant.clone(), row.role));
            }
        }
        Ok(())
    }

    /// Ends connections wherever a document of the workshop is open.
    ///
    /// # Errors
    /// Where the workshop's documents cannot be read.
    pub async fn expel(
        &self,
        workshop: &WorkshopId,
        whom: Expelled,
        code: CloseCode,
    ) -> Result<(), StoreError> {
        self.tell(workshop, || Mail::Expel(whom.clone(), code))
            .await
    }

    /// Tells a document that is open here to whom it is open, as is stored. One that is not reads it when it opens.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn tell_access(&self, document: &DocumentId) -> Result<(), StoreError> {
        let Some(room) = self.rooms.get(document) else {
            return Ok(());
        };
        if let Ok(place) = room.reserve_owned().await {
            let _in_order = self.rights_order.lock().await;
            if let Some(row) = self.store.document(document).await? {
                place.send(Mail::SetAccess(row.access()));
            }
        }
        Ok(())
    }

    /// Tells all rooms of a workshop that are open in this process. A room that is loading hears it after those who
    /// wait for it. Rooms of another process hear nothing: a second server needs a way to be told of changed rights.
    async fn tell(&self, workshop: &WorkshopId, mail: impl Fn() -> Mail) -> Result<(), StoreError> {
        for row in self.store.documents(workshop).await? {
            if let Some(room) = self.rooms.get(&row.id) {
                // A room that ends now has no connections any more.
                let _gone = room.send(mail()).await;
            }
        }
        Ok(())
    }

    fn open(&self, document: &DocumentId) -> Result<Mailbox, OpenError> {
        self.rooms.open(document, || {
            let store = Arc::clone(&self.store);
            Ok(actor::spawn(document.clone(), store, self.rooms.clone())?)
        })
    }
}

/// Number of the next connection of this process.
pub fn next_conn() -> ConnId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

//! The one place that opens rooms. A document is opened once, however many arrive together.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::future::join_all;
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
    faults::Faults,
    host::Host,
    mail::{Mail, Mailbox, Write},
    open::OpenRooms,
    outbox::Outbox,
    pool::{CallLimits, Lost, Pool},
};
use crate::{
    clock,
    storage::{SharedStore, StoreError, StoreHealth},
};

/// How often the store's health is looked at.
const HEALTH_EVERY: Duration = Duration::from_millis(500);

/// A room that ends just when it is asked is opened anew, so often.
const OPEN_TRIES: usize = 5;

/// Why a document is not open here.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no thread, and the operating system gives none.
    #[error("no thread for a room: {0}")]
    NoThread(String),
    /// Its room ended each time before it could be asked.
    #[error("the document's room has ended again and again")]
    Ended,
}

/// Why nothing was computed of a document.
#[derive(Debug, thiserror::Error)]
pub enum ComputeError {
    /// The call was lost.
    #[error(transparent)]
    Lost(#[from] Lost),
    /// Too many calls into the document were lost.
    #[error("the document rests: too many calls into it were lost")]
    Rests,
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
    /// What rooms have of the server.
    host: Host,
    /// What is older must not be told after what is newer.
    rights_order: Arc<Mutex<()>>,
}

impl Registry {
    /// No open documents yet.
    pub fn new(store: SharedStore, limits: CallLimits) -> Self {
        Self {
            host: Host {
                store,
                rooms: OpenRooms::default(),
                faults: Faults::new(limits.kept_out),
                pool: Pool::new(limits),
            },
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
        self.host.rooms.get(document).is_some()
    }

    /// How many documents are open.
    pub fn count(&self) -> usize {
        self.host.rooms.count()
    }

    /// Computes something of a document's state, on one of the threads for what may hang or panic.
    ///
    /// # Errors
    /// Where that hung or panicked, or too much has before.
    pub async fn compute<T: Send + 'static>(
        &self,
        document: &DocumentId,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ComputeError> {
        let Host { pool, faults, .. } = &self.host;
        if faults.rests(document, clock::now_ms()) {
            return Err(ComputeError::Rests);
        }
        let limit = pool.limits().document;
        match pool.lend((), limit, move |(), _| work()).await {
            Ok(((), computed)) => Ok(computed),
            Err(lost) => {
                if lost == Lost::Hung {
                    faults.lose(document, clock::now_ms());
                }
                Err(lost.into())
            }
        }
    }

    /// What is wrong with the threads, in words, where something is.
    pub fn trouble(&self) -> Option<String> {
        self.host.pool.trouble()
    }

    /// How many threads hang in a call that was given up.
    pub fn abandoned(&self) -> usize {
        self.host.pool.abandoned()
    }

    /// Resolves once so many threads hang that the server has to be started anew.
    pub async fn exhausted(&self) {
        self.host.pool.exhausted().await;
    }

    /// Stores everything and closes every connection.
    pub async fn stop(&self) {
        // All at once: one that hangs must not keep others from it.
        let stopped = self
            .host
            .rooms
            .take_all()
            .into_iter()
            .map(|room| async move {
                let (done, stopped) = oneshot::channel();
                if room.send(Mail::Stop(done)).await.is_ok() {
                    let _ = stopped.await;
                }
            });
        join_all(stopped).await;
    }

    /// Watches the store: tells every room when it fails, and tries to recover it. Rooms see by themselves when it works again.
    pub fn watch_store(&self, stop: CancellationToken) -> JoinHandle<()> {
        let registry = self.clone();
        tokio::spawn(async move {
            while !stop.is_cancelled() {
                tokio::time::sleep(HEALTH_EVERY).await;
                let StoreHealth::Degraded(reason) = registry.host.store.health() else {
                    continue;
                };
                tracing::error!(reason, "the store cannot be written");
                for room in registry.host.rooms.all() {
                    // A room whose mailbox is full waits for the store itself: that fails too, and tells it.
                    let _ = room.try_send(Mail::StoreFailed);
                }
                if registry.host.store.recover().await == StoreHealth::Ok {
                    tracing::info!("the store can be written again");
                }
            }
        })
    }

    /// A place in a document's mailbox, which is opened if it is not.
    async fn place(&self, document: &DocumentId) -> Result<mpsc::OwnedPermit<Mail>, OpenError> {
        if let Some(why) = self.host.pool.provide() {
            return Err(OpenError::NoThread(why));
        }
        for _ in 0..OPEN_TRIES {
            if let Ok(place) = self.open(document).reserve_owned().await {
                return Ok(place);
            }
            // It ended between the two: open it anew.
            self.host.rooms.forget(document);
        }
        tracing::warn!(%document, "a document's room ended each time before it could be asked");
        Err(OpenError::Ended)
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
        for row in self.host.store.documents(workshop).await? {
            if let Some(room) = self.host.rooms.get(&row.id)
                && let Ok(place) = room.reserve_owned().await
            {
                places.push(place);
            }
        }
        // Only now, so that a room that is busy does not hold up others: whoever reads last tells last.
        let _in_order = self.rights_order.lock().await;
        if let Some(row) = self.host.store.participant(participant).await? {
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
        let Some(room) = self.host.rooms.get(document) else {
            return Ok(());
        };
        if let Ok(place) = room.reserve_owned().await {
            let _in_order = self.rights_order.lock().await;
            if let Some(row) = self.host.store.document(document).await? {
                place.send(Mail::SetAccess(row.access()));
            }
        }
        Ok(())
    }

    /// Tells all rooms of a workshop that are open in this process. A room that is loading hears it after those who
    /// wait for it. Rooms of another process hear nothing: a second server needs a way to be told of changed rights.
    async fn tell(&self, workshop: &WorkshopId, mail: impl Fn() -> Mail) -> Result<(), StoreError> {
        for row in self.host.store.documents(workshop).await? {
            if let Some(room) = self.host.rooms.get(&row.id) {
                // A room that ends now has no connections any more.
                let _gone = room.send(mail()).await;
            }
        }
        Ok(())
    }

    fn open(&self, document: &DocumentId) -> Mailbox {
        let rooms = &self.host.rooms;
        rooms.open(document, || {
            actor::spawn(document.clone(), self.host.clone())
        })
    }
}

/// Number of the next connection of this process.
pub fn next_conn() -> ConnId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

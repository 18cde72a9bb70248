//! The service behind the JSON API: what it shares, sessions, and what a workshop says of itself.

use std::sync::{Arc, Mutex, PoisonError};

use shared::{
    board::{
        DocumentKind,
        workshop::{CanvasEntry, Person},
    },
    id::WorkshopId,
    protocol::{api::WorkshopInfo, control::Role},
    sync::{rate::TokenBucket, room::SessionId},
};

use super::{
    error::WorkshopError,
    keys::hash,
    people::{People, person},
};
use crate::{
    clock,
    room::registry::Registry,
    storage::{ParticipantRow, SharedStore, StoreError},
};

/// Workshops that may be created each second, and at once, by everybody together.
const CREATE_PER_SEC: u32 = 10;
const CREATE_BURST: u32 = 100;

/// All workshops.
pub struct Workshops {
    /// What is durable.
    pub(super) store: SharedStore,
    /// Writes who has joined into the workshops' documents.
    people: Arc<People>,
    /// What is open: rights change there at once.
    pub(super) rooms: Registry,
    /// How fast workshops are created here.
    create_rate: Mutex<TokenBucket>,
}

/// A session that holds.
#[derive(Clone, Debug)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub participant: ParticipantRow,
    /// What they may do.
    pub role: Role,
}

impl Workshops {
    /// Workshops kept in a store.
    pub fn new(store: SharedStore, rooms: Registry) -> Self {
        Self {
            people: Arc::new(People::new(Arc::clone(&store), rooms.clone())),
            rooms,
            store,
            create_rate: Mutex::new(TokenBucket::new(
                CREATE_PER_SEC,
                CREATE_BURST,
                clock::now_ms(),
            )),
        }
    }

    /// Whether another workshop may be created now.
    pub(super) fn may_create(&self) -> bool {
        let mut rate = self
            .create_rate
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        rate.take(1, clock::now_ms()) == 0
    }

    /// Has a workshop's list of people brought up to date. Nobody waits for that.
    pub(super) fn list_people(&self, workshop: &WorkshopId) {
        let (people, workshop) = (Arc::clone(&self.people), workshop.clone());
        tokio::spawn(async move { people.write(&workshop).await });
    }

    /// The session of a token, if it holds for the workshop.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn session(
        &self,
        token: &str,
        workshop: &WorkshopId,
    ) -> Result<Option<Session>, StoreError> {
        self.session_of(SessionId(hash(token)), workshop).await
    }

    /// The same for a session that was found before: it may have ended since.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn session_of(
        &self,
        id: SessionId,
        workshop: &WorkshopId,
    ) -> Result<Option<Session>, StoreError> {
        let Some(row) = self.store.session(&id.0).await? else {
            return Ok(None);
        };
        if row.workshop != *workshop || row.expires_ms < clock::unix_ms() {
            return Ok(None);
        }
        let participant = self.store.participant(&row.participant).await?;
        Ok(participant.map(|participant| Session {
            id,
            role: participant.role,
            participant,
        }))
    }

    /// A workshop's title and canvases.
    ///
    /// # Errors
    /// [`WorkshopError::NoWorkshop`], [`WorkshopError::Store`].
    pub async fn info(&self, id: &WorkshopId) -> Result<WorkshopInfo, WorkshopError> {
        let workshop = self
            .store
            .workshop(id)
            .await?
            .ok_or(WorkshopError::NoWorkshop)?;
        let canvases = self
            .store
            .documents(id)
            .await?
            .into_iter()
            .filter(|document| DocumentKind::of(&document.kind) == Some(DocumentKind::Canvas))
            .map(|document| CanvasEntry {
                id: document.id,
                kind: document.kind,
                title: document.title,
            })
            .collect();
        Ok(WorkshopInfo {
            id: workshop.id.document(),
            title: workshop.title,
            canvases,
        })
    }

    /// Everybody who ever joined.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn people(&self, workshop: &WorkshopId) -> Result<Vec<Person>, StoreError> {
        let rows = self.store.participants(workshop).await?;
        Ok(rows.iter().map(person).collect())
    }
}

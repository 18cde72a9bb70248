//! The service behind the JSON API: what it shares, sessions, and what a workshop says of itself.

use std::sync::Arc;

use shared::{
    board::{DocumentKind, workshop::Person},
    id::WorkshopId,
    protocol::{api::WorkshopInfo, control::Role},
    sync::room::SessionId,
};

use super::{
    error::WorkshopError,
    keys::hash,
    listing::{Listings, people_of},
    rows::entry,
};
use crate::{
    clock,
    config::{Config, Limits},
    room::registry::Registry,
    shares::{Shares, Who},
    storage::{By, ParticipantRow, SharedStore, StoreError, WorkshopRow},
};

/// All workshops.
pub struct Workshops {
    /// What is durable.
    pub(super) store: SharedStore,
    /// Writes the workshops' own documents.
    listings: Arc<Listings>,
    /// What is open: rights change there at once.
    pub(super) rooms: Registry,
    /// How fast people come and workshops are created.
    pub(super) shares: Shares,
    /// How many people a workshop may have.
    pub(super) limits: Limits,
    /// The hash of the key that is needed to create workshops.
    pub(super) create_key: Option<blake3::Hash>,
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

impl Session {
    /// Whose shares it uses.
    pub fn who(&self) -> Who {
        Who {
            person: self.participant.id.clone(),
            workshop: self.participant.workshop.clone(),
            role: self.role,
        }
    }

    /// The same as who changes the workshop, which the store looks at once more.
    pub(super) fn by(&self) -> By {
        By {
            workshop: self.participant.workshop.clone(),
            facilitator: self.participant.id.clone(),
        }
    }
}

impl Workshops {
    /// Workshops kept in a store.
    pub fn new(store: SharedStore, rooms: Registry, shares: Shares, config: &Config) -> Self {
        let key = config.create_key.as_deref();
        Self {
            listings: Arc::new(Listings::new(Arc::clone(&store), rooms.clone())),
            rooms,
            store,
            shares,
            limits: config.limits,
            create_key: key.map(|key| blake3::hash(key.as_bytes())),
        }
    }

    /// Has a workshop's own document brought up to date. Nobody waits for that.
    pub(super) fn list(&self, workshop: &WorkshopId) {
        let (listings, workshop) = (Arc::clone(&self.listings), workshop.clone());
        tokio::spawn(async move { listings.write(&workshop).await });
    }

    /// Brings a workshop's own document up to date, and waits for that: it may be of an earlier version of Plaza.
    pub async fn listed(&self, workshop: &WorkshopId) {
        self.listings.write(workshop).await;
    }

    /// The session of a token, if it holds for the workshop.
    ///
    /// # Errors
    /// [`WorkshopError::NoSession`], [`WorkshopError::Removed`], [`WorkshopError::Store`].
    pub async fn session(
        &self,
        token: &str,
        workshop: &WorkshopId,
    ) -> Result<Session, WorkshopError> {
        self.session_of(SessionId(hash(token)), workshop).await
    }

    /// The same for a session that was found before: it may have ended since.
    ///
    /// # Errors
    /// [`WorkshopError::NoSession`], [`WorkshopError::Removed`], [`WorkshopError::Store`].
    pub async fn session_of(
        &self,
        id: SessionId,
        workshop: &WorkshopId,
    ) -> Result<Session, WorkshopError> {
        let row = self.store.session(&id.0).await?;
        let row = row.filter(|row| row.workshop == *workshop && row.expires_ms >= clock::unix_ms());
        let row = row.ok_or(WorkshopError::NoSession)?;
        let participant = self.store.participant(&row.participant).await?;
        let participant = participant.ok_or(WorkshopError::NoSession)?;
        if participant.is_removed {
            return Err(WorkshopError::Removed);
        }
        Ok(Session {
            id,
            role: participant.role,
            participant,
        })
    }

    /// A workshop's row.
    ///
    /// # Errors
    /// [`WorkshopError::NoWorkshop`], [`WorkshopError::Store`].
    pub async fn row(&self, id: &WorkshopId) -> Result<WorkshopRow, WorkshopError> {
        let row = self.store.workshop(id).await?;
        row.ok_or(WorkshopError::NoWorkshop)
    }

    /// A workshop's title and canvases, archived ones too.
    ///
    /// # Errors
    /// [`WorkshopError::NoWorkshop`], [`WorkshopError::Store`].
    pub async fn info(&self, id: &WorkshopId) -> Result<WorkshopInfo, WorkshopError> {
        let workshop = self.row(id).await?;
        let canvases = self
            .store
            .documents(id)
            .await?
            .iter()
            .filter(|row| DocumentKind::of(&row.kind) == Some(DocumentKind::Canvas))
            .map(|row| entry(row, &workshop.language))
            .collect();
        Ok(WorkshopInfo {
            id: workshop.id.document(),
            title: workshop.title,
            version: workshop.version,
            canvases,
        })
    }

    /// Everybody who ever joined.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn people(&self, workshop: &WorkshopId) -> Result<Vec<Person>, StoreError> {
        let rows = self.store.participants(workshop).await?;
        Ok(people_of(&rows))
    }
}

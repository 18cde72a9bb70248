//! The list of people in a workshop's own document: written from the directory's rows, always whole, so that what
//! was lost once is there after the next join.

use std::sync::Arc;

use shared::{
    board::{
        Replica,
        workshop::{self, Person},
    },
    id::WorkshopId,
};
use tokio::sync::{Mutex, oneshot};

use crate::{
    room::registry::{OpenError, Registry},
    storage::{ParticipantRow, SharedStore, StoreError},
};

/// A room may end just when it is written; then the next one is asked, so often.
const TRIES: usize = 3;

/// Why a list could not be written.
#[derive(Debug, thiserror::Error)]
enum ListError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Writes lists of people.
pub(super) struct People {
    /// Where they are read.
    store: SharedStore,
    /// Where they are written.
    rooms: Registry,
    /// Whoever reads last writes last: an older list must not come after a newer one.
    order: Mutex<()>,
}

impl People {
    /// Lists of the people that are in a store.
    pub(super) fn new(store: SharedStore, rooms: Registry) -> Self {
        Self {
            store,
            rooms,
            order: Mutex::new(()),
        }
    }

    /// Brings a workshop's list up to date.
    pub(super) async fn write(&self, workshop: &WorkshopId) {
        for _ in 0..TRIES {
            match self.send(workshop).await {
                Ok(written) => {
                    if written.await.is_ok() {
                        return;
                    }
                }
                Err(error) => {
                    tracing::warn!(%workshop, %error, "a list of people could not be sent");
                }
            }
        }
        tracing::warn!(%workshop, "the list of people was not written; the next join writes it");
    }

    async fn send(&self, workshop: &WorkshopId) -> Result<oneshot::Receiver<()>, ListError> {
        // Waited for before the order is taken: a room that is busy must not hold up other workshops.
        let writer = self.rooms.writer(&workshop.document()).await?;
        let _in_order = self.order.lock().await;
        let rows = self.store.participants(workshop).await?;
        let people: Vec<Person> = rows.iter().map(person).collect();
        Ok(writer.send(Arc::new(move |replica: &mut Replica| {
            for person in &people {
                workshop::put_person(replica, person);
            }
        })))
    }
}

/// A person as documents and exports have them.
pub(super) fn person(row: &ParticipantRow) -> Person {
    Person {
        id: row.id.clone(),
        name: row.name.clone(),
        department: row.department.clone(),
        role: row.role.name().to_owned(),
        color: row.color,
    }
}

//! The workshop's own document: written from the directory's rows, always whole, so that what was lost once is there
//! after the next change.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{self, Arc, PoisonError, Weak},
};

use shared::{
    board::{
        DocumentKind, Replica,
        workshop::{self, Facts, Listing, Person},
    },
    canvas,
    id::WorkshopId,
};
use tokio::sync::{Mutex, oneshot};

use super::rows::entry;
use crate::{
    room::registry::{OpenError, Registry},
    storage::{DocumentRow, ParticipantRow, SharedStore, StoreError, WorkshopRow},
};

/// A room may end just when it is written; then the next one is asked, so often.
const TRIES: usize = 3;

/// Why a listing could not be written.
#[derive(Debug, thiserror::Error)]
enum ListError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("there is no such workshop")]
    NoWorkshop,
}

/// The orders in which workshops are written: each its own, so that none waits for another.
#[derive(Default)]
struct Orders {
    /// Those that somebody has, and some that nobody has any more.
    orders: sync::Mutex<HashMap<WorkshopId, Weak<Mutex<()>>>>,
}

impl Orders {
    /// That of a workshop.
    fn of(&self, workshop: &WorkshopId) -> Arc<Mutex<()>> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(order) = orders.get(workshop).and_then(Weak::upgrade) {
            return order;
        }
        orders.retain(|_, order| order.strong_count() > 0);
        let order = Arc::default();
        orders.insert(workshop.clone(), Arc::downgrade(&order));
        order
    }
}

/// Writes workshops' own documents.
pub(super) struct Listings {
    /// Where it is read what they say.
    store: SharedStore,
    /// Where they are written.
    rooms: Registry,
    /// Whoever reads last writes last: an older list must not come after a newer one.
    orders: Orders,
}

impl Listings {
    /// Of what is in a store.
    pub(super) fn new(store: SharedStore, rooms: Registry) -> Self {
        Self {
            store,
            rooms,
            orders: Orders::default(),
        }
    }

    /// Brings a workshop's document up to date.
    pub(super) async fn write(&self, workshop: &WorkshopId) {
        for _ in 0..TRIES {
            match self.send(workshop).await {
                Ok(written) => {
                    if written.await.is_ok() {
                        return;
                    }
                }
                Err(error) => {
                    tracing::warn!(%workshop, %error, "a workshop's document could not be sent");
                }
            }
        }
        tracing::warn!(%workshop, "a workshop's document was not written; the next change writes it");
    }

    async fn send(&self, workshop: &WorkshopId) -> Result<oneshot::Receiver<()>, ListError> {
        let writer = self.rooms.writer(&workshop.document()).await?;
        let order = self.orders.of(workshop);
        let _in_order = order.lock().await;
        let row = self.store.workshop(workshop).await?;
        let row = row.ok_or(ListError::NoWorkshop)?;
        let documents = self.store.documents(workshop).await?;
        let people = self.store.participants(workshop).await?;
        let listing = listing(&row, &documents, &people);
        Ok(writer.send(Arc::new(move |replica: &mut Replica| {
            workshop::put(replica, &listing);
        })))
    }
}

/// What the rows of a workshop say.
pub(super) fn listing(
    row: &WorkshopRow,
    documents: &[DocumentRow],
    people: &[ParticipantRow],
) -> Listing {
    let is_canvas = |row: &&DocumentRow| DocumentKind::of(&row.kind) == Some(DocumentKind::Canvas);
    let canvases = documents.iter().filter(is_canvas);
    let language = row.language.as_str();
    let mut templates = BTreeMap::new();
    for document in canvases.clone() {
        if let Some(template) = canvas::template_in(&document.kind, language)
            && let Ok(json) = serde_json::to_string(&template)
        {
            templates.insert(canvas::key(&document.kind, language), json);
        }
    }
    Listing {
        facts: Facts {
            title: row.title.clone(),
            version: row.version,
            links: row.links,
        },
        canvases: canvases.map(|document| entry(document, language)).collect(),
        people: people_of(people),
        templates,
    }
}

/// People in order of coming.
pub(super) fn people_of(rows: &[ParticipantRow]) -> Vec<Person> {
    let numbered = (0..).zip(rows);
    numbered
        .map(|(number, row)| Person {
            id: row.id.clone(),
            name: row.name.clone(),
            organisation: row.organisation.clone(),
            external: row.is_external,
            role: row.role.name().to_owned(),
            color: row.color,
            number,
            removed: row.is_removed,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_workshop_waits_for_another_and_none_is_kept_for_nothing() {
        let orders = Orders::default();
        let busy = orders.of(&"busy".into());
        let _held = busy.try_lock().unwrap();
        assert!(orders.of(&"busy".into()).try_lock().is_err());
        assert!(orders.of(&"other".into()).try_lock().is_ok());
        assert!(orders.of(&"third".into()).try_lock().is_ok());
        assert_eq!(orders.orders.lock().unwrap().len(), 2);
    }
}

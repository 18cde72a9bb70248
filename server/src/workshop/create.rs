//! A new workshop: its keys, its own document and its first canvases.

use shared::{
    board::{Document, workshop},
    canvas,
    id::WorkshopId,
    protocol::{
        api::{CreatedWorkshop, ForRoles, NewWorkshop},
        limits,
    },
};

use super::{
    error::WorkshopError,
    keys::{hash, secret},
    listing::listing,
    rows::{entry, new_row, title, title_of},
    service::Workshops,
};
use crate::{
    clock,
    storage::{DocumentRow, WorkshopRow},
};

/// The workshop's own document stands before its canvases.
const OWN_POSITION: i64 = -1;

impl Workshops {
    /// Creates a workshop with its canvases. `origin` is what links begin with.
    ///
    /// # Errors
    /// [`WorkshopError::TitleMissing`], [`WorkshopError::TooManyCreated`], [`WorkshopError::Store`].
    pub async fn create(
        &self,
        new: &NewWorkshop,
        origin: &str,
    ) -> Result<CreatedWorkshop, WorkshopError> {
        let title = title(&new.title)?;
        if !self.may_create() {
            return Err(WorkshopError::TooManyCreated);
        }
        let id = WorkshopId::from_random(clock::random());
        let language = canvas::offered(&new.language).to_owned();
        let keys: [String; 3] = std::array::from_fn(|_| secret::<{ limits::KEY_BYTES }>());
        let row = WorkshopRow {
            id: id.clone(),
            title: title.clone(),
            created_ms: clock::unix_ms(),
            key_hashes: [&keys[0], &keys[1], &keys[2]].map(|key| hash(key)),
            participant_key: Some(keys[1].clone()),
            language: language.clone(),
            version: 1,
            changed_by: None,
        };
        let canvases: Vec<DocumentRow> = (0..)
            .zip([canvas::BLANK, canvas::ETHICS_CANVAS])
            .map(|(position, kind)| new_row(&id, kind, title_of(kind, &language), position))
            .collect();
        let seeded = |row: &DocumentRow| {
            let seed = Document::seed(clock::random_u64(), &row.kind, &row.title);
            (row.clone(), seed)
        };
        let mut documents: Vec<(DocumentRow, Vec<u8>)> = canvases.iter().map(seeded).collect();
        let own = DocumentRow {
            id: id.document(),
            ..new_row(&id, workshop::KIND, title, OWN_POSITION)
        };
        let seed = workshop::seed(clock::random_u64(), &listing(&row, &canvases, &[]));
        documents.push((own, seed));
        self.store.create_workshop(row, documents).await?;
        let [facilitator, participant, observer] = keys;
        let link = |key: &String| format!("{origin}/w/{id}#k={key}");
        Ok(CreatedWorkshop {
            links: ForRoles {
                facilitator: link(&facilitator),
                participant: link(&participant),
                observer: link(&observer),
            },
            keys: ForRoles {
                facilitator,
                participant,
                observer,
            },
            workshop: id.document(),
            canvases: canvases.iter().map(|row| entry(row, &language)).collect(),
        })
    }
}

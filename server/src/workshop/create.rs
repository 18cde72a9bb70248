//! A new workshop: its keys, its own document and its first canvases.

use shared::{
    board::workshop::{self, CanvasEntry},
    canvas,
    id::WorkshopId,
    protocol::{
        api::{self, CreatedWorkshop, ForRoles},
        limits,
    },
};

use super::{
    canvases::new_canvas,
    error::WorkshopError,
    keys::{hash, secret},
    service::Workshops,
};
use crate::{
    clock,
    storage::{DocumentRow, WorkshopRow},
};

/// Random bytes of a link's key.
const KEY_BYTES: usize = 16;
/// The workshop's own document stands before its canvases.
const OWN_POSITION: i64 = -1;

impl Workshops {
    /// Creates a workshop with its canvases. `origin` is what links begin with.
    ///
    /// # Errors
    /// [`WorkshopError::TitleMissing`], [`WorkshopError::TooManyCreated`], [`WorkshopError::Store`].
    pub async fn create(
        &self,
        title: &str,
        origin: &str,
    ) -> Result<CreatedWorkshop, WorkshopError> {
        let title = api::clean_line(title, limits::TITLE_CHARS_MAX);
        if title.is_empty() {
            return Err(WorkshopError::TitleMissing);
        }
        if !self.may_create() {
            return Err(WorkshopError::TooManyCreated);
        }
        let id = WorkshopId::from_random(clock::random());
        let mut entries: Vec<CanvasEntry> = Vec::new();
        let mut documents = Vec::new();
        for (position, kind) in (0..).zip([canvas::BLANK, canvas::ETHICS_CANVAS]) {
            let canvas = new_canvas(&id, kind, position);
            entries.push(canvas.entry);
            documents.push((canvas.row, canvas.seed));
        }
        let own = DocumentRow {
            id: id.document(),
            workshop: id.clone(),
            kind: workshop::KIND.to_owned(),
            title: title.clone(),
            position: OWN_POSITION,
            is_frozen: false,
        };
        let seed = workshop::seed(clock::random_u64(), &title, &entries);
        documents.push((own, seed));
        let keys: [String; 3] = std::array::from_fn(|_| secret::<KEY_BYTES>());
        let row = WorkshopRow {
            id: id.clone(),
            title,
            created_ms: clock::unix_ms(),
            key_hashes: [&keys[0], &keys[1], &keys[2]].map(|key| hash(key)),
        };
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
            canvases: entries,
        })
    }
}

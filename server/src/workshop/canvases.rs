//! A canvas to be added to a workshop: its row, the update it begins with, and its entry in the workshop's list,
//! all made of one title and kind.

use shared::{
    board::{Document, workshop::CanvasEntry},
    canvas,
    id::{DocumentId, WorkshopId},
};

use crate::{clock, storage::DocumentRow};

/// A canvas that is not stored yet.
pub(super) struct NewCanvas {
    /// For the store's directory.
    pub(super) row: DocumentRow,
    /// The first update of its log.
    pub(super) seed: Vec<u8>,
    /// For the workshop's own document.
    pub(super) entry: CanvasEntry,
}

/// A new canvas of a kind, under its template's title, at a place in the list (from 0).
pub(super) fn new_canvas(workshop: &WorkshopId, kind: &str, position: i64) -> NewCanvas {
    let id = DocumentId::from_random(clock::random());
    let title = &canvas::template_in(kind, "en").unwrap_or_default().title;
    NewCanvas {
        row: DocumentRow {
            id: id.clone(),
            workshop: workshop.clone(),
            kind: kind.to_owned(),
            title: title.clone(),
            position,
            is_frozen: false,
        },
        seed: Document::seed(clock::random_u64(), kind, title),
        entry: CanvasEntry {
            id,
            kind: kind.to_owned(),
            title: title.clone(),
        },
    }
}

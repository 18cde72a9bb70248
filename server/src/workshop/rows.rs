//! Rows of canvases and what is said of them: made of what was asked for, in one place.

use shared::{
    board::workshop::CanvasEntry,
    canvas,
    id::{DocumentId, WorkshopId},
    protocol::line,
};

use super::error::WorkshopError;
use crate::{clock, storage::DocumentRow};

/// A canvas that is not stored yet, at a place in the list (from 0).
pub(super) fn new_row(
    workshop: &WorkshopId,
    kind: &str,
    title: String,
    position: i64,
) -> DocumentRow {
    DocumentRow {
        id: DocumentId::from_random(clock::random()),
        workshop: workshop.clone(),
        kind: kind.to_owned(),
        title,
        position,
        is_frozen: false,
        is_archived: false,
        version: 1,
        changed_by: None,
    }
}

/// A canvas as documents and answers have it. `language`: that of the workshop's prompts.
pub(super) fn entry(row: &DocumentRow, language: &str) -> CanvasEntry {
    CanvasEntry {
        id: row.id.clone(),
        kind: row.kind.clone(),
        title: row.title.clone(),
        template: canvas::key(&row.kind, language),
        archived: row.is_archived,
        version: row.version,
    }
}

/// The title of a kind of canvas, in a language.
pub(super) fn title_of(kind: &str, language: &str) -> String {
    canvas::template_in(kind, language)
        .map(|template| template.title)
        .unwrap_or_default()
}

/// A title as kept.
///
/// # Errors
/// [`WorkshopError::TitleMissing`].
pub(super) fn title(typed: &str) -> Result<String, WorkshopError> {
    let title = line::clean_title(typed);
    if title.is_empty() {
        return Err(WorkshopError::TitleMissing);
    }
    Ok(title)
}

/// A title that no other canvas has: a number is added where one does.
pub(super) fn free_title(title: String, taken: &[DocumentRow]) -> String {
    let is_free = |title: &str| taken.iter().all(|row| row.title != title);
    if is_free(&title) {
        return title;
    }
    let numbered = |n| format!("{title} {n}");
    // One of so many is free.
    let numbers = 2..=taken.len() + 2;
    let free = numbers.map(numbered).find(|title| is_free(title));
    free.unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_canvas_of_a_kind_gets_a_number() {
        let mut rows = Vec::new();
        for expected in ["Board", "Board 2", "Board 3"] {
            let title = free_title("Board".into(), &rows);
            assert_eq!(title, expected);
            rows.push(new_row(&"w".into(), "blank", title, 0));
        }
    }
}

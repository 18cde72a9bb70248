//! What becomes of the list of canvases: decided from rows read in the transaction that writes the outcome.

use shared::id::{DocumentId, ParticipantId};

use super::super::rows::{Changed, DocumentChange, DocumentRow};

/// Changes one of a workshop's canvases. `rows`: all of them, in order, without the workshop's own document; they are
/// left as they are to be stored. `by`: who changes it. `None` where the canvas is not among them.
pub(crate) fn change(
    rows: &mut Vec<DocumentRow>,
    id: &DocumentId,
    change: DocumentChange,
    by: &ParticipantId,
) -> Option<Changed<DocumentRow>> {
    let at = rows.iter().position(|row| row.id == *id)?;
    if rows[at].version != change.version {
        return Some(Changed::Stale(rows[at].clone()));
    }
    let live = rows.iter().filter(|row| !row.is_archived).count();
    if change.is_archived == Some(true) && !rows[at].is_archived && live == 1 {
        return Some(Changed::LastCanvas);
    }
    let mut row = rows.remove(at);
    row.is_archived = change.is_archived.unwrap_or(row.is_archived);
    row.title = change.title.unwrap_or(row.title);
    row.version += 1;
    row.changed_by = Some(by.clone());
    let at = change.place.map_or(at, |place| {
        let mut live = (0..rows.len()).filter(|at| !rows[*at].is_archived);
        live.nth(place).unwrap_or(rows.len())
    });
    rows.insert(at, row.clone());
    for (position, row) in (0..).zip(rows.iter_mut()) {
        row.position = position;
    }
    Some(Changed::Done(rows[at].clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ids: &[&str]) -> Vec<DocumentRow> {
        let row = |(position, id): (i64, &&str)| DocumentRow {
            id: id.trim_start_matches('-').into(),
            workshop: "w".into(),
            kind: "blank".into(),
            title: "Board".into(),
            position,
            is_frozen: false,
            is_archived: id.starts_with('-'),
            version: 1,
            changed_by: None,
        };
        (0..).zip(ids).map(row).collect()
    }

    fn ids(rows: &[DocumentRow]) -> Vec<&str> {
        rows.iter().map(|row| row.id.as_str()).collect()
    }

    fn with(version: u32) -> DocumentChange {
        DocumentChange {
            version,
            title: None,
            place: None,
            is_archived: None,
        }
    }

    #[test]
    fn a_canvas_moves_among_those_that_are_not_archived() {
        for (place, order) in [
            (0, ["c", "a", "x", "b"]),
            (1, ["a", "x", "c", "b"]),
            (2, ["a", "x", "b", "c"]),
            (9, ["a", "x", "b", "c"]),
        ] {
            let mut rows = rows(&["a", "-x", "b", "c"]);
            let moved = DocumentChange {
                place: Some(place),
                ..with(1)
            };
            let done = change(&mut rows, &"c".into(), moved, &"ana".into());
            assert!(matches!(done, Some(Changed::Done(row)) if row.version == 2));
            assert_eq!(ids(&rows), order);
            let positions: Vec<i64> = rows.iter().map(|row| row.position).collect();
            assert_eq!(positions, [0, 1, 2, 3]);
        }
    }

    #[test]
    fn a_stale_request_changes_nothing_and_learns_what_is_there() {
        let mut rows = rows(&["a", "b"]);
        let title = |version, title: &str| DocumentChange {
            title: Some(title.into()),
            ..with(version)
        };
        let first = change(&mut rows, &"a".into(), title(1, "Waste"), &"ana".into());
        assert!(matches!(first, Some(Changed::Done(_))));
        let before = rows.clone();
        match change(&mut rows, &"a".into(), title(1, "Bins"), &"bo".into()) {
            Some(Changed::Stale(row)) => {
                assert_eq!((row.title.as_str(), row.version), ("Waste", 2));
                assert_eq!(row.changed_by, Some("ana".into()));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(rows, before);
        assert_eq!(
            change(&mut rows, &"none".into(), with(1), &"ana".into()),
            None
        );
    }

    #[test]
    fn the_last_canvas_stays_and_an_archived_one_comes_back_to_its_place() {
        let archive = |version, is_archived| DocumentChange {
            is_archived: Some(is_archived),
            ..with(version)
        };
        let mut rows = rows(&["a", "b", "-c"]);
        assert!(matches!(
            change(&mut rows, &"a".into(), archive(1, true), &"ana".into()),
            Some(Changed::Done(_))
        ));
        let last = change(&mut rows, &"b".into(), archive(1, true), &"ana".into());
        assert_eq!(last, Some(Changed::LastCanvas));
        assert!(matches!(
            change(&mut rows, &"a".into(), archive(2, false), &"ana".into()),
            Some(Changed::Done(_))
        ));
        assert_eq!(ids(&rows), ["a", "b", "c"]);
    }
}

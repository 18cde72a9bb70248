//! The plain tables: workshops and documents.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use shared::{
    id::{DocumentId, ParticipantId, WorkshopId},
    protocol::{api::ForRoles, control::Role},
};

use super::{
    super::{
        rows::{By, Changed, DocumentChange, DocumentRow, NewDocument, WorkshopRow},
        rules::{changing, seal},
    },
    log,
};

const WORKSHOP: &str =
    "SELECT id, title, created_ms, facilitator_key_hash, participant_key_hash, observer_key_hash,
    language, version, changed_by, facilitator_key, participant_key, observer_key, links FROM workshops";
const DOCUMENT: &str =
    "SELECT id, workshop, kind, title, position, is_frozen, is_archived, version, changed_by
    FROM documents";

pub(super) fn create_workshop(
    transaction: &Transaction<'_>,
    workshop: &WorkshopRow,
    documents: Vec<(DocumentRow, Vec<u8>)>,
) -> rusqlite::Result<()> {
    let (hashes, keys) = (&workshop.key_hashes, &workshop.keys);
    transaction.execute(
        "INSERT INTO workshops
         (id, title, created_ms, facilitator_key_hash, participant_key_hash, observer_key_hash, language,
          facilitator_key, participant_key, observer_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            workshop.id.as_str(),
            workshop.title,
            workshop.created_ms,
            hashes.facilitator,
            hashes.participant,
            hashes.observer,
            workshop.language,
            keys.facilitator,
            keys.participant,
            keys.observer
        ],
    )?;
    for (document, data) in documents {
        insert_document(transaction, &document, data)?;
    }
    Ok(())
}

fn insert_document(
    transaction: &Transaction<'_>,
    document: &DocumentRow,
    seed: Vec<u8>,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO documents (id, workshop, kind, title, position, is_frozen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            document.id.as_str(),
            document.workshop.as_str(),
            document.kind,
            document.title,
            document.position,
            document.is_frozen
        ],
    )?;
    log::insert(
        transaction,
        &document.id,
        &seal::seal_update(&document.id, 1, seed),
    )
}

/// Adds a document behind all others, unless there are too many.
pub(super) fn add_document(
    transaction: &Transaction<'_>,
    new: NewDocument,
) -> rusqlite::Result<Option<DocumentRow>> {
    let others = canvases(transaction, &new.row.workshop)?;
    if others.len() >= new.documents_max {
        return Ok(None);
    }
    let row = DocumentRow {
        position: others.last().map_or(0, |last| last.position + 1),
        ..new.row
    };
    insert_document(transaction, &row, new.seed)?;
    log::insert_authors(transaction, &row.id, new.authors)?;
    document(transaction, &row.id)
}

/// Changes a canvas in the list of canvases.
pub(super) fn change_document(
    transaction: &Transaction<'_>,
    by: &By,
    id: &DocumentId,
    change: DocumentChange,
) -> rusqlite::Result<Option<Changed<DocumentRow>>> {
    let before = canvases(transaction, &by.workshop)?;
    let mut rows = before.clone();
    let changed = changing::change(&mut rows, id, change, &by.facilitator);
    for row in rows.iter().filter(|row| !before.contains(row)) {
        transaction
            .prepare_cached(
                "UPDATE documents SET title = ?2, position = ?3, is_archived = ?4, version = ?5, changed_by = ?6
                 WHERE id = ?1",
            )?
            .execute(params![
                row.id.as_str(),
                row.title,
                row.position,
                row.is_archived,
                row.version,
                row.changed_by.as_ref().map(ParticipantId::as_str)
            ])?;
    }
    Ok(changed)
}

/// A workshop's documents without its own.
fn canvases(connection: &Connection, workshop: &WorkshopId) -> rusqlite::Result<Vec<DocumentRow>> {
    let mut rows = documents(connection, workshop)?;
    rows.retain(|row| !row.is_own());
    Ok(rows)
}

/// Gives a workshop another title.
pub(super) fn retitle(
    transaction: &Transaction<'_>,
    by: &By,
    version: u32,
    title: &str,
) -> rusqlite::Result<Option<Changed<WorkshopRow>>> {
    let changed = transaction.execute(
        "UPDATE workshops SET title = ?3, version = version + 1, changed_by = ?4 WHERE id = ?1 AND version = ?2",
        params![by.workshop.as_str(), version, title, by.facilitator.as_str()],
    )?;
    let row = workshop(transaction, &by.workshop)?;
    Ok(row.map(|row| {
        if changed > 0 {
            Changed::Done(row)
        } else {
            Changed::Stale(row)
        }
    }))
}

/// Puts another key in place of a role's.
pub(super) fn replace_key(
    transaction: &Transaction<'_>,
    id: &WorkshopId,
    role: Role,
    key: &str,
    key_hash: &[u8; 32],
) -> rusqlite::Result<()> {
    let role = role.name();
    transaction.execute(
        &format!("UPDATE workshops SET {role}_key = ?2, {role}_key_hash = ?3, links = links + 1 WHERE id = ?1"),
        params![id.as_str(), key, key_hash],
    )?;
    Ok(())
}

pub(super) fn workshop(
    connection: &Connection,
    id: &WorkshopId,
) -> rusqlite::Result<Option<WorkshopRow>> {
    connection
        .prepare_cached(&format!("{WORKSHOP} WHERE id = ?1"))?
        .query_row([id.as_str()], |row| {
            Ok(WorkshopRow {
                id: id_at(row, 0)?,
                title: row.get(1)?,
                created_ms: row.get(2)?,
                key_hashes: ForRoles {
                    facilitator: row.get(3)?,
                    participant: row.get(4)?,
                    observer: row.get(5)?,
                },
                language: row.get(6)?,
                version: row.get(7)?,
                changed_by: maybe_id_at(row, 8)?,
                keys: ForRoles {
                    facilitator: row.get(9)?,
                    participant: row.get(10)?,
                    observer: row.get(11)?,
                },
                links: row.get(12)?,
            })
        })
        .optional()
}

pub(super) fn documents(
    connection: &Connection,
    workshop: &WorkshopId,
) -> rusqlite::Result<Vec<DocumentRow>> {
    connection
        .prepare_cached(&format!(
            "{DOCUMENT} WHERE workshop = ?1 ORDER BY position, id"
        ))?
        .query_map([workshop.as_str()], document_row)?
        .collect()
}

pub(super) fn document(
    connection: &Connection,
    id: &DocumentId,
) -> rusqlite::Result<Option<DocumentRow>> {
    connection
        .prepare_cached(&format!("{DOCUMENT} WHERE id = ?1"))?
        .query_row([id.as_str()], document_row)
        .optional()
}

/// Freezes a document, or thaws it. Returns whether the workshop has it.
pub(super) fn freeze(
    transaction: &Transaction<'_>,
    workshop: &WorkshopId,
    id: &DocumentId,
    is_frozen: bool,
) -> rusqlite::Result<bool> {
    let changed = transaction.execute(
        "UPDATE documents SET is_frozen = ?3 WHERE id = ?2 AND workshop = ?1",
        params![workshop.as_str(), id.as_str(), is_frozen],
    )?;
    Ok(changed > 0)
}

/// A column that is an id.
pub(super) fn id_at<T: From<String>>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    Ok(row.get::<_, String>(index)?.into())
}

fn maybe_id_at<T: From<String>>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(index)?.map(T::from))
}

fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: id_at(row, 0)?,
        workshop: id_at(row, 1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        position: row.get(4)?,
        is_frozen: row.get(5)?,
        is_archived: row.get(6)?,
        version: row.get(7)?,
        changed_by: maybe_id_at(row, 8)?,
    })
}

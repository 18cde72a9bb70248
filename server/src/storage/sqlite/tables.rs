//! The plain tables: workshops, documents, participants, sessions.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::super::{DocumentRow, ParticipantRow, SessionRow, WorkshopRow, seal};
use super::log;

const DOCUMENT: &str = "SELECT id, workshop, kind, title, position FROM documents";
const PARTICIPANT: &str =
    "SELECT id, workshop, name, department, role, color, joined_ms FROM participants";

pub(super) fn create_workshop(
    transaction: &Transaction<'_>,
    workshop: &WorkshopRow,
    documents: Vec<(DocumentRow, Vec<u8>)>,
) -> rusqlite::Result<()> {
    let [facilitator, participant, observer] = &workshop.key_hashes;
    transaction.execute(
        "INSERT INTO workshops
         (id, title, created_ms, facilitator_key_hash, participant_key_hash, observer_key_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            workshop.id,
            workshop.title,
            workshop.created_ms,
            facilitator,
            participant,
            observer
        ],
    )?;
    for (document, data) in documents {
        transaction.execute(
            "INSERT INTO documents (id, workshop, kind, title, position) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![document.id, document.workshop, document.kind, document.title, document.position],
        )?;
        log::insert(
            transaction,
            &document.id,
            &seal::seal_update(&document.id, 1, data),
        )?;
    }
    Ok(())
}

pub(super) fn workshop(connection: &Connection, id: &str) -> rusqlite::Result<Option<WorkshopRow>> {
    connection
        .prepare_cached(
            "SELECT id, title, created_ms, facilitator_key_hash, participant_key_hash, observer_key_hash
             FROM workshops WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(WorkshopRow {
                id: row.get(0)?,
                title: row.get(1)?,
                created_ms: row.get(2)?,
                key_hashes: [row.get(3)?, row.get(4)?, row.get(5)?],
            })
        })
        .optional()
}

pub(super) fn documents(
    connection: &Connection,
    workshop: &str,
) -> rusqlite::Result<Vec<DocumentRow>> {
    connection
        .prepare_cached(&format!(
            "{DOCUMENT} WHERE workshop = ?1 ORDER BY position, id"
        ))?
        .query_map([workshop], document_row)?
        .collect()
}

pub(super) fn document(connection: &Connection, id: &str) -> rusqlite::Result<Option<DocumentRow>> {
    connection
        .prepare_cached(&format!("{DOCUMENT} WHERE id = ?1"))?
        .query_row([id], document_row)
        .optional()
}

fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        workshop: row.get(1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        position: row.get(4)?,
    })
}

pub(super) fn put_participant(
    transaction: &Transaction<'_>,
    row: &ParticipantRow,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO participants (id, workshop, name, department, role, color, joined_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET workshop = excluded.workshop, name = excluded.name,
             department = excluded.department, role = excluded.role, color = excluded.color,
             joined_ms = excluded.joined_ms",
        params![
            row.id,
            row.workshop,
            row.name,
            row.department,
            row.role,
            row.color,
            row.joined_ms
        ],
    )?;
    Ok(())
}

pub(super) fn participant(
    connection: &Connection,
    id: &str,
) -> rusqlite::Result<Option<ParticipantRow>> {
    connection
        .prepare_cached(&format!("{PARTICIPANT} WHERE id = ?1"))?
        .query_row([id], participant_row)
        .optional()
}

pub(super) fn participants(
    connection: &Connection,
    workshop: &str,
) -> rusqlite::Result<Vec<ParticipantRow>> {
    connection
        .prepare_cached(&format!(
            "{PARTICIPANT} WHERE workshop = ?1 ORDER BY joined_ms, number"
        ))?
        .query_map([workshop], participant_row)?
        .collect()
}

fn participant_row(row: &Row<'_>) -> rusqlite::Result<ParticipantRow> {
    Ok(ParticipantRow {
        id: row.get(0)?,
        workshop: row.get(1)?,
        name: row.get(2)?,
        department: row.get(3)?,
        role: row.get(4)?,
        color: row.get(5)?,
        joined_ms: row.get(6)?,
    })
}

pub(super) fn put_session(transaction: &Transaction<'_>, row: &SessionRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT OR REPLACE INTO sessions (token_hash, participant, workshop, expires_ms) VALUES (?1, ?2, ?3, ?4)",
        params![row.token_hash, row.participant, row.workshop, row.expires_ms],
    )?;
    Ok(())
}

pub(super) fn session(
    connection: &Connection,
    token_hash: &[u8; 32],
) -> rusqlite::Result<Option<SessionRow>> {
    connection
        .prepare_cached("SELECT token_hash, participant, workshop, expires_ms FROM sessions WHERE token_hash = ?1")?
        .query_row([token_hash], |row| {
            Ok(SessionRow {
                token_hash: row.get(0)?,
                participant: row.get(1)?,
                workshop: row.get(2)?,
                expires_ms: row.get(3)?,
            })
        })
        .optional()
}

pub(super) fn revoke_session(
    transaction: &Transaction<'_>,
    token_hash: &[u8; 32],
) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM sessions WHERE token_hash = ?1", [token_hash])?;
    Ok(())
}

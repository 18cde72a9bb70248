//! The plain tables: workshops, documents, participants, sessions.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use shared::{
    id::{DocumentId, ParticipantId, WorkshopId},
    protocol::control::Role,
};

use super::{
    super::{
        error::StoreError,
        rows::{DocumentRow, JoinOutcome, Joining, ParticipantRow, SessionRow, WorkshopRow},
        rules::{joining, seal},
    },
    log,
};

const DOCUMENT: &str = "SELECT id, workshop, kind, title, position, is_frozen FROM documents";
const PARTICIPANT: &str = "SELECT id, workshop, name, department, role, color, joined_ms, role_is_given FROM participants";

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
            workshop.id.as_str(),
            workshop.title,
            workshop.created_ms,
            facilitator,
            participant,
            observer
        ],
    )?;
    for (document, data) in documents {
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
            &seal::seal_update(&document.id, 1, data),
        )?;
    }
    Ok(())
}

pub(super) fn workshop(
    connection: &Connection,
    id: &WorkshopId,
) -> rusqlite::Result<Option<WorkshopRow>> {
    connection
        .prepare_cached(
            "SELECT id, title, created_ms, facilitator_key_hash, participant_key_hash, observer_key_hash
             FROM workshops WHERE id = ?1",
        )?
        .query_row([id.as_str()], |row| {
            Ok(WorkshopRow {
                id: id_at(row, 0)?,
                title: row.get(1)?,
                created_ms: row.get(2)?,
                key_hashes: [row.get(3)?, row.get(4)?, row.get(5)?],
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

/// Freezes a document, or thaws it. Returns whether there is one.
pub(super) fn freeze(
    transaction: &Transaction<'_>,
    id: &DocumentId,
    is_frozen: bool,
) -> rusqlite::Result<bool> {
    let changed = transaction.execute(
        "UPDATE documents SET is_frozen = ?2 WHERE id = ?1",
        params![id.as_str(), is_frozen],
    )?;
    Ok(changed > 0)
}

/// A column that is an id.
fn id_at<T: From<String>>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    Ok(row.get::<_, String>(index)?.into())
}

fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: id_at(row, 0)?,
        workshop: id_at(row, 1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        position: row.get(4)?,
        is_frozen: row.get(5)?,
    })
}

/// Lets somebody in. The inner error is a rule's: nothing is written then.
pub(super) fn join(
    transaction: &Transaction<'_>,
    joining: &Joining,
) -> rusqlite::Result<Result<JoinOutcome, StoreError>> {
    let known = participant(transaction, &joining.participant)?;
    let people: usize = transaction
        .prepare_cached("SELECT count(*) FROM participants WHERE workshop = ?1")?
        .query_row([joining.workshop.as_str()], |row| row.get(0))?;
    let outcome = joining::decide(joining, known, people);
    if let Ok(JoinOutcome::Joined(row)) = &outcome {
        put_participant(transaction, row)?;
        transaction.execute(
            "INSERT INTO sessions (token_hash, participant, workshop, expires_ms) VALUES (?1, ?2, ?3, ?4)",
            params![
                joining.token_hash,
                row.id.as_str(),
                row.workshop.as_str(),
                joining.expires_ms
            ],
        )?;
    }
    Ok(outcome)
}

fn put_participant(transaction: &Transaction<'_>, row: &ParticipantRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO participants (id, workshop, name, department, role, color, joined_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, department = excluded.department,
             role = excluded.role",
        params![
            row.id.as_str(),
            row.workshop.as_str(),
            row.name,
            row.department,
            row.role.name(),
            row.color,
            row.joined_ms
        ],
    )?;
    Ok(())
}

/// Gives somebody a role, if they are of the workshop.
pub(super) fn set_role(
    transaction: &Transaction<'_>,
    workshop: &WorkshopId,
    id: &ParticipantId,
    role: Role,
) -> rusqlite::Result<Option<ParticipantRow>> {
    let changed = transaction.execute(
        "UPDATE participants SET role = ?3, role_is_given = 1 WHERE id = ?1 AND workshop = ?2",
        params![id.as_str(), workshop.as_str(), role.name()],
    )?;
    if changed == 0 {
        return Ok(None);
    }
    participant(transaction, id)
}

pub(super) fn participant(
    connection: &Connection,
    id: &ParticipantId,
) -> rusqlite::Result<Option<ParticipantRow>> {
    connection
        .prepare_cached(&format!("{PARTICIPANT} WHERE id = ?1"))?
        .query_row([id.as_str()], participant_row)
        .optional()
}

pub(super) fn participants(
    connection: &Connection,
    workshop: &WorkshopId,
) -> rusqlite::Result<Vec<ParticipantRow>> {
    connection
        .prepare_cached(&format!(
            "{PARTICIPANT} WHERE workshop = ?1 ORDER BY joined_ms, number"
        ))?
        .query_map([workshop.as_str()], participant_row)?
        .collect()
}

fn participant_row(row: &Row<'_>) -> rusqlite::Result<ParticipantRow> {
    Ok(ParticipantRow {
        id: id_at(row, 0)?,
        workshop: id_at(row, 1)?,
        name: row.get(2)?,
        department: row.get(3)?,
        role: Role::from_name(&row.get::<_, String>(4)?),
        color: row.get(5)?,
        joined_ms: row.get(6)?,
        role_is_given: row.get(7)?,
    })
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
                participant: id_at(row, 1)?,
                workshop: id_at(row, 2)?,
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

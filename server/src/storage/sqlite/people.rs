//! The plain tables of people: participants, their devices and sessions.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use shared::{
    id::{ParticipantId, WorkshopId},
    protocol::control::Role,
};

use super::{
    super::{
        error::StoreError,
        rows::{JoinOutcome, Joining, ParticipantChange, ParticipantRow, SessionRow},
        rules::joining,
    },
    tables::id_at,
};

const PARTICIPANT: &str =
    "SELECT id, workshop, name, organisation, role, color, joined_ms, role_is_given,
    is_external, is_removed FROM participants";

/// Lets somebody in. The inner error is a rule's: nothing is written then.
pub(super) fn join(
    transaction: &Transaction<'_>,
    joining: &Joining,
) -> rusqlite::Result<Result<JoinOutcome, StoreError>> {
    let known = participant(transaction, &joining.participant)?;
    transaction
        .prepare_cached("DELETE FROM sessions WHERE expires_ms < ?1")?
        .execute([joining.joined_ms])?;
    let mut people = transaction
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE NOT is_removed), count(*) FROM participants WHERE workshop = ?1",
        )?
        .query_row([joining.workshop.as_str()], |row| {
            Ok(joining::People { now: row.get(0)?, ever: row.get(1)? })
        })?;
    let is_barred = match &joining.device_hash {
        Some(hash) => is_barred(transaction, &joining.workshop, hash)?,
        None => false,
    };
    let mut outcome = joining::decide(joining, known.clone(), people, is_barred);
    while let Ok(JoinOutcome::Full) = outcome
        && let Some(silent) = silent(transaction, joining)?
    {
        forget(transaction, &silent)?;
        people.now -= 1;
        outcome = joining::decide(joining, known.clone(), people, is_barred);
    }
    if let Ok(JoinOutcome::Joined(row)) = &outcome {
        put_participant(transaction, row)?;
        if let Some(hash) = &joining.device_hash {
            transaction.execute(
                "INSERT INTO devices (participant, secret_hash) VALUES (?1, ?2)
                 ON CONFLICT (participant, secret_hash) DO UPDATE SET proves = 1",
                params![row.id.as_str(), hash],
            )?;
        }
        transaction.execute(
            "INSERT INTO sessions (token_hash, participant, workshop, expires_ms, device_hash)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                joining.token_hash,
                row.id.as_str(),
                row.workshop.as_str(),
                joining.expires_ms,
                joining.device_hash
            ],
        )?;
    }
    Ok(outcome)
}

/// Who makes room for somebody.
fn silent(
    transaction: &Transaction<'_>,
    joining: &Joining,
) -> rusqlite::Result<Option<ParticipantId>> {
    let workshop = &joining.workshop;
    let writers: HashSet<String> = transaction
        .prepare_cached(
            "SELECT author FROM authors WHERE workshop = ?1
             UNION SELECT participant FROM client_owner JOIN documents ON documents.id = document WHERE workshop = ?1",
        )?
        .query_map([workshop.as_str()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let people = participants(transaction, workshop)?;
    let wrote = |person: &ParticipantId| writers.contains(person.as_str());
    Ok(joining::makes_room(joining, &people, wrote))
}

/// Takes out somebody of whom nothing is left.
fn forget(transaction: &Transaction<'_>, id: &ParticipantId) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM sessions WHERE participant = ?1",
        "DELETE FROM devices WHERE participant = ?1",
        "DELETE FROM participants WHERE id = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([id.as_str()])?;
    }
    Ok(())
}

fn put_participant(transaction: &Transaction<'_>, row: &ParticipantRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO participants
         (id, workshop, name, organisation, role, color, joined_ms, role_is_given, is_external, is_removed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, organisation = excluded.organisation,
             role = excluded.role, role_is_given = excluded.role_is_given,
             is_external = excluded.is_external, is_removed = excluded.is_removed",
        params![
            row.id.as_str(),
            row.workshop.as_str(),
            row.name,
            row.organisation,
            row.role.name(),
            row.color,
            row.joined_ms,
            row.role_is_given,
            row.is_external,
            row.is_removed
        ],
    )?;
    Ok(())
}

/// Changes what is kept of somebody of the workshop.
pub(super) fn change_participant(
    transaction: &Transaction<'_>,
    workshop: &WorkshopId,
    id: &ParticipantId,
    change: ParticipantChange,
) -> rusqlite::Result<Option<ParticipantRow>> {
    let known = participant(transaction, id)?.filter(|row| row.workshop == *workshop);
    let Some(mut row) = known else {
        return Ok(None);
    };
    change.apply(&mut row);
    put_participant(transaction, &row)?;
    Ok(Some(row))
}

/// Whether a device is one on which a person of the workshop joined.
pub(super) fn is_device_of(
    connection: &Connection,
    workshop: &WorkshopId,
    participant: &ParticipantId,
    secret_hash: &[u8; 32],
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM devices JOIN participants ON participants.id = devices.participant
             WHERE participant = ?1 AND secret_hash = ?2 AND workshop = ?3 AND proves",
        )?
        .exists(params![
            participant.as_str(),
            secret_hash,
            workshop.as_str()
        ])
}

/// Whether somebody who was removed from a workshop used a device.
pub(super) fn is_barred(
    connection: &Connection,
    workshop: &WorkshopId,
    secret_hash: &[u8; 32],
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM devices JOIN participants ON participants.id = devices.participant
             WHERE secret_hash = ?2 AND workshop = ?1 AND is_removed",
        )?
        .exists(params![workshop.as_str(), secret_hash])
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
        organisation: row.get(3)?,
        role: Role::from_name(&row.get::<_, String>(4)?),
        color: row.get(5)?,
        joined_ms: row.get(6)?,
        role_is_given: row.get(7)?,
        is_external: row.get(8)?,
        is_removed: row.get(9)?,
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

/// Ends a session, and all others that the person has on a device. Returns the hashes of their tokens.
pub(super) fn leave(
    transaction: &Transaction<'_>,
    token_hash: &[u8; 32],
    participant: &ParticipantId,
    device_hash: Option<[u8; 32]>,
) -> rusqlite::Result<Vec<[u8; 32]>> {
    transaction.execute(
        "UPDATE devices SET proves = 0 WHERE participant = ?1 AND secret_hash = ?2",
        params![participant.as_str(), device_hash],
    )?;
    transaction
        .prepare_cached(
            "DELETE FROM sessions WHERE participant = ?1 AND (token_hash = ?2 OR device_hash = ?3)
             RETURNING token_hash",
        )?
        .query_map(
            params![participant.as_str(), token_hash, device_hash],
            |row| row.get(0),
        )?
        .collect()
}

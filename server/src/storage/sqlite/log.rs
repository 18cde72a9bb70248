//! The rows of a document's log: appending, reading, setting aside, and storing snapshots.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, Transaction, params};

use shared::id::{DocumentId, ObjectId, ParticipantId, WorkshopId};

use super::super::{
    error::StoreError,
    rows::Append,
    rules::{
        checks::check_place,
        retention,
        seal::{self, SealedSnapshot, SealedUpdate},
        sift::{Bad, Found, Table},
    },
};

/// The greatest log place a document has used.
const LAST_SEQ: &str = "SELECT max(
    coalesce((SELECT max(seq) FROM updates WHERE document = ?1), 0),
    coalesce((SELECT max(upto_seq) FROM snapshots WHERE document = ?1), 0),
    coalesce((SELECT max(seq) FROM quarantine WHERE document = ?1), 0))";

/// Logs one update, its claims and the authors of what it brings. The outer error is the database's and fails the whole group; the inner one is of
/// this append alone, of which nothing is then written.
pub(super) fn append(
    transaction: &Transaction<'_>,
    append: Append,
) -> rusqlite::Result<Result<(), StoreError>> {
    let Append {
        document,
        seq,
        data,
        claims,
        authors,
    } = append;
    let seq = match seal::place(seq) {
        Ok(seq) => seq,
        Err(error) => return Ok(Err(error)),
    };
    // A row at a place that snapshots cover already would never be read again.
    let last: i64 = transaction
        .prepare_cached(LAST_SEQ)?
        .query_row([document.as_str()], |row| row.get(0))?;
    if let Err(error) = check_place(seq, last) {
        return Ok(Err(error));
    }
    match insert(
        transaction,
        &document,
        &seal::seal_update(&document, seq, data),
    ) {
        Ok(()) => {}
        // Only this statement is undone by SQLite, the others of the group stand.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            return Ok(Err(StoreError::Refused(error.to_string())));
        }
        Err(error) => return Err(error),
    }
    let mut claim = transaction.prepare_cached(
        "INSERT OR IGNORE INTO client_owner (document, client_id, participant) VALUES (?1, ?2, ?3)",
    )?;
    for (client_id, participant) in claims {
        claim.execute(params![
            document.as_str(),
            client_id.cast_signed(),
            participant.as_str()
        ])?;
    }
    insert_authors(transaction, &document, authors)?;
    Ok(Ok(()))
}

/// Writes who made objects, for the workshop of a document. An object that it knows keeps its first author.
pub(super) fn insert_authors(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    authors: Vec<(ObjectId, ParticipantId)>,
) -> rusqlite::Result<()> {
    let mut author = transaction.prepare_cached(
        "INSERT OR IGNORE INTO authors (workshop, object, author)
         SELECT workshop, ?2, ?3 FROM documents WHERE id = ?1",
    )?;
    for (object, participant) in authors {
        author.execute(params![
            document.as_str(),
            object.as_str(),
            participant.as_str()
        ])?;
    }
    Ok(())
}

/// Writes one log row.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    update: &SealedUpdate,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO updates (document, seq, crc32c, data) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            document.as_str(),
            update.seq,
            update.crc32c,
            update.data
        ])?;
    Ok(())
}

/// Everything there is of a document, as of one moment. Checks nothing.
pub(super) fn read(
    connection: &mut Connection,
    document: &DocumentId,
) -> rusqlite::Result<Option<Found>> {
    let transaction = connection.transaction()?;
    let known = transaction
        .prepare_cached("SELECT 1 FROM documents WHERE id = ?1")?
        .query_row([document.as_str()], |_| Ok(()))
        .optional()?;
    if known.is_none() {
        return Ok(None);
    }
    let mut found = Found {
        quarantined_seq: transaction
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM quarantine WHERE document = ?1")?
            .query_row([document.as_str()], |row| row.get(0))?,
        ..Found::default()
    };
    let mut rows = transaction
        .prepare_cached("SELECT seq, crc32c, data FROM updates WHERE document = ?1 ORDER BY seq")?;
    for update in rows.query_map([document.as_str()], |row| {
        Ok(SealedUpdate {
            seq: row.get(0)?,
            crc32c: integer(row, 1)?,
            data: bytes(row, 2)?,
        })
    })? {
        found.updates.push(update?);
    }
    let mut rows = transaction.prepare_cached(
        "SELECT upto_seq, taken_ms, crc32c, blake3, data FROM snapshots WHERE document = ?1 ORDER BY upto_seq DESC",
    )?;
    for snapshot in rows.query_map([document.as_str()], snapshot_row)? {
        found.snapshots.push(snapshot?);
    }
    let mut rows = transaction
        .prepare_cached("SELECT client_id, participant FROM client_owner WHERE document = ?1")?;
    for owner in rows.query_map([document.as_str()], |row| {
        let owner: String = row.get(1)?;
        Ok((row.get::<_, i64>(0)?.cast_unsigned(), owner.into()))
    })? {
        found.owners.push(owner?);
    }
    found.owners.sort();
    Ok(Some(found))
}

/// The authors of a workshop's objects.
pub(super) fn authors(
    connection: &Connection,
    workshop: &WorkshopId,
) -> rusqlite::Result<Vec<(ObjectId, ParticipantId)>> {
    connection
        .prepare_cached("SELECT object, author FROM authors WHERE workshop = ?1")?
        .query_map([workshop.as_str()], |row| {
            let (object, author): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((object.into(), author.into()))
        })?
        .collect()
}

fn snapshot_row(row: &Row<'_>) -> rusqlite::Result<SealedSnapshot> {
    Ok(SealedSnapshot {
        upto_seq: row.get(0)?,
        taken_ms: integer(row, 1)?,
        crc32c: integer(row, 2)?,
        blake3: bytes(row, 3)?,
        data: bytes(row, 4)?,
    })
}

/// A damaged column may be of any type: that is for the checksum to notice, and no reason to fail.
fn integer(row: &Row<'_>, index: usize) -> rusqlite::Result<i64> {
    Ok(row.get_ref(index)?.as_i64().unwrap_or(-1))
}

fn bytes(row: &Row<'_>, index: usize) -> rusqlite::Result<Vec<u8>> {
    Ok(match row.get_ref(index)? {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => bytes.to_vec(),
        _ => Vec::new(),
    })
}

/// Moves rows to quarantine, if they are still as they were read.
pub(super) fn set_aside(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    bad: &[Bad],
) -> rusqlite::Result<()> {
    for row in bad {
        let delete = match row.table {
            Table::Update => "DELETE FROM updates WHERE document = ?1 AND seq = ?2 AND data = ?3",
            Table::Snapshot => {
                "DELETE FROM snapshots WHERE document = ?1 AND upto_seq = ?2 AND data = ?3"
            }
        };
        if transaction.prepare_cached(delete)?.execute(params![
            document.as_str(),
            row.seq,
            row.data
        ])? > 0
        {
            quarantine(
                transaction,
                document,
                &row.what(),
                Some(row.seq),
                &row.why,
                &row.data,
            )?;
        }
    }
    Ok(())
}

/// Sets bytes aside.
pub(super) fn quarantine(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    what: &str,
    seq: Option<i64>,
    why: &str,
    data: &[u8],
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO quarantine (document, what, seq, why, data) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![document.as_str(), what, seq, why, data])?;
    Ok(())
}

/// Stores a snapshot and deletes what it makes superfluous.
pub(super) fn snapshot(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    new: &SealedSnapshot,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT OR REPLACE INTO snapshots (document, upto_seq, taken_ms, crc32c, blake3, data)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            document.as_str(),
            new.upto_seq,
            new.taken_ms,
            new.crc32c,
            new.blake3,
            new.data
        ],
    )?;
    let previous = previous(transaction, document, new.upto_seq)?;
    if let Some(previous) = previous {
        transaction.execute(
            "DELETE FROM updates WHERE document = ?1 AND seq <= ?2",
            params![document.as_str(), previous],
        )?;
    }
    let kept = transaction
        .prepare_cached(
            "SELECT upto_seq, taken_ms FROM snapshots WHERE document = ?1 ORDER BY upto_seq DESC",
        )?
        .query_map([document.as_str()], |row| {
            Ok((row.get(0)?, integer(row, 1)?))
        })?
        .collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    for upto_seq in retention::to_delete(&kept, new.taken_ms) {
        if Some(upto_seq) != previous && upto_seq != new.upto_seq {
            transaction.execute(
                "DELETE FROM snapshots WHERE document = ?1 AND upto_seq = ?2",
                params![document.as_str(), upto_seq],
            )?;
        }
    }
    Ok(())
}

/// The newest snapshot before `upto_seq` that is whole: the log goes back to it, not to one that could not be read.
fn previous(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    upto_seq: i64,
) -> rusqlite::Result<Option<i64>> {
    let mut rows = transaction.prepare_cached(
        "SELECT upto_seq, taken_ms, crc32c, blake3, data FROM snapshots
         WHERE document = ?1 AND upto_seq < ?2 ORDER BY upto_seq DESC",
    )?;
    for snapshot in rows.query_map(params![document.as_str(), upto_seq], snapshot_row)? {
        let snapshot = snapshot?;
        if seal::is_whole(document, &snapshot) {
            return Ok(Some(snapshot.upto_seq));
        }
    }
    Ok(None)
}

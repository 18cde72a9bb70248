//! Reading rows back; checksums are verified here.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::describe;
use crate::storage::{
    Damage, DocumentRow, ParticipantRow, SessionRow, Snapshot, StoreError, Stored, WorkshopRow,
};

/// The largest snapshot that is unpacked, bytes: twice what a room may hold.
const SNAPSHOT_BYTES_MAX: usize = 64 << 20;

/// A row that failed its checksum: what goes to quarantine.
pub(super) struct BadRow {
    pub(super) is_snapshot: bool,
    pub(super) seq: u64,
    pub(super) why: &'static str,
    pub(super) data: Vec<u8>,
}

impl BadRow {
    pub(super) fn damage(&self) -> Damage {
        let kind = if self.is_snapshot {
            "snapshot"
        } else {
            "update"
        };
        Damage {
            what: format!("{kind} {}", self.seq),
            why: self.why.to_owned(),
        }
    }
}

/// Everything of a document, and the rows that failed.
pub(super) fn document(
    connection: &Connection,
    document: &str,
) -> Result<(Stored, Vec<BadRow>), StoreError> {
    let mut stored = Stored::default();
    let mut bad = Vec::new();
    let mut statement = connection
        .prepare_cached("SELECT upto_seq, taken_ms, blake3, zstd FROM snapshots WHERE document = ?1 ORDER BY upto_seq DESC")
        .map_err(damaged)?;
    let rows = statement
        .query_map([document], |row| {
            Ok((
                row.get::<_, u64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                row.get::<_, Vec<u8>>(3)?,
            ))
        })
        .map_err(damaged)?;
    for row in rows {
        let (upto_seq, taken_ms, hash, packed) = row.map_err(damaged)?;
        stored.last_seq = stored.last_seq.max(upto_seq);
        match zstd::bulk::decompress(&packed, SNAPSHOT_BYTES_MAX) {
            Ok(data) if *blake3::hash(&data).as_bytes() == *hash => {
                stored.snapshots.push(Snapshot {
                    upto_seq,
                    taken_ms,
                    data,
                });
            }
            Ok(_) => bad.push(BadRow {
                is_snapshot: true,
                seq: upto_seq,
                why: "its checksum does not hold",
                data: packed,
            }),
            Err(_) => bad.push(BadRow {
                is_snapshot: true,
                seq: upto_seq,
                why: "it cannot be unpacked",
                data: packed,
            }),
        }
    }
    let mut statement = connection
        .prepare_cached("SELECT seq, crc32c, data FROM updates WHERE document = ?1 ORDER BY seq")
        .map_err(damaged)?;
    let rows = statement
        .query_map([document], |row| {
            Ok((
                row.get::<_, u64>(0)?,
                row.get::<_, u32>(1)?,
                row.get::<_, Vec<u8>>(2)?,
            ))
        })
        .map_err(damaged)?;
    for row in rows {
        let (seq, crc, data) = row.map_err(damaged)?;
        stored.last_seq = stored.last_seq.max(seq);
        if crc32c::crc32c(&data) == crc {
            stored.updates.push((seq, data));
        } else {
            bad.push(BadRow {
                is_snapshot: false,
                seq,
                why: "its checksum does not hold",
                data,
            });
        }
    }
    let mut statement = connection
        .prepare_cached("SELECT client, participant FROM client_owners WHERE document = ?1")
        .map_err(damaged)?;
    let owners = statement
        .query_map([document], |row| {
            Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))
        })
        .map_err(damaged)?;
    stored.owners = owners.collect::<Result<_, _>>().map_err(damaged)?;
    let set_aside: Option<u64> = connection
        .query_row(
            "SELECT MAX(seq) FROM quarantine WHERE document = ?1",
            [document],
            |row| row.get(0),
        )
        .map_err(damaged)?;
    stored.last_seq = stored.last_seq.max(set_aside.unwrap_or_default());
    Ok((stored, bad))
}

pub(super) fn workshop(
    connection: &Connection,
    id: &str,
) -> Result<Option<WorkshopRow>, StoreError> {
    connection
        .query_row(
            "SELECT id, title, created_ms, facilitator_key, participant_key, observer_key FROM workshops WHERE id = ?1",
            [id],
            |row| {
                Ok(WorkshopRow {
                    id: row.get(0)?,
                    title: row.get(1)?,
                    created_ms: row.get(2)?,
                    key_hashes: [row.get(3)?, row.get(4)?, row.get(5)?],
                })
            },
        )
        .optional()
        .map_err(damaged)
}

const DOCUMENT: &str = "SELECT id, workshop, kind, title, position FROM documents";

fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        workshop: row.get(1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        position: row.get(4)?,
    })
}

pub(super) fn document_of(
    connection: &Connection,
    id: &str,
) -> Result<Option<DocumentRow>, StoreError> {
    connection
        .query_row(&format!("{DOCUMENT} WHERE id = ?1"), [id], document_row)
        .optional()
        .map_err(damaged)
}

pub(super) fn documents(
    connection: &Connection,
    workshop: &str,
) -> Result<Vec<DocumentRow>, StoreError> {
    connection
        .prepare_cached(&format!("{DOCUMENT} WHERE workshop = ?1 ORDER BY position"))
        .and_then(|mut statement| statement.query_map([workshop], document_row)?.collect())
        .map_err(damaged)
}

const PARTICIPANT: &str =
    "SELECT id, workshop, name, department, role, color, joined_ms FROM participants";

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

pub(super) fn participant(
    connection: &Connection,
    id: &str,
) -> Result<Option<ParticipantRow>, StoreError> {
    connection
        .query_row(
            &format!("{PARTICIPANT} WHERE id = ?1"),
            [id],
            participant_row,
        )
        .optional()
        .map_err(damaged)
}

pub(super) fn participants(
    connection: &Connection,
    workshop: &str,
) -> Result<Vec<ParticipantRow>, StoreError> {
    connection
        .prepare_cached(&format!(
            "{PARTICIPANT} WHERE workshop = ?1 ORDER BY joined_ms, id"
        ))
        .and_then(|mut statement| statement.query_map([workshop], participant_row)?.collect())
        .map_err(damaged)
}

pub(super) fn session(
    connection: &Connection,
    token_hash: &[u8; 32],
) -> Result<Option<SessionRow>, StoreError> {
    connection
        .query_row(
            "SELECT token_hash, participant, workshop, expires_ms FROM sessions WHERE token_hash = ?1",
            params![token_hash],
            |row| {
                Ok(SessionRow {
                    token_hash: row.get(0)?,
                    participant: row.get(1)?,
                    workshop: row.get(2)?,
                    expires_ms: row.get(3)?,
                })
            },
        )
        .optional()
        .map_err(damaged)
}

fn damaged(error: rusqlite::Error) -> StoreError {
    match describe(error) {
        StoreError::Unavailable(reason) => StoreError::Damaged(reason),
        other => other,
    }
}

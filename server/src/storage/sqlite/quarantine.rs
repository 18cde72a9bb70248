//! What people sent that was refused, on disk: so much of it is kept.

use rusqlite::{Transaction, params};
use shared::{
    id::{DocumentId, ParticipantId},
    protocol::limits,
};

use super::log;

/// Deletes the oldest of what people sent, of one document or of all (NULL), so that so many rows and bytes stay.
const DELETE_OLDEST: &str = "DELETE FROM quarantine WHERE number IN (
    SELECT number FROM (
        SELECT number, row_number() OVER newest AS n, sum(length(data)) OVER newest AS bytes FROM quarantine
        WHERE participant IS NOT NULL AND (?1 IS NULL OR document = ?1)
        WINDOW newest AS (ORDER BY number DESC)
    ) WHERE n > ?2 OR bytes > ?3)";

/// Sets bytes aside, unless their sender has as much there as is kept of one person. Returns whether they are kept.
pub(super) fn keep(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    by: Option<&ParticipantId>,
    why: &str,
    data: &[u8],
) -> rusqlite::Result<bool> {
    let Some(by) = by else {
        log::quarantine(transaction, document, "bytes", None, why, data)?;
        return Ok(true);
    };
    let (rows, bytes): (u64, u64) = transaction
        .prepare_cached(
            "SELECT count(*), coalesce(sum(length(data)), 0) FROM quarantine WHERE participant = ?1",
        )?
        .query_row([by.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if rows >= limits::PERSON_QUARANTINE_ROWS_MAX
        || bytes.saturating_add(data.len() as u64) > limits::PERSON_QUARANTINE_BYTES_MAX
    {
        return Ok(false);
    }
    log::quarantine(transaction, document, "bytes", None, why, data)?;
    transaction
        .prepare_cached("UPDATE quarantine SET participant = ?1 WHERE number = ?2")?
        .execute(params![by.as_str(), transaction.last_insert_rowid()])?;
    transaction.prepare_cached(DELETE_OLDEST)?.execute(params![
        document.as_str(),
        limits::DOCUMENT_QUARANTINE_ROWS_MAX,
        limits::DOCUMENT_QUARANTINE_BYTES_MAX
    ])?;
    transaction.prepare_cached(DELETE_OLDEST)?.execute(params![
        None::<&str>,
        limits::SERVER_QUARANTINE_ROWS_MAX,
        limits::SERVER_QUARANTINE_BYTES_MAX
    ])?;
    Ok(true)
}

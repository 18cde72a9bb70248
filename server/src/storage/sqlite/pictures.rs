//! The pictures' table.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use shared::id::WorkshopId;

use super::super::rows::{ImageRow, ImageStored};

/// Stores a picture if it fits, and mends one whose bytes have been damaged.
pub(super) fn put(
    transaction: &Transaction<'_>,
    image: &ImageRow,
    total_max: u64,
) -> rusqlite::Result<ImageStored> {
    // SQLite knows a blob's length without reading it.
    let others: u64 = transaction
        .prepare_cached(
            "SELECT coalesce(sum(length(bytes)), 0) FROM images WHERE workshop = ?1 AND hash <> ?2",
        )?
        .query_row(params![image.workshop.as_str(), image.hash], |row| {
            row.get(0)
        })?;
    let known = transaction
        .prepare_cached("SELECT 1 FROM images WHERE workshop = ?1 AND hash = ?2")?
        .exists(params![image.workshop.as_str(), image.hash])?;
    if !known && others.saturating_add(image.bytes.len() as u64) > total_max {
        return Ok(ImageStored::Full);
    }
    transaction
        .prepare_cached(
            "INSERT INTO images (workshop, hash, media_type, width, height, created_ms, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (workshop, hash) DO UPDATE SET bytes = excluded.bytes
             WHERE bytes <> excluded.bytes",
        )?
        .execute(params![
            image.workshop.as_str(),
            image.hash,
            image.media_type,
            image.width,
            image.height,
            image.created_ms,
            image.bytes
        ])?;
    Ok(ImageStored::Stored)
}

/// A picture's row as it is. Checks nothing.
pub(super) fn get(
    connection: &Connection,
    workshop: &WorkshopId,
    hash: &[u8; 32],
) -> rusqlite::Result<Option<ImageRow>> {
    connection
        .prepare_cached(
            "SELECT workshop, hash, media_type, width, height, created_ms, bytes
             FROM images WHERE workshop = ?1 AND hash = ?2",
        )?
        .query_row(params![workshop.as_str(), hash], |row| {
            Ok(ImageRow {
                workshop: row.get::<_, String>(0)?.into(),
                hash: row.get(1)?,
                media_type: row.get(2)?,
                width: row.get(3)?,
                height: row.get(4)?,
                created_ms: row.get(5)?,
                bytes: row.get(6)?,
            })
        })
        .optional()
}

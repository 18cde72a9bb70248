//! The database file: how it is opened, its pragmas, its tables and their migrations.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::super::error::StoreError;

/// `Plza`: tells tools, and us, that a file is Plaza's.
const APPLICATION_ID: i32 = 0x506c_7a61;

/// Migration `n` (from 0) takes a database of `user_version` n to n + 1. Never change one that has been released.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_images.sql"),
    include_str!("migrations/0003_authors.sql"),
    include_str!("migrations/0004_given_roles.sql"),
    include_str!("migrations/0005_frozen.sql"),
    include_str!("migrations/0006_workshop.sql"),
    include_str!("migrations/0007_links_and_leaving.sql"),
    include_str!("migrations/0008_shares.sql"),
];

/// What a failed SQLite call means.
pub(super) fn error(error: &rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => StoreError::Damaged(error.to_string()),
        _ => StoreError::Unavailable(error.to_string()),
    }
}

/// Opens for writing and brings the tables up to date.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = connect(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    // First of all, so that a file that is not ours is left as it was.
    check_application(&connection)?;
    set_up(&connection).map_err(|e| error(&e))?;
    check_journal(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens for reading only. A writer must have opened the file before.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let open = || -> rusqlite::Result<Connection> {
        let connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(Duration::from_millis(5000))?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    };
    open().map_err(|e| error(&e))
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Acknowledged means fsynced: NORMAL would lose the last commits in a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 1000)?;
    connection.pragma_update(None, "foreign_keys", true)
}

fn check_application(connection: &Connection) -> Result<(), StoreError> {
    let number = |pragma| {
        connection
            .pragma_query_value(None, pragma, |row| row.get::<_, i32>(0))
            .map_err(|e| error(&e))
    };
    let empty = number("schema_version")? == 0;
    if number("application_id")? != APPLICATION_ID && !empty {
        return Err(StoreError::Damaged("the database is not Plaza's".into()));
    }
    Ok(())
}

/// Some network file systems refuse the write-ahead log without an error.
fn check_journal(connection: &Connection) -> Result<(), StoreError> {
    let mode: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .map_err(|e| error(&e))?;
    if mode == "wal" {
        Ok(())
    } else {
        Err(StoreError::Refused(format!(
            "the file system gives no write-ahead log, only {mode}"
        )))
    }
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|e| error(&e))?;
    let known = usize::try_from(version)
        .ok()
        .filter(|version| *version <= MIGRATIONS.len());
    let Some(done) = known else {
        return Err(StoreError::Refused(format!(
            "the database is of a newer Plaza (version {version})"
        )));
    };
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(done) {
        let mut step = || -> rusqlite::Result<()> {
            let transaction = connection.transaction()?;
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", index as i64 + 1)?;
            transaction.commit()
        };
        step().map_err(|e| error(&e))?;
        tracing::info!(version = index + 1, "database migrated");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No test that kills the process can tell FULL from NORMAL; only a power cut can.
    #[test]
    fn the_writer_is_durable_and_the_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.sqlite3");
        let writer = open_writer(&path).unwrap();
        let number = |name| {
            writer
                .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
                .unwrap()
        };
        assert_eq!(number("synchronous"), 2, "FULL");
        assert_eq!(number("foreign_keys"), 1);
        assert_eq!(number("wal_autocheckpoint"), 1000);
        assert_eq!(number("busy_timeout"), 5000);
        let reader = open_reader(&path).unwrap();
        assert!(reader.execute("DELETE FROM updates", []).is_err());
        drop((reader, writer));
        assert!(open_writer(&path).is_ok(), "migrations are done once");
    }

    #[test]
    fn every_older_version_is_brought_up_to_date_and_keeps_its_rows() {
        for old in 1..MIGRATIONS.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("x.sqlite3");
            let connection = Connection::open(&path).unwrap();
            for sql in &MIGRATIONS[..old] {
                connection.execute_batch(sql).unwrap();
            }
            connection
                .execute_batch(
                    "INSERT INTO workshops
                     (id, title, created_ms, facilitator_key_hash, participant_key_hash, observer_key_hash)
                     VALUES ('w', 'Parking', 5, zeroblob(32), zeroblob(32), zeroblob(32));
                     INSERT INTO documents (id, workshop, kind, title, position)
                     VALUES ('d', 'w', 'blank', 'Free board', 0)",
                )
                .unwrap();
            for (name, value) in [
                ("application_id", APPLICATION_ID),
                ("user_version", old as i32),
            ] {
                connection.pragma_update(None, name, value).unwrap();
            }
            drop(connection);
            let writer = open_writer(&path).unwrap();
            let version: usize = writer
                .pragma_query_value(None, "user_version", |row| row.get(0))
                .unwrap();
            assert_eq!(version, MIGRATIONS.len());
            let count = |sql| writer.query_row(sql, [], |row| row.get::<_, i64>(0));
            assert_eq!(count("SELECT count(*) FROM workshops"), Ok(1));
            assert_eq!(count("SELECT count(*) FROM images"), Ok(0));
            assert_eq!(count("SELECT count(*) FROM authors"), Ok(0));
            let thawed = "SELECT count(*) FROM documents WHERE is_frozen = 0";
            assert_eq!(count(thawed), Ok(1), "nothing was frozen before");
        }
    }
}

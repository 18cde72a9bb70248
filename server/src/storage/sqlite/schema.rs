//! Tables, pragmas and numbered migrations.

use rusqlite::Connection;

/// `Plz1`, so that `file` and SQLite's tools can tell what this is.
const APPLICATION_ID: i64 = 0x506c_7a31;

/// One entry for each `user_version`, in order; never edited once released.
const MIGRATIONS: [&str; 1] = ["
    CREATE TABLE workshops (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, created_ms INTEGER NOT NULL,
        facilitator_key BLOB NOT NULL, participant_key BLOB NOT NULL, observer_key BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE documents (
        id TEXT PRIMARY KEY, workshop TEXT NOT NULL REFERENCES workshops(id),
        kind TEXT NOT NULL, title TEXT NOT NULL, position INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX documents_by_workshop ON documents(workshop, position);
    CREATE TABLE participants (
        id TEXT PRIMARY KEY, workshop TEXT NOT NULL REFERENCES workshops(id), name TEXT NOT NULL,
        department TEXT NOT NULL, role TEXT NOT NULL, color INTEGER NOT NULL, joined_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX participants_by_workshop ON participants(workshop, joined_ms);
    CREATE TABLE sessions (
        token_hash BLOB PRIMARY KEY, participant TEXT NOT NULL REFERENCES participants(id),
        workshop TEXT NOT NULL REFERENCES workshops(id), expires_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE updates (
        document TEXT NOT NULL REFERENCES documents(id), seq INTEGER NOT NULL,
        crc32c INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (document, seq)
    ) WITHOUT ROWID;
    CREATE TABLE snapshots (
        document TEXT NOT NULL REFERENCES documents(id), upto_seq INTEGER NOT NULL,
        taken_ms INTEGER NOT NULL, blake3 BLOB NOT NULL, zstd BLOB NOT NULL,
        PRIMARY KEY (document, upto_seq)
    );
    CREATE TABLE client_owners (
        document TEXT NOT NULL REFERENCES documents(id), client INTEGER NOT NULL,
        participant TEXT NOT NULL, PRIMARY KEY (document, client)
    ) WITHOUT ROWID;
    -- Never deleted automatically. `seq` keeps a log place taken for ever.
    CREATE TABLE quarantine (
        id INTEGER PRIMARY KEY, document TEXT NOT NULL, seq INTEGER NOT NULL,
        what TEXT NOT NULL, why TEXT NOT NULL, data BLOB NOT NULL
    );
"];

/// Opens for writing: durable on commit, one writer.
pub(super) fn prepare_writer(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "busy_timeout", 5_000)?;
    connection.pragma_update(None, "wal_autocheckpoint", 1_000)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    let version: usize = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (i, migration) in MIGRATIONS.iter().enumerate().skip(version) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", i + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

//! The store in SQLite: WAL, `synchronous=FULL`, one writer thread with group
//! commit, one connection to read with. An operator can look into it with `sqlite3`.

mod read;
mod schema;
mod writer;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
};

use rusqlite::{Connection, OpenFlags, Transaction, params};

use self::{
    read::BadRow,
    writer::{Job, Writer},
};
use super::{
    Append, DocumentRow, Done, ParticipantRow, SessionRow, Snapshot, Store, StoreError,
    StoreHealth, Stored, WorkshopRow, retention,
};

const DATABASE: &str = "plaza.sqlite3";
const LOCK: &str = "plaza.lock";
/// zstd's level: quick, and snapshots are written while people type.
const ZSTD_LEVEL: i32 = 3;

/// The store of a data folder.
pub struct SqliteStore {
    jobs: mpsc::Sender<Job>,
    reader: Mutex<Connection>,
    health: Arc<Mutex<StoreHealth>>,
    /// Held for as long as the store is open.
    _lock: File,
}

impl SqliteStore {
    /// Opens a data folder, which is created where it is missing.
    ///
    /// # Errors
    /// `Locked` where another server has it open, else why it cannot be used.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        create_folder(folder).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let lock = private_file(&folder.join(LOCK))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        lock.try_lock().map_err(|error| match error {
            fs::TryLockError::WouldBlock => StoreError::Locked,
            fs::TryLockError::Error(error) => StoreError::Unavailable(error.to_string()),
        })?;
        let path = folder.join(DATABASE);
        private_file(&path).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let health = Arc::new(Mutex::new(StoreHealth::Ok));
        let writer = Writer::open(path.clone(), Arc::clone(&health))?;
        let reader = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(describe)?;
        let (jobs, queue) = mpsc::channel();
        std::thread::Builder::new()
            .name("store".into())
            .spawn(move || writer.run(&queue))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            jobs,
            reader: Mutex::new(reader),
            health,
            _lock: lock,
        })
    }

    /// For tests: makes the disk "full" at so many pages, or lifts that.
    pub fn limit_pages(&self, pages: Option<u32>) {
        let (answer, answered) = mpsc::sync_channel(1);
        if self.jobs.send(Job::LimitPages(pages, answer)).is_ok() {
            let _ = answered.recv();
        }
    }

    fn read(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
    ) -> Result<(), StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let job = Job::Write(
            Box::new(move |transaction| work(transaction).map_err(describe)),
            answer,
        );
        self.jobs.send(job).map_err(|_| closed())?;
        answered.recv().map_err(|_| closed())?
    }

    fn set_aside(&self, document: &str, bad: Vec<BadRow>) -> Result<(), StoreError> {
        let document = document.to_owned();
        self.write(move |transaction| {
            for row in bad {
                let table = if row.is_snapshot {
                    "snapshots"
                } else {
                    "updates"
                };
                let key = if row.is_snapshot { "upto_seq" } else { "seq" };
                quarantine(transaction, &document, row.seq, table, row.why, &row.data)?;
                transaction.execute(
                    &format!("DELETE FROM {table} WHERE document = ?1 AND {key} = ?2"),
                    params![document, row.seq],
                )?;
            }
            Ok(())
        })
    }
}

impl Store for SqliteStore {
    fn create_workshop(
        &self,
        workshop: WorkshopRow,
        documents: Vec<(DocumentRow, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        self.write(move |transaction| {
            let [facilitator, participant, observer] = workshop.key_hashes;
            transaction.execute(
                "INSERT INTO workshops VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    workshop.id,
                    workshop.title,
                    workshop.created_ms,
                    facilitator,
                    participant,
                    observer
                ],
            )?;
            for (row, seed) in documents {
                transaction.execute(
                    "INSERT INTO documents VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![row.id, row.workshop, row.kind, row.title, row.position],
                )?;
                transaction.execute(
                    "INSERT INTO updates (document, seq, crc32c, data) VALUES (?1, 1, ?2, ?3)",
                    params![row.id, crc32c::crc32c(&seed), seed],
                )?;
            }
            Ok(())
        })
    }

    fn workshop(&self, id: &str) -> Result<Option<WorkshopRow>, StoreError> {
        read::workshop(&self.read(), id)
    }

    fn documents(&self, workshop: &str) -> Result<Vec<DocumentRow>, StoreError> {
        read::documents(&self.read(), workshop)
    }

    fn document(&self, id: &str) -> Result<Option<DocumentRow>, StoreError> {
        read::document_of(&self.read(), id)
    }

    fn put_participant(&self, row: ParticipantRow) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction
                .execute(
                    "INSERT INTO participants VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT (id) DO UPDATE SET name = ?3, department = ?4, role = ?5, color = ?6",
                    params![row.id, row.workshop, row.name, row.department, row.role, row.color, row.joined_ms],
                )
                .map(drop)
        })
    }

    fn participant(&self, id: &str) -> Result<Option<ParticipantRow>, StoreError> {
        read::participant(&self.read(), id)
    }

    fn participants(&self, workshop: &str) -> Result<Vec<ParticipantRow>, StoreError> {
        read::participants(&self.read(), workshop)
    }

    fn put_session(&self, row: SessionRow) -> Result<(), StoreError> {
        self.write(move |transaction| {
            transaction
                .execute(
                    "INSERT OR REPLACE INTO sessions VALUES (?1, ?2, ?3, ?4)",
                    params![
                        row.token_hash,
                        row.participant,
                        row.workshop,
                        row.expires_ms
                    ],
                )
                .map(drop)
        })
    }

    fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError> {
        read::session(&self.read(), token_hash)
    }

    fn revoke_session(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        let hash = *token_hash;
        self.write(move |transaction| {
            transaction
                .execute("DELETE FROM sessions WHERE token_hash = ?1", params![hash])
                .map(drop)
        })
    }

    fn append(&self, append: Append, done: Done) {
        if let Err(mpsc::SendError(Job::Append(_, done))) =
            self.jobs.send(Job::Append(append, done))
        {
            done(Err(closed()));
        }
    }

    fn load(&self, document: &str) -> Result<Stored, StoreError> {
        let (mut stored, bad) = read::document(&self.read(), document)?;
        stored.damage = bad.iter().map(BadRow::damage).collect();
        if !bad.is_empty()
            && let Err(error) = self.set_aside(document, bad)
        {
            tracing::warn!(document, %error, "damaged rows stay where they are until the store can be written");
        }
        Ok(stored)
    }

    fn snapshot(&self, document: &str, snapshot: Snapshot) -> Result<(), StoreError> {
        let packed = zstd::bulk::compress(&snapshot.data, ZSTD_LEVEL)
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let hash = *blake3::hash(&snapshot.data).as_bytes();
        let document = document.to_owned();
        self.write(move |transaction| {
            let mut kept: Vec<(u64, i64)> = transaction
                .prepare_cached("SELECT upto_seq, taken_ms FROM snapshots WHERE document = ?1 ORDER BY upto_seq DESC")?
                .query_map([&document], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            transaction.execute(
                "INSERT OR REPLACE INTO snapshots VALUES (?1, ?2, ?3, ?4, ?5)",
                params![document, snapshot.upto_seq, snapshot.taken_ms, hash, packed],
            )?;
            // Two generations stay recoverable: the log since the one before is kept.
            kept.retain(|(upto, _)| *upto != snapshot.upto_seq);
            if let Some((previous, _)) = kept.first() {
                transaction
                    .execute("DELETE FROM updates WHERE document = ?1 AND seq <= ?2", params![document, previous])?;
            }
            kept.insert(0, (snapshot.upto_seq, snapshot.taken_ms));
            for upto in retention::to_drop(&kept) {
                transaction
                    .execute("DELETE FROM snapshots WHERE document = ?1 AND upto_seq = ?2", params![document, upto])?;
            }
            Ok(())
        })
    }

    fn quarantine(&self, document: &str, why: &str, data: &[u8]) -> Result<(), StoreError> {
        let (document, why, data) = (document.to_owned(), why.to_owned(), data.to_vec());
        self.write(move |transaction| quarantine(transaction, &document, 0, "message", &why, &data))
    }

    fn health(&self) -> StoreHealth {
        self.health
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn recover(&self) -> StoreHealth {
        let (answer, answered) = mpsc::sync_channel(1);
        if self.jobs.send(Job::Recover(answer)).is_err() {
            return self.health();
        }
        answered.recv().unwrap_or_else(|_| self.health())
    }

    fn close(&self) {
        let (answer, answered) = mpsc::sync_channel(1);
        if self.jobs.send(Job::Close(answer)).is_ok() {
            let _ = answered.recv();
        }
    }
}

fn quarantine(
    transaction: &Transaction<'_>,
    document: &str,
    seq: u64,
    what: &str,
    why: &str,
    data: &[u8],
) -> rusqlite::Result<()> {
    transaction
        .execute(
            "INSERT INTO quarantine (document, seq, what, why, data) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![document, seq, what, why, data],
        )
        .map(drop)
}

fn describe(error: rusqlite::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}

fn create_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file only its owner may read.
fn private_file(path: &PathBuf) -> std::io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

//! The writer thread: the only one that writes. Many appends share one commit, and a failed commit is never retried.

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Mutex};

use futures_channel::oneshot;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::{
    super::{
        error::StoreError,
        rows::Append,
        rules::{ack::Ack, checks::lock},
        store::StoreHealth,
    },
    log, schema,
};

/// A commit takes at most so many appends ...
const GROUP_ROWS: usize = 256;
/// ... and no further one once it has so many bytes.
const GROUP_BYTES: usize = 4 << 20;
/// Enough to need fresh pages, so that a full disk is noticed.
const PROBE_BYTES: i32 = 64 << 10;

/// What one transaction does.
pub(super) type Work = Box<dyn FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send>;

/// What the writer is asked to do, in order.
pub(super) enum Job {
    /// One update, committed together with those that wait behind it.
    Append(Append, Ack),
    /// A transaction of its own; answered when it is durable or has failed.
    Write(Work, oneshot::Sender<Result<(), StoreError>>),
    /// Answered when everything queued before is done with.
    Settle(oneshot::Sender<()>),
    /// Closes and opens the database after a failure.
    Recover(SyncSender<StoreHealth>),
    /// See [`SqliteStore::limit_pages`](super::SqliteStore::limit_pages).
    #[cfg(feature = "testing")]
    LimitPages(Option<u32>, oneshot::Sender<()>),
    /// Ends the thread.
    Close,
}

/// What the writer thread owns.
pub(super) struct Writer {
    /// The database file, to open it anew after a failure.
    path: PathBuf,
    /// What it is asked to do. Closed when the thread ends: what is sent later comes back to the sender.
    jobs: Receiver<Job>,
    /// Whether writes become durable. Written here only; read by the store.
    health: Arc<Mutex<StoreHealth>>,
    /// The only connection that writes. `None` while it cannot be opened.
    connection: Option<Connection>,
    /// The most pages that a test lets the database have.
    #[cfg(feature = "testing")]
    page_limit: Option<u32>,
    /// Released after the database is closed.
    _lock: File,
    /// Dropped last of all: whoever waits for the end then finds the folder free.
    _ended: oneshot::Sender<()>,
}

impl Writer {
    /// A writer for an open database, whose `lock` it keeps until `ended` is dropped.
    pub(super) fn new(
        path: PathBuf,
        connection: Connection,
        jobs: Receiver<Job>,
        health: Arc<Mutex<StoreHealth>>,
        lock: File,
        ended: oneshot::Sender<()>,
    ) -> Self {
        Self {
            path,
            jobs,
            health,
            connection: Some(connection),
            #[cfg(feature = "testing")]
            page_limit: None,
            _lock: lock,
            _ended: ended,
        }
    }

    /// Works until told to close, or until nobody is left to ask for anything.
    pub(super) fn run(mut self) {
        let mut next = None;
        while let Some(job) = next.take().or_else(|| self.jobs.recv().ok()) {
            match job {
                Job::Append(append, ack) => next = self.append_group(append, ack),
                Job::Write(work, to) => answer(to, self.transact(work)),
                Job::Settle(to) => answer(to, ()),
                Job::Recover(to) => {
                    let _gone = to.send(self.recover());
                }
                #[cfg(feature = "testing")]
                Job::LimitPages(pages, to) => {
                    self.page_limit = pages;
                    self.apply_page_limit();
                    answer(to, ());
                }
                Job::Close => break,
            }
        }
    }

    /// Commits this append and those waiting behind it as one, then answers them in order. Returns the job, if any,
    /// that was met while collecting them.
    fn append_group(&mut self, append: Append, ack: Ack) -> Option<Job> {
        let mut bytes = append.data.len();
        let (mut appends, mut acks) = (vec![append], vec![ack]);
        let mut next = None;
        while appends.len() < GROUP_ROWS && bytes < GROUP_BYTES {
            match self.jobs.try_recv() {
                Ok(Job::Append(append, ack)) => {
                    bytes += append.data.len();
                    appends.push(append);
                    acks.push(ack);
                }
                Ok(job) => {
                    next = Some(job);
                    break;
                }
                Err(_) => break,
            }
        }
        let outcome = self.transact(|transaction| {
            appends
                .into_iter()
                .map(|append| log::append(transaction, append))
                .collect::<rusqlite::Result<Vec<_>>>()
        });
        match outcome {
            Ok(results) => acks
                .into_iter()
                .zip(results)
                .for_each(|(ack, result)| ack.answer(result)),
            Err(error) => acks
                .into_iter()
                .for_each(|ack| ack.answer(Err(error.clone()))),
        }
        next
    }

    /// One transaction. Work that breaks a rule of the tables is refused; any other failure degrades the store.
    fn transact<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        if let StoreHealth::Degraded(why) = &*lock(&self.health) {
            return Err(StoreError::Unavailable(why.clone()));
        }
        let Some(connection) = &mut self.connection else {
            return Err(StoreError::Unavailable("the database is not open".into()));
        };
        let attempt = || -> rusqlite::Result<T> {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        attempt().map_err(|error| {
            if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
                return StoreError::Refused(error.to_string());
            }
            tracing::error!(%error, "a write failed; nothing is written until the store has recovered");
            self.degrade(error.to_string());
            StoreError::Unavailable(error.to_string())
        })
    }

    /// Closes and opens the database, checks it, and sees whether a commit gets through.
    fn recover(&mut self) -> StoreHealth {
        let health = lock(&self.health).clone();
        if health == StoreHealth::Ok {
            return health;
        }
        // What a failed fsync leaves in memory must not be believed: begin from what is on the disk.
        self.connection = None;
        match self.reopen() {
            Ok(()) => {
                tracing::info!("the store has recovered");
                *lock(&self.health) = StoreHealth::Ok;
            }
            Err(error) => {
                tracing::warn!(%error, "the store has not recovered");
                self.degrade(match error {
                    // Its words are going to be in such an error again.
                    StoreError::Unavailable(why) => why,
                    other => other.to_string(),
                });
            }
        }
        lock(&self.health).clone()
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        self.connection = Some(schema::open_writer(&self.path)?);
        #[cfg(feature = "testing")]
        self.apply_page_limit();
        let Some(connection) = &mut self.connection else {
            return Ok(());
        };
        check(connection)?;
        probe(connection).map_err(|e| schema::error(&e))
    }

    #[cfg(feature = "testing")]
    fn apply_page_limit(&self) {
        let Some(connection) = &self.connection else {
            return;
        };
        // SQLite takes no less than the pages there are, and its own maximum for more than it can have.
        let pages = self.page_limit.unwrap_or(u32::MAX - 1);
        let applied =
            connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| {
                row.get::<_, i64>(0)
            });
        if let Err(error) = applied {
            tracing::error!(%error, "the page limit could not be set");
        }
    }

    fn degrade(&self, why: String) {
        *lock(&self.health) = StoreHealth::Degraded(why);
    }
}

impl Drop for Writer {
    /// Also when the thread panics: then nothing is written any more, and that must show.
    fn drop(&mut self) {
        self.degrade("the store is closed".into());
        drop(self.connection.take());
    }
}

/// That nobody waits for the answer any more is no error.
fn answer<T>(to: oneshot::Sender<T>, what: T) {
    let _gone = to.send(what);
}

fn check(connection: &Connection) -> Result<(), StoreError> {
    let result: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|e| schema::error(&e))?;
    if result == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(result))
    }
}

fn probe(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        "INSERT INTO probe (data) VALUES (zeroblob(?1))",
        [PROBE_BYTES],
    )?;
    transaction.commit()?;
    connection.execute("DELETE FROM probe", [])?;
    Ok(())
}

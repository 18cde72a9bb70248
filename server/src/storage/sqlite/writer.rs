//! The one thread that writes. It takes everything that is queued, commits it
//! in one transaction (one fsync), and only then wakes who waits for it.
//!
//! After a commit has failed nothing is tried again on that connection: pages
//! may be gone though an fsync says otherwise. Everything is refused until
//! [`Job::Recover`] has reopened and checked the database.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, mpsc},
};

use rusqlite::{Connection, Transaction, params};

use super::{describe, schema};
use crate::storage::{Append, Done, StoreError, StoreHealth};

/// At most so many updates, and so many bytes, in one transaction.
const GROUP_UPDATES: usize = 256;
const GROUP_BYTES: usize = 4 << 20;

/// A write of rows, in a transaction of its own.
pub(super) type Write = Box<dyn FnOnce(&Transaction<'_>) -> Result<(), StoreError> + Send>;

/// What the writer is asked.
pub(super) enum Job {
    Append(Append, Done),
    Write(Write, mpsc::SyncSender<Result<(), StoreError>>),
    Recover(mpsc::SyncSender<StoreHealth>),
    /// For tests: the database may not grow beyond so many pages.
    LimitPages(Option<u32>, mpsc::SyncSender<()>),
    Close(mpsc::SyncSender<()>),
}

/// The writer's state.
pub(super) struct Writer {
    path: PathBuf,
    connection: Option<Connection>,
    health: Arc<Mutex<StoreHealth>>,
    page_limit: Option<u32>,
}

impl Writer {
    pub(super) fn open(path: PathBuf, health: Arc<Mutex<StoreHealth>>) -> Result<Self, StoreError> {
        let mut connection = Connection::open(&path).map_err(describe)?;
        schema::prepare_writer(&mut connection).map_err(describe)?;
        Ok(Self {
            path,
            connection: Some(connection),
            health,
            page_limit: None,
        })
    }

    /// Works until told to close, or until nobody can ask any more.
    pub(super) fn run(mut self, jobs: &mpsc::Receiver<Job>) {
        let mut next = None;
        while let Some(job) = next.take().or_else(|| jobs.recv().ok()) {
            match job {
                Job::Append(append, done) => next = self.append_group(append, done, jobs),
                Job::Write(write, answer) => {
                    let result = self.commit(|transaction| write(transaction));
                    let _ = answer.send(result);
                }
                Job::Recover(answer) => {
                    let _ = answer.send(self.recover());
                }
                Job::LimitPages(limit, answer) => {
                    self.page_limit = limit;
                    self.apply_page_limit();
                    let _ = answer.send(());
                }
                Job::Close(answer) => {
                    self.connection = None;
                    self.set_health(StoreHealth::Degraded("the store is closed".into()));
                    let _ = answer.send(());
                    return;
                }
            }
        }
    }

    /// Commits the append and what is queued right behind it. Answers the job
    /// that ended the group.
    fn append_group(
        &mut self,
        append: Append,
        done: Done,
        jobs: &mpsc::Receiver<Job>,
    ) -> Option<Job> {
        let mut bytes = append.data.len();
        let mut group = vec![append];
        let mut dones = vec![done];
        let mut next = None;
        while group.len() < GROUP_UPDATES && bytes < GROUP_BYTES {
            match jobs.try_recv() {
                Ok(Job::Append(append, done)) => {
                    bytes += append.data.len();
                    group.push(append);
                    dones.push(done);
                }
                Ok(job) => {
                    next = Some(job);
                    break;
                }
                Err(_) => break,
            }
        }
        let result = self.commit(|transaction| {
            group
                .iter()
                .try_for_each(|append| insert(transaction, append))
        });
        for done in dones {
            done(result.clone());
        }
        next
    }

    fn commit(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if let StoreHealth::Degraded(reason) = self.health() {
            return Err(StoreError::Unavailable(reason));
        }
        let Some(connection) = &mut self.connection else {
            return Err(StoreError::Unavailable("the store is closed".into()));
        };
        let result = connection
            .transaction()
            .map_err(describe)
            .and_then(|transaction| {
                work(&transaction)?;
                transaction.commit().map_err(describe)
            });
        if let Err(error) = &result {
            self.set_health(StoreHealth::Degraded(error.to_string()));
        }
        result
    }

    /// Reopens, checks, and proves with a write that commits work again.
    fn recover(&mut self) -> StoreHealth {
        if self.health() == StoreHealth::Ok {
            return StoreHealth::Ok;
        }
        if self.connection.take().is_none() && !self.path.exists() {
            return self.health();
        }
        let health = match self.reopen() {
            Ok(()) => StoreHealth::Ok,
            Err(error) => StoreHealth::Degraded(error.to_string()),
        };
        self.set_health(health.clone());
        health
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        let mut connection = Connection::open(&self.path).map_err(describe)?;
        schema::prepare_writer(&mut connection).map_err(describe)?;
        let check: String = connection
            .pragma_query_value(None, "quick_check", |row| row.get(0))
            .map_err(describe)?;
        if check != "ok" {
            return Err(StoreError::Damaged(check));
        }
        self.connection = Some(connection);
        self.apply_page_limit();
        let connection = self.connection.as_mut().ok_or(StoreError::Locked)?;
        // Large enough to need a new page: a disk that is still full says so here.
        let probe = connection.transaction().map_err(describe)?;
        probe
            .execute(
                "INSERT INTO quarantine (document, seq, what, why, data) VALUES ('', 0, 'probe', '', zeroblob(65536))",
                [],
            )
            .map_err(describe)?;
        probe.commit().map_err(describe)?;
        connection
            .execute("DELETE FROM quarantine WHERE what = 'probe'", [])
            .map_err(describe)?;
        Ok(())
    }

    fn apply_page_limit(&self) {
        if let Some(connection) = &self.connection {
            let limit = self.page_limit.unwrap_or(u32::MAX - 1);
            let _ = connection.pragma_update(None, "max_page_count", limit);
        }
    }

    fn health(&self) -> StoreHealth {
        self.health
            .lock()
            .map_or(StoreHealth::Ok, |health| health.clone())
    }

    fn set_health(&self, new: StoreHealth) {
        if let Ok(mut health) = self.health.lock() {
            *health = new;
        }
    }
}

fn insert(transaction: &Transaction<'_>, append: &Append) -> Result<(), StoreError> {
    transaction
        .prepare_cached("INSERT INTO updates (document, seq, crc32c, data) VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut statement| {
            statement.execute(params![
                append.document,
                append.seq,
                crc32c::crc32c(&append.data),
                append.data
            ])
        })
        .map_err(describe)?;
    for (client, participant) in &append.claims {
        // The first owner stays.
        transaction
            .prepare_cached("INSERT OR IGNORE INTO client_owners (document, client, participant) VALUES (?1, ?2, ?3)")
            .and_then(|mut statement| statement.execute(params![append.document, *client as i64, participant]))
            .map_err(describe)?;
    }
    Ok(())
}

//! The reader thread: it has the only connection that reads, and lets go of it while the writer recovers.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, sync_channel};
use std::sync::{Arc, Mutex};

use futures_channel::oneshot;
use rusqlite::Connection;

use super::{
    super::{
        error::StoreError,
        rules::checks::{closed, lock},
        store::StoreHealth,
    },
    schema, writer,
};

/// What is done with the connection, or without one.
pub(super) type Read = Box<dyn FnOnce(Result<&mut Connection, StoreError>) + Send>;

/// What the reader is asked to do, in order.
pub(super) enum Job {
    /// Reads.
    Read(Read),
    /// Has the writer recover from a failure.
    Recover(oneshot::Sender<StoreHealth>),
    /// Ends this thread, and then the writer's.
    Close,
}

/// What the reader thread owns.
pub(super) struct Reader {
    /// The database file.
    pub(super) path: PathBuf,
    /// What it is asked to do.
    pub(super) jobs: Receiver<Job>,
    /// The connection. `None` while it cannot be opened.
    pub(super) connection: Option<Connection>,
    /// The writer's queue.
    pub(super) writes: Sender<writer::Job>,
    /// What the writer found last.
    pub(super) health: Arc<Mutex<StoreHealth>>,
}

impl Reader {
    /// Works until told to close, or until nobody is left to ask for anything.
    pub(super) fn run(mut self) {
        while let Ok(job) = self.jobs.recv() {
            match job {
                Job::Read(read) => read(
                    self.connection
                        .as_mut()
                        .ok_or_else(|| StoreError::Unavailable("the database is not open".into())),
                ),
                Job::Recover(to) => {
                    let _gone = to.send(self.recover());
                }
                Job::Close => break,
            }
        }
        drop(self.connection.take());
        let _ended = self.writes.send(writer::Job::Close);
    }

    fn recover(&mut self) -> StoreHealth {
        if *lock(&self.health) == StoreHealth::Ok {
            return StoreHealth::Ok;
        }
        // As long as one connection is open, SQLite keeps the state that a failure may have left wrong.
        self.connection = None;
        let (to, answer) = sync_channel(1);
        let sent = self.writes.send(writer::Job::Recover(to)).is_ok();
        let health = if sent { answer.recv().ok() } else { None };
        // Reading goes on, if at all possible, even where writing does not.
        match schema::open_reader(&self.path) {
            Ok(connection) => self.connection = Some(connection),
            Err(error) => return StoreHealth::Degraded(error.to_string()),
        }
        health.unwrap_or_else(|| StoreHealth::Degraded(closed().to_string()))
    }
}

//! A store, and the means to do to it what is done to stores.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use async_trait::async_trait;
use rusqlite::{Connection, params};
use server::{
    storage::{
        Append, By, DocumentRow, JoinOutcome, Joining, ParticipantRow, SessionRow, Snapshot,
        SqliteStore, Store, StoreError, WorkshopRow,
    },
    testing::MemoryStore,
};
use shared::protocol::{api::ForRoles, control::Role};
use tempfile::TempDir;

pub(crate) type Outcome = Result<(), StoreError>;

/// Which rows.
#[derive(Clone, Copy)]
pub(crate) enum Table {
    Updates,
    Snapshots,
}

/// One implementation under test.
#[async_trait]
pub(crate) trait Rig: Sync {
    fn store(&self) -> &dyn Store;
    /// Flips a bit of the row's bytes where they are kept.
    fn damage(&self, table: Table, document: &str, seq: u64);
    /// What has been set aside: what, why, bytes.
    fn quarantined(&self, document: &str) -> Vec<(String, String, Vec<u8>)>;
    /// Leaves no room for more, or makes room again.
    async fn fill_disk(&self, full: bool);
}

#[async_trait]
impl Rig for MemoryStore {
    fn store(&self) -> &dyn Store {
        self
    }

    fn damage(&self, table: Table, document: &str, seq: u64) {
        match table {
            Table::Updates => self.corrupt_update(&document.into(), seq),
            Table::Snapshots => self.corrupt_snapshot(&document.into(), seq),
        }
    }

    fn quarantined(&self, document: &str) -> Vec<(String, String, Vec<u8>)> {
        MemoryStore::quarantined(self, &document.into())
            .into_iter()
            .map(|row| (row.what, row.why, row.data))
            .collect()
    }

    async fn fill_disk(&self, full: bool) {
        self.fail_writes(full);
    }
}

/// A store in a temporary folder.
pub(crate) struct Disk {
    pub(crate) store: SqliteStore,
    pub(crate) folder: TempDir,
}

impl Disk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            store: SqliteStore::open(folder.path()).unwrap(),
            folder,
        }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("plaza.sqlite3")
    }

    /// A second connection, as an operator or a fault would have it.
    pub(crate) fn connection(&self) -> Connection {
        Connection::open(self.database()).unwrap()
    }

    /// Closes and opens, as a restart does.
    pub(crate) fn reopen(self) -> Self {
        let Self { store, folder } = self;
        drop(store);
        Self {
            store: SqliteStore::open(folder.path()).unwrap(),
            folder,
        }
    }
}

#[async_trait]
impl Rig for Disk {
    fn store(&self) -> &dyn Store {
        &self.store
    }

    fn damage(&self, table: Table, document: &str, seq: u64) {
        let (table, place) = match table {
            Table::Updates => ("updates", "seq"),
            Table::Snapshots => ("snapshots", "upto_seq"),
        };
        let connection = self.connection();
        let seq = seq.cast_signed();
        let find = format!("SELECT data FROM {table} WHERE document = ?1 AND {place} = ?2");
        let mut data: Vec<u8> = connection
            .query_row(&find, params![document, seq], |row| row.get(0))
            .unwrap();
        *data.last_mut().unwrap() ^= 1;
        let change = format!("UPDATE {table} SET data = ?3 WHERE document = ?1 AND {place} = ?2");
        assert_eq!(
            connection
                .execute(&change, params![document, seq, data])
                .unwrap(),
            1
        );
    }

    fn quarantined(&self, document: &str) -> Vec<(String, String, Vec<u8>)> {
        self.connection()
            .prepare("SELECT what, why, data FROM quarantine WHERE document = ?1 ORDER BY number")
            .unwrap()
            .query_map([document], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap()
    }

    async fn fill_disk(&self, full: bool) {
        self.store.limit_pages(full.then_some(1)).await;
    }
}

/// Runs a test against both.
pub(crate) async fn both(test: impl AsyncFn(&dyn Rig)) {
    test(&MemoryStore::new()).await;
    test(&Disk::new()).await;
}

pub(crate) fn workshop_row(id: &str) -> WorkshopRow {
    WorkshopRow {
        id: id.into(),
        title: format!("Title of {id}"),
        created_ms: 5,
        key_hashes: ForRoles {
            facilitator: [1; 32],
            participant: [2; 32],
            observer: [3; 32],
        },
        links: 0,
        keys: ForRoles::from_fn(|role| Some(role.name().to_owned())),
        language: "de".into(),
        version: 1,
        changed_by: None,
    }
}

pub(crate) fn document_row(workshop: &str, id: &str, position: i64) -> DocumentRow {
    DocumentRow {
        id: id.into(),
        workshop: workshop.into(),
        kind: "blank".into(),
        title: "Übung 1".into(),
        position,
        is_frozen: false,
        is_archived: false,
        version: 1,
        changed_by: None,
    }
}

pub(crate) fn participant_row(
    workshop: &str,
    id: &str,
    joined_ms: i64,
    color: u32,
) -> ParticipantRow {
    ParticipantRow {
        id: id.into(),
        workshop: workshop.into(),
        name: "Ana 🌻".into(),
        organisation: String::new(),
        is_external: false,
        is_removed: false,
        role: Role::Participant,
        role_is_given: false,
        color,
        joined_ms,
    }
}

pub(crate) fn session_row(token: u8, participant: &str, workshop: &str) -> SessionRow {
    SessionRow {
        token_hash: [token; 32],
        participant: participant.into(),
        workshop: workshop.into(),
        expires_ms: 77,
    }
}

/// The most people that a workshop of these tests may have, and how many colours there are.
pub(crate) const PEOPLE_MAX: usize = 12;
pub(crate) const COLORS: u32 = 5;

/// Somebody to be let in, with a token of their own.
pub(crate) fn joining(workshop: &str, id: &str, joined_ms: i64, token: u8) -> Joining {
    Joining {
        participant: id.into(),
        workshop: workshop.into(),
        name: "Ana 🌻".into(),
        organisation: String::new(),
        is_external: false,
        role: Role::Participant,
        device_hash: None,
        joined_ms,
        token_hash: [token; 32],
        expires_ms: 77,
        people_max: PEOPLE_MAX,
        present: Vec::new(),
        settled_ms: 0,
        colors: COLORS,
    }
}

/// Lets somebody in, and returns their row.
pub(crate) async fn join(store: &dyn Store, joining: Joining) -> ParticipantRow {
    match store.join(joining).await.unwrap() {
        JoinOutcome::Joined(row) => row,
        outcome => panic!("{outcome:?}"),
    }
}

/// Workshop `w` with the documents `d` and `e`.
pub(crate) async fn seed(store: &dyn Store) {
    let documents = vec![
        (document_row("w", "d", 0), bytes(1)),
        (document_row("w", "e", 1), bytes(1)),
    ];
    store
        .create_workshop(workshop_row("w"), documents)
        .await
        .unwrap();
}

/// The same with somebody who runs it.
pub(crate) async fn seed_with_facilitator(store: &dyn Store) -> By {
    seed(store).await;
    let joining = Joining {
        role: Role::Facilitator,
        ..joining("w", "fay", 0, 250)
    };
    join(store, joining).await;
    by("fay")
}

/// Somebody of the workshop, as who changes it.
pub(crate) fn by(id: &str) -> By {
    By {
        workshop: "w".into(),
        facilitator: id.into(),
    }
}

/// Bytes that only this place has.
pub(crate) fn bytes(seq: u64) -> Vec<u8> {
    let length = 1 + (seq.wrapping_mul(7919) % 900) as usize;
    seq.to_le_bytes()
        .into_iter()
        .cycle()
        .take(8 + length)
        .collect()
}

pub(crate) fn update(document: &str, seq: u64) -> Append {
    Append {
        document: document.into(),
        seq,
        data: bytes(seq),
        claims: Vec::new(),
        authors: Vec::new(),
    }
}

pub(crate) fn snapshot(upto_seq: u64, taken_ms: i64) -> Snapshot {
    Snapshot {
        upto_seq,
        taken_ms,
        data: [b"snapshot".to_vec(), bytes(upto_seq)].concat(),
    }
}

/// Queues without waiting.
pub(crate) fn queue(store: &dyn Store, append: Append) -> Receiver<Outcome> {
    let (sender, answer) = channel();
    store.append(
        append,
        Box::new(move |result| sender.send(result).unwrap_or(())),
    );
    answer
}

/// Appends and waits; also sees to it that the answer comes once.
pub(crate) fn append(store: &dyn Store, append: Append) -> Outcome {
    let answer = queue(store, append);
    let result = answer.recv().unwrap();
    assert!(answer.recv().is_err(), "answered twice");
    result
}

pub(crate) fn append_range(store: &dyn Store, document: &str, seqs: std::ops::RangeInclusive<u64>) {
    for seq in seqs {
        append(store, update(document, seq)).unwrap();
    }
}

/// The places of the log rows of a document; their bytes are checked.
pub(crate) async fn seqs(store: &dyn Store, document: &str) -> Vec<u64> {
    let updates = store.load(&document.into()).await.unwrap().updates;
    updates
        .iter()
        .for_each(|(seq, data)| assert_eq!(*data, bytes(*seq), "update {seq}"));
    updates.into_iter().map(|(seq, _)| seq).collect()
}

/// The places of a document's snapshots, newest first; their bytes are checked.
pub(crate) async fn snapshots(store: &dyn Store, document: &str) -> Vec<u64> {
    let found = store.load(&document.into()).await.unwrap().snapshots;
    found
        .iter()
        .for_each(|found| assert_eq!(*found, snapshot(found.upto_seq, found.taken_ms)));
    found.into_iter().map(|found| found.upto_seq).collect()
}

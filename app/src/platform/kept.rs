//! What the device keeps of a document (IndexedDB): every local update until
//! the server has stored it, and a copy that opens without the server. Local
//! copies only ever merge: rows are added, and rows that a newer row contains
//! are removed, never anything else.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    rc::Rc,
};

use client::effect::KeptRow;
use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::browser;

const DATABASE: &str = "plaza";
const ROWS: &str = "rows";
/// A row's key: `[document, time, tab]`.
type Key = JsValue;

enum Job {
    Put { key: Key, value: JsValue },
    Remove(Vec<Key>),
}

/// The device's copy of one document. A cheap handle.
#[derive(Clone)]
pub(crate) struct Kept {
    /// The document's id.
    document: Rc<str>,
    /// Drawn anew for every copy: two tabs never write under one key.
    tab: f64,
    /// How many keys have been made.
    count: Rc<RefCell<f64>>,
    /// The keys of rows by the client's number.
    keys: Rc<RefCell<HashMap<u64, Key>>>,
    /// The connection; `None` while there is none.
    database: Rc<RefCell<Option<Rc<Database>>>>,
    /// What waits to be written.
    jobs: Rc<RefCell<VecDeque<Job>>>,
    /// Somebody writes.
    working: Rc<RefCell<bool>>,
    /// Called where something could not be kept.
    on_failure: Rc<dyn Fn()>,
}

impl Kept {
    /// Opens it and reads every row. Where the browser keeps nothing, works
    /// without and says so through `on_failure`.
    pub(crate) async fn open(
        document: &str,
        on_failure: impl Fn() + 'static,
    ) -> (Self, Vec<KeptRow>) {
        let kept = Self {
            document: document.into(),
            tab: browser::random_unit(),
            count: Rc::new(RefCell::new(0.0)),
            keys: Rc::default(),
            database: Rc::default(),
            jobs: Rc::default(),
            working: Rc::default(),
            on_failure: Rc::new(on_failure),
        };
        let rows = match kept.connect().await {
            Ok(database) => read(&database, document).await,
            Err(error) => Err(error),
        };
        let rows = rows.unwrap_or_else(|_| {
            (kept.on_failure)();
            Vec::new()
        });
        let (keys, rows) = (0..)
            .zip(rows)
            .map(|(row, (key, kept))| ((row, key), KeptRow { row, ..kept }))
            .unzip();
        *kept.keys.borrow_mut() = keys;
        (kept, rows)
    }

    /// Keeps an update, in place of the row of this number if there is one: its mark has
    /// changed.
    pub(crate) fn put(&self, row: &KeptRow) {
        let key = self.keys.borrow().get(&row.row).cloned();
        let key = key.unwrap_or_else(|| {
            let key = self.next_key();
            self.keys.borrow_mut().insert(row.row, key.clone());
            key
        });
        let value = Object::new();
        set(&value, "update", &Uint8Array::from(row.update.as_slice()));
        set(&value, "unstored", &JsValue::from_bool(row.is_unstored));
        set(&value, "weight", &JsValue::from_f64(f64::from(row.weight)));
        self.push(Job::Put {
            key,
            value: value.into(),
        });
    }

    /// Removes rows that another row contains by now.
    pub(crate) fn remove(&self, rows: &[u64]) {
        let mut keys = self.keys.borrow_mut();
        let keys = rows.iter().filter_map(|row| keys.remove(row)).collect();
        self.push(Job::Remove(keys));
    }

    fn next_key(&self) -> Key {
        *self.count.borrow_mut() += 1.0;
        let time = browser::now_ms() as f64 * 1_000.0 + *self.count.borrow() % 1_000.0;
        let key = Array::of3(
            &JsValue::from_str(&self.document),
            &JsValue::from_f64(time),
            &JsValue::from_f64(self.tab),
        );
        key.push(&JsValue::from_f64(*self.count.borrow()));
        key.into()
    }

    fn push(&self, job: Job) {
        self.jobs.borrow_mut().push_back(job);
        if !self.working.replace(true) {
            let kept = self.clone();
            wasm_bindgen_futures::spawn_local(async move { kept.work().await });
        }
    }

    /// Writes what is queued, everything that waits in one transaction. A
    /// browser may close the database without asking: it is reopened once.
    async fn work(&self) {
        loop {
            let jobs: Vec<Job> = self.jobs.borrow_mut().drain(..).collect();
            if jobs.is_empty() {
                break;
            }
            let mut done = self.write(&jobs).await;
            if done.is_err() {
                *self.database.borrow_mut() = None;
                done = self.write(&jobs).await;
            }
            if done.is_err() {
                (self.on_failure)();
            }
        }
        *self.working.borrow_mut() = false;
    }

    async fn write(&self, jobs: &[Job]) -> Result<(), idb::Error> {
        let database = self.connect().await?;
        let transaction = database.transaction(&[ROWS], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(ROWS)?;
        for job in jobs {
            match job {
                Job::Put { key, value } => drop(store.put(value, Some(key))?),
                Job::Remove(keys) => {
                    for key in keys {
                        drop(store.delete(Query::Key(key.clone()))?);
                    }
                }
            }
        }
        transaction.commit()?.await?;
        Ok(())
    }

    async fn connect(&self) -> Result<Rc<Database>, idb::Error> {
        if let Some(database) = self.database.borrow().clone() {
            return Ok(database);
        }
        let database = Rc::new(connect().await?);
        *self.database.borrow_mut() = Some(Rc::clone(&database));
        Ok(database)
    }
}

async fn connect() -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(ROWS, ObjectStoreParams::new());
        }
    });
    request.await
}

/// How many changes the device keeps unstored, of each of these documents.
pub(crate) async fn count_unstored(documents: Vec<String>) -> Result<Vec<u32>, idb::Error> {
    let database = connect().await?;
    let mut counts = Vec::new();
    for document in documents {
        let rows = read(&database, &document).await?.into_iter();
        let n = rows.map(|(_, row)| if row.is_unstored { row.weight } else { 0 });
        counts.push(n.sum());
    }
    database.close();
    Ok(counts)
}

async fn read(database: &Database, document: &str) -> Result<Vec<(Key, KeptRow)>, idb::Error> {
    let transaction = database.transaction(&[ROWS], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(ROWS)?;
    // An array sorts behind every number: this is every key of the document.
    let from = Array::of1(&JsValue::from_str(document));
    let to = Array::of2(&JsValue::from_str(document), &Array::new());
    let range = || KeyRange::bound(&from, &to, None, None).map(Query::KeyRange);
    let keys = store.get_all_keys(Some(range()?), None)?.await?;
    let values = store.get_all(Some(range()?), None)?.await?;
    Ok(keys
        .into_iter()
        .zip(values)
        .filter_map(|(key, value)| row(key, &value))
        .collect())
}

/// Reads a row; its number is given later.
fn row(key: Key, value: &JsValue) -> Option<(Key, KeptRow)> {
    let field = |name: &str| Reflect::get(value, &name.into()).ok();
    let row = KeptRow {
        row: 0,
        update: field("update")?.dyn_into::<Uint8Array>().ok()?.to_vec(),
        is_unstored: field("unstored")?.as_bool()?,
        weight: field("weight")?.as_f64()? as u32,
    };
    Some((key, row))
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}

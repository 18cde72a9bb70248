//! One copy of a shared document: it merges, differs and reports what it did itself.
//!
//! Only version 1 encodings and only `encode_diff_v1` are used: the whole-state
//! encoders give wrong bytes while an update is pending.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use yrs::{
    Any, Doc, Map, MapRef, OffsetKind, Options, Out, ReadTxn, Transact, Update,
    any::Number,
    block::ClientID,
    types::ToJson,
    updates::{decoder::Decode, encoder::Encode},
};

use super::{read, root::Root, schema};

/// The origin of everything that came from elsewhere.
pub(super) const REMOTE: &str = "remote";
/// The bytes of an update without content.
pub const EMPTY_UPDATE: [u8; 2] = [0, 0];
/// Client ids are whole numbers below this, so that JavaScript can hold them.
pub const CLIENT_ID_MAX: u64 = 1 << 53;

/// Why bytes could not be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The bytes are no update.
    #[error("the change could not be read")]
    Malformed,
    /// The document refused the update. The replica may hold half of it: rebuild it.
    #[error("the change does not fit this document")]
    Refused,
}

/// One copy of a shared document.
pub struct Replica {
    doc: Doc,
    outbox: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Replica {
    /// An empty copy. `random` becomes its client id: draw it anew for every
    /// copy and never store it, or two copies under one id diverge for ever.
    pub fn new(random: u64) -> Self {
        let doc = Doc::with_options(Options {
            client_id: ClientID::new(random % (CLIENT_ID_MAX - 1) + 1),
            offset_kind: OffsetKind::Utf16,
            // Marks that mark nothing stay: nothing is written because something arrived.
            cleanup_formatting: false,
            ..Options::default()
        });
        let outbox: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let queue = Arc::clone(&outbox);
        // The only subscriber under this key of a document nobody else has seen: cannot fail.
        let _ = doc.observe_update_v1("outbox", move |txn, event| {
            let remote = txn.origin().is_some_and(|origin| *origin == REMOTE.into());
            if !remote
                && event.update != EMPTY_UPDATE
                && let Ok(mut queue) = queue.lock()
            {
                queue.push(event.update.clone());
            }
        });
        Self { doc, outbox }
    }

    /// This copy's client id.
    pub fn client_id(&self) -> u64 {
        self.doc.client_id().get()
    }

    /// Merges an update from elsewhere. Merging twice does nothing more.
    ///
    /// # Errors
    /// [`MergeError`]; after `Refused` the copy must be rebuilt.
    pub fn merge(&mut self, update: &[u8]) -> Result<(), MergeError> {
        let update = Update::decode_v1(update).map_err(|_| MergeError::Malformed)?;
        self.doc
            .transact_mut_with(REMOTE)
            .apply_update(update)
            .map_err(|_| MergeError::Refused)
    }

    /// What this copy has, as an encoded state vector.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// The same, as if nothing were here of some clients.
    pub fn state_vector_without(&self, clients: &BTreeSet<u64>) -> Vec<u8> {
        let mut state_vector = self.doc.transact().state_vector();
        for client in clients {
            state_vector.set_min(ClientID::new(*client), 0);
        }
        state_vector.encode_v1()
    }

    /// What a copy with this state vector lacks, as one update. It always
    /// carries the whole delete set.
    ///
    /// # Errors
    /// [`MergeError::Malformed`] where the bytes are no state vector.
    pub fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError> {
        let state_vector =
            yrs::StateVector::decode_v1(state_vector).map_err(|_| MergeError::Malformed)?;
        Ok(self.doc.transact().encode_diff_v1(&state_vector))
    }

    /// Everything this copy has, as one update.
    pub fn state(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_diff_v1(&yrs::StateVector::default())
    }

    /// Whether updates wait here for others that have not arrived.
    pub fn is_behind(&self) -> bool {
        self.doc.transact().has_missing_updates()
    }

    /// What this copy has done itself since the last call: one update for each
    /// transaction, in order.
    pub fn take_outbox(&mut self) -> Vec<Vec<u8>> {
        self.outbox
            .lock()
            .map(|mut queue| std::mem::take(&mut *queue))
            .unwrap_or_default()
    }

    /// A mark that changes whenever content is added or deleted.
    pub fn content_mark(&self) -> ContentMark {
        ContentMark(self.doc.transact().snapshot())
    }

    /// Whether another copy says the same: same blocks, same deletions, same values.
    pub fn has_same_content(&self, other: &Self) -> bool {
        let same = |(mine, theirs): (&Any, &Any)| is_same(mine, theirs);
        self.content_mark() == other.content_mark()
            && self.content().iter().zip(&other.content()).all(same)
    }

    fn content(&self) -> Vec<Any> {
        let read = |root: Root| self.map(root).to_json(&self.doc.transact());
        Root::ALL.into_iter().map(read).collect()
    }

    /// The schema version that the document says of itself; `None` before it
    /// has arrived.
    pub fn schema(&self) -> Option<u32> {
        let meta = self.map(Root::Meta);
        let version = match meta.get(&self.doc.transact(), schema::SCHEMA)? {
            Out::Any(any) => read::finite(&any)?,
            _ => return None,
        };
        Some(version as u32)
    }

    /// Says what a document is: a new one, or one whose own word of it was lost. Only
    /// the server does that.
    pub fn put_facts(&mut self, kind: &str, title: &str) {
        let meta = self.map(Root::Meta);
        let mut txn = self.doc.transact_mut();
        meta.insert(&mut txn, schema::SCHEMA, i64::from(schema::VERSION));
        meta.insert(&mut txn, schema::KIND, kind);
        meta.insert(&mut txn, schema::TITLE, title);
    }

    /// Says that the document follows another schema.
    #[cfg(test)]
    pub fn put_schema(&mut self, version: u32) {
        let meta = self.map(Root::Meta);
        let mut txn = self.doc.transact_mut();
        meta.insert(&mut txn, schema::SCHEMA, i64::from(version));
    }

    /// A root map.
    pub(super) fn map(&self, root: Root) -> MapRef {
        self.doc.get_or_insert_map(root.name())
    }

    pub(super) fn doc(&self) -> &Doc {
        &self.doc
    }
}

/// Whether two values are equal bit by bit: a number that is none is not equal to itself.
fn is_same(one: &Any, other: &Any) -> bool {
    match (one, other) {
        (Any::Number(Number::Float(one)), Any::Number(Number::Float(other))) => {
            one.to_bits() == other.to_bits()
        }
        (Any::Array(one), Any::Array(other)) => {
            one.len() == other.len() && one.iter().zip(&**other).all(|(a, b)| is_same(a, b))
        }
        (Any::Map(one), Any::Map(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, value)| other.get(key).is_some_and(|same| is_same(value, same)))
        }
        _ => one == other,
    }
}

/// What a copy has and what of it is deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct ContentMark(yrs::Snapshot);

/// What a state vector has of a client: the clock after the last; 0 where it cannot be read.
pub fn clock_in(state_vector: &[u8], client: u64) -> u32 {
    let read = yrs::StateVector::decode_v1(state_vector);
    read.map_or(0, |read| read.get(&ClientID::new(client)))
}

/// The client ids under which an update writes; none of what cannot be read.
pub fn writers(update: &[u8]) -> Vec<u64> {
    let read = Update::decode_v1(update).map(|update| update.insertions(true));
    let clients = read.iter().flat_map(|written| written.iter());
    clients.map(|(client, _)| client.get()).collect()
}

/// Whether an update adds and deletes nothing.
pub fn is_empty_update(update: &[u8]) -> bool {
    update.is_empty() || update == EMPTY_UPDATE
}

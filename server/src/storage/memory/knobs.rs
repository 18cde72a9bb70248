//! What tests can do to the store that a disk, a crash or time would do.

use super::super::lock;
use super::{Inner, MemoryStore, Quarantined};

impl MemoryStore {
    /// Makes every write fail from now on, or lets writes through again. The store is degraded by the first write
    /// that fails, and then until [`recover`](super::super::Store::recover) with writes let through.
    pub fn fail_writes(&self, fail: bool) {
        lock(&self.0).fail_writes = fail;
    }

    /// From now on appends only queue: they are neither durable nor answered.
    pub fn hold(&self) {
        lock(&self.0).allowed = Some(0);
    }

    /// Lets the first `count` of the appends held back become durable, and goes on holding the rest.
    pub fn release_next(&self, count: usize) {
        lock(&self.0).allowed = Some(count);
        self.drain();
        lock(&self.0).allowed = Some(0);
    }

    /// Ends [`MemoryStore::hold`]: what was held back becomes durable, in order.
    pub fn release(&self) {
        lock(&self.0).allowed = None;
        self.drain();
    }

    /// How many appends are held back.
    pub fn held(&self) -> usize {
        lock(&self.0).queue.len()
    }

    /// What a crash does: appends held back are gone. They are answered with an error, since an answer was promised.
    pub fn drop_unacked(&self) {
        let queue = std::mem::take(&mut lock(&self.0).queue);
        // Outside the lock: an answer may use the store.
        drop(queue);
    }

    /// Flips a bit of a logged update, if there is such a row.
    pub fn corrupt_update(&self, document: &str, seq: u64) {
        let mut inner = lock(&self.0);
        flip(stored(&mut inner, document, seq).0);
    }

    /// Flips a bit of a stored snapshot, if there is such a row.
    pub fn corrupt_snapshot(&self, document: &str, upto_seq: u64) {
        let mut inner = lock(&self.0);
        flip(stored(&mut inner, document, upto_seq).1);
    }

    /// What has been set aside of a document, in order.
    pub fn quarantined(&self, document: &str) -> Vec<Quarantined> {
        let inner = lock(&self.0);
        let rows = inner
            .tables
            .quarantine
            .iter()
            .filter(|(of, ..)| of == document);
        rows.map(|(_, _, quarantined)| quarantined.clone())
            .collect()
    }
}

/// The bytes of the update and of the snapshot at a place.
fn stored<'a>(
    inner: &'a mut Inner,
    document: &str,
    seq: u64,
) -> (Option<&'a mut Vec<u8>>, Option<&'a mut Vec<u8>>) {
    let (Some(document), Ok(seq)) = (inner.tables.documents.get_mut(document), i64::try_from(seq))
    else {
        return (None, None);
    };
    let update = document
        .updates
        .get_mut(&seq)
        .map(|update| &mut update.data);
    (
        update,
        document
            .snapshots
            .get_mut(&seq)
            .map(|snapshot| &mut snapshot.data),
    )
}

fn flip(data: Option<&mut Vec<u8>>) {
    if let Some(byte) = data.and_then(|data| data.last_mut()) {
        *byte ^= 1;
    }
}

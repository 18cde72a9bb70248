//! What tests can do to the store that a disk, a crash or time would do.

use shared::id::DocumentId;

use super::{Inner, MemoryStore, Quarantined};
use crate::storage::{Append, StoreError, rules::checks::lock};

impl MemoryStore {
    /// Makes every write fail from now on, or lets writes through again. The store is degraded by the first write
    /// that fails, and then until [`recover`](crate::storage::Log::recover) with writes let through.
    pub fn fail_writes(&self, fail: bool) {
        lock(&self.inner).fail_writes = fail;
    }

    /// From now on appends only queue: they are neither durable nor answered.
    pub fn hold(&self) {
        lock(&self.inner).allowed = Some(0);
    }

    /// Lets the first `count` of the appends held back become durable, and goes on holding the rest.
    pub fn release_next(&self, count: usize) {
        lock(&self.inner).allowed = Some(count);
        self.drain();
        lock(&self.inner).allowed = Some(0);
    }

    /// Ends [`MemoryStore::hold`]: what was held back becomes durable, in order.
    pub fn release(&self) {
        lock(&self.inner).allowed = None;
        self.drain();
    }

    /// How many appends are held back.
    pub fn held(&self) -> usize {
        lock(&self.inner).queue.len()
    }

    /// What a crash does: appends held back are gone. They are answered with an error, since an answer was promised.
    pub fn drop_unacked(&self) {
        let queue = std::mem::take(&mut lock(&self.inner).queue);
        // Outside the lock: an answer may use the store.
        drop(queue);
    }

    /// From now on snapshots wait: they are neither stored nor answered. `false` lets them through.
    pub fn hold_snapshots(&self, hold: bool) {
        self.snapshots_held.send_replace(hold);
    }

    /// Resolves once so many snapshots have been asked for, those that wait included.
    pub async fn snapshots_asked(&self, count: usize) {
        let mut asked = self.snapshots_asked.subscribe();
        let _sender_is_ours = asked.wait_for(|asked| *asked >= count).await;
    }

    /// From now on another server owns everything, or no longer.
    pub fn fence(&self, fenced: bool) {
        lock(&self.inner).fenced = fenced;
    }

    /// Logs an update as another server would: past whoever has the document open here.
    ///
    /// # Errors
    /// As [`Log::append`](crate::storage::Log::append).
    pub fn append_from_elsewhere(&self, append: Append) -> Result<(), StoreError> {
        lock(&self.inner).tables.append(append)
    }

    /// Flips a bit of a logged update, if there is such a row.
    pub fn corrupt_update(&self, document: &DocumentId, seq: u64) {
        let mut inner = lock(&self.inner);
        flip(stored(&mut inner, document, seq).0);
    }

    /// Flips a bit of a stored snapshot, if there is such a row.
    pub fn corrupt_snapshot(&self, document: &DocumentId, upto_seq: u64) {
        let mut inner = lock(&self.inner);
        flip(stored(&mut inner, document, upto_seq).1);
    }

    /// What has been set aside of a document, in order.
    pub fn quarantined(&self, document: &DocumentId) -> Vec<Quarantined> {
        lock(&self.inner).tables.quarantine.of(document)
    }
}

/// The bytes of the update and of the snapshot at a place.
fn stored<'a>(
    inner: &'a mut Inner,
    document: &DocumentId,
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

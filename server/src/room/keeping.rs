//! What a room has under way at the store. Nothing of it is waited for: outcomes come back to the room's loop.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use shared::id::{DocumentId, ObjectId, ParticipantId, WorkshopId};
use tokio::sync::mpsc;

use crate::storage::{Append, DocumentRow, SharedStore, Snapshot, StoreError};

/// With so many appends on their way to the disk, a room takes no further mail until some are durable. Senders then
/// wait, and with them the people's sockets.
const APPENDS_MAX: usize = 512;
/// Refused updates that may be on their way to quarantine; further ones are not kept.
const QUARANTINES_MAX: usize = 16;

/// What the store said.
pub(super) enum Outcome {
    /// Of the append at a log place.
    Appended(u64, Result<(), StoreError>),
    /// Of the snapshot.
    Snapshot(Result<(), StoreError>),
    /// Of something set aside.
    Quarantined(Result<(), StoreError>),
    /// Of the workshop's documents, for those who are to be told who made what.
    Siblings(Result<Vec<DocumentRow>, StoreError>, Authors),
}

/// Objects, with who made them.
pub(super) type Authors = Vec<(ObjectId, ParticipantId)>;

/// Counts a refused update that is not kept. The log has a line for the first, and for each time it was twice as many.
fn count(not_kept: &AtomicU64, document: &DocumentId) {
    let count = not_kept.fetch_add(1, Ordering::Relaxed) + 1;
    if count.is_power_of_two() {
        tracing::warn!(%document, count, "refused updates were not kept: there are too many");
    }
}

/// One document's side of the store.
pub(super) struct Keeping {
    /// The document.
    document: DocumentId,
    /// The workshop it is of.
    workshop: WorkshopId,
    /// Where it is kept.
    store: SharedStore,
    /// Given to each append. Never full: the store's threads must not wait for a room, and appends are counted.
    appended: mpsc::UnboundedSender<Outcome>,
    /// The other end.
    outcomes: mpsc::UnboundedReceiver<Outcome>,
    /// Snapshots and quarantine under way, driven by the room's thread.
    work: FuturesUnordered<BoxFuture<'static, Outcome>>,
    /// Appends whose outcome has not come.
    appends: usize,
    /// Whether a snapshot is under way: there is one at a time.
    snapshot: bool,
    /// Quarantines under way.
    quarantines: usize,
    /// Refused updates that were not kept, because there were too many.
    not_kept: Arc<AtomicU64>,
    /// Who made what, to be told to the workshop's other rooms. At most what one lookup
    /// takes to come back: it is emptied by the next.
    untold: Authors,
    /// Whether the workshop's documents are being looked up: one lookup at a time.
    looks_up: bool,
}

impl Keeping {
    /// Nothing under way yet.
    pub(super) fn new(document: DocumentId, workshop: WorkshopId, store: SharedStore) -> Self {
        let (appended, outcomes) = mpsc::unbounded_channel();
        Self {
            document,
            workshop,
            store,
            appended,
            outcomes,
            work: FuturesUnordered::new(),
            appends: 0,
            snapshot: false,
            quarantines: 0,
            not_kept: Arc::default(),
            untold: Vec::new(),
            looks_up: false,
        }
    }

    /// Whether the room may take further mail.
    pub(super) fn has_room(&self) -> bool {
        self.appends < APPENDS_MAX
    }

    /// Whether nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.appends == 0 && self.work.is_empty()
    }

    /// Whether a snapshot is under way.
    pub(super) fn takes_snapshot(&self) -> bool {
        self.snapshot
    }

    /// The next outcome. Pending for as long as nothing is under way. Cancel safe.
    pub(super) async fn next(&mut self) -> Outcome {
        let outcome = tokio::select! {
            biased;
            Some(outcome) = self.outcomes.recv() => outcome,
            Some(outcome) = self.work.next() => outcome,
            else => std::future::pending().await,
        };
        match &outcome {
            Outcome::Appended(..) => self.appends -= 1,
            Outcome::Snapshot(_) => self.snapshot = false,
            Outcome::Quarantined(_) => self.quarantines -= 1,
            Outcome::Siblings(..) => {
                self.looks_up = false;
                self.look_up();
            }
        }
        outcome
    }

    /// Logs an update.
    pub(super) fn append(
        &mut self,
        seq: u64,
        data: Vec<u8>,
        claims: Vec<(u64, ParticipantId)>,
        authors: Vec<(ObjectId, ParticipantId)>,
    ) {
        self.appends += 1;
        let appended = self.appended.clone();
        let append = Append {
            document: self.document.clone(),
            seq,
            data,
            claims,
            authors,
        };
        let done = move |stored| {
            // A room that has ended hears no more.
            let _gone = appended.send(Outcome::Appended(seq, stored));
        };
        self.store.append(append, Box::new(done));
    }

    /// Stores a snapshot.
    pub(super) fn snapshot(&mut self, snapshot: Snapshot) {
        self.snapshot = true;
        let (document, store) = (self.document.clone(), Arc::clone(&self.store));
        let work = async move { Outcome::Snapshot(store.snapshot(&document, snapshot).await) };
        self.work.push(work.boxed());
    }

    /// Looks up which documents the workshop has now, for whom these authors are news.
    pub(super) fn look_up_siblings(&mut self, authors: &[(ObjectId, ParticipantId)]) {
        self.untold.extend_from_slice(authors);
        self.look_up();
    }

    fn look_up(&mut self) {
        if self.looks_up || self.untold.is_empty() {
            return;
        }
        self.looks_up = true;
        let authors = std::mem::take(&mut self.untold);
        let (workshop, store) = (self.workshop.clone(), Arc::clone(&self.store));
        let work = async move { Outcome::Siblings(store.documents(&workshop).await, authors) };
        self.work.push(work.boxed());
    }

    /// Sets bytes aside, unless too many are under way already.
    pub(super) fn quarantine(&mut self, by: Option<ParticipantId>, why: String, data: Vec<u8>) {
        if self.quarantines >= QUARANTINES_MAX {
            count(&self.not_kept, &self.document);
            return;
        }
        self.quarantines += 1;
        let (document, store) = (self.document.clone(), Arc::clone(&self.store));
        let not_kept = Arc::clone(&self.not_kept);
        let work = async move {
            let kept = store.quarantine(&document, by.as_ref(), &why, &data).await;
            Outcome::Quarantined(kept.map(|is_kept| {
                if !is_kept {
                    count(&not_kept, &document);
                }
            }))
        };
        self.work.push(work.boxed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::MemoryStore;

    fn keeping(store: &Arc<MemoryStore>) -> Keeping {
        Keeping::new("d".into(), "w".into(), Arc::clone(store) as SharedStore)
    }

    #[tokio::test]
    async fn a_room_takes_no_mail_while_too_much_is_on_its_way() {
        let store = Arc::new(MemoryStore::new());
        store.hold();
        let mut keeping = keeping(&store);
        for seq in 1..=APPENDS_MAX as u64 {
            assert!(keeping.has_room());
            keeping.append(seq, Vec::new(), Vec::new(), Vec::new());
        }
        assert!(!keeping.has_room() && !keeping.is_idle());
        store.release_next(1);
        assert!(matches!(keeping.next().await, Outcome::Appended(1, _)));
        assert!(keeping.has_room());
        store.release();
        while !keeping.is_idle() {
            keeping.next().await;
        }
    }

    #[tokio::test]
    async fn authors_that_come_during_a_lookup_are_for_the_next() {
        let store = Arc::new(MemoryStore::new());
        let mut keeping = keeping(&store);
        let made = |object: &str| vec![(ObjectId::from(object), ParticipantId::from("ana"))];
        for object in ["a", "b", "c"] {
            keeping.look_up_siblings(&made(object));
        }
        for expected in [made("a"), [made("b"), made("c")].concat()] {
            let Outcome::Siblings(Ok(_), authors) = keeping.next().await else {
                panic!("nothing was looked up");
            };
            assert_eq!(authors, expected);
        }
        assert!(keeping.is_idle());
    }

    #[tokio::test]
    async fn a_flood_of_refused_updates_is_not_kept_whole() {
        let store = Arc::new(MemoryStore::new());
        let mut keeping = keeping(&store);
        for _ in 0..2 * QUARANTINES_MAX {
            keeping.quarantine(None, "malformed".into(), vec![7]);
        }
        while !keeping.is_idle() {
            assert!(matches!(keeping.next().await, Outcome::Quarantined(Ok(()))));
        }
        assert_eq!(store.quarantined(&"d".into()).len(), QUARANTINES_MAX);
    }
}

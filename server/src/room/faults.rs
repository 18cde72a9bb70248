//! What went wrong with documents since the server was started, and what follows from it: who is kept out, which
//! document rests, which stored parts are not tried again.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use shared::id::{DocumentId, ParticipantId};

/// So often somebody may make a document be loaded anew before they are kept out of it.
const STRIKES_MAX: usize = 3;
/// A document rests once so many calls into it were lost, and after each further one twice as long.
const LOST_MAX: u32 = 3;
/// A rest is doubled no more often than this: beyond, it lasts some days.
const DOUBLED_MAX: u32 = 10;

/// A part of a stored document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The snapshot up to a log place.
    Snapshot(u64),
    /// The update at a log place.
    Update(u64),
}

/// What is remembered of every document. A cheap handle.
#[derive(Clone)]
pub(super) struct Faults {
    /// How long somebody is kept out, and how long a document rests at first, milliseconds.
    kept_out_ms: u64,
    /// Only of documents with which something went wrong.
    documents: Arc<Mutex<HashMap<DocumentId, Record>>>,
}

/// What is remembered of one document. All times are milliseconds of [`crate::clock::now_ms`].
#[derive(Default)]
struct Record {
    /// Who is kept out, until when.
    kept_out: HashMap<ParticipantId, u64>,
    /// When somebody made it be loaded anew.
    strikes: HashMap<ParticipantId, Vec<u64>>,
    /// Stored parts that are not tried again.
    parts: BTreeSet<Part>,
    /// Calls that were lost.
    lost: u32,
    /// Until when it stays closed.
    rests_until_ms: u64,
    /// Something in it cannot be read: the next load proves each part.
    is_suspect: bool,
}

impl Record {
    /// Forgets what is over. Returns whether anything is left.
    fn prune(&mut self, now_ms: u64, kept_out_ms: u64) -> bool {
        self.kept_out.retain(|_, until| *until > now_ms);
        self.strikes.retain(|_, times| {
            times.retain(|at| at + kept_out_ms > now_ms);
            !times.is_empty()
        });
        let is_clean = self.kept_out.is_empty()
            && self.strikes.is_empty()
            && self.parts.is_empty()
            && self.lost == 0
            && !self.is_suspect;
        !is_clean
    }
}

impl Faults {
    /// Nothing went wrong yet.
    pub(super) fn new(kept_out: Duration) -> Self {
        Self {
            kept_out_ms: u64::try_from(kept_out.as_millis()).unwrap_or(u64::MAX),
            documents: Arc::default(),
        }
    }

    /// Keeps somebody out of a document from now on.
    pub(super) fn keep_out(&self, document: &DocumentId, who: ParticipantId, now_ms: u64) {
        let until = now_ms.saturating_add(self.kept_out_ms);
        self.change(document, now_ms, |record| {
            record.kept_out.insert(who, until);
        });
    }

    /// Whether somebody is kept out of a document.
    pub(super) fn is_kept_out(
        &self,
        document: &DocumentId,
        who: &ParticipantId,
        now_ms: u64,
    ) -> bool {
        let is_out = |record: &Record| {
            record
                .kept_out
                .get(who)
                .is_some_and(|until| *until > now_ms)
        };
        self.lock().get(document).is_some_and(is_out)
    }

    /// Somebody made a document be loaded anew. Returns whether that was too often, and they are kept out.
    pub(super) fn strike(&self, document: &DocumentId, who: &ParticipantId, now_ms: u64) -> bool {
        let is_too_often = self.change(document, now_ms, |record| {
            let times = record.strikes.entry(who.clone()).or_default();
            times.push(now_ms);
            times.len() >= STRIKES_MAX
        });
        if is_too_often {
            self.keep_out(document, who.clone(), now_ms);
        }
        is_too_often
    }

    /// A call into a document was lost. Returns whether it rests from now on.
    pub(super) fn lose(&self, document: &DocumentId, now_ms: u64) -> bool {
        let kept_out_ms = self.kept_out_ms;
        self.change(document, now_ms, |record| {
            record.lost += 1;
            let Some(more) = record.lost.checked_sub(LOST_MAX) else {
                return false;
            };
            let rest_ms = kept_out_ms.saturating_mul(1 << more.min(DOUBLED_MAX));
            record.rests_until_ms = now_ms.saturating_add(rest_ms);
            true
        })
    }

    /// Whether a document stays closed for now.
    pub(super) fn rests(&self, document: &DocumentId, now_ms: u64) -> bool {
        let rests = |record: &Record| record.rests_until_ms > now_ms;
        self.lock().get(document).is_some_and(rests)
    }

    /// Something in a document cannot be read, or it turned out that all of it can.
    pub(super) fn suspect(&self, document: &DocumentId, is_suspect: bool, now_ms: u64) {
        self.change(document, now_ms, |record| record.is_suspect = is_suspect);
    }

    /// Whether something in a document cannot be read.
    pub(super) fn is_suspect(&self, document: &DocumentId) -> bool {
        let records = self.lock();
        records
            .get(document)
            .is_some_and(|record| record.is_suspect)
    }

    /// A stored part must not be tried again: it would cost a thread, or cannot be read once it is merged.
    pub(super) fn set_aside(&self, document: &DocumentId, part: Part, now_ms: u64) {
        self.change(document, now_ms, |record| record.parts.insert(part));
    }

    /// Stored parts that are not tried again.
    pub(super) fn parts(&self, document: &DocumentId) -> BTreeSet<Part> {
        let records = self.lock();
        let record = records.get(document);
        record
            .map(|record| record.parts.clone())
            .unwrap_or_default()
    }

    /// Changes what is remembered of a document, and forgets of all what is over.
    fn change<R>(
        &self,
        document: &DocumentId,
        now_ms: u64,
        change: impl FnOnce(&mut Record) -> R,
    ) -> R {
        let mut records = self.lock();
        let changed = change(records.entry(document.clone()).or_default());
        records.retain(|_, record| record.prune(now_ms, self.kept_out_ms));
        changed
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DocumentId, Record>> {
        self.documents
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT_OUT_MS: u64 = 1_000;

    fn faults() -> (Faults, DocumentId) {
        (Faults::new(Duration::from_millis(KEPT_OUT_MS)), "d".into())
    }

    #[test]
    fn who_strikes_too_often_is_kept_out_of_that_document_for_a_while() {
        let (faults, document) = faults();
        let mallory = ParticipantId::from("mallory");
        assert!(!faults.strike(&document, &mallory, 0));
        assert!(!faults.strike(&document, &mallory, 10));
        assert!(!faults.is_kept_out(&document, &mallory, 10));
        assert!(faults.strike(&document, &mallory, 20));
        assert!(faults.is_kept_out(&document, &mallory, 20 + KEPT_OUT_MS - 1));
        assert!(!faults.is_kept_out(&document, &"ana".into(), 20));
        assert!(!faults.is_kept_out(&"other".into(), &mallory, 20));
        assert!(!faults.is_kept_out(&document, &mallory, 20 + KEPT_OUT_MS));
    }

    #[test]
    fn strikes_long_ago_do_not_count_and_nothing_is_remembered_for_ever() {
        let (faults, document) = faults();
        let ana = ParticipantId::from("ana");
        for n in 0..10 {
            assert!(!faults.strike(&document, &ana, n * KEPT_OUT_MS));
        }
        faults.keep_out(&document, ana, 10 * KEPT_OUT_MS);
        faults.suspect(&"other".into(), false, 20 * KEPT_OUT_MS);
        assert!(faults.lock().is_empty());
    }

    #[test]
    fn a_document_rests_after_some_lost_calls_and_each_time_longer() {
        let (faults, document) = faults();
        assert!(!faults.lose(&document, 0) && !faults.lose(&document, 1));
        assert!(!faults.rests(&document, 2));
        assert!(faults.lose(&document, 2));
        assert!(faults.rests(&document, 2 + KEPT_OUT_MS - 1));
        assert!(!faults.rests(&document, 2 + KEPT_OUT_MS));
        assert!(faults.lose(&document, 5_000));
        assert!(faults.rests(&document, 5_000 + 2 * KEPT_OUT_MS - 1));
        for _ in 0..100 {
            faults.lose(&document, 6_000);
        }
        assert!(!faults.rests(&document, 6_000 + (KEPT_OUT_MS << DOUBLED_MAX)));
    }

    #[test]
    fn what_must_not_be_tried_again_is_remembered() {
        let (faults, document) = faults();
        faults.set_aside(&document, Part::Update(7), 0);
        faults.suspect(&document, true, 0);
        assert_eq!(faults.parts(&document), BTreeSet::from([Part::Update(7)]));
        assert!(faults.is_suspect(&document));
        faults.suspect(&document, false, 1_000_000);
        assert!(!faults.is_suspect(&document) && faults.parts(&"other".into()).is_empty());
        assert_eq!(faults.parts(&document).len(), 1);
    }
}

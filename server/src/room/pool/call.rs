//! Where a call stands: seen by who waits for it and by the thread that does it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// It waits for a thread.
    Queued,
    /// A thread does it, and its present step must end by then.
    Runs(Instant),
    /// It has come back.
    Over,
    /// Nobody waits for it any more: a thread that has begun it is given up, one that has not leaves it.
    GivenUp,
}

/// One call.
#[derive(Clone)]
pub(super) struct Call(Arc<Mutex<Phase>>);

/// How a call that consists of steps says that the next one begins: each has its own limit.
pub(in crate::room) struct Pace(Call);

impl Pace {
    /// The next step begins now, and may take so long.
    pub(in crate::room) fn step(&self, limit: Duration) {
        let mut phase = self.0.lock();
        if matches!(*phase, Phase::Runs(_)) {
            *phase = Phase::Runs(Instant::now() + limit);
        }
    }
}

impl Call {
    /// One that waits for a thread.
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Phase::Queued)))
    }

    /// Where it stands.
    pub(super) fn phase(&self) -> Phase {
        *self.lock()
    }

    /// A thread begins it. `None` where nobody waits for it any more.
    pub(super) fn begin(&self, limit: Duration) -> Option<Pace> {
        let mut phase = self.lock();
        if *phase != Phase::Queued {
            return None;
        }
        *phase = Phase::Runs(Instant::now() + limit);
        Some(Pace(self.clone()))
    }

    /// It has come back. Returns whether it had been given up.
    pub(super) fn end(&self) -> bool {
        std::mem::replace(&mut *self.lock(), Phase::Over) == Phase::GivenUp
    }

    /// Gives it up, if it is still where it was seen, and does something before its thread can know. Returns whether
    /// it was.
    pub(super) fn give_up(&self, seen: Phase, first: impl FnOnce()) -> bool {
        let mut phase = self.lock();
        let is_there = *phase == seen;
        if is_there {
            first();
            *phase = Phase::GivenUp;
        }
        is_there
    }

    fn lock(&self) -> MutexGuard<'_, Phase> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The promise that every append is answered exactly once.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    super::{error::StoreError, store::Done},
    checks::closed,
};

/// Holds a [`Done`] and calls it once. Dropped unanswered, as when the writer thread has ended, it reports failure.
pub(crate) struct Ack(Option<Done>);

impl Ack {
    /// Takes charge of `done`.
    pub(crate) fn new(done: Done) -> Self {
        Self(Some(done))
    }

    /// Gives the answer that is waited for.
    pub(crate) fn answer(mut self, result: Result<(), StoreError>) {
        self.call(result);
    }

    fn call(&mut self, result: Result<(), StoreError>) {
        let Some(done) = self.0.take() else { return };
        // One room's mistake must not take the writer thread, and with it all rooms, down.
        if catch_unwind(AssertUnwindSafe(|| done(result))).is_err() {
            tracing::error!("the answer to an append panicked");
        }
    }
}

impl Drop for Ack {
    fn drop(&mut self) {
        self.call(Err(closed()));
    }
}

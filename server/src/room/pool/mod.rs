//! Threads for calls that may panic, recurse or never come back: those into the CRDT library on what people sent.
//!
//! A thread cannot be stopped. A call past its limit is *abandoned* with its thread, which is replaced at once, and
//! counted for as long as it has not come back.

mod call;
mod crew;
mod limits;
#[cfg(test)]
mod tests;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::oneshot, time::timeout};

use call::{Call, Phase};
use crew::{Crew, Start, start_thread};

pub(super) use call::Pace;
pub use limits::CallLimits;

/// A call that has waited for a thread this long gets a spare one.
const SPARE_AFTER: Duration = Duration::from_millis(50);

/// Why a call brought nothing. What it was given is lost with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// It did not come back in time, and its thread was abandoned.
    #[error("it did not come back in time")]
    Hung,
    /// It panicked.
    #[error("it panicked")]
    Panicked,
    /// There was no thread for it in time.
    #[error("there was no thread for it: {0}")]
    NoThread(String),
}

/// The threads. A cheap handle.
#[derive(Clone)]
pub(super) struct Pool(Arc<Owner>);

/// Ends the threads when the last handle is gone.
struct Owner(Arc<Crew>);

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Pool {
    /// Starts no thread before there is work.
    pub(super) fn new(limits: CallLimits) -> Self {
        Self::with(limits, Box::new(start_thread))
    }

    /// The same, with threads that are started otherwise.
    fn with(limits: CallLimits, start: Start) -> Self {
        Self(Arc::new(Owner(Arc::new(Crew::new(limits, start)))))
    }

    /// How long calls may take, and how many threads there are.
    pub(super) fn limits(&self) -> &CallLimits {
        &self.crew().limits
    }

    /// Lends a value to a thread for a call, and brings it back with what the call returns. The limit begins to run
    /// with the call, not while it waits, and anew with each [`Pace::step`]. Not cancel safe: where the future is
    /// dropped, the value is lost, and nobody watches the call.
    ///
    /// # Errors
    /// [`Lost`]; the value is lost, too.
    pub(super) async fn lend<T: Send + 'static, R: Send + 'static>(
        &self,
        value: T,
        limit: Duration,
        work: impl FnOnce(&mut T, &Pace) -> R + Send + 'static,
    ) -> Result<(T, R), Lost> {
        let call = Call::new();
        let (done, mut result) = oneshot::channel();
        self.crew()
            .take(job(call.clone(), value, limit, work, done));
        let wait_until = Instant::now() + self.limits().wait;
        let mut look_after = SPARE_AFTER;
        loop {
            if let Ok(result) = timeout(look_after, &mut result).await {
                // A thread always says how a call ended; were it not so, what was lent would be lost as well.
                return result.unwrap_or(Err(Lost::Panicked));
            }
            let (seen, now) = (call.phase(), Instant::now());
            look_after = SPARE_AFTER;
            match seen {
                Phase::Queued => {
                    let lack = self.crew().help();
                    if now >= wait_until && call.give_up(seen, || {}) {
                        let why = lack.unwrap_or_else(|| "all are busy".to_owned());
                        return Err(Lost::NoThread(why));
                    }
                }
                Phase::Runs(until) if until > now => look_after = until - now,
                Phase::Runs(_) => {
                    if call.give_up(seen, || self.crew().abandon()) {
                        return Err(Lost::Hung);
                    }
                }
                Phase::Over | Phase::GivenUp => {}
            }
        }
    }

    /// Takes a value apart on a thread: that, too, is a call into the library.
    pub(super) fn discard<T: Send + 'static>(&self, value: T) {
        let pool = self.clone();
        tokio::spawn(async move {
            let limit = pool.limits().document;
            let taken = pool.lend(Some(value), limit, |value, _| drop(value.take()));
            if let Err(lost) = taken.await {
                tracing::warn!(%lost, "a document could not be taken apart");
            }
        });
    }

    /// Why there is no thread, where there is none and none can be had.
    pub(super) fn provide(&self) -> Option<String> {
        self.crew().provide()
    }

    /// What is wrong, in words, where something is.
    pub(super) fn trouble(&self) -> Option<String> {
        let abandoned = self.abandoned();
        if abandoned > 0 {
            let max = self.limits().abandoned_max;
            return Some(format!(
                "{abandoned} calls into documents have not come back; with {max} of them the server stores everything and ends"
            ));
        }
        let why = self.provide()?;
        Some(format!("the operating system gives no thread: {why}"))
    }

    /// How many threads are abandoned.
    pub(super) fn abandoned(&self) -> usize {
        *self.crew().abandoned().borrow()
    }

    /// Resolves once as many threads are abandoned as may be.
    pub(super) async fn exhausted(&self) {
        let max = self.limits().abandoned_max;
        let mut abandoned = self.crew().abandoned();
        let _sender_is_ours = abandoned.wait_for(|abandoned| *abandoned >= max).await;
    }

    fn crew(&self) -> &Arc<Crew> {
        &self.0.0
    }
}

/// A call as a thread does it.
fn job<T: Send + 'static, R: Send + 'static>(
    call: Call,
    mut value: T,
    limit: Duration,
    work: impl FnOnce(&mut T, &Pace) -> R + Send + 'static,
    done: oneshot::Sender<Result<(T, R), Lost>>,
) -> crew::Job {
    Box::new(move || {
        let Some(pace) = call.begin(limit) else {
            discard_here(value);
            return false;
        };
        let result = catch_unwind(AssertUnwindSafe(|| work(&mut value, &pace)));
        let is_abandoned = call.end();
        let unsent = match result {
            Ok(result) => done.send(Ok((value, result))).err(),
            Err(_) => {
                // After a fault inside the library, taking the copy apart could be the next one.
                std::mem::forget(value);
                done.send(Err(Lost::Panicked)).err()
            }
        };
        discard_here(unsent);
        is_abandoned
    })
}

/// Takes apart what nobody waits for.
fn discard_here<T>(value: T) {
    let _faulty = catch_unwind(AssertUnwindSafe(|| drop(value)));
}

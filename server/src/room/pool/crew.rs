//! The pool's threads: started when work waits, replaced when one is abandoned.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::watch;

use super::limits::CallLimits;

/// A worker's stack: room for some 190,000 levels of recursion. Address space only, until it is used.
const STACK_BYTES: usize = 64 << 20;
/// Where the operating system gives no thread it is asked again after this, and then after twice as long each time.
const ASK_AGAIN_MIN: Duration = Duration::from_millis(100);
/// It is never asked less often than this.
const ASK_AGAIN_MAX: Duration = Duration::from_secs(10);

/// One call, on a thread. Returns whether its thread was abandoned meanwhile.
pub(super) type Job = Box<dyn FnOnce() -> bool + Send>;

/// Starts a thread that does what it is given.
pub(super) type Start = Box<dyn Fn(Box<dyn FnOnce() + Send>) -> io::Result<()> + Send + Sync>;

/// The threads and what waits for them.
pub(super) struct Crew {
    /// How many there may be, and for how long.
    pub(super) limits: CallLimits,
    /// How a thread is started.
    start: Start,
    state: Mutex<State>,
    /// Told of each job, and of the end.
    work: Condvar,
    /// How many threads hang in a call that was given up.
    abandoned: watch::Sender<usize>,
}

/// What changes of a crew.
#[derive(Default)]
struct State {
    /// What waits for a thread, in order.
    jobs: VecDeque<Job>,
    /// Threads that work or wait for work. Abandoned ones are not among them.
    live: usize,
    /// Those that wait for work.
    idle: usize,
    /// Nobody can bring work any more.
    is_over: bool,
    /// The operating system gave no thread when it was asked last.
    refused: Option<Refused>,
}

/// When the operating system gave no thread.
struct Refused {
    /// Its words.
    why: String,
    /// Not before then it is asked again.
    again_at: Instant,
    /// How long that was from when it was asked.
    wait: Duration,
}

/// A thread of the operating system with a big stack.
pub(super) fn start_thread(work: Box<dyn FnOnce() + Send>) -> io::Result<()> {
    std::thread::Builder::new()
        .name("room-worker".into())
        .stack_size(STACK_BYTES)
        .spawn(work)
        .map(drop)
}

impl Crew {
    /// No threads yet.
    pub(super) fn new(limits: CallLimits, start: Start) -> Self {
        Self {
            limits,
            start,
            state: Mutex::default(),
            work: Condvar::new(),
            abandoned: watch::Sender::new(0),
        }
    }

    /// Queues a job.
    pub(super) fn take(self: &Arc<Self>, job: Job) {
        let mut state = self.lock();
        state.jobs.push_back(job);
        if state.jobs.len() > state.idle && state.live < self.limits.workers {
            self.hire(&mut state);
        }
        drop(state);
        self.work.notify_one();
    }

    /// Something has waited: starts a spare thread, where there may be one more. Returns why there is no thread at
    /// all, where there is none.
    pub(super) fn help(self: &Arc<Self>) -> Option<String> {
        let mut state = self.lock();
        if !state.jobs.is_empty() && state.live < self.limits.workers + self.limits.spares {
            self.hire(&mut state);
        }
        lack(&state)
    }

    /// Why there is no thread, where there is none and none can be had.
    pub(super) fn provide(self: &Arc<Self>) -> Option<String> {
        let mut state = self.lock();
        if state.live == 0 {
            self.hire(&mut state);
        }
        lack(&state)
    }

    /// Gives a thread up that hangs, and replaces it.
    pub(super) fn abandon(self: &Arc<Self>) {
        let mut state = self.lock();
        state.live -= 1;
        if state.live < self.limits.workers {
            self.hire(&mut state);
        }
        drop(state);
        self.abandoned.send_modify(|abandoned| *abandoned += 1);
        let abandoned = *self.abandoned.borrow();
        tracing::error!(
            abandoned,
            "a call into a document did not come back; its thread is abandoned and replaced"
        );
    }

    /// How many threads hang in a call that was given up.
    pub(super) fn abandoned(&self) -> watch::Receiver<usize> {
        self.abandoned.subscribe()
    }

    /// Ends all threads that come back: nobody can bring work any more.
    pub(super) fn end(&self) {
        self.lock().is_over = true;
        self.work.notify_all();
    }

    /// Asks for a thread, unless that was refused just now.
    fn hire(self: &Arc<Self>, state: &mut State) {
        let now = Instant::now();
        let refused = state.refused.as_ref();
        if refused.is_some_and(|refused| now < refused.again_at) {
            return;
        }
        let crew = Arc::clone(self);
        match (self.start)(Box::new(move || crew.serve())) {
            Ok(()) => {
                state.live += 1;
                if state.refused.take().is_some() {
                    tracing::info!("the operating system gives threads again");
                }
            }
            Err(error) => {
                let wait = refused.map_or(ASK_AGAIN_MIN, |refused| {
                    (refused.wait * 2).min(ASK_AGAIN_MAX)
                });
                if refused.is_none() {
                    tracing::error!(%error, threads = state.live, "the operating system gives no further thread");
                }
                state.refused = Some(Refused {
                    why: error.to_string(),
                    again_at: now + wait,
                    wait,
                });
            }
        }
    }

    /// A thread's life.
    fn serve(&self) {
        while let Some(job) = self.next() {
            if job() {
                // Replaced long ago.
                self.abandoned.send_modify(|abandoned| *abandoned -= 1);
                tracing::info!("an abandoned thread has come back");
                return;
            }
        }
    }

    /// The next job; `None` where this thread is not needed any more.
    fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.is_over || state.live > self.limits.workers {
                state.live -= 1;
                return None;
            }
            state.idle += 1;
            state = self
                .work
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Jobs run outside the lock: a panic while it is held cannot leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why there is no thread at all.
fn lack(state: &State) -> Option<String> {
    let refused = state.refused.as_ref().filter(|_| state.live == 0)?;
    Some(refused.why.clone())
}

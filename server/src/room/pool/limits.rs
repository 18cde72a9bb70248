//! How long calls may take, and how many threads there are for them.

use std::{num::NonZero, time::Duration};

#[cfg(feature = "testing")]
use crate::testing::Trap;

/// The longest that one message, or one write of the server, may take on its thread.
const MESSAGE_CALL_SECS: u64 = 10;
/// The same of work on a whole document: one stored part while it loads, a snapshot, an export.
const DOCUMENT_CALL_SECS: u64 = 30;
/// The longest that a call waits for a thread.
const WAIT_SECS: u64 = 20;
/// With so many abandoned threads at once the server stores everything and ends.
const ABANDONED_MAX: usize = 8;
/// Fewer threads than this are never planned for, however few cores there are.
const WORKERS_MIN: usize = 4;
/// Threads for each core: some wait for memory while others compute.
const WORKERS_PER_CORE: usize = 2;
/// Seconds for which a person is kept out of a document that what they sent has stopped, and for which a document
/// rests that has cost too many threads.
const KEPT_OUT_SECS: u64 = 600;

/// How long calls may take, and how many threads there are for them.
#[derive(Clone, Debug)]
pub struct CallLimits {
    /// Threads that are kept.
    pub workers: usize,
    /// Threads beyond them, for calls that have waited. They end when nothing waits.
    pub spares: usize,
    /// With so many abandoned threads at once the server ends.
    pub abandoned_max: usize,
    /// The longest that one message may take.
    pub message: Duration,
    /// The longest that work on a whole document may take.
    pub document: Duration,
    /// The longest that a call waits for a thread.
    pub wait: Duration,
    /// For how long a person is kept out, and a document rests.
    pub kept_out: Duration,
    /// What tests do in the library's place.
    #[cfg(feature = "testing")]
    pub trap: Trap,
}

impl Default for CallLimits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self {
            workers: WORKERS_MIN.max(WORKERS_PER_CORE * cores),
            // As many as may hang before the server ends: they never take what is kept for others.
            spares: ABANDONED_MAX,
            abandoned_max: ABANDONED_MAX,
            message: Duration::from_secs(MESSAGE_CALL_SECS),
            document: Duration::from_secs(DOCUMENT_CALL_SECS),
            wait: Duration::from_secs(WAIT_SECS),
            kept_out: Duration::from_secs(KEPT_OUT_SECS),
            #[cfg(feature = "testing")]
            trap: Trap::default(),
        }
    }
}

//! A trap in the CRDT library's place: what a test has it do there, a fault of the library would.

use std::{fmt, sync::Arc};

/// What is about to be handed to the library, on the thread that does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prey<'a> {
    /// A message of a connection.
    Frame(&'a [u8]),
    /// A part of a stored document.
    Stored(&'a [u8]),
    /// A copy with everything merged up to this part, which is read as a whole.
    Proof(&'a [u8]),
    /// A document that is read as a whole, for a snapshot or for somebody who asks for its state.
    Whole,
}

/// May panic, or wait for what never comes.
type Spring = dyn Fn(Prey<'_>) + Send + Sync;

/// Is called with what is about to be handed to the library.
#[derive(Clone, Default)]
pub struct Trap(Option<Arc<Spring>>);

impl Trap {
    /// One that does this.
    pub fn new(spring: impl Fn(Prey<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(spring)))
    }

    /// Springs, where one is set.
    pub fn spring(&self, prey: Prey<'_>) {
        if let Some(spring) = &self.0 {
            spring(prey);
        }
    }
}

impl fmt::Debug for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trap")
    }
}

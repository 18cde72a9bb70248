//! What tests need that production does not: the store in memory, with its knobs, and a trap in the CRDT library's
//! place. Behind the feature `testing`.

mod memory;
mod trap;

pub use memory::{MemoryStore, Quarantined};
pub use trap::{Prey, Trap};

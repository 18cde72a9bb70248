//! What tests need that production does not: the store in memory, with its knobs. Behind the feature `testing`.

mod memory;

pub use memory::{MemoryStore, Quarantined};

//! The gate: what an update must satisfy before the CRDT library sees it.
//!
//! [`scan()`] reads the bytes of one update (Yjs format, version 1) without
//! recursion and without trusting any number in them. [`Gate`] holds what a
//! room knows of its writers and decides on each update: who may write under
//! which client id, how far clocks may run ahead, how deep shared types nest.
//!
//! An update is admitted only if the library can place all of it at once:
//! without holes, beside neighbours that share one place, in parents that are
//! shared types. With blocks held back or put between two places, the library
//! has been seen to use freed memory, which no caller can catch.
//!
//! Nothing here knows what the update means to a board, and nothing here
//! names the CRDT library.

mod any;
mod assemble;
mod authors;
mod deletes;
mod depth;
mod entry;
mod error;
mod known;
mod lib0;
mod limits;
mod policy;
mod ranges;
mod rules;
mod scan;
mod verdict;

pub use error::{Fault, ScanError};
pub use limits::{
    MAX_ANY_DEPTH, MAX_BLOCKS, MAX_CLOCK, MAX_CLOCK_JUMP, MAX_DELETE_CLIENTS, MAX_DELETE_RANGES,
    MAX_FORMAT_VALUE_BYTES, MAX_NESTING, MAX_RUN, MAX_SECTIONS, MAX_STRING_BYTES, ScanLimits,
};
pub use policy::{Arrival, Policy, Rank, RootRule, Writers};
pub use rules::Gate;
pub use scan::{Block, BlockKind, DeleteRange, Id, Parent, Scan, Section, scan};
pub use verdict::Admitted;

#[cfg(test)]
mod tests;

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
mod block;
mod combine;
mod content;
mod cost;
mod deletes;
mod entry;
mod error;
mod known;
mod lib0;
mod limits;
mod line;
mod memory;
mod nodes;
mod owning;
mod pairs;
mod place;
mod placing;
mod policy;
mod ranges;
mod rule;
mod rules;
mod scan;
mod schema;
mod settled;
mod verdict;
mod voice;
#[cfg(any(test, feature = "testing"))]
pub mod wire;

pub use block::{Block, BlockKind, DeleteRange, Id, Parent, Scan, Section, SharedType};
pub use cost::{Cost, MAX_CUTS, MAX_DELETED, MAX_JOINED_BYTES, MAX_MEMORY_BYTES, MAX_NEIGHBOURS};
pub use error::{Fault, ScanError};
pub use limits::{
    MAX_ANY_DEPTH, MAX_BLOCKS, MAX_CLIENTS, MAX_CLIENTS_ALIKE, MAX_CLIENTS_OF_ONE, MAX_CLOCK,
    MAX_CLOCK_JUMP, MAX_DELETE_RANGES, MAX_FORMAT_VALUE_BYTES, MAX_HELD_BLOCKS, MAX_RUN,
    MAX_SECTIONS, MAX_STRING_BYTES, ScanLimits,
};
pub use policy::{Arrival, Policy, Rank, Writers};
pub use rule::{LeftOut, Rule};
pub use rules::Gate;
pub use scan::scan;
pub use schema::{RootRule, Schema, Type, TypeId, Value};

pub use verdict::Admitted;
pub use voice::{Joint, Part};

#[cfg(test)]
mod tests;

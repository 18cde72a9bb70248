//! The store: what is durable, and how it is read back. Does not know what the bytes of a document mean.
//!
//! Four traits by concern, one conformance suite for all implementations. [`SqliteStore`] keeps a folder; its twin
//! in memory is in `testing`.

mod error;
mod rows;
pub(crate) mod rules;
mod sqlite;
mod store;

pub use error::StoreError;
pub use rows::{
    Append, By, Changed, Damage, DocumentChange, DocumentRow, ImageRow, ImageStored, JoinOutcome,
    Joining, NewDocument, ParticipantChange, ParticipantRow, SessionRow, Snapshot, Stored,
    WorkshopRow,
};
pub use sqlite::SqliteStore;
pub use store::{Directory, Done, Log, Pictures, Sessions, SharedStore, Store, StoreHealth};

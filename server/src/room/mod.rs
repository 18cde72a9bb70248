//! Rooms: one open document each. Decisions are made in `shared::sync::room`;
//! this gives them a thread, a mailbox, the clock and the store. Knows no axum.

mod actor;
mod keeping;
pub mod load;
pub mod mail;
mod open;
pub mod outbox;
pub mod registry;

pub use outbox::{Outbox, Outgoing};

//! Rooms: one open document each. Decisions are made in `shared::sync::room`;
//! this gives them a task, threads for what may hang, a mailbox, the clock and the store. Knows no axum.

mod actor;
mod faults;
mod host;
mod keeping;
mod load;
pub mod mail;
mod open;
pub mod outbox;
mod pool;
pub mod registry;
mod steps;

pub use outbox::{Outbox, Outgoing};
pub use pool::{CallLimits, Lost};

//! Messages, their codec, presence, refusals, close codes and limits.
//!
//! The wire format is y-protocols' (sync steps, update, awareness, query
//! awareness) in binary WebSocket messages, plus Plaza's own message types,
//! which go only to sockets that asked for the subprotocol [`SUBPROTOCOL`].
//! Knows nothing of what an update contains. `PROTOCOL.md` says the same in prose.

pub mod api;
pub mod close;
pub mod codec;
pub mod control;
pub mod limits;
pub mod line;
pub mod message;
pub mod presence;
pub mod refusal;
pub mod share;

#[cfg(test)]
mod tests;

pub use close::CloseCode;
pub use codec::DecodeError;
pub use control::{Hello, StoreStatus};
pub use message::Message;
pub use presence::{AwarenessEntry, Presence};
pub use refusal::Refusal;

/// The WebSocket subprotocol of clients that want Plaza's own messages.
pub const SUBPROTOCOL: &str = "plaza.1";

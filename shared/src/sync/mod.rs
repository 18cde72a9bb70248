//! Sans-IO state machines of both halves of the sync: they are given messages
//! and the time, they return what to send. They know no sockets, threads or timers.

pub mod backoff;
pub mod client;
pub mod conn_id;
pub mod copy;
pub mod rate;
pub mod room;
pub mod roster;

#[cfg(test)]
mod tests;

pub use client::{ClientSync, Status};
pub use copy::SharedCopy;
pub use room::Room;

//! Plaza's server: relays and stores documents, and holds what needs authority.
//!
//! `http` and `ws` carry, composed in `router` over `state`; `room` decides when
//! (through `shared::sync`); `storage` keeps; `workshop` knows who may come in;
//! `accept` takes connections, `shares` says how much of everything each may use.

#![forbid(unsafe_code)]

mod accept;
pub mod app;
pub mod clock;
pub mod config;
pub mod connection;
pub mod http;
pub mod image;
pub mod room;
pub mod router;
pub mod shares;
pub mod state;
pub mod storage;
#[cfg(feature = "testing")]
pub mod testing;
pub mod workshop;
pub mod ws;

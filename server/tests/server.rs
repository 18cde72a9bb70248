//! The server, from outside: real sockets, a real database, real kills.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "server/api.rs"]
mod api;
#[path = "server/canvases.rs"]
mod canvases;
#[path = "server/client.rs"]
mod client;
#[path = "server/connections.rs"]
mod connections;
#[path = "server/crash.rs"]
mod crash;
#[cfg(target_os = "linux")]
#[path = "store/forgetful.rs"]
mod forgetful;
#[path = "server/hostile.rs"]
mod hostile;
#[path = "server/hung.rs"]
mod hung;
#[path = "server/identity.rs"]
mod identity;
#[path = "server/images.rs"]
mod images;
#[path = "server/impostors.rs"]
mod impostors;
#[path = "server/left_out.rs"]
mod left_out;
#[path = "server/people.rs"]
mod people;
#[cfg(target_os = "linux")]
#[path = "server/power.rs"]
mod power;
#[path = "server/process.rs"]
mod process;
#[path = "server/restore.rs"]
mod restore;
#[path = "server/rig.rs"]
mod rig;
#[path = "server/rights.rs"]
mod rights;
#[path = "server/rooms.rs"]
mod rooms;
#[path = "server/shares.rs"]
mod shares;
#[path = "server/sync.rs"]
mod sync;

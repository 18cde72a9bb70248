//! Plaza's pure core, used by the server and by the client.
//!
//! Nothing in here reads a clock, draws a random number, opens a file or a
//! socket: time, randomness and text metrics are parameters.

pub mod authority;
pub mod board;
pub mod canvas;
pub mod draw;
pub mod export;
pub mod gate;
pub mod geometry;
pub mod id;
pub mod object;
pub mod plain;
pub mod props;
pub mod protocol;
pub mod scene;
pub mod sort;
pub mod sync;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;

//! Texts: being written, as lists, found, read out.

pub mod finding;
pub mod heard;
pub mod list;
pub mod outline;
pub mod session;

//! Which connection.

/// Number of a connection, unique for the life of the process.
pub type ConnId = u64;

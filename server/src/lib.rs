//! Plaza's server: relays and stores documents, and holds what needs authority.

pub mod storage;

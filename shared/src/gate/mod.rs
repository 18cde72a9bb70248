//! The gate: what an update must satisfy before the CRDT library sees it.

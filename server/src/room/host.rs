//! What rooms have of the server that they are in.

use super::{faults::Faults, open::OpenRooms, pool::Pool};
use crate::storage::SharedStore;

/// What rooms have of the server that they are in. A cheap handle.
#[derive(Clone)]
pub(super) struct Host {
    /// What they load from and store in.
    pub(super) store: SharedStore,
    /// What is open.
    pub(super) rooms: OpenRooms,
    /// Where calls into the CRDT library are done.
    pub(super) pool: Pool,
    /// What went wrong.
    pub(super) faults: Faults,
}

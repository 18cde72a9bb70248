//! A connection, as the room's task knows it.

use shared::id::ParticipantId;

use crate::room::outbox::Outbox;

/// A connection, as the task knows it.
pub(super) struct Seat {
    /// Whose it is.
    pub(super) who: ParticipantId,
    /// Whether Plaza's own messages are understood.
    pub(super) speaks_plaza: bool,
    /// Where frames wait.
    pub(super) outbox: Outbox,
}

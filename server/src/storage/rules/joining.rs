//! Who may come in, and as whom: decided from rows read in the transaction that writes the outcome.

use shared::{id::ParticipantId, protocol::control::Role};

use super::super::{
    error::StoreError,
    rows::{JoinOutcome, Joining, ParticipantRow},
};

/// How many people a workshop has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct People {
    /// Without those who were removed.
    pub(crate) now: usize,
    /// All who ever joined: new people get the colours in turn.
    pub(crate) ever: usize,
}

/// Who makes room in a full workshop: the first who came and never wrote anything, has nothing open, and was given no
/// role by a facilitator. Never who runs it. `people`: those of the workshop in order of coming; `wrote`: whether
/// somebody ever wrote.
pub(crate) fn makes_room<'a>(
    joining: &Joining,
    people: impl IntoIterator<Item = &'a ParticipantRow>,
    wrote: impl Fn(&ParticipantId) -> bool,
) -> Option<ParticipantId> {
    let is_silent = |row: &&ParticipantRow| {
        row.role != Role::Facilitator
            && !row.role_is_given
            && !row.is_removed
            && row.id != joining.participant
            && row.joined_ms <= joining.settled_ms
            && !joining.present.contains(&row.id)
            && !wrote(&row.id)
    };
    people.into_iter().find(is_silent).map(|row| row.id.clone())
}

/// What becomes of somebody who joins. `known`: their row, where they have one. `is_barred`: somebody who was removed
/// from the workshop used the same device.
///
/// # Errors
/// [`StoreError::Refused`] where they are a person of another workshop.
pub(crate) fn decide(
    joining: &Joining,
    known: Option<ParticipantRow>,
    people: People,
    is_barred: bool,
) -> Result<JoinOutcome, StoreError> {
    let row = match known {
        Some(known) if known.workshop != joining.workshop => {
            return Err(StoreError::Refused("a person of another workshop".into()));
        }
        Some(known) if known.is_removed => return Ok(JoinOutcome::Removed),
        Some(known) if known.role_is_given => known,
        // Another link lets them do more; none lets them do less.
        Some(known) => ParticipantRow {
            role: known.role.max(joining.role),
            ..known
        },
        None if is_barred => return Ok(JoinOutcome::Removed),
        // Whoever runs a full workshop must get in to make room.
        None if people.now >= joining.people_max && joining.role != Role::Facilitator => {
            return Ok(JoinOutcome::Full);
        }
        None => ParticipantRow {
            id: joining.participant.clone(),
            workshop: joining.workshop.clone(),
            name: joining.name.clone(),
            organisation: joining.organisation.clone(),
            is_external: joining.is_external,
            is_removed: false,
            role: joining.role,
            role_is_given: false,
            color: u32::try_from(people.ever).unwrap_or_default() % joining.colors.max(1),
            joined_ms: joining.joined_ms,
        },
    };
    Ok(JoinOutcome::Joined(row))
}

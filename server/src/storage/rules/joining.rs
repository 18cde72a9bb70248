//! Who may come in, and as whom: decided from rows read in the transaction that writes the outcome.

use super::super::{
    error::StoreError,
    rows::{JoinOutcome, Joining, ParticipantRow},
};

/// What becomes of somebody who joins. `known`: their row, where they have one. `people`: how many the workshop has.
///
/// # Errors
/// [`StoreError::Refused`] where they are a person of another workshop.
pub(crate) fn decide(
    joining: &Joining,
    known: Option<ParticipantRow>,
    people: usize,
) -> Result<JoinOutcome, StoreError> {
    let role_is_given = known.as_ref().is_some_and(|known| known.role_is_given);
    let (role, color, joined_ms) = match known {
        Some(known) if known.workshop != joining.workshop => {
            return Err(StoreError::Refused("a person of another workshop".into()));
        }
        Some(known) if known.role_is_given => (known.role, known.color, known.joined_ms),
        // Who came as a facilitator once stays one, whichever link they use next.
        Some(known) => (known.role.max(joining.role), known.color, known.joined_ms),
        None if people >= joining.people_max => return Ok(JoinOutcome::Full),
        None => {
            let color = u32::try_from(people).unwrap_or_default() % joining.colors.max(1);
            (joining.role, color, joining.joined_ms)
        }
    };
    Ok(JoinOutcome::Joined(ParticipantRow {
        id: joining.participant.clone(),
        workshop: joining.workshop.clone(),
        name: joining.name.clone(),
        department: joining.department.clone(),
        role,
        role_is_given,
        color,
        joined_ms,
    }))
}

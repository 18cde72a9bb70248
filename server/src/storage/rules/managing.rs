//! What becomes of a person: decided from rows read in the transaction that writes the outcome.

use shared::{authority, id::WorkshopId};

use super::super::rows::{ParticipantChange, ParticipantRow, PersonChanged};

/// Changes what is kept of somebody. `known`: their row; `by`: that of whoever [`ParticipantChange::by`] names, who
/// must run the workshop at this moment, so that of two facilitators who remove each other one stays.
pub(crate) fn change(
    workshop: &WorkshopId,
    known: Option<ParticipantRow>,
    by: Option<ParticipantRow>,
    change: ParticipantChange,
) -> PersonChanged {
    let may_facilitate = by.is_some_and(|by| {
        by.workshop == *workshop && !by.is_removed && authority::may_facilitate(by.role)
    });
    if change.by.is_some() && !may_facilitate {
        return PersonChanged::NoFacilitator;
    }
    match known {
        Some(mut row) if row.workshop == *workshop => {
            change.apply(&mut row);
            PersonChanged::Done(row)
        }
        _ => PersonChanged::NoPerson,
    }
}

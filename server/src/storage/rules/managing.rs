//! Who may change a workshop: decided from a row read in the transaction that writes the change, so that nothing is
//! changed by somebody whose removal or other role was stored before, and of two who remove each other one stays.

use shared::authority;

use super::super::{
    error::StoreError,
    rows::{By, ParticipantRow},
};

/// Whether somebody runs a workshop. `row`: theirs.
///
/// # Errors
/// [`StoreError::NoFacilitator`].
pub(crate) fn check(by: &By, row: Option<&ParticipantRow>) -> Result<(), StoreError> {
    let runs_it = row.is_some_and(|row| {
        row.workshop == by.workshop && !row.is_removed && authority::may_facilitate(row.role)
    });
    runs_it.then_some(()).ok_or(StoreError::NoFacilitator)
}

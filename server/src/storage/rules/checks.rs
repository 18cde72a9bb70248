//! What is looked at before a row is let in or out, and how a lock is taken.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::{
    error::StoreError,
    rows::{By, DocumentRow, ImageRow, WorkshopRow},
};

/// Locks, also after another thread has panicked: nothing under our locks is left half-changed by a panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a closed store returns.
pub(crate) fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}

/// Lets a picture out only if it is whole.
pub(crate) fn check_image(image: Option<ImageRow>) -> Result<Option<ImageRow>, StoreError> {
    match image {
        Some(image) if !image.is_whole() => Err(StoreError::Damaged(
            "a picture's bytes are not those of its hash".into(),
        )),
        image => Ok(image),
    }
}

/// Refuses a workshop some of whose documents name another one.
pub(crate) fn check_workshop(
    workshop: &WorkshopRow,
    documents: &[(DocumentRow, Vec<u8>)],
) -> Result<(), StoreError> {
    if documents
        .iter()
        .all(|(document, _)| document.workshop == workshop.id)
    {
        Ok(())
    } else {
        Err(StoreError::Refused(
            "a document names another workshop".into(),
        ))
    }
}

/// Refuses a document of another workshop than that which whoever adds it runs.
pub(crate) fn check_workshop_of(by: &By, row: &DocumentRow) -> Result<(), StoreError> {
    if row.workshop == by.workshop {
        Ok(())
    } else {
        Err(StoreError::Refused(
            "the document names another workshop".into(),
        ))
    }
}

/// Refuses a log place that is not above the last one used.
pub(crate) fn check_place(place: i64, last: i64) -> Result<(), StoreError> {
    if place > last {
        Ok(())
    } else {
        Err(StoreError::Conflict(format!(
            "log place {place} is taken, the last is {last}"
        )))
    }
}

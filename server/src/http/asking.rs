//! Who asks, and for what: what most requests find out first.

use shared::{
    authority,
    board::DocumentKind,
    id::{DocumentId, WorkshopId},
    protocol::{Refusal, refusal::Missing, share::Share},
};

use super::{auth::Caller, error::ApiFailure};
use crate::{state::AppState, storage::DocumentRow, workshop::Session};

/// A canvas, which the workshop's own document is not.
pub(super) async fn find_canvas(
    app: &AppState,
    id: &DocumentId,
) -> Result<DocumentRow, ApiFailure> {
    let row = app.store.document(id).await?;
    row.filter(|row| DocumentKind::of(&row.kind) == Some(DocumentKind::Canvas))
        .ok_or(ApiFailure::no(Missing::Canvas))
}

/// The session of a request's token, if it holds for the workshop. Uses one of the person's share.
pub(super) async fn require_session(
    app: &AppState,
    caller: &Caller,
    workshop: &WorkshopId,
    share: &'static Share,
) -> Result<Session, ApiFailure> {
    let session = find_session(app, caller, workshop).await?;
    app.shares.wait(share, &session.who()).await?;
    Ok(session)
}

/// The same without using anything.
pub(super) async fn find_session(
    app: &AppState,
    caller: &Caller,
    workshop: &WorkshopId,
) -> Result<Session, ApiFailure> {
    let token = caller.token(app, workshop);
    let token = token.ok_or(Refusal::Unauthenticated)?;
    Ok(app.workshops.session(&token, workshop).await?)
}

/// The same of those who run the workshop.
pub(super) async fn require_facilitator(
    app: &AppState,
    caller: &Caller,
    workshop: &WorkshopId,
    share: &'static Share,
) -> Result<Session, ApiFailure> {
    let session = require_session(app, caller, workshop, share).await?;
    if authority::may_facilitate(session.role) {
        Ok(session)
    } else {
        Err(Refusal::FacilitatorsOnly.into())
    }
}

/// What takes the processor longer than a moment is done off the async threads.
pub(super) async fn computing<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiFailure> + Send + 'static,
) -> Result<T, ApiFailure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| ApiFailure::internal("working"))?
}

//! The JSON API. README describes it for scripts.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::{CookieJar, WithRejection};
use serde_json::{Value, json};
use shared::{
    authority,
    board::{Document, DocumentKind, workshop::Person},
    canvas, export,
    id::{DocumentId, ParticipantId, WorkshopId},
    protocol::{
        Refusal,
        api::{CreatedWorkshop, Frozen, Join, NewRole, NewWorkshop, WorkshopInfo},
        refusal::Missing,
    },
};

use super::{
    auth,
    checked::{At, Body},
    error::ApiFailure,
};
use crate::{
    clock,
    state::AppState,
    storage::{DocumentRow, StoreHealth},
    workshop::Session,
};

/// `POST /api/workshops`: creates a workshop and says its keys, this once.
pub async fn create_workshop(
    State(app): State<AppState>,
    headers: HeaderMap,
    WithRejection(Json(body), _): Body<NewWorkshop>,
) -> Result<Json<CreatedWorkshop>, ApiFailure> {
    let origin = auth::link_origin(&app, &headers);
    Ok(Json(app.workshops.create(&body.title, &origin).await?))
}

/// `POST /api/join`: a link's key becomes a session.
pub async fn join(
    State(app): State<AppState>,
    headers: HeaderMap,
    jar: CookieJar,
    WithRejection(Json(body), _): Body<Join>,
) -> Result<Response, ApiFailure> {
    let workshop = WorkshopId::from(body.workshop.as_str());
    let session = match auth::token(&app, &headers, &workshop) {
        Some(token) => app.workshops.session(&token, &workshop).await?,
        None => None,
    };
    let (joined, token) = app.workshops.join(&body, session.as_ref()).await?;
    if joined.token.is_some() {
        return Ok(Json(joined).into_response());
    }
    let cookie = auth::session_cookie(&app, &workshop, token);
    Ok((jar.add(cookie), Json(joined)).into_response())
}

/// `POST /api/leave`: ends the session of the bearer token.
pub async fn leave(
    State(app): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiFailure> {
    let token = auth::bearer(&headers).ok_or(Refusal::Unauthenticated)?;
    app.workshops.leave(&token).await?;
    Ok(Json(json!({ "left": true })))
}

/// `PUT /api/workshops/{id}/people/{participant}/role`: what somebody may do from now on, which facilitators say.
pub async fn set_role(
    State(app): State<AppState>,
    WithRejection(Path((id, participant)), _): At<(WorkshopId, ParticipantId)>,
    headers: HeaderMap,
    WithRejection(Json(NewRole { role }), _): Body<NewRole>,
) -> Result<Json<Person>, ApiFailure> {
    let session = require_session(&app, &headers, &id).await?;
    facilitates(&session)?;
    Ok(Json(app.workshops.set_role(&id, &participant, role).await?))
}

/// `PUT /api/canvases/{id}/frozen`: whether only facilitators write the canvas from now on, which facilitators say.
pub async fn freeze(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    headers: HeaderMap,
    WithRejection(Json(Frozen { frozen }), _): Body<Frozen>,
) -> Result<Json<Frozen>, ApiFailure> {
    let row = find_canvas(&app, &id).await?;
    let session = require_session(&app, &headers, &row.workshop).await?;
    facilitates(&session)?;
    app.workshops.freeze(&row.id, frozen).await?;
    Ok(Json(Frozen { frozen }))
}

/// `GET /api/workshops/{id}`: title and canvases.
pub async fn workshop(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<WorkshopId>,
    headers: HeaderMap,
) -> Result<Json<WorkshopInfo>, ApiFailure> {
    require_session(&app, &headers, &id).await?;
    Ok(Json(app.workshops.info(&id).await?))
}

/// `GET /api/canvases/{id}/export.json`: the canvas as plain JSON.
pub async fn export_json(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiFailure> {
    let row = find_canvas(&app, &id).await?;
    require_session(&app, &headers, &row.workshop).await?;
    let state = app
        .rooms
        .state(&row.id)
        .await?
        .ok_or_else(|| ApiFailure::internal("exporting"))?;
    let people = app.workshops.people(&row.workshop).await?;
    computing(move || {
        let mut document = Document::new(clock::random_u64());
        document
            .merge(&state)
            .map_err(|_| ApiFailure::internal("reading a document"))?;
        let template = canvas::template_in(&row.kind, "en").unwrap_or_default();
        let exported =
            export::json::canvas(&row.id, &row.title, &template, document.view(), &people);
        serde_json::to_value(exported).map_err(|_| ApiFailure::internal("exporting"))
    })
    .await
    .map(Json)
}

/// `GET /healthz`: whether Plaza works, in words.
pub async fn health(State(app): State<AppState>) -> Response {
    let rooms = app.rooms.count();
    match app.store.health() {
        StoreHealth::Ok => Json(json!({ "status": "ok", "open_documents": rooms })).into_response(),
        StoreHealth::Degraded(reason) => {
            let body = json!({ "status": "degraded", "reason": reason, "open_documents": rooms });
            (axum::http::StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}

/// Any other path below `/api`.
pub async fn not_found() -> ApiFailure {
    ApiFailure::no(Missing::Address)
}

/// A canvas, which the workshop's own document is not.
pub(super) async fn find_canvas(
    app: &AppState,
    id: &DocumentId,
) -> Result<DocumentRow, ApiFailure> {
    let row = app.store.document(id).await?;
    row.filter(|row| DocumentKind::of(&row.kind) == Some(DocumentKind::Canvas))
        .ok_or(ApiFailure::no(Missing::Canvas))
}

/// The session of a request's token, if it holds for the workshop.
pub(super) async fn require_session(
    app: &AppState,
    headers: &HeaderMap,
    workshop: &WorkshopId,
) -> Result<Session, ApiFailure> {
    let session = match auth::token(app, headers, workshop) {
        Some(token) => app.workshops.session(&token, workshop).await?,
        None => None,
    };
    Ok(session.ok_or(Refusal::Unauthenticated)?)
}

/// Refuses those who do not run the workshop.
fn facilitates(session: &Session) -> Result<(), ApiFailure> {
    if authority::may_facilitate(session.role) {
        Ok(())
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

//! The JSON API. README describes it for scripts.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use serde_json::{Value, json};
use shared::{
    board::{Document, workshop::KIND},
    canvas, export,
    protocol::api::{CreatedWorkshop, Join, Joined, NewWorkshop, WorkshopInfo},
};

use super::{auth, error::ApiFailure};
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
    Json(body): Json<NewWorkshop>,
) -> Result<Json<CreatedWorkshop>, ApiFailure> {
    let origin = auth::link_origin(&app, &headers);
    blocking(move || app.workshops.create(&body.title, &origin))
        .await
        .map(Json)
}

/// `POST /api/join`: a link's key becomes a session.
pub async fn join(
    State(app): State<AppState>,
    headers: HeaderMap,
    jar: CookieJar,
    Json(body): Json<Join>,
) -> Result<Response, ApiFailure> {
    let token = auth::token(&app, &headers, &body.workshop);
    let (app, joined, token): (AppState, Joined, String) = blocking(move || {
        let session = token
            .map(|token| app.workshops.session(&token, &body.workshop))
            .transpose()?
            .flatten();
        let (joined, token) = app.workshops.join(&body, session.as_ref())?;
        Ok((app, joined, token))
    })
    .await?;
    if joined.token.is_some() {
        return Ok(Json(joined).into_response());
    }
    let cookie = auth::session_cookie(&app, joined.workshop.id.as_str(), token);
    Ok((jar.add(cookie), Json(joined)).into_response())
}

/// `POST /api/leave`: ends the session of the bearer token.
pub async fn leave(
    State(app): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiFailure> {
    let token = auth::bearer(&headers)
        .ok_or_else(|| ApiFailure::unauthenticated("No session token was given."))?;
    blocking(move || app.workshops.leave(&token)).await?;
    Ok(Json(json!({ "left": true })))
}

/// `GET /api/workshops/{id}`: title and canvases.
pub async fn workshop(
    State(app): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<WorkshopInfo>, ApiFailure> {
    let token = auth::token(&app, &headers, &id);
    blocking(move || {
        require_session(&app, token.as_deref(), &id)?;
        app.workshops.info(&id)
    })
    .await
    .map(Json)
}

/// `GET /api/canvases/{id}/export.json`: the canvas as plain JSON.
pub async fn export_json(
    State(app): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiFailure> {
    let (app, row) = {
        let app = app.clone();
        let id = id.clone();
        blocking(move || {
            let row = find_canvas(&app, &id)?;
            require_session(
                &app,
                auth::token(&app, &headers, &row.workshop).as_deref(),
                &row.workshop,
            )?;
            Ok((app, row))
        })
        .await?
    };
    let state = app
        .rooms
        .state(&row.id)
        .await
        .ok_or_else(|| ApiFailure::internal("exporting"))?;
    blocking(move || {
        let mut document = Document::new(clock::random_u64());
        document
            .merge(&state)
            .map_err(|_| ApiFailure::internal("reading a document"))?;
        let people = app.workshops.people(&row.workshop)?;
        let id = row.id.as_str().into();
        let template = canvas::template(&row.kind);
        let exported = export::json::canvas(&id, &row.title, template, document.view(), &people);
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
pub async fn not_found() -> Response {
    (
        axum::http::StatusCode::NOT_FOUND,
        Json(json!({ "code": "not_found", "message": "There is no such address." })),
    )
        .into_response()
}

/// A canvas, which the workshop's own document is not.
pub(super) fn find_canvas(app: &AppState, id: &str) -> Result<DocumentRow, ApiFailure> {
    let row = app.store.document(id)?;
    row.filter(|row| row.kind != KIND)
        .ok_or_else(ApiFailure::no_canvas)
}

/// The session of a token, if it holds for the workshop.
pub(super) fn require_session(
    app: &AppState,
    token: Option<&str>,
    workshop: &str,
) -> Result<Session, ApiFailure> {
    let session = token
        .map(|token| app.workshops.session(token, workshop))
        .transpose()?
        .flatten();
    session.ok_or_else(|| ApiFailure::unauthenticated("Please open the workshop's link first."))
}

/// The store blocks: its work is done off the async threads.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiFailure> + Send + 'static,
) -> Result<T, ApiFailure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| ApiFailure::internal("working"))?
}

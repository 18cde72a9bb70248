//! Whether Plaza works; and what is not there.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use shared::protocol::refusal::Missing;

use super::error::ApiFailure;
use crate::{state::AppState, storage::StoreHealth};

/// Any other path below `/api`, and any other method at one that is there.
pub async fn not_found() -> ApiFailure {
    ApiFailure::no(Missing::Address)
}

/// `GET /healthz`: whether Plaza works, in words. Where the store cannot be written, or a call into a document has
/// not come back, it does not.
pub async fn health(State(app): State<AppState>) -> Response {
    let reason = match app.store.health() {
        StoreHealth::Degraded(reason) => Some(reason),
        StoreHealth::Ok => app.rooms.trouble(),
    };
    let status = if reason.is_some() { "degraded" } else { "ok" };
    let mut body = json!({
        "status": status,
        "open_documents": app.rooms.count(),
        "abandoned_threads": app.rooms.abandoned(),
    });
    match reason {
        None => Json(body).into_response(),
        Some(reason) => {
            body["reason"] = reason.into();
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}

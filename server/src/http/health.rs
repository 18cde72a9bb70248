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

/// Any other path below `/api`.
pub async fn not_found() -> ApiFailure {
    ApiFailure::no(Missing::Address)
}

/// `GET /healthz`: whether Plaza works, in words.
pub async fn health(State(app): State<AppState>) -> Response {
    let rooms = app.rooms.count();
    match app.store.health() {
        StoreHealth::Ok => Json(json!({ "status": "ok", "open_documents": rooms })).into_response(),
        StoreHealth::Degraded(reason) => {
            let body = json!({ "status": "degraded", "reason": reason, "open_documents": rooms });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}

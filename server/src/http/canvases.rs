//! Canvases: added, duplicated, changed in the list, frozen, exported.

use axum::{
    Json,
    extract::{Path, State},
};
use axum_extra::extract::WithRejection;
use serde_json::Value;
use shared::{
    board::{Document, workshop::CanvasEntry},
    canvas, export,
    id::{DocumentId, WorkshopId},
    protocol::api::{CanvasChange, Frozen, NewCanvas, NewCopy},
};

use super::{
    asking::{find_canvas, require_facilitator, require_session},
    auth::Caller,
    checked::{At, Body},
    error::ApiFailure,
};
use crate::{clock, state::AppState};

/// `POST /api/workshops/{id}/canvases`: adds a canvas, which facilitators do.
pub async fn add(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<WorkshopId>,
    caller: Caller,
    WithRejection(Json(body), _): Body<NewCanvas>,
) -> Result<Json<CanvasEntry>, ApiFailure> {
    let by = require_facilitator(&app, &caller, &id).await?;
    Ok(Json(app.workshops.add_canvas(&body, &by).await?))
}

/// `POST /api/canvases/{id}/copies`: duplicates a canvas, which facilitators do.
pub async fn duplicate(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    caller: Caller,
    WithRejection(Json(body), _): Body<NewCopy>,
) -> Result<Json<CanvasEntry>, ApiFailure> {
    let row = find_canvas(&app, &id).await?;
    let by = require_facilitator(&app, &caller, &row.workshop).await?;
    let copy = app.workshops.duplicate_canvas(&row, &body, &by);
    Ok(Json(copy.await?))
}

/// `PATCH /api/canvases/{id}`: title, place, archived or not, which facilitators say.
pub async fn change(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    caller: Caller,
    WithRejection(Json(body), _): Body<CanvasChange>,
) -> Result<Json<CanvasEntry>, ApiFailure> {
    let row = find_canvas(&app, &id).await?;
    let by = require_facilitator(&app, &caller, &row.workshop).await?;
    let changed = app.workshops.change_canvas(&id, body, &by);
    Ok(Json(changed.await?))
}

/// `PUT /api/canvases/{id}/frozen`: whether only facilitators write the canvas from now on, which facilitators say.
pub async fn freeze(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    caller: Caller,
    WithRejection(Json(Frozen { frozen }), _): Body<Frozen>,
) -> Result<Json<Frozen>, ApiFailure> {
    let row = find_canvas(&app, &id).await?;
    let by = require_facilitator(&app, &caller, &row.workshop).await?;
    app.workshops.freeze(&row.id, frozen, &by).await?;
    Ok(Json(Frozen { frozen }))
}

/// `GET /api/canvases/{id}/export.json`: the canvas as plain JSON.
pub async fn export_json(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    caller: Caller,
) -> Result<Json<Value>, ApiFailure> {
    let row = find_canvas(&app, &id).await?;
    require_session(&app, &caller, &row.workshop).await?;
    let state = app
        .rooms
        .state(&row.id)
        .await?
        .ok_or_else(|| ApiFailure::internal("exporting"))?;
    let people = app.workshops.people(&row.workshop).await?;
    let language = app.workshops.row(&row.workshop).await?.language;
    let export = move || {
        let mut document = Document::new(clock::random_u64());
        document
            .merge(&state)
            .map_err(|_| ApiFailure::internal("reading a document"))?;
        let template = canvas::template_in(&row.kind, &language)
            .ok_or_else(|| ApiFailure::internal("exporting"))?;
        let view = document.view();
        let exported = export::json::canvas(&row.id, &row.title, &template, view, &people);
        serde_json::to_value(exported).map_err(|_| ApiFailure::internal("exporting"))
    };
    app.rooms.compute(&id, export).await?.map(Json)
}

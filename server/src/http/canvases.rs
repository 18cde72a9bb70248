//! Canvases: added, duplicated, changed in the list, frozen, exported.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
};
use axum_extra::extract::WithRejection;
use shared::{
    board::{Document, workshop::CanvasEntry},
    canvas, export,
    id::{DocumentId, WorkshopId},
    protocol::{
        api::{CanvasChange, Frozen, NewCanvas, NewCopy},
        limits,
    },
};

use super::{
    asking::{find_canvas, require_facilitator, require_session},
    auth::Caller,
    checked::{At, Body},
    error::ApiFailure,
    sending::held,
};
use crate::{clock, state::AppState};

/// `POST /api/workshops/{id}/canvases`: adds a canvas, which facilitators do.
pub async fn add(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<WorkshopId>,
    caller: Caller,
    WithRejection(Json(body), _): Body<NewCanvas>,
) -> Result<Json<CanvasEntry>, ApiFailure> {
    let by = require_facilitator(&app, &caller, &id, &limits::CHANGES).await?;
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
    let by = require_facilitator(&app, &caller, &row.workshop, &limits::CHANGES).await?;
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
    let by = require_facilitator(&app, &caller, &row.workshop, &limits::CHANGES).await?;
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
    let by = require_facilitator(&app, &caller, &row.workshop, &limits::CHANGES).await?;
    app.workshops.freeze(&row.id, frozen, &by).await?;
    Ok(Json(Frozen { frozen }))
}

/// `GET /api/canvases/{id}/export.json`: the canvas as plain JSON.
pub async fn export_json(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    caller: Caller,
) -> Result<Response, ApiFailure> {
    let row = find_canvas(&app, &id).await?;
    let session = require_session(&app, &caller, &row.workshop, &limits::EXPORTS).await?;
    let who = session.who();
    let _making = app.shares.making(&who).await?;
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
        // By way of a value, whose keys are in order.
        let json = serde_json::to_value(exported).and_then(|json| serde_json::to_vec(&json));
        json.map_err(|_| ApiFailure::internal("exporting"))
    };
    let json: Vec<u8> = app.rooms.compute(&id, export).await??;
    let place = app.shares.body(&who, json.len()).await?;
    let mut response = held(json, place);
    let media_type = HeaderValue::from_static("application/json");
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, media_type);
    Ok(response)
}

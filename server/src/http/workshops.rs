//! Workshops: created, looked at, joined, left, renamed.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use axum_extra::extract::{CookieJar, WithRejection};
use serde_json::json;
use shared::{
    board::workshop::Facts,
    id::WorkshopId,
    protocol::{
        api::{
            self, CreatedWorkshop, Join, Leave, Look, Looked, NewWorkshop, Retitle, RoleLink,
            WorkshopInfo,
        },
        control::Role,
        limits,
        refusal::Missing,
    },
};

use super::{
    asking::{require_facilitator, require_session},
    auth::{self, Caller},
    checked::{At, Body},
    error::ApiFailure,
};
use crate::state::AppState;

/// `POST /api/workshops`: creates a workshop and returns its links.
pub async fn create(
    State(app): State<AppState>,
    caller: Caller,
    WithRejection(Json(body), _): Body<NewWorkshop>,
) -> Result<Json<CreatedWorkshop>, ApiFailure> {
    let origin = auth::link_origin(&app, caller.headers());
    let created = app.workshops.create(&body, &origin, caller.address(&app));
    Ok(Json(created.await?))
}

/// `POST /api/workshops/{id}/look`: where a link leads, before a name is asked for.
pub async fn look(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<WorkshopId>,
    WithRejection(Json(body), _): Body<Look>,
) -> Result<Json<Looked>, ApiFailure> {
    Ok(Json(app.workshops.look(&id, &body).await?))
}

/// `POST /api/join`: a link's key becomes a session.
pub async fn join(
    State(app): State<AppState>,
    caller: Caller,
    jar: CookieJar,
    WithRejection(Json(body), _): Body<Join>,
) -> Result<Response, ApiFailure> {
    let workshop = WorkshopId::from(body.workshop.as_str());
    let session = match &body.person {
        Some(person) => match caller.token_of(&app, &workshop, Some(person)) {
            // One that has ended proves nothing; the device's secret may.
            Some(token) => app.workshops.session(&token, &workshop).await.ok(),
            None => None,
        },
        None => None,
    };
    let address = caller.address(&app);
    let joining = app.workshops.join(&body, session.as_ref(), address);
    let (joined, token) = joining.await?;
    if joined.token.is_some() {
        return Ok(Json(joined).into_response());
    }
    let cookie = auth::session_cookie(&app, &workshop, &joined.participant.id, token);
    Ok((jar.add(cookie), Json(joined)).into_response())
}

/// `POST /api/workshops/{id}/leave`: ends the session, and all that the person has on the device.
pub async fn leave(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<WorkshopId>,
    caller: Caller,
    jar: CookieJar,
    WithRejection(Json(body), _): Body<Leave>,
) -> Result<Response, ApiFailure> {
    let session = require_session(&app, &caller, &id, &limits::CHANGES).await?;
    app.workshops.leave(&session, &body.device).await?;
    let cookie = auth::no_cookie(&app, &id, &session.participant.id);
    Ok((jar.add(cookie), Json(json!({ "left": true }))).into_response())
}

/// `GET /api/workshops/{id}`: title and canvases.
pub async fn info(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<WorkshopId>,
    caller: Caller,
) -> Result<Json<WorkshopInfo>, ApiFailure> {
    require_session(&app, &caller, &id, &limits::REQUESTS).await?;
    Ok(Json(app.workshops.info(&id).await?))
}

/// `PATCH /api/workshops/{id}`: another title, which facilitators give.
pub async fn retitle(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<WorkshopId>,
    caller: Caller,
    WithRejection(Json(body), _): Body<Retitle>,
) -> Result<Json<Facts>, ApiFailure> {
    let by = require_facilitator(&app, &caller, &id, &limits::CHANGES).await?;
    Ok(Json(app.workshops.retitle(&body, &by).await?))
}

/// `GET /api/workshops/{id}/links/{role}`: the link of a role, for facilitators to share.
pub async fn link(
    State(app): State<AppState>,
    WithRejection(Path((id, role)), _): At<(WorkshopId, Role)>,
    caller: Caller,
) -> Result<Json<RoleLink>, ApiFailure> {
    require_facilitator(&app, &caller, &id, &limits::REQUESTS).await?;
    let keys = app.workshops.row(&id).await?.keys;
    let key = keys.of(role).as_ref();
    let key = key.ok_or(ApiFailure::no(Missing::Link))?;
    Ok(Json(link_of(&app, &caller, &id, key)))
}

/// `POST /api/workshops/{id}/links/{role}`: a new link for a role, in place of the one before.
pub async fn new_link(
    State(app): State<AppState>,
    WithRejection(Path((id, role)), _): At<(WorkshopId, Role)>,
    caller: Caller,
) -> Result<Json<RoleLink>, ApiFailure> {
    let by = require_facilitator(&app, &caller, &id, &limits::CHANGES).await?;
    let key = app.workshops.new_key(role, &by).await?;
    Ok(Json(link_of(&app, &caller, &id, &key)))
}

fn link_of(app: &AppState, caller: &Caller, id: &WorkshopId, key: &str) -> RoleLink {
    let origin = auth::link_origin(app, caller.headers());
    RoleLink {
        link: api::link(&origin, id, key),
    }
}

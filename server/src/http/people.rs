//! People: renamed, given a role, removed and let in again.

use axum::{
    Json,
    extract::{Path, State},
};
use axum_extra::extract::WithRejection;
use shared::{
    authority,
    board::workshop::Person,
    id::{ParticipantId, WorkshopId},
    protocol::{
        Refusal,
        api::{NewRole, PersonChange, Removed},
        limits,
    },
};

use super::{
    asking::{require_facilitator, require_session},
    auth::Caller,
    checked::{At, Body},
    error::ApiFailure,
};
use crate::state::AppState;

/// `PATCH /api/workshops/{id}/people/{participant}`: what somebody is called, which they say themselves, or
/// facilitators.
pub async fn rename(
    State(app): State<AppState>,
    WithRejection(Path((id, participant)), _): At<(WorkshopId, ParticipantId)>,
    caller: Caller,
    WithRejection(Json(body), _): Body<PersonChange>,
) -> Result<Json<Person>, ApiFailure> {
    let by = require_session(&app, &caller, &id, &limits::CHANGES).await?;
    if by.participant.id != participant && !authority::may_facilitate(by.role) {
        return Err(Refusal::FacilitatorsOnly.into());
    }
    Ok(Json(app.workshops.rename(&participant, body, &by).await?))
}

/// `PUT /api/workshops/{id}/people/{participant}/role`: what somebody may do from now on, which facilitators say.
pub async fn set_role(
    State(app): State<AppState>,
    WithRejection(Path((id, participant)), _): At<(WorkshopId, ParticipantId)>,
    caller: Caller,
    WithRejection(Json(NewRole { role }), _): Body<NewRole>,
) -> Result<Json<Person>, ApiFailure> {
    let by = require_facilitator(&app, &caller, &id, &limits::CHANGES).await?;
    let person = app.workshops.set_role(&participant, role, &by);
    Ok(Json(person.await?))
}

/// `PUT /api/workshops/{id}/people/{participant}/removed`: whether somebody is removed, which facilitators say.
pub async fn set_removed(
    State(app): State<AppState>,
    WithRejection(Path((id, participant)), _): At<(WorkshopId, ParticipantId)>,
    caller: Caller,
    WithRejection(Json(Removed { removed }), _): Body<Removed>,
) -> Result<Json<Person>, ApiFailure> {
    let by = require_facilitator(&app, &caller, &id, &limits::CHANGES).await?;
    let person = app.workshops.set_removed(&participant, removed, &by);
    Ok(Json(person.await?))
}

//! Every route of the server, in one place: the API, the built client, the sockets.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::Response,
    routing::{any, get, patch, post, put},
};

use shared::protocol::limits;

use crate::{
    http::{
        assets, auth, canvases, error::ApiFailure, headers, health, images, people, sending,
        workshops,
    },
    state::AppState,
    ws,
};

/// Does what was begun also where the connection ends meanwhile: what is stored must be told to
/// open sockets.
async fn whole(request: Request, next: Next) -> Result<Response, ApiFailure> {
    let answered = tokio::spawn(next.run(request)).await;
    answered.map_err(|_| ApiFailure::internal("answering a request"))
}

/// Every route of the server.
pub fn router(app: AppState) -> Router {
    let api = Router::new()
        .route("/workshops", post(workshops::create))
        .route(
            "/workshops/{id}",
            get(workshops::info).patch(workshops::retitle),
        )
        .route("/workshops/{id}/look", post(workshops::look))
        .route("/workshops/{id}/leave", post(workshops::leave))
        .route(
            "/workshops/{id}/links/{role}",
            get(workshops::link).post(workshops::new_link),
        )
        .route("/workshops/{id}/canvases", post(canvases::add))
        .route(
            "/workshops/{id}/people/{participant}",
            patch(people::rename),
        )
        .route(
            "/workshops/{id}/people/{participant}/role",
            put(people::set_role),
        )
        .route(
            "/workshops/{id}/people/{participant}/removed",
            put(people::set_removed),
        )
        .route("/canvases/{id}", patch(canvases::change))
        .route("/canvases/{id}/copies", post(canvases::duplicate))
        .route("/canvases/{id}/frozen", put(canvases::freeze))
        .route("/canvases/{id}/export.json", get(canvases::export_json))
        .route("/canvases/{id}/images/{hash}", get(images::download))
        .route("/join", post(workshops::join))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            sending::in_time,
        ))
        // Has limits of its own.
        .route("/canvases/{id}/images", post(images::upload))
        .fallback(health::not_found)
        .method_not_allowed_fallback(health::not_found)
        .layer(middleware::from_fn(whole))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            auth::check_origin,
        ));
    Router::new()
        .nest("/api", api)
        .route("/healthz", get(health::health))
        .route("/sync/{document}", any(ws::upgrade))
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(middleware::map_response_with_state(
            app.clone(),
            headers::add,
        ))
        .with_state(app)
}

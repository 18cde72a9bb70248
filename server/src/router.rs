//! Every route of the server, in one place: the API, the built client, the sockets.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post, put},
};

use crate::{
    http::{api, assets, auth, checked::BODY_BYTES_MAX, headers, images},
    state::AppState,
    ws,
};

/// Every route of the server.
pub fn router(app: AppState) -> Router {
    let api = Router::new()
        .route("/workshops", post(api::create_workshop))
        .route("/workshops/{id}", get(api::workshop))
        .route(
            "/workshops/{id}/people/{participant}/role",
            put(api::set_role),
        )
        .route("/canvases/{id}/frozen", put(api::freeze))
        .route("/canvases/{id}/export.json", get(api::export_json))
        .route("/canvases/{id}/images", post(images::upload))
        .route("/canvases/{id}/images/{hash}", get(images::download))
        .route("/join", post(api::join))
        .route("/leave", post(api::leave))
        .fallback(api::not_found)
        .layer(middleware::from_fn_with_state(
            app.clone(),
            auth::check_origin,
        ));
    Router::new()
        .nest("/api", api)
        .route("/healthz", get(api::health))
        .route("/sync/{document}", any(ws::upgrade))
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::map_response_with_state(
            app.clone(),
            headers::add,
        ))
        .with_state(app)
}

//! Bodies on their way: counted for as long as they take.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use tokio::time::{Duration, sleep};

use crate::{shares::Place, state::AppState};

/// Bytes handed on at once.
const CHUNK_BYTES: usize = 64 << 10;

/// An answer of bytes whose place is given back once the last of them is on its way.
pub(super) fn held(bytes: impl Into<Bytes>, place: Place) -> Response {
    let bytes = bytes.into();
    let length = HeaderValue::from(bytes.len());
    let chunks = stream::unfold((bytes, place), |(mut rest, place)| async move {
        if rest.is_empty() {
            return None;
        }
        let chunk = rest.split_to(rest.len().min(CHUNK_BYTES));
        Some((Ok::<_, Infallible>(chunk), (rest, place)))
    });
    let mut response = Body::from_stream(chunks).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    response
}

/// A body that has not arrived in time ends where it is.
pub async fn in_time(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let limit = Duration::from_secs(app.config.limits.body_secs);
    let request = request.map(|body| {
        let in_time = body.into_data_stream().take_until(sleep(limit));
        Body::from_stream(in_time)
    });
    next.run(request).await
}

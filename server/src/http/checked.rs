//! Extractors whose failure is a refusal, too: whatever a request lacks, nobody is answered in sentences.

use axum::{
    Json,
    extract::{
        Path, Query,
        rejection::{JsonRejection, PathRejection, QueryRejection},
        ws::rejection::WebSocketUpgradeRejection,
    },
    http::StatusCode,
};
use axum_extra::extract::WithRejection;
use shared::protocol::{Refusal, limits};

use super::error::ApiFailure;

/// What an extractor finds, or a refusal.
pub type Checked<E> = WithRejection<E, ApiFailure>;
/// A body of JSON.
pub type Body<T> = Checked<Json<T>>;
/// What is in the address's path.
pub type At<T> = Checked<Path<T>>;
/// What is in the address's query.
pub type Asked<T> = Checked<Query<T>>;

impl From<JsonRejection> for ApiFailure {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let max = limits::BODY_BYTES_MAX as u64;
            Refusal::TooLarge { max }.into()
        } else {
            Refusal::Malformed.into()
        }
    }
}

impl From<PathRejection> for ApiFailure {
    fn from(_: PathRejection) -> Self {
        Refusal::Malformed.into()
    }
}

impl From<QueryRejection> for ApiFailure {
    fn from(_: QueryRejection) -> Self {
        Refusal::Malformed.into()
    }
}

impl From<WebSocketUpgradeRejection> for ApiFailure {
    fn from(_: WebSocketUpgradeRejection) -> Self {
        Refusal::Malformed.into()
    }
}

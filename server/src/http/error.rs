//! The one error of the API: what is said to people, and under which status.
//! Internals are logged, never sent.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use shared::protocol::api::ApiError;

use crate::{image::ImageError, storage::StoreError};

/// A request that was refused.
#[derive(Debug)]
pub struct ApiFailure {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl ApiFailure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// The request makes no sense as it is.
    pub fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// No valid key or session.
    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", message)
    }

    /// Not for this caller.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// There is no such workshop.
    pub fn no_workshop() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is no such workshop. Please check the link.",
        )
    }

    /// There is no such canvas.
    pub fn no_canvas() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is no such canvas.",
        )
    }

    /// There is no such picture.
    pub fn no_image() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is no such picture.",
        )
    }

    /// Too fast.
    pub fn too_many(message: impl Into<String>) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", message)
    }

    /// Something of ours failed while doing what is named.
    pub fn internal(doing: &str) -> Self {
        tracing::error!(doing, "internal error");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on the server.",
        )
    }
}

impl From<StoreError> for ApiFailure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store refused");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store",
            "The server cannot store anything at the moment. Please try again in a minute.",
        )
    }
}

impl From<ImageError> for ApiFailure {
    fn from(error: ImageError) -> Self {
        let (status, code) = match error {
            ImageError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "image_too_large"),
            ImageError::Unsupported => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "image_unsupported"),
            ImageError::Damaged => (StatusCode::BAD_REQUEST, "image_damaged"),
            ImageError::TooWide => (StatusCode::BAD_REQUEST, "image_too_wide"),
            ImageError::Full => (StatusCode::BAD_REQUEST, "images_full"),
        };
        Self::new(status, code, error.to_string())
    }
}

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        let body = ApiError {
            code: self.code.to_owned(),
            message: self.message,
        };
        (self.status, Json(body)).into_response()
    }
}

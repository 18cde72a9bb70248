//! The one error of the API: what is said to people, and under which status.
//! Internals are logged, never sent.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use shared::protocol::api::ApiError;

use crate::{
    image::ImageError, room::registry::OpenError, storage::StoreError, workshop::WorkshopError,
};

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
        tracing::error!(%error, "a request failed in the store");
        let (status, code, message) = match error {
            StoreError::Unavailable(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "store",
                "The server cannot store anything at the moment. Please try again in a minute.",
            ),
            StoreError::Conflict(_) | StoreError::Fenced => (
                StatusCode::CONFLICT,
                "conflict",
                "Something else was stored meanwhile, so this was not. Please try again.",
            ),
            StoreError::Refused(_) => (
                StatusCode::BAD_REQUEST,
                "refused",
                "The server does not take this. Nothing was stored.",
            ),
            StoreError::Damaged(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "damaged",
                "What is stored on the server cannot be read. Please tell whoever runs this server.",
            ),
            StoreError::Locked => return Self::internal("opening the store"),
        };
        Self::new(status, code, message)
    }
}

impl From<OpenError> for ApiFailure {
    fn from(error: OpenError) -> Self {
        tracing::error!(%error, "a document cannot be opened");
        Self::internal("opening a document")
    }
}

impl From<WorkshopError> for ApiFailure {
    fn from(error: WorkshopError) -> Self {
        let bad = StatusCode::BAD_REQUEST;
        let (status, code, message) = match error {
            WorkshopError::TitleMissing => {
                (bad, "title_missing", "Please give the workshop a title.")
            }
            WorkshopError::NameMissing => (bad, "name_missing", "Please type your name."),
            WorkshopError::Full => (bad, "workshop_full", "This workshop is full."),
            WorkshopError::TooManyCreated => (
                StatusCode::TOO_MANY_REQUESTS,
                "too_many",
                "Too many workshops are being created. Please try again in a minute.",
            ),
            WorkshopError::NoWorkshop => (
                StatusCode::NOT_FOUND,
                "not_found",
                "There is no such workshop. Please check the link.",
            ),
            WorkshopError::NotLetIn => (
                StatusCode::UNAUTHORIZED,
                "unauthenticated",
                "This link is not valid. Please ask the facilitator for a new one.",
            ),
            WorkshopError::Store(error) => return error.into(),
        };
        Self::new(status, code, message)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_store_that_does_not_work_is_unavailable() {
        let said = |error: StoreError| ApiFailure::from(error).status.as_u16();
        let why = || "why".to_owned();
        assert_eq!(said(StoreError::Unavailable(why())), 503);
        assert_eq!(said(StoreError::Refused(why())), 400);
        assert_eq!(said(StoreError::Conflict(why())), 409);
        assert_eq!(said(StoreError::Fenced), 409);
        assert_eq!(said(StoreError::Damaged(why())), 500);
        assert_eq!(said(StoreError::Locked), 500);
    }

    #[test]
    fn what_went_wrong_inside_is_said_to_nobody() {
        for error in [
            StoreError::Unavailable("disk /srv/secret".into()),
            StoreError::Damaged("disk /srv/secret".into()),
            StoreError::Refused("disk /srv/secret".into()),
        ] {
            assert!(!ApiFailure::from(error).message.contains("secret"));
        }
    }
}

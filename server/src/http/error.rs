//! The one error of the API: a refusal, and under which status it is sent.
//! Internals are logged, never sent.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use shared::protocol::{Refusal, refusal::Missing};

use crate::{
    image::ImageError,
    room::registry::{ComputeError, OpenError},
    shares::TooMany,
    storage::StoreError,
    workshop::WorkshopError,
};

/// A request that was refused.
#[derive(Debug)]
pub struct ApiFailure(Refusal);

impl ApiFailure {
    /// There is nothing of the kind.
    pub const fn no(what: Missing) -> Self {
        Self(Refusal::NotFound { what })
    }

    /// Something of ours failed while doing what is named.
    pub fn internal(doing: &str) -> Self {
        tracing::error!(doing, "internal error");
        Self(Refusal::Internal)
    }

    fn status(&self) -> StatusCode {
        match self.0 {
            Refusal::Unauthenticated | Refusal::LinkInvalid => StatusCode::UNAUTHORIZED,
            Refusal::ReadOnly
            | Refusal::Frozen
            | Refusal::Archived
            | Refusal::Removed
            | Refusal::NotYourself
            | Refusal::OtherSite
            | Refusal::CreateKey
            | Refusal::FacilitatorsOnly => StatusCode::FORBIDDEN,
            Refusal::NotFound { .. } => StatusCode::NOT_FOUND,
            Refusal::Conflict
            | Refusal::Stale { .. }
            | Refusal::LastCanvas
            | Refusal::CanvasesFull => StatusCode::CONFLICT,
            Refusal::ImageTooLarge | Refusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::ImageUnsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refusal::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Store => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Internal | Refusal::Damaged => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl From<Refusal> for ApiFailure {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<StoreError> for ApiFailure {
    fn from(error: StoreError) -> Self {
        if error != StoreError::NoFacilitator {
            tracing::error!(%error, "a request failed in the store");
        }
        Self(match error {
            StoreError::NoFacilitator => Refusal::FacilitatorsOnly,
            StoreError::Unavailable(_) => Refusal::Store,
            StoreError::Conflict(_) | StoreError::Fenced => Refusal::Conflict,
            StoreError::Damaged(_) => Refusal::Damaged,
            // What the store does not take should not have been asked of it.
            StoreError::Refused(_) | StoreError::Locked => Refusal::Internal,
        })
    }
}

impl From<TooMany> for ApiFailure {
    fn from(_: TooMany) -> Self {
        Self(Refusal::TooMany)
    }
}

impl From<OpenError> for ApiFailure {
    fn from(error: OpenError) -> Self {
        tracing::debug!(%error, "a document cannot be opened");
        Self(Refusal::Internal)
    }
}

impl From<ComputeError> for ApiFailure {
    fn from(error: ComputeError) -> Self {
        tracing::warn!(%error, "nothing was computed of a document");
        Self(Refusal::Internal)
    }
}

impl From<WorkshopError> for ApiFailure {
    fn from(error: WorkshopError) -> Self {
        Self(match error {
            WorkshopError::TitleMissing => Refusal::TitleMissing,
            WorkshopError::NameMissing => Refusal::NameMissing,
            WorkshopError::Full => Refusal::WorkshopFull,
            WorkshopError::TooMany => Refusal::TooMany,
            WorkshopError::CreateKey => Refusal::CreateKey,
            WorkshopError::NoWorkshop => return Self::no(Missing::Workshop),
            WorkshopError::NoPerson => return Self::no(Missing::Person),
            WorkshopError::NoCanvas => return Self::no(Missing::Canvas),
            WorkshopError::NoSession => Refusal::Unauthenticated,
            WorkshopError::Removed => Refusal::Removed,
            WorkshopError::NotYourself => Refusal::NotYourself,
            WorkshopError::Stale { title, by } => Refusal::Stale { title, by },
            WorkshopError::LastCanvas => Refusal::LastCanvas,
            WorkshopError::CanvasesFull => Refusal::CanvasesFull,
            WorkshopError::UnknownKind => Refusal::UnknownKind,
            WorkshopError::SecretTooLong => Refusal::Malformed,
            WorkshopError::NotLetIn => Refusal::LinkInvalid,
            WorkshopError::Store(error) => return error.into(),
        })
    }
}

impl From<ImageError> for ApiFailure {
    fn from(error: ImageError) -> Self {
        Self(match error {
            ImageError::TooLarge => Refusal::ImageTooLarge,
            ImageError::Unsupported => Refusal::ImageUnsupported,
            ImageError::Damaged => Refusal::ImageDamaged,
            ImageError::TooWide => Refusal::ImageTooWide,
            ImageError::Full => Refusal::ImagesFull,
        })
    }
}

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        (self.status(), Json(self.0)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_store_that_does_not_work_is_unavailable() {
        let said = |error: StoreError| ApiFailure::from(error).status().as_u16();
        let why = || "why".to_owned();
        assert_eq!(said(StoreError::Unavailable(why())), 503);
        assert_eq!(said(StoreError::Refused(why())), 500);
        assert_eq!(said(StoreError::Conflict(why())), 409);
        assert_eq!(said(StoreError::Fenced), 409);
        assert_eq!(said(StoreError::Damaged(why())), 500);
        assert_eq!(said(StoreError::Locked), 500);
        assert_eq!(said(StoreError::NoFacilitator), 403);
    }
}

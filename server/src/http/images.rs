//! Pictures: taken from those who may write, given to everybody in the workshop, never run as anything else.

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::WithRejection;
use futures_util::StreamExt;
use shared::{
    authority,
    id::DocumentId,
    protocol::{
        Refusal,
        api::UploadedImage,
        limits::{self, IMAGE_BYTES_MAX, WORKSHOP_IMAGES_BYTES_MAX},
        refusal::Missing,
    },
};
use tokio::time::{Duration, timeout};

use super::{
    asking::{computing, find_canvas, find_session, require_session},
    auth::Caller,
    checked::At,
    error::ApiFailure,
    sending::held,
};
use crate::{
    clock,
    image::{self, ImageError},
    state::AppState,
    storage::{ImageRow, ImageStored, StoreError},
    workshop::Session,
};

/// Bytes read, and thrown away, of what is too large: who is cut off while sending never sees the answer.
const READ_BYTES_MAX: usize = 8 * IMAGE_BYTES_MAX;

/// A stored picture is of its type, loads nothing, runs nothing and is for our own pages.
/// Its name is its content, so it never changes.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; sandbox",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        header::CACHE_CONTROL,
        "private, max-age=31536000, immutable",
    ),
];

/// `POST /api/canvases/{id}/images`: stores a picture, sent as it is, and says its name.
pub async fn upload(
    State(app): State<AppState>,
    WithRejection(Path(id), _): At<DocumentId>,
    caller: Caller,
    body: Body,
) -> Result<(StatusCode, Json<UploadedImage>), ApiFailure> {
    // First of all, so that nobody from outside fills the memory.
    let session = require_writer(&app, &caller, &id).await?;
    let (who, workshop) = (session.who(), session.participant.workshop);
    app.shares.wait(&limits::UPLOADS, &who).await?;
    let length = length(caller.headers()).unwrap_or(IMAGE_BYTES_MAX);
    let _place = app.shares.body(&who, length.min(IMAGE_BYTES_MAX)).await?;
    let limit = Duration::from_secs(app.config.limits.upload_secs);
    let bytes = timeout(limit, read(body, length)).await;
    let bytes = bytes.map_err(|_| Refusal::Interrupted)??;
    // A slow sender may have left meanwhile.
    require_writer(&app, &caller, &id).await?;
    let row = computing(move || {
        let sniffed = image::sniff(&bytes)?;
        Ok(ImageRow {
            workshop,
            hash: *blake3::hash(&bytes).as_bytes(),
            media_type: sniffed.media_type.to_owned(),
            width: sniffed.width,
            height: sniffed.height,
            created_ms: clock::unix_ms(),
            bytes,
        })
    })
    .await?;
    let uploaded = UploadedImage {
        hash: blake3::Hash::from_bytes(row.hash).to_hex().to_string(),
        width: row.width,
        height: row.height,
    };
    match app.store.put_image(row, WORKSHOP_IMAGES_BYTES_MAX).await? {
        ImageStored::Full => Err(ImageError::Full.into()),
        ImageStored::Stored => Ok((StatusCode::CREATED, Json(uploaded))),
    }
}

/// `GET /api/canvases/{id}/images/{hash}`: the picture, byte for byte.
pub async fn download(
    State(app): State<AppState>,
    WithRejection(Path((id, name)), _): At<(DocumentId, String)>,
    caller: Caller,
) -> Result<Response, ApiFailure> {
    let etag = format!("\"{name}\"");
    let is_kept = caller
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == etag));
    let row = find_canvas(&app, &id).await?;
    let session = require_session(&app, &caller, &row.workshop, &limits::REQUESTS).await?;
    let hash = parse(&name).ok_or(ApiFailure::no(Missing::Picture))?;
    // How large it is says the store once it has read it.
    let mut place = app.shares.body(&session.who(), IMAGE_BYTES_MAX).await?;
    let found = app.store.image(&row.workshop, &hash).await;
    if let Err(StoreError::Damaged(why)) = &found {
        tracing::error!(%name, why, "a picture is damaged; uploading it again mends it");
    }
    let image = found?.ok_or(ApiFailure::no(Missing::Picture))?;
    let value = |text: &str| {
        HeaderValue::from_str(text).map_err(|_| ApiFailure::internal("answering a picture"))
    };
    let (etag, media_type) = (value(&etag)?, value(&image.media_type)?);
    let mut response = if is_kept {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        place.shrink(image.bytes.len() as u64);
        held(image.bytes, place)
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::ETAG, etag);
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// Lets through whoever may write on a canvas.
async fn require_writer(
    app: &AppState,
    caller: &Caller,
    canvas: &DocumentId,
) -> Result<Session, ApiFailure> {
    let row = find_canvas(app, canvas).await?;
    let session = find_session(app, caller, &row.workshop).await?;
    match authority::why_not(session.role, row.access()) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(session),
    }
}

/// How many bytes a body has, where its sender says so.
fn length(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// A body of at most [`IMAGE_BYTES_MAX`]. `length`: what it probably has.
async fn read(body: Body, length: usize) -> Result<Vec<u8>, ApiFailure> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::with_capacity(length.min(IMAGE_BYTES_MAX));
    let mut count = 0_usize;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::Interrupted)?;
        count += chunk.len();
        if count > READ_BYTES_MAX {
            break;
        } else if count > IMAGE_BYTES_MAX {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if count > IMAGE_BYTES_MAX {
        return Err(ImageError::TooLarge.into());
    }
    Ok(bytes)
}

/// The hash of a picture's name. There is one name for each.
fn parse(name: &str) -> Option<[u8; 32]> {
    let hash = blake3::Hash::from_hex(name).ok()?;
    (hash.to_hex().as_str() == name).then(|| *hash.as_bytes())
}

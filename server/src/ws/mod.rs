//! WebSockets: who may open one, and the pump between a socket and its room.

mod closing;
mod pump;
mod uses;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State, WebSocketUpgrade},
    http::header,
    response::Response,
};
use axum_extra::extract::WithRejection;
use futures_util::StreamExt;
use serde::Deserialize;
use shared::{
    id::DocumentId,
    protocol::{CloseCode, Refusal, SUBPROTOCOL, limits},
};

use self::{closing::close, uses::Uses};
use crate::{
    connection::Meter,
    http::{
        auth::{self, Caller, Origin},
        checked::{Asked, At, Checked},
        error::ApiFailure,
    },
    shares::Place,
    state::AppState,
    storage::DocumentRow,
    workshop::{Session, WorkshopError},
};

/// Messages above [`limits::MESSAGE_BYTES_MAX`] are read up to this size, so
/// that they can be answered with a close code instead of a broken connection.
const READ_BYTES_MAX: usize = limits::MESSAGE_BYTES_MAX * 4;

/// Bytes that a socket reads at once. Each open one has a buffer of this size, and the library's
/// own 128 KiB would be half a gigabyte for 4,000.
const READ_BUFFER_BYTES: usize = 16 << 10;

/// The query of a socket's address.
#[derive(Debug, Deserialize)]
pub struct SyncQuery {
    /// A session token, for scripts. Never a link's key.
    token: Option<String>,
}

/// `GET /sync/{document}`: opens a document's socket. Another site's page is
/// refused before the upgrade; everything else is said with a close code,
/// because a browser's page cannot see an HTTP status here.
pub async fn upgrade(
    State(app): State<AppState>,
    WithRejection(Path(document), _): At<DocumentId>,
    WithRejection(Query(query), _): Asked<SyncQuery>,
    caller: Caller,
    Extension(meter): Extension<Arc<Meter>>,
    WithRejection(upgrade, _): Checked<WebSocketUpgrade>,
) -> Result<Response, ApiFailure> {
    let headers = caller.headers();
    let origin = auth::origin(&app, headers);
    if origin == Origin::Foreign
        || (origin == Origin::None && query.token.is_none() && auth::bearer(headers).is_none())
    {
        return Err(Refusal::OtherSite.into());
    }
    let offers_plaza = headers
        .get_all(header::SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|protocol| protocol.trim() == SUBPROTOCOL);
    let admitted = admit(&app, &document, query.token, &caller).await?;
    let upgrade = upgrade
        .protocols([SUBPROTOCOL])
        .max_message_size(READ_BYTES_MAX)
        .max_frame_size(READ_BYTES_MAX)
        .max_write_buffer_size(limits::OUTGOING_BYTES_MAX * 8)
        .read_buffer_size(READ_BUFFER_BYTES);
    Ok(upgrade.on_upgrade(move |socket| async move {
        match admitted {
            Ok((row, session, place)) => {
                let sockets = app.sockets.clone();
                let uses = Uses::new(app.shares.clone(), session.who(), meter);
                sockets
                    .track_future(pump::run(app, socket, row, session, offers_plaza, uses))
                    .await;
                drop(place);
            }
            Err(code) => {
                let (mut sink, mut stream) = socket.split();
                close(&mut sink, &mut stream, code).await;
            }
        }
    }))
}

type Admitted = Result<(DocumentRow, Session, Place), CloseCode>;

async fn admit(
    app: &AppState,
    document: &DocumentId,
    token: Option<String>,
    caller: &Caller,
) -> Result<Admitted, ApiFailure> {
    let Some(row) = app.store.document(document).await? else {
        return Ok(Err(CloseCode::NotFound));
    };
    let Some(token) = token.or_else(|| caller.token(app, &row.workshop)) else {
        return Ok(Err(CloseCode::Unauthenticated));
    };
    match app.workshops.session(&token, &row.workshop).await {
        Ok(session) => {
            let who = session.who();
            if app.shares.wait(&limits::REQUESTS, &who).await.is_err() {
                return Ok(Err(CloseCode::TryLater));
            }
            let place = app.shares.socket(&who, document);
            Ok(place
                .map(|place| (row, session, place))
                .ok_or(CloseCode::TryLater))
        }
        Err(WorkshopError::NoSession) => Ok(Err(CloseCode::Unauthenticated)),
        Err(WorkshopError::Removed) => Ok(Err(CloseCode::Removed)),
        Err(error) => Err(error.into()),
    }
}

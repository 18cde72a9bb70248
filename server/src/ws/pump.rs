//! The pump: frames from the socket to the room, frames from the room to the
//! socket, rates, heartbeats. Decides nothing about content.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use shared::{
    draw::tokens,
    protocol::{CloseCode, limits, presence::PresenceUser},
    sync::room,
};
use tokio::time::{Instant, interval, timeout};

use super::{closing::close, uses::Uses};
use crate::{
    room::{
        Outgoing,
        mail::{Mail, Mailbox},
        outbox::outbox,
        registry::next_conn,
    },
    state::AppState,
    storage::DocumentRow,
    workshop::{Session, WorkshopError},
};

/// Serves one socket until either side ends it.
pub(super) async fn run(
    app: AppState,
    socket: WebSocket,
    row: DocumentRow,
    session: Session,
    speaks_plaza: bool,
    uses: Uses,
) {
    // What is open has been told of every change since.
    if row.is_own() && !app.rooms.is_open(&row.id) {
        app.workshops.listed(&row.workshop).await;
    }
    let conn = next_conn();
    let (outbox, outgoing) = outbox();
    let room = app
        .rooms
        .join(&row.id, conn, seated(&session, speaks_plaza), outbox)
        .await;
    let (mut sink, stream) = socket.split();
    let mut stream = stream.boxed();
    let code = match room {
        Ok(room) => {
            let _guard = Leave {
                room: room.clone(),
                conn,
            };
            match still_good(&app, &row, &session).await {
                Err(code) => Some(code),
                Ok(()) => tokio::select! {
                    code = send_all(&mut sink, outgoing, &uses) => code,
                    code = receive_all(&mut stream, &room, conn, &uses) => code,
                },
            }
        }
        Err(error) => {
            tracing::debug!(document = %row.id, %error, "a socket's document cannot be opened");
            Some(CloseCode::TryLater)
        }
    };
    if code == Some(CloseCode::Refused) {
        uses.offended();
    }
    if let Some(code) = code {
        close(&mut sink, &mut stream, code).await;
    }
}

/// A session as rooms know it.
fn seated(session: &Session, speaks_plaza: bool) -> room::Session {
    let row = &session.participant;
    room::Session {
        participant: row.id.clone(),
        role: session.role,
        id: session.id,
        user: PresenceUser {
            id: row.id.to_string(),
            name: row.name.clone(),
            organisation: row.organisation.clone(),
            color: tokens::person(row.color).css(),
            color_index: row.color,
        },
        speaks_plaza,
    }
}

/// Rights may have changed after the session was looked up and before the room knew of the connection, so that nobody
/// told it. Asked again, now that it would be told.
async fn still_good(app: &AppState, row: &DocumentRow, session: &Session) -> Result<(), CloseCode> {
    let workshop = &row.workshop;
    let asked = async {
        let now = app.workshops.session_of(session.id, workshop).await?;
        if now.role != session.role {
            let participant = &now.participant.id;
            app.rooms.tell_role(workshop, participant).await?;
        }
        Ok::<_, WorkshopError>(())
    };
    match asked.await {
        Ok(()) => Ok(()),
        Err(WorkshopError::NoSession) => Err(CloseCode::SessionEnded),
        Err(WorkshopError::Removed) => Err(CloseCode::Removed),
        Err(error) => {
            tracing::warn!(%error, "a session could not be looked up");
            Err(CloseCode::TryLater)
        }
    }
}

/// Tells the room that the connection is gone, whichever way this task ends.
struct Leave {
    room: Mailbox,
    conn: room::ConnId,
}

impl Drop for Leave {
    fn drop(&mut self) {
        let (room, conn) = (self.room.clone(), self.conn);
        tokio::spawn(async move {
            let _ = room.send(Mail::Leave(conn)).await;
        });
    }
}

async fn send_all(
    sink: &mut SplitSink<WebSocket, Message>,
    mut outgoing: Outgoing,
    uses: &Uses,
) -> Option<CloseCode> {
    let mut ping = interval(Duration::from_secs(limits::HEARTBEAT_SECS));
    let overflow = outgoing.overflow();
    tokio::pin!(overflow);
    loop {
        let message = tokio::select! {
            frame = outgoing.next() => match frame {
                Ok(frame) => {
                    uses.sent(&frame);
                    Message::Binary(frame.to_vec().into())
                }
                Err(code) => return Some(code),
            },
            _ = ping.tick() => Message::Ping(Default::default()),
        };
        tokio::select! {
            sent = timeout(Duration::from_secs(limits::SEND_TIMEOUT_SECS), sink.send(message)) => match sent {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some(CloseCode::TryLater),
            },
            () = &mut overflow => return Some(CloseCode::TryLater),
        }
    }
}

/// A socket brings nothing any more, or a message that does not end.
struct Silent;

/// The next message. One that arrives slowly may do so for [`limits::MESSAGE_SECS`].
async fn next<T>(
    stream: &mut (impl StreamExt<Item = T> + Unpin),
    uses: &Uses,
) -> Result<Option<T>, Silent> {
    let silence = Duration::from_secs(limits::SILENCE_SECS);
    let until = Instant::now() + Duration::from_secs(limits::MESSAGE_SECS);
    loop {
        match timeout(silence, stream.next()).await {
            Ok(received) => return Ok(received),
            Err(_) if uses.is_silent() || Instant::now() >= until => return Err(Silent),
            Err(_) => {}
        }
    }
}

async fn receive_all(
    stream: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin),
    room: &Mailbox,
    conn: room::ConnId,
    uses: &Uses,
) -> Option<CloseCode> {
    loop {
        let message = match next(stream, uses).await {
            Ok(Some(Ok(message))) => message,
            Ok(Some(Err(error))) => return is_too_large(&error).then_some(CloseCode::TooLarge),
            Ok(None) => return None,
            Err(Silent) => return Some(CloseCode::TryLater),
        };
        let data = match message {
            Message::Binary(data) => data,
            Message::Close(_) => return None,
            Message::Text(_) => return Some(CloseCode::Refused),
            Message::Ping(_) | Message::Pong(_) => {
                uses.sign_of_life().await;
                continue;
            }
        };
        if data.len() > limits::MESSAGE_BYTES_MAX {
            return Some(CloseCode::TooLarge);
        }
        // Not reading is the brake: the network pushes back on the sender.
        if uses.received(&data).await.is_err() {
            return Some(CloseCode::TryLater);
        }
        if room.send(Mail::Frame(conn, data.into())).await.is_err() {
            return Some(CloseCode::Restarting);
        }
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let source = std::error::Error::source(error);
    matches!(
        source.and_then(|source| source.downcast_ref::<tokio_tungstenite::tungstenite::Error>()),
        Some(tokio_tungstenite::tungstenite::Error::Capacity(_))
    )
}

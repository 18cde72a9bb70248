//! The pump: frames from the socket to the room, frames from the room to the
//! socket, rates, heartbeats. Decides nothing about content.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use shared::{
    draw::tokens,
    protocol::{CloseCode, limits, presence::PresenceUser},
    sync::{rate::TokenBucket, room},
};
use tokio::time::{Instant, interval, timeout};

use crate::{
    clock,
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

/// After a close frame the other side has this long to answer it.
const CLOSE_GRACE: Duration = Duration::from_secs(2);

/// Serves one socket until either side ends it.
pub(super) async fn run(
    app: AppState,
    socket: WebSocket,
    row: DocumentRow,
    session: Session,
    speaks_plaza: bool,
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
                    code = send_all(&mut sink, outgoing) => code,
                    code = receive_all(&mut stream, &room, conn) => code,
                },
            }
        }
        Err(error) => {
            tracing::debug!(document = %row.id, %error, "a socket's document cannot be opened");
            Some(CloseCode::TryLater)
        }
    };
    if let Some(code) = code {
        let frame = CloseFrame {
            code: code.code(),
            reason: code.name().into(),
        };
        let _ = timeout(CLOSE_GRACE, async {
            let _ = sink.send(Message::Close(Some(frame))).await;
            while let Some(Ok(_)) = stream.next().await {}
        })
        .await;
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
) -> Option<CloseCode> {
    let mut ping = interval(Duration::from_secs(limits::HEARTBEAT_SECS));
    let overflow = outgoing.overflow();
    tokio::pin!(overflow);
    loop {
        let message = tokio::select! {
            frame = outgoing.next() => match frame {
                Ok(frame) => Message::Binary(frame.to_vec().into()),
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

async fn receive_all(
    stream: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin),
    room: &Mailbox,
    conn: room::ConnId,
) -> Option<CloseCode> {
    let now_ms = clock::now_ms();
    let mut messages = TokenBucket::new(limits::MESSAGES_PER_SEC, limits::MESSAGES_BURST, now_ms);
    let mut bytes = TokenBucket::new(limits::BYTES_PER_SEC, limits::BYTES_BURST, now_ms);
    let mut over_since: Option<Instant> = None;
    loop {
        let Ok(received) = timeout(Duration::from_secs(limits::SILENCE_SECS), stream.next()).await
        else {
            return Some(CloseCode::TryLater);
        };
        let message = match received? {
            Ok(message) => message,
            Err(error) => return is_too_large(&error).then_some(CloseCode::TooLarge),
        };
        let data = match message {
            Message::Binary(data) => data,
            Message::Close(_) => return None,
            Message::Text(_) => return Some(CloseCode::Refused),
            Message::Ping(_) | Message::Pong(_) => continue,
        };
        if data.len() > limits::MESSAGE_BYTES_MAX {
            return Some(CloseCode::TooLarge);
        }
        let now_ms = clock::now_ms();
        let size = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let wait_ms = messages.take(1, now_ms).max(bytes.take(size, now_ms));
        if room.send(Mail::Frame(conn, data.into())).await.is_err() {
            return Some(CloseCode::Restarting);
        }
        if wait_ms == 0 {
            over_since = None;
        } else {
            // Not reading is the brake: the network pushes back on the sender.
            let since = *over_since.get_or_insert_with(Instant::now);
            if since.elapsed() > Duration::from_secs(limits::OVER_RATE_SECS) {
                return Some(CloseCode::TryLater);
            }
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
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

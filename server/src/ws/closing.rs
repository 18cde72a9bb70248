//! How a socket is closed.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message};
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use shared::protocol::CloseCode;
use tokio::time::timeout;

/// After a close frame the other side has this long to answer it.
const CLOSE_GRACE: Duration = Duration::from_secs(2);

/// Sends a close frame. The other side answers, or the connection drops, or it takes too long: each ends this.
pub(super) async fn close<E>(
    sink: &mut (impl Sink<Message> + Unpin),
    stream: &mut (impl Stream<Item = Result<Message, E>> + Unpin),
    code: CloseCode,
) {
    let frame = CloseFrame {
        code: code.code(),
        reason: code.name().into(),
    };
    let closing = async {
        let _ = sink.send(Message::Close(Some(frame))).await;
        while let Some(Ok(_)) = stream.next().await {}
    };
    let _ = timeout(CLOSE_GRACE, closing).await;
}

//! A socket of somebody who decodes nothing but the first numbers of what comes.

use std::net::{Ipv4Addr, SocketAddr};

use futures_util::{SinkExt, StreamExt};
use shared::protocol::{Message as Plaza, SUBPROTOCOL, codec::Reader};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

/// Bytes read at once: thousands of sockets are in one process.
const READ_BYTES: usize = 4 << 10;

/// Where a socket leads.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) server: SocketAddr,
    pub(crate) from: Ipv4Addr,
    pub(crate) document: String,
    pub(crate) token: String,
}

/// What came, as far as it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Step 1: the server wants to know what it lacks.
    Asked,
    /// A fence is back.
    Fence(u64),
    /// Something was refused, by its code.
    Refused(String),
    /// Anything else.
    Other,
    /// The socket is closed, with a code where one was said.
    Closed(u16),
}

/// An open socket.
pub(crate) struct Socket {
    stream: WebSocketStream<TcpStream>,
}

impl Socket {
    /// Opens one and says what every client does first. `None` where that fails.
    pub(crate) async fn open(way: &Way) -> Option<Self> {
        let tcp = TcpSocket::new_v4().unwrap();
        tcp.bind((way.from, 0).into()).ok()?;
        let tcp = tcp.connect(way.server).await.ok()?;
        // As browsers do.
        tcp.set_nodelay(true).ok()?;
        let (server, document, token) = (way.server, &way.document, &way.token);
        let url = format!("ws://{server}/sync/{document}?token={token}");
        let mut request = url.into_client_request().unwrap();
        let protocol = SUBPROTOCOL.parse().unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", protocol);
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BYTES)
            .max_message_size(None)
            .max_frame_size(None);
        let opened = client_async_with_config(request, tcp, Some(config)).await;
        let mut socket = Self {
            stream: opened.ok()?.0,
        };
        socket.send(Plaza::SyncStep1(vec![0])).await?;
        Some(socket)
    }

    pub(crate) async fn send(&mut self, message: Plaza) -> Option<()> {
        self.send_bytes(message.encode()).await
    }

    pub(crate) async fn send_bytes(&mut self, bytes: Vec<u8>) -> Option<()> {
        self.stream.send(Message::Binary(bytes.into())).await.ok()
    }

    /// The next message, and how many bytes it has.
    pub(crate) async fn next(&mut self) -> (Heard, usize) {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Binary(bytes))) => return (heard(&bytes), bytes.len()),
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map_or(1005, |frame| u16::from(frame.code));
                    return (Heard::Closed(code), 0);
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return (Heard::Closed(1006), 0),
            }
        }
    }

    /// Stays open and does what a tab does that nobody looks at, until the server closes it.
    /// Returns with which code.
    pub(crate) async fn idle(mut self) -> u16 {
        loop {
            match self.next().await.0 {
                Heard::Asked => {
                    // A failure is heard of next.
                    let _ = self.send(Plaza::SyncStep2(vec![0, 0])).await;
                }
                Heard::Closed(code) => return code,
                _ => {}
            }
        }
    }
}

fn heard(bytes: &[u8]) -> Heard {
    let mut reader = Reader::new(bytes);
    match (reader.varuint(), reader.varuint()) {
        (Ok(0), Ok(0)) => Heard::Asked,
        (Ok(100), Ok(number)) => Heard::Fence(number),
        (Ok(101), _) => Heard::Refused(code(bytes)),
        _ => Heard::Other,
    }
}

fn code(bytes: &[u8]) -> String {
    let Ok(Plaza::Refused(refusal)) = Plaza::decode(bytes) else {
        return "unreadable".to_owned();
    };
    let said = serde_json::to_value(refusal).unwrap();
    said["code"].as_str().unwrap().to_owned()
}

//! One WebSocket. Dropping it closes it and silences its events.

use js_sys::{ArrayBuffer, Uint8Array};
use shared::protocol::SUBPROTOCOL;
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

use super::browser::{Listener, origin};

/// What a socket says.
pub(crate) enum SocketEvent {
    Opened,
    Message(Vec<u8>),
    Closed(u16),
}

/// An open or opening socket.
pub(crate) struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 3],
}

impl Socket {
    /// Opens a document's socket for somebody who has a session in this browser. `None` where the browser refuses at once.
    pub(crate) fn open(
        document: &str,
        person: &str,
        on_event: impl Fn(SocketEvent) + Clone + 'static,
    ) -> Option<Self> {
        let url = format!(
            "{}/sync/{document}?as={person}",
            origin().replacen("http", "ws", 1)
        );
        let socket = WebSocket::new_with_str(&url, SUBPROTOCOL).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, message, closed) = (on_event.clone(), on_event.clone(), on_event);
        let listeners = [
            Listener::new(&socket, "open", move |_: Event| opened(SocketEvent::Opened)),
            Listener::new(&socket, "message", move |event: MessageEvent| {
                if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                    message(SocketEvent::Message(Uint8Array::new(&buffer).to_vec()));
                }
            }),
            Listener::new(&socket, "close", move |event: CloseEvent| {
                closed(SocketEvent::Closed(event.code()))
            }),
        ];
        Some(Self {
            socket,
            _listeners: listeners,
        })
    }

    /// Sends a message; one that cannot be sent is computed anew on the next connection.
    pub(crate) fn send(&self, bytes: &[u8]) {
        // One that closes already would complain in the browser's console.
        if self.socket.ready_state() == WebSocket::OPEN {
            let _ = self.socket.send_with_u8_array(bytes);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

//! What can be said to a room.

use std::sync::Arc;

use shared::{
    board::Replica,
    sync::room::{ConnId, Session},
};
use tokio::sync::{mpsc, oneshot};

use super::outbox::Outbox;

/// Where a room takes its mail. Closed when the room has ended: then it is opened anew.
pub type Mailbox = mpsc::Sender<Mail>;

/// A write of the server into a document. Doing it twice is doing it once.
pub type Write = Arc<dyn Fn(&mut Replica) + Send + Sync>;

/// One message to a room.
pub enum Mail {
    /// A connection was let in.
    Join(ConnId, Session, Outbox),
    /// It brought a message.
    Frame(ConnId, Vec<u8>),
    /// It is gone.
    Leave(ConnId),
    /// The server writes; answered once the document has it. Dropped unanswered where the room ends first.
    Write(Write, oneshot::Sender<()>),
    /// Asks for the document's whole state.
    State(oneshot::Sender<Vec<u8>>),
    /// The store cannot be written, with the reason.
    StoreFailed(String),
    /// Store everything, close every connection, end.
    Stop(oneshot::Sender<()>),
}

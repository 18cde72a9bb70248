//! What can be said to a room.

use std::sync::Arc;

use shared::{
    authority::Access,
    board::Replica,
    id::{ObjectId, ParticipantId},
    protocol::{CloseCode, control::Role},
    sync::room::{ConnId, Expelled, Session},
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
    /// Somebody has another role from now on.
    SetRole(ParticipantId, Role),
    /// To whom the document is open from now on.
    SetAccess(Access),
    /// Connections end, with a code that says why.
    Expel(Expelled, CloseCode),
    /// Another document of the workshop has new things: who made them.
    Authors(Vec<(ObjectId, ParticipantId)>),
    /// The server writes; answered once the document has it. Dropped unanswered where the room ends first.
    Write(Write, oneshot::Sender<()>),
    /// Asks for the document's whole state.
    State(oneshot::Sender<Vec<u8>>),
    /// The store cannot be written.
    StoreFailed,
    /// Store everything, close every connection, end.
    Stop(oneshot::Sender<()>),
}

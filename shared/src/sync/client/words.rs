//! What can happen to the client half, what it wants done, and what it tells.

use std::collections::BTreeSet;

use crate::{
    board::ChangeSet,
    id::ObjectId,
    protocol::{AwarenessEntry, CloseCode, Hello, Refusal},
};

/// What the person is told, in words, all the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The server has durably stored everything.
    Saved,
    /// Connected; so many changes are not yet stored.
    Saving(u32),
    /// Connected to a server that cannot store at present; so many changes are kept on
    /// this device.
    Failing(u32),
    /// Not connected; so many changes are kept on this device.
    Offline(u32),
    /// Not connected, and trying again would not help; so many changes are kept on
    /// this device.
    Closed(CloseCode, u32),
    /// Connected or not, nothing is sent; so many changes are kept on this device.
    Held(Held, u32),
}

/// Why changes are kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The session may not write at the moment.
    NotWritable,
    /// The document is newer than this client: what this client writes could spoil it.
    Outdated,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The socket with this number opened.
    Opened(u32),
    /// The socket brought a message.
    Message(u32, Vec<u8>),
    /// The socket closed, with its close code.
    Closed(u32, u16),
    /// Time passed. Comes about once a second, and at [`ClientSync::wake_at_ms`].
    Tick,
    /// The device woke, the page was shown, the network came back, or the
    /// person asked to reconnect now.
    Wake,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a socket under this number; drop any other.
    Connect(u32),
    /// Drop the socket.
    Disconnect,
    /// Send these bytes on the current socket.
    Send(Vec<u8>),
    /// Bytes from elsewhere were merged: keep them on the device, redraw.
    Merged(Vec<u8>, ChangeSet),
    /// Local updates up to this number are durably stored by the server.
    Stored(u64),
    /// Presence of others.
    Presence(Vec<AwarenessEntry>),
    /// Who this session is, and what it may do. Comes again when that changes.
    Hello(Hello),
    /// The server did not accept something: tell the person.
    Refused(Refusal),
    /// What happened over a gap.
    Receipt {
        /// Whether the connection had been there before in this visit.
        was_connected: bool,
        /// Changes of mine that have now been stored.
        delivered: u32,
        /// Objects that others changed meanwhile.
        by_others: BTreeSet<ObjectId>,
    },
}

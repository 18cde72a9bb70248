//! Close codes: 4400 to 4499 are permanent (y-websocket reads them so and does
//! not come back), everything else passes.

/// Why the server closed a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    /// The server goes down for a restart.
    Restarting = 1012,
    /// The socket could not keep up, or sent too much; come back a little later.
    TryLater = 1013,
    /// No valid session.
    Unauthenticated = 4401,
    /// The session may not open this document.
    Forbidden = 4403,
    /// There is no such document.
    NotFound = 4404,
    /// The document cannot be loaded; nothing is written until it is repaired.
    Unavailable = 1011,
    /// A message was larger than the limit.
    TooLarge = 4413,
    /// Too many refused messages.
    Refused = 4422,
}

impl CloseCode {
    /// Whether coming back can not help.
    pub const fn is_permanent(code: u16) -> bool {
        code >= 4400 && code <= 4499
    }

    /// For the close frame and for people.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Restarting => "The server is restarting. Plaza reconnects by itself.",
            Self::TryLater => "The connection could not keep up. Plaza reconnects by itself.",
            Self::Unauthenticated => "Please open the workshop's link again.",
            Self::Forbidden => "This link does not open this canvas.",
            Self::NotFound => "There is no such canvas.",
            Self::Unavailable => "The canvas cannot be loaded right now.",
            Self::TooLarge => "A change was too large to be sent.",
            Self::Refused => "Changes of this browser were refused too often.",
        }
    }
}

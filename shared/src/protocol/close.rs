//! Close codes: 4400 to 4499 are permanent (y-websocket reads them so and does
//! not come back), everything else passes.

/// Why a socket was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseCode {
    /// The document cannot be loaded; nothing is written until it is repaired.
    Unavailable,
    /// The server goes down for a restart.
    Restarting,
    /// The socket could not keep up, or sent too much; come back a little later.
    TryLater,
    /// No valid session.
    Unauthenticated,
    /// There is no such document.
    NotFound,
    /// The session has ended, at its own wish.
    SessionEnded,
    /// A facilitator has removed the person from the workshop.
    Removed,
    /// A message was larger than the limit.
    TooLarge,
    /// Too many refused messages.
    Refused,
    /// Lost without a close frame.
    Lost,
    /// A code that this version does not know.
    Other(u16),
}

impl CloseCode {
    /// Those that the server uses, or that a broken connection amounts to.
    const KNOWN: [Self; 10] = [
        Self::Lost,
        Self::Unavailable,
        Self::Restarting,
        Self::TryLater,
        Self::Unauthenticated,
        Self::NotFound,
        Self::SessionEnded,
        Self::Removed,
        Self::TooLarge,
        Self::Refused,
    ];

    /// The number in the close frame.
    pub const fn code(self) -> u16 {
        match self {
            Self::Lost => 1006,
            Self::Unavailable => 1011,
            Self::Restarting => 1012,
            Self::TryLater => 1013,
            Self::Unauthenticated => 4401,
            Self::Removed => 4403,
            Self::NotFound => 4404,
            Self::SessionEnded => 4410,
            Self::TooLarge => 4413,
            Self::Refused => 4422,
            Self::Other(code) => code,
        }
    }

    /// What a number in a close frame means.
    pub fn from_code(code: u16) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.code() == code);
        known.unwrap_or(Self::Other(code))
    }

    /// Whether reconnecting is pointless.
    pub const fn is_permanent(self) -> bool {
        matches!(self.code(), 4400..=4499)
    }

    /// Whether one has to come in anew, by a link.
    pub const fn ends_session(self) -> bool {
        matches!(self, Self::Unauthenticated | Self::SessionEnded)
    }

    /// A word for the close frame and for logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Unavailable => "unavailable",
            Self::Restarting => "restarting",
            Self::TryLater => "try_later",
            Self::Unauthenticated => "unauthenticated",
            Self::NotFound => "not_found",
            Self::SessionEnded => "session_ended",
            Self::Removed => "removed",
            Self::TooLarge => "too_large",
            Self::Refused => "refused",
            Self::Other(_) => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_reads_back_and_an_unknown_one_is_kept() {
        for code in [1000, 1006, 1012, 4401, 4410, 4422, 4499] {
            assert_eq!(CloseCode::from_code(code).code(), code);
        }
        assert_eq!(CloseCode::from_code(4422), CloseCode::Refused);
        assert!(CloseCode::from_code(4499).is_permanent());
        assert!(!CloseCode::from_code(1000).is_permanent());
    }
}

//! What the server says of the session and of itself, as JSON inside a message.

use serde::{Deserialize, Serialize};

use crate::id::ParticipantId;

/// What a session may do, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Observer,
    /// Reads and writes.
    Participant,
    /// Runs the workshop.
    Facilitator,
}

impl Role {
    /// All of them, from least to most.
    pub const ALL: [Self; 3] = [Self::Observer, Self::Participant, Self::Facilitator];

    /// The stored and shown name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Observer => "observer",
            Self::Participant => "participant",
            Self::Facilitator => "facilitator",
        }
    }

    /// The role of a stored name; an unknown name may only read.
    pub fn from_name(name: &str) -> Self {
        match name {
            "facilitator" => Self::Facilitator,
            "participant" => Self::Participant,
            _ => Self::Observer,
        }
    }
}

/// Who a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The participant.
    pub participant: ParticipantId,
    /// What they may do.
    pub role: Role,
    /// Whether this document may be written by this session, now.
    pub writable: bool,
    /// The document's schema. A client that knows only older ones does not write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<u32>,
}

/// Whether what arrives becomes durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreStatus {
    /// `true`: what arrives is stored. `false`: it is only in memory.
    pub ok: bool,
}

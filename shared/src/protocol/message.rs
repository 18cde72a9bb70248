//! One WebSocket message.

use super::{
    codec::{DecodeError, Reader, write_bytes, write_varuint},
    control::{Hello, StoreStatus},
    presence::{self, AwarenessEntry},
    refusal::Refusal,
};

const SYNC: u64 = 0;
/// The type of an awareness message, which is also its first byte.
pub const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY_AWARENESS: u64 = 3;
const FENCE: u64 = 100;
const REFUSED: u64 = 101;
const STORE_STATUS: u64 = 102;
const HELLO: u64 = 103;

/// A message of either direction. 0 to 3 are y-protocols', the rest Plaza's.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Sync step 1: "this is my state vector, send me what I lack".
    SyncStep1(Vec<u8>),
    /// Sync step 2: "this is what you lack".
    SyncStep2(Vec<u8>),
    /// One update.
    Update(Vec<u8>),
    /// Presence of one or more clients.
    Awareness(Vec<AwarenessEntry>),
    /// Permission denied, with a reason. Server to client.
    Denied(String),
    /// "Send me everybody's presence". Client to server.
    QueryAwareness,
    /// Client: "tell me when everything before this is stored"; server: "it is".
    Fence(u64),
    /// Server: something was not accepted.
    Refused(Refusal),
    /// Server: whether what arrives becomes durable. Also its heartbeat.
    StoreStatus(StoreStatus),
    /// Server: who this session is and what it may do. The first message of a socket,
    /// and sent again whenever that changes.
    Hello(Hello),
}

/// Whether an encoded message is a step 1, which asks for what is missing.
pub fn is_question(bytes: &[u8]) -> bool {
    sync_kind(bytes) == Some(0)
}

/// Whether an encoded message is a step 2, which answers one.
pub fn is_answer(bytes: &[u8]) -> bool {
    sync_kind(bytes) == Some(1)
}

fn sync_kind(bytes: &[u8]) -> Option<u64> {
    let mut reader = Reader::new(bytes);
    let kind = (reader.varuint().ok()? == SYNC).then(|| reader.varuint());
    kind?.ok()
}

impl Message {
    /// The message's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::SyncStep1(bytes) => sync(&mut out, 0, bytes),
            Self::SyncStep2(bytes) => sync(&mut out, 1, bytes),
            Self::Update(bytes) => sync(&mut out, 2, bytes),
            Self::Awareness(entries) => {
                write_varuint(&mut out, AWARENESS);
                write_bytes(&mut out, &presence::encode(entries));
            }
            Self::Denied(reason) => {
                write_varuint(&mut out, AUTH);
                write_varuint(&mut out, 0);
                write_bytes(&mut out, reason.as_bytes());
            }
            Self::QueryAwareness => write_varuint(&mut out, QUERY_AWARENESS),
            Self::Fence(n) => {
                write_varuint(&mut out, FENCE);
                write_varuint(&mut out, *n);
            }
            Self::Refused(refused) => json(&mut out, REFUSED, refused),
            Self::StoreStatus(status) => json(&mut out, STORE_STATUS, status),
            Self::Hello(hello) => json(&mut out, HELLO, hello),
        }
        out
    }

    /// Reads one message; every byte must belong to it.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        let message = match reader.varuint()? {
            SYNC => {
                let step = reader.varuint()?;
                let payload = reader.bytes()?.to_vec();
                match step {
                    0 => Self::SyncStep1(payload),
                    1 => Self::SyncStep2(payload),
                    2 => Self::Update(payload),
                    other => return Err(DecodeError::UnknownType(other)),
                }
            }
            AWARENESS => Self::Awareness(presence::decode(reader.bytes()?)?),
            AUTH => match reader.varuint()? {
                0 => Self::Denied(reader.text()?.to_owned()),
                other => return Err(DecodeError::UnknownType(other)),
            },
            QUERY_AWARENESS => Self::QueryAwareness,
            FENCE => Self::Fence(reader.varuint()?),
            REFUSED => Self::Refused(parse(reader.text()?)?),
            STORE_STATUS => Self::StoreStatus(parse(reader.text()?)?),
            HELLO => Self::Hello(parse(reader.text()?)?),
            other => return Err(DecodeError::UnknownType(other)),
        };
        reader.end()?;
        Ok(message)
    }
}

fn sync(out: &mut Vec<u8>, step: u64, bytes: &[u8]) {
    write_varuint(out, SYNC);
    write_varuint(out, step);
    write_bytes(out, bytes);
}

fn json(out: &mut Vec<u8>, kind: u64, value: &impl serde::Serialize) {
    write_varuint(out, kind);
    // Plain structs of strings and numbers: always representable.
    write_bytes(out, &serde_json::to_vec(value).unwrap_or_default());
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    serde_json::from_str(text).map_err(|_| DecodeError::Shape)
}

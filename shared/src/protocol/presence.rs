//! Presence: who is where, what they hold. Awareness of y-protocols, never logged.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    codec::{DecodeError, Reader, write_bytes, write_varuint},
    limits,
};
use crate::id::{DocumentId, ObjectId};

/// Where a presence says who it is of.
const USER: &str = "user";
/// The fields that say what somebody is doing to the document.
const DRAG: &str = "drag";
const WRITING: &str = "writing";

/// One client's presence on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwarenessEntry {
    /// The Yjs client id that it belongs to.
    pub client: u64,
    /// Grows with every change; a lower one is old news.
    pub clock: u64,
    /// JSON; `null` says that the client has left.
    pub state: String,
}

/// Encodes entries as y-protocols' awareness update.
pub fn encode(entries: &[AwarenessEntry]) -> Vec<u8> {
    let mut out = Vec::new();
    write_varuint(&mut out, entries.len() as u64);
    for entry in entries {
        write_varuint(&mut out, entry.client);
        write_varuint(&mut out, entry.clock);
        write_bytes(&mut out, entry.state.as_bytes());
    }
    out
}

/// Decodes an awareness update.
///
/// # Errors
/// [`DecodeError`]; more than [`limits::AWARENESS_ENTRIES_MAX`] entries are `Overflow`.
pub fn decode(bytes: &[u8]) -> Result<Vec<AwarenessEntry>, DecodeError> {
    let mut reader = Reader::new(bytes);
    let count = reader.varuint()?;
    if count > limits::AWARENESS_ENTRIES_MAX as u64 {
        return Err(DecodeError::Overflow);
    }
    let mut entries = Vec::new();
    for _ in 0..count {
        entries.push(AwarenessEntry {
            client: reader.varuint()?,
            clock: reader.varuint()?,
            state: reader.text()?.to_owned(),
        });
    }
    reader.end()?;
    Ok(entries)
}

/// What Plaza's own client puts into its awareness state. `user` has the
/// shape that other Yjs clients use; everything may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Presence {
    /// Who.
    #[serde(default)]
    pub user: PresenceUser,
    /// The canvas that they look at; told in the workshop's own document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canvas: Option<DocumentId>,
    /// Pointer, in board space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<[f64; 2]>,
    /// What is selected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub selection: Vec<ObjectId>,
    /// How far what is selected is being dragged, in board space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drag: Option<[f64; 2]>,
    /// The note being written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writing: Option<ObjectId>,
    /// The page is in the background.
    #[serde(default, skip_serializing_if = "is_false")]
    pub away: bool,
}

/// The part of presence that says who.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceUser {
    /// Participant id; empty for clients that are not Plaza's.
    #[serde(default)]
    pub id: String,
    /// Name as typed.
    #[serde(default)]
    pub name: String,
    /// Organisation as typed.
    #[serde(default)]
    pub organisation: String,
    /// CSS colour, for clients that are not Plaza's.
    #[serde(default)]
    pub color: String,
    /// Index into the participant colours.
    #[serde(default, rename = "colorIndex")]
    pub color_index: u32,
}

/// The presence that is sent on: what a client said, signed with who it is; of those who may not write nothing that
/// looks like writing. A stock client's own fields stay. `None` where it is no JSON.
pub fn signed(state: &str, user: &PresenceUser, may_write: bool) -> Option<String> {
    let mut state: Value = serde_json::from_str(state).ok()?;
    if let Some(fields) = state.as_object_mut() {
        if !may_write {
            fields.remove(DRAG);
            fields.remove(WRITING);
        }
        let mut signature = serde_json::to_value(user).ok()?;
        match (fields.get_mut(USER), &mut signature) {
            (Some(Value::Object(said)), Value::Object(user)) => said.append(user),
            _ => drop(fields.insert(USER.to_owned(), signature)),
        }
    }
    Some(state.to_string())
}

fn is_false(value: &bool) -> bool {
    !value
}

//! The JSON API's bodies, and what text of people is let in.

use serde::{Deserialize, Serialize};

use super::{control::Role, limits};
use crate::{
    board::workshop::CanvasEntry,
    id::{DocumentId, ParticipantId},
};

/// `POST /api/workshops`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWorkshop {
    /// The workshop's title.
    pub title: String,
}

/// One thing for each role: its key, or the link that carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForRoles<T> {
    /// Runs the workshop.
    pub facilitator: T,
    /// Reads and writes.
    pub participant: T,
    /// Reads.
    pub observer: T,
}

/// What `POST /api/workshops` answers. The keys are said this once and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedWorkshop {
    /// The workshop's id.
    pub workshop: DocumentId,
    /// The keys.
    pub keys: ForRoles<String>,
    /// Links that carry the keys in their fragment.
    pub links: ForRoles<String>,
    /// Its canvases, in order.
    pub canvases: Vec<CanvasEntry>,
}

/// `POST /api/join`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The workshop's id.
    pub workshop: String,
    /// The key of a link. May be missing where the session of an earlier visit is good.
    #[serde(default)]
    pub key: String,
    /// Name as typed.
    pub name: String,
    /// Department as typed; may be empty.
    #[serde(default)]
    pub department: String,
    /// Whether to answer a session token, for scripts.
    #[serde(default)]
    pub token: bool,
}

/// What `POST /api/join` answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// Who this session is.
    pub participant: Me,
    /// The workshop.
    pub workshop: WorkshopInfo,
    /// The session token, where it was asked for. Pass it as `?token=` or `Authorization: Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// A participant, as told to themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Their id.
    pub id: ParticipantId,
    /// Name as kept.
    pub name: String,
    /// Department as kept.
    pub department: String,
    /// What they may do.
    pub role: Role,
    /// Index into the participant colours.
    pub color: u32,
}

/// `GET /api/workshops/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkshopInfo {
    /// Its id, which is also that of its own document.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Its canvases, in order.
    pub canvases: Vec<CanvasEntry>,
}

/// What `POST /api/canvases/{id}/images` answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedImage {
    /// BLAKE3 of the bytes, 64 lower-case hexadecimal digits: the picture's name below the same address.
    pub hash: String,
    /// Width in pixels, as shown.
    pub width: u32,
    /// Height in pixels, as shown.
    pub height: u32,
}

/// `PUT /api/workshops/{id}/people/{participant}/role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRole {
    /// What they may do from now on.
    pub role: Role,
}

/// `PUT /api/canvases/{id}/frozen`, and what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Whether only facilitators write the canvas from now on.
    pub frozen: bool,
}

/// A line of text as people type it: trimmed, without control characters and
/// invisible direction marks, cut at `max` characters.
pub fn clean_line(text: &str, max: usize) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect();
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    words
        .join(" ")
        .chars()
        .take(max)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// A name or department as kept.
pub fn clean_name(text: &str) -> String {
    clean_line(text, limits::NAME_CHARS_MAX)
}

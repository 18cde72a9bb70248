//! The JSON API's bodies. What is kept of the lines in them says [`super::line`].

use serde::{Deserialize, Serialize};

use super::control::Role;
use crate::{
    board::workshop::CanvasEntry,
    id::{DocumentId, ParticipantId, WorkshopId},
};

/// `POST /api/workshops`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWorkshop {
    /// The workshop's title.
    pub title: String,
    /// In which language the prompts of its canvases are (BCP 47); English where it is
    /// missing, or not one of them.
    #[serde(default)]
    pub language: String,
    /// The key that whoever runs the server asks for; empty where none is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub create_key: String,
}

/// One thing for each role: its key, or the link that carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForRoles<T> {
    /// Runs the workshop.
    pub facilitator: T,
    /// Reads and writes.
    pub participant: T,
    /// Reads.
    pub observer: T,
}

impl<T> ForRoles<T> {
    /// One for each role.
    pub fn from_fn(mut of: impl FnMut(Role) -> T) -> Self {
        Self {
            facilitator: of(Role::Facilitator),
            participant: of(Role::Participant),
            observer: of(Role::Observer),
        }
    }

    /// That of a role.
    pub fn of(&self, role: Role) -> &T {
        match role {
            Role::Facilitator => &self.facilitator,
            Role::Participant => &self.participant,
            Role::Observer => &self.observer,
        }
    }

    /// That of a role, to be changed.
    pub fn of_mut(&mut self, role: Role) -> &mut T {
        match role {
            Role::Facilitator => &mut self.facilitator,
            Role::Participant => &mut self.participant,
            Role::Observer => &mut self.observer,
        }
    }
}

/// What `POST /api/workshops` answers. Every facilitator can look the links up.
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
    /// The key of a link. May be missing where one continues as somebody.
    #[serde(default)]
    pub key: String,
    /// Name as typed. Not used where one continues as somebody.
    #[serde(default)]
    pub name: String,
    /// Organisation or department as typed; may be empty.
    #[serde(default)]
    pub organisation: String,
    /// Whether one comes from outside the organisation that holds the workshop.
    #[serde(default)]
    pub external: bool,
    /// As whom one continues; missing: somebody who has not been here yet. Their session
    /// proves it, or the device's secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<ParticipantId>,
    /// A random secret that the device has drawn for this workshop, of at most
    /// [`super::limits::SECRET_CHARS_MAX`] characters; may be empty.
    #[serde(default)]
    pub device: String,
    /// Whether to answer a session token, for scripts.
    #[serde(default)]
    pub token: bool,
}

/// `POST /api/workshops/{id}/look`: a link's key, before a name is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The key of a link.
    pub key: String,
    /// The device's secret; empty where it has none.
    #[serde(default)]
    pub device: String,
}

/// What a look answers: where the link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The workshop's title.
    pub title: String,
    /// What the link lets one do.
    pub role: Role,
    /// Whether nobody new comes in from the device: somebody who used it was removed.
    #[serde(default)]
    pub barred: bool,
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
    /// Organisation or department as kept.
    pub organisation: String,
    /// Whether they come from outside the organisation that holds the workshop.
    #[serde(default)]
    pub external: bool,
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
    /// Counts the changes of its title, from 1.
    pub version: u32,
    /// Its canvases, in order; archived ones too.
    pub canvases: Vec<CanvasEntry>,
}

/// `PATCH /api/workshops/{id}`: renames the workshop. Answers [`crate::board::workshop::Facts`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retitle {
    /// The version that is changed.
    pub version: u32,
    /// The title.
    pub title: String,
}

/// `POST /api/workshops/{id}/canvases`: adds a canvas. Answers its [`CanvasEntry`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCanvas {
    /// Of which kind.
    pub kind: String,
    /// Its title; empty: that of its kind.
    #[serde(default)]
    pub title: String,
}

/// `POST /api/canvases/{id}/copies`: duplicates a canvas. Answers the copy's
/// [`CanvasEntry`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCopy {
    /// Its title.
    pub title: String,
}

/// `PATCH /api/canvases/{id}`: changes what the workshop says of a canvas. What is missing
/// stays. Answers its [`CanvasEntry`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanvasChange {
    /// The version that is changed.
    pub version: u32,
    /// Another title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Another place: so many canvases, archived ones not counted, come before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// Whether it is put away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// `PATCH /api/workshops/{id}/people/{participant}`: what somebody is called. Everybody
/// changes that of themselves, facilitators that of all. What is missing stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChange {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Another organisation or department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Whether they come from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<bool>,
}

/// `PUT /api/workshops/{id}/people/{participant}/removed`: removes somebody, or lets them
/// come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Whether they are removed.
    pub removed: bool,
}

/// `POST /api/workshops/{id}/leave`: ends the session, and all that the person has on the device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// The device's secret, which proves nothing of them any more; may be empty.
    #[serde(default)]
    pub device: String,
}

/// What `/api/workshops/{id}/links/{role}` returns: the link of a role; by `POST` a new one, which replaces the one
/// before. Who is inside goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleLink {
    /// The link.
    pub link: String,
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

/// A workshop's link with a key. `origin` is what it begins with, e.g. `https://plaza.example`.
pub fn link(origin: &str, workshop: &WorkshopId, key: &str) -> String {
    format!("{origin}/w/{workshop}#k={key}")
}

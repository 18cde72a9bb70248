//! Object kinds: one file per kind. What can be placed on a board.
//!
//! Knows nothing of tools, of the document's encoding or of who renders.

pub mod color;
pub mod sticky_note;

use crate::{
    geometry::Point,
    id::{ObjectId, ParticipantId},
};

pub use color::NoteColor;
pub use sticky_note::StickyNote;

/// One object on a board, as read from the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// Its identifier.
    pub id: ObjectId,
    /// Top left corner, in board space.
    pub pos: Point,
    /// Stacking order: greater is nearer to the reader; ties are broken by id.
    pub z: f64,
    /// Who created it, where known.
    pub author: Option<ParticipantId>,
    /// What it is.
    pub kind: Kind,
}

/// The closed list of object kinds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A square of coloured paper with text.
    StickyNote(StickyNote),
    /// A kind that this version does not know: kept, shown as a placeholder.
    Unknown(String),
}

impl Kind {
    /// The name under which the kind is stored.
    pub fn name(&self) -> &str {
        match self {
            Self::StickyNote(_) => sticky_note::NAME,
            Self::Unknown(name) => name,
        }
    }
}

impl Object {
    /// The object's text; empty for kinds without.
    pub fn text(&self) -> &str {
        match &self.kind {
            Kind::StickyNote(note) => &note.text,
            Kind::Unknown(_) => "",
        }
    }
}

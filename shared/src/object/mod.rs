//! Object kinds: one file per kind. What can be placed on a board, how it is
//! stored, how it is drawn.
//!
//! Knows nothing of tools, of the document's encoding or of who renders.

pub mod connector;
pub mod ends;
pub mod frame;
pub mod image;
pub mod ink;
mod kind;
pub(crate) mod lines;
mod list;
pub mod shape;
pub mod stamp;
pub mod sticky_note;
pub mod text;
pub mod unknown;

use crate::{
    draw::{Fitted, marks::Run},
    geometry::{Point, Rect, Size},
    id::{ObjectId, ParticipantId},
};

pub use crate::draw::NoteColor;
pub use ends::{End, Ends};
pub use kind::*;
pub use list::*;
pub use unknown::Unknown;

/// One object on a board, as read from the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// Its identifier.
    pub id: ObjectId,
    /// Top left corner, in board space, before it is turned.
    pub pos: Point,
    /// Width and height, where they have been chosen; it may be higher than this
    /// if its text needs it.
    pub size: Option<Size>,
    /// How far it is turned about its middle, in degrees clockwise.
    pub angle: f64,
    /// Stacking order: greater is nearer to the reader; ties are broken by id.
    pub z: f64,
    /// Who created it, where known.
    pub author: Option<ParticipantId>,
    /// Objects with the same mark are selected and moved together.
    pub group: Option<String>,
    /// It stays where and as it is.
    pub is_locked: bool,
    /// What it says; lines are separated by `\n`.
    pub text: String,
    /// What in it is bold, italic or a link: in order, apart.
    pub marks: Vec<Run>,
    /// What it is.
    pub kind: Kind,
}

impl Object {
    /// From back to front: by stacking order, ties by id.
    pub fn sort_by_depth(objects: &mut [&Self]) {
        objects.sort_by(|a, b| a.z.total_cmp(&b.z).then_with(|| a.id.cmp(&b.id)));
    }

    /// Its size before its text is fitted.
    pub fn chosen_size(&self) -> Size {
        self.size.unwrap_or_else(|| self.kind.default_size())
    }

    /// Its text fitted, and with it its size.
    pub fn fitted(&self) -> Fitted {
        let size = self.chosen_size();
        match self.kind.text_box(size) {
            Some(set) => crate::draw::text_layout::fit(&self.text, size, &set),
            None => Fitted::without_text(size),
        }
    }

    /// Where it lies, before it is turned.
    pub fn rect(&self, size: Size) -> Rect {
        Rect::from_origin_size(self.pos, size)
    }
}

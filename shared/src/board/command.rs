//! Commands: intent on the document, as data.
//!
//! A command cannot fail. What does not apply (an object that somebody else has
//! deleted meanwhile) is skipped.

use super::TextEdit;
use crate::{
    geometry::Point,
    id::{ObjectId, ParticipantId},
    object::NoteColor,
};

/// A sticky note to be created.
#[derive(Clone, Debug, PartialEq)]
pub struct NewNote {
    /// Its identifier, drawn by the caller.
    pub id: ObjectId,
    /// Top left corner, in board space.
    pub pos: Point,
    /// Its paper.
    pub color: NoteColor,
    /// Its first text.
    pub text: String,
    /// Who creates it.
    pub author: ParticipantId,
}

/// What a person wants done to the board. Each is one transaction.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Creates notes, in front of everything.
    AddNotes(Vec<NewNote>),
    /// Puts objects at new places: `(object, new top left corner)`.
    Move(Vec<(ObjectId, Point)>),
    /// Brings objects to the front, in the order given.
    Raise(Vec<ObjectId>),
    /// Deletes objects.
    Delete(Vec<ObjectId>),
    /// Gives notes another paper.
    Recolor(Vec<ObjectId>, NoteColor),
    /// Changes a note's text.
    EditText(ObjectId, TextEdit),
}

//! Commands: intent on the document, as data.
//!
//! A command cannot fail. What does not apply (an object that somebody else has
//! deleted meanwhile) is skipped.

use std::ops::Range;

use super::TextEdit;
use crate::{
    draw::marks::{Format, Run},
    geometry::{Point, Rect, Size},
    id::{ObjectId, ParticipantId},
    object::Kind,
    props::Properties,
};

/// An object to be created.
#[derive(Clone, Debug, PartialEq)]
pub struct NewObject {
    /// Its identifier, drawn by the caller.
    pub id: ObjectId,
    /// Top left corner, in board space.
    pub pos: Point,
    /// Its size, where it is not that of its kind.
    pub size: Option<Size>,
    /// How far it is turned, in degrees clockwise.
    pub angle: f64,
    /// The mark of its group.
    pub group: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its first text.
    pub text: String,
    /// The marks of that text.
    pub marks: Vec<Run>,
    /// Who creates it.
    pub author: ParticipantId,
}

impl NewObject {
    /// An object of its kind's size, upright, without a group.
    pub fn new(id: ObjectId, pos: Point, kind: Kind, text: String, author: ParticipantId) -> Self {
        Self {
            id,
            pos,
            size: None,
            angle: 0.0,
            group: None,
            kind,
            text,
            marks: Vec::new(),
            author,
        }
    }
}

/// What a person wants done to the board. Each is one transaction.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Creates objects, in front of everything; frames behind everything.
    Add(Vec<NewObject>),
    /// Puts objects at new places: `(object, new top left corner)`.
    Move(Vec<(ObjectId, Point)>),
    /// Gives objects new places and sizes.
    Resize(Vec<(ObjectId, Rect)>),
    /// Turns objects: degrees clockwise from upright.
    Turn(Vec<(ObjectId, f64)>),
    /// Gives objects new places in the stacking order.
    Order(Vec<(ObjectId, f64)>),
    /// Deletes objects.
    Delete(Vec<ObjectId>),
    /// Puts objects into the group of a mark, or none.
    Group(Vec<ObjectId>, Option<String>),
    /// Locks objects, or unlocks them.
    Lock(Vec<ObjectId>, bool),
    /// Sets properties of an object's kind.
    Set(ObjectId, Properties),
    /// Changes an object's text.
    EditText(ObjectId, TextEdit),
    /// Puts a mark on a stretch of an object's text, in UTF-16 units.
    Format(ObjectId, Range<u32>, Format),
}

//! What each object kind has to say about itself.

use super::Ends;
use crate::{
    draw::{Detail, Primitive, TextBox, marks::Run, text_layout::Layout},
    geometry::{BezPath, Point, Rect, Shape as _, Size},
    props::{Properties, Style},
    text::Phrase,
};

/// How an object can be resized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resize {
    /// Not at all.
    No,
    /// Width and height on their own.
    Free,
    /// Width and height together.
    Ratio,
    /// The width; the height follows its text.
    Width,
}

/// What can be done with an object of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// How it is resized.
    pub resize: Resize,
    /// It can be turned.
    pub turns: bool,
    /// It has a text that can be written.
    pub has_text: bool,
    /// It carries what lies in it, and is taken by its border or title only.
    pub is_container: bool,
    /// It goes away when its text is left empty.
    pub lives_by_text: bool,
}

impl Features {
    /// A plain box with text.
    pub const BOX: Self = Self {
        resize: Resize::Free,
        turns: false,
        has_text: true,
        is_container: false,
        lives_by_text: false,
    };
}

/// Where an object is drawn, and how much of it.
pub struct Painted<'a> {
    /// Where, in board space, before it is turned.
    pub rect: Rect,
    /// What it says.
    pub text: &'a str,
    /// The marks of that text.
    pub marks: &'a [Run],
    /// How its text is laid out.
    pub layout: &'a Layout,
    /// How much is drawn.
    pub detail: Detail,
    /// The name to write at its foot, where it is to be shown.
    pub author: Option<&'a str>,
}

/// What a kind is and does. One file implements it; [`Kind`] lists it.
pub trait ObjectKind {
    /// The stored name.
    fn name(&self) -> &str;
    /// What it is called within a sentence.
    fn label(&self) -> Phrase;
    /// So many of its kind: *3 drawings*.
    fn counted(&self, n: usize) -> Phrase;
    /// What can be done with it.
    fn features(&self) -> Features;
    /// As stored, without what all kinds have in common.
    fn properties(&self) -> Properties;
    /// Its size where none has been chosen, in board units.
    fn default_size(&self) -> Size;
    /// How its text is set, if it has one.
    fn text_box(&self, _size: Size) -> Option<TextBox> {
        None
    }
    /// Its outline, to which connectors go, for a box in board space.
    fn outline(&self, rect: Rect) -> BezPath {
        rect.to_path(0.1)
    }
    /// Whether it is at a point, in board space before it is turned. Thin lines are caught
    /// within `slack`, in board units.
    fn is_at(&self, rect: Rect, point: Point, _slack: f64) -> bool {
        self.outline(rect).contains(point)
    }
    /// Its styles, each with the present choice.
    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        Vec::new()
    }
    /// What it is bound to, if it is a connector.
    fn ends(&self) -> Option<&Ends> {
        None
    }
    /// Draws it.
    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>);
}

//! The closed list of object kinds, and what each has to say about itself.

use super::{Ends, Unknown};
use crate::{
    draw::{Detail, NoteColor, Primitive, TextBox, marks::Run, text_layout::Layout},
    geometry::{BezPath, Point, Rect, Shape as _, Size},
    props::{Properties, Source, Style},
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
    /// The name shown to people, in lower case.
    fn label(&self) -> &str;
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

/// A kind as listed.
pub struct Listed {
    /// The stored name.
    pub name: &'static str,
    /// Reads one; what is missing or odd has a default.
    pub read: fn(&dyn Source) -> Kind,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident in $file:ident,)+) => {
        $(pub use super::$file::$kind;)+

        /// The closed list of object kinds.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Kind {
            $($(#[$doc])* $kind($kind),)+
            /// A kind that this version does not know: kept, shown as a placeholder.
            Unknown(Unknown),
        }

        /// Every kind that this version knows.
        pub static KINDS: &[Listed] = &[$(Listed {
            name: super::$file::NAME,
            read: |source| Kind::$kind($kind::read(source)),
        },)+];

        impl std::ops::Deref for Kind {
            type Target = dyn ObjectKind;

            fn deref(&self) -> &Self::Target {
                match self {
                    $(Self::$kind(kind) => kind,)+
                    Self::Unknown(kind) => kind,
                }
            }
        }
    };
}

// One line a kind.
kinds! {
    /// A square of coloured paper with text.
    StickyNote in sticky_note,
    /// Text on the board itself.
    Text in text,
    /// A shape with text in it.
    Shape in shape,
    /// A titled area that carries what lies in it.
    Frame in frame,
    /// A line between objects that means something.
    Connector in connector,
    /// An emoji.
    Stamp in stamp,
    /// What a pen has drawn.
    Ink in ink,
    /// A picture.
    Image in image,
}

impl Kind {
    /// A sticky note of a colour.
    pub fn note(color: NoteColor) -> Self {
        Self::StickyNote(StickyNote {
            color,
            ..StickyNote::default()
        })
    }

    /// As read from where it is stored.
    pub fn read(name: &str, source: &dyn Source) -> Self {
        match KINDS.iter().find(|listed| listed.name == name) {
            Some(listed) => (listed.read)(source),
            None => Self::Unknown(Unknown { name: name.into() }),
        }
    }

    /// The same with another choice of a style; unchanged where it has no such style.
    pub fn with_style(&self, key: &str, choice: &str) -> Self {
        let mut properties = self.properties();
        for (stored, value) in &mut properties {
            if *stored == key {
                *value = choice.into();
            }
        }
        Self::read(self.name(), &properties)
    }
}

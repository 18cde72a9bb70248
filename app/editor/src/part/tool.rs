//! Tools.

use shared::object::{connector, frame, ink, shape, stamp, sticky_note, text};

/// What the main button does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects and moves.
    #[default]
    Select,
    /// Moves the view.
    Hand,
    /// Places an object of a kind with the next click or drag.
    Place(&'static str),
    /// Draws a connector with the next drag.
    Connect,
    /// Draws freehand.
    Draw,
}

impl Tool {
    /// Places a note.
    pub const NOTE: Self = Self::Place(sticky_note::NAME);
    /// Places text.
    pub const TEXT: Self = Self::Place(text::NAME);
    /// Places a shape.
    pub const SHAPE: Self = Self::Place(shape::NAME);
    /// Places a frame.
    pub const FRAME: Self = Self::Place(frame::NAME);
    /// Places a stamp.
    pub const STAMP: Self = Self::Place(stamp::NAME);

    /// Whether it stays in hand, however often it is used: chosen again it makes room
    /// for the tool before.
    pub(crate) fn stays(self) -> bool {
        matches!(self, Self::Hand | Self::Draw)
    }

    /// The kind of object that it makes.
    pub(crate) fn makes(self) -> Option<&'static str> {
        match self {
            Self::Place(name) => Some(name),
            Self::Connect => Some(connector::NAME),
            Self::Draw => Some(ink::NAME),
            Self::Select | Self::Hand => None,
        }
    }
}

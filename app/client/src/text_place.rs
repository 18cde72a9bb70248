//! Where the text box lies, so that its letters are exactly over the painted ones.

use shared::{
    draw::{Align, Fitted, TextBox, font},
    geometry::Point,
    scene::Place,
};

/// The least width of a box whose lines do not break, in board units.
const UNBROKEN_MIN: f64 = 80.0;

/// How the text box is laid over an object's text.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxPlace {
    /// The top left corner of the object, in screen pixels.
    pub screen: Point,
    /// Screen pixels for one board unit.
    pub zoom: f64,
    /// How far right of that corner the box begins, in board units.
    pub left: f64,
    /// Degrees, clockwise.
    pub angle: f64,
    /// In board units.
    pub width: f64,
    /// To which side the lines lean.
    pub align: Align,
    /// Whether lines break where the box ends.
    pub wraps: bool,
    /// The letters cannot be seen: the board paints them, with their marks.
    pub is_behind: bool,
    /// Height and letters; `None` while an input method composes: then they stay as they are.
    pub lines: Option<BoxLines>,
}

/// The lines in the text box, all in board units.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxLines {
    /// Height of the box.
    pub height: f64,
    /// Space above the first line.
    pub above: f64,
    /// Space beside the lines.
    pub beside: f64,
    /// Size of the letters.
    pub font_size: f64,
    /// Height of a line in sizes of letters.
    pub line_height: f64,
}

/// The object whose text is written, as it is laid out.
pub(crate) struct Written<'a> {
    /// Where the object is.
    pub(crate) place: Place,
    /// How its text is set.
    pub(crate) set: &'a TextBox,
    /// Its text, fitted.
    pub(crate) fitted: &'a Fitted,
    /// Its text has marks, which a text box cannot show.
    pub(crate) has_marks: bool,
    /// An input method is composing.
    pub(crate) is_composing: bool,
}

/// Lays the box over an object's text. `screen` is the object's corner in screen pixels.
pub(crate) fn lay(screen: Point, zoom: f64, written: &Written<'_>) -> BoxPlace {
    let Written {
        place,
        set,
        fitted,
        has_marks,
        is_composing,
    } = *written;
    let size = place.rect.size();
    // A label has the box of what is written, and room for the next word.
    let width = if set.wraps {
        size.width
    } else {
        size.width.max(UNBROKEN_MIN) + 2.0 * fitted.text.size
    };
    let left = if set.wraps || set.align == Align::Start {
        0.0
    } else {
        (size.width - width) / 2.0
    };
    let spare = size.height - 2.0 * set.padding_y - fitted.text.height();
    let above = if set.is_centered {
        set.padding_y + spare.max(0.0) / 2.0
    } else {
        set.padding_y
    };
    let lines = BoxLines {
        height: size.height.max(fitted.text.height() + above),
        above,
        beside: set.padding_x,
        font_size: fitted.text.size,
        line_height: font::LINE_HEIGHT,
    };
    BoxPlace {
        screen,
        zoom,
        left,
        angle: place.angle,
        width,
        align: set.align,
        wraps: set.wraps,
        is_behind: has_marks && !is_composing,
        lines: Some(lines).filter(|_| !is_composing),
    }
}

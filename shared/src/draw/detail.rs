//! How much is drawn at a zoom: text, then bars, then plain blocks.

/// Text below this height on screen, in pixels, is drawn as bars.
pub const TEXT_PX: f64 = 4.0;
/// Bars below this height are not drawn at all.
pub const BARS_PX: f64 = 1.5;
/// The smallest text on notes, which decides for the board's objects, in board units.
const OBJECT_TEXT: f64 = 14.0;

/// How much of an object is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Its area in its colour.
    Block,
    /// Lines of text as bars.
    Bars,
    /// Everything.
    Full,
}

impl Detail {
    /// The detail at which text of a size, in board units, is drawn.
    pub fn of_text(size: f64, zoom: f64) -> Self {
        let px = size * zoom;
        if px >= TEXT_PX {
            Self::Full
        } else if px >= BARS_PX {
            Self::Bars
        } else {
            Self::Block
        }
    }

    /// The detail of the objects of a board.
    pub fn of_objects(zoom: f64) -> Self {
        Self::of_text(OBJECT_TEXT, zoom)
    }
}

//! How much is drawn at a zoom: text, then bars, then plain blocks.

/// Text below this height on screen, in pixels, is drawn as bars.
pub const TEXT_PX: f64 = 4.0;
/// Bars below this height are not drawn at all.
pub const BARS_PX: f64 = 1.5;
/// The smallest text on notes, which decides for the board's objects, in board units.
const OBJECT_TEXT: f64 = 14.0;

/// More objects than this are drawn with bars while the zoom changes.
const BARS_MOVING: usize = 250;
/// More than this as blocks.
const BLOCKS_MOVING: usize = 900;

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

    /// The detail of this many objects while the zoom changes: what is gone in the next frame
    /// need not be read.
    pub fn of_many(zoom: f64, objects: usize) -> Self {
        let most = match objects {
            0..=BARS_MOVING => Self::Full,
            n if n <= BLOCKS_MOVING => Self::Bars,
            _ => Self::Block,
        };
        Self::of_objects(zoom).min(most)
    }

    /// The detail of the objects of a board.
    pub fn of_objects(zoom: f64) -> Self {
        Self::of_text(OBJECT_TEXT, zoom)
    }
}

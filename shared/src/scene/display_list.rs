//! Primitives in board space: what the screen, and later every export, draws.

use super::tokens::Rgb;
use crate::geometry::{Point, Rect};

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// A filled rectangle with round corners, in board units.
    Fill {
        /// Where.
        rect: Rect,
        /// Corner radius.
        radius: f64,
        /// In what colour.
        color: Rgb,
    },
    /// The outline of a rectangle.
    Stroke {
        /// Where.
        rect: Rect,
        /// Corner radius.
        radius: f64,
        /// Line width.
        width: f64,
        /// In what colour.
        color: Rgb,
    },
    /// A note's paper: a fill with a soft shadow below.
    Paper {
        /// Where.
        rect: Rect,
        /// In what colour.
        color: Rgb,
    },
    /// One line of text.
    Text {
        /// Start of the baseline; its end for text from right to left.
        at: Point,
        /// Size, in board units.
        size: f64,
        /// Weight: 400 or 700.
        weight: u16,
        /// In what colour.
        color: Rgb,
        /// Whether it reads from right to left and ends at `at`.
        rtl: bool,
        /// What it says.
        text: String,
    },
}

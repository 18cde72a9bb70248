//! Primitives in board space: what the screen, and later every export, draws.

use super::{Dash, tokens::Rgb};
use crate::{
    geometry::{BezPath, Point, Rect},
    text::Phrase,
};

impl Dash {
    /// Lengths of strokes and gaps for a line of this width.
    pub fn pattern(self, width: f64) -> [f64; 2] {
        match self {
            Self::Solid => [0.0, 0.0],
            Self::Dashed => [width * 4.0, width * 3.0],
            Self::Dotted => [width, width * 2.0],
        }
    }
}

/// Marks on drawn text. None changes how wide it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accent {
    /// Bolder, by a line around each letter.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// Underlined.
    pub underlined: bool,
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// A filled rectangle with round corners, in board units.
    Fill {
        /// What is filled.
        rect: Rect,
        /// Corner radius, in board units.
        radius: f64,
        /// Its colour.
        color: Rgb,
    },
    /// The outline of a rectangle.
    Stroke {
        /// What is outlined.
        rect: Rect,
        /// Corner radius, in board units.
        radius: f64,
        /// Width of the line, in board units.
        width: f64,
        /// Its colour.
        color: Rgb,
    },
    /// A note's paper: a fill with a soft shadow below.
    Paper {
        /// The paper without its shadow, in board units.
        rect: Rect,
        /// Its colour.
        color: Rgb,
    },
    /// A shape of its own.
    Path {
        /// Its outline.
        path: BezPath,
        /// What it is filled with.
        fill: Option<Rgb>,
        /// Colour and width of its line.
        stroke: Option<(Rgb, f64)>,
        /// How its line is dashed.
        dash: Dash,
    },
    /// One line of text.
    Text {
        /// Start of the baseline; its end for text from right to left.
        at: Point,
        /// Size, in board units.
        size: f64,
        /// Weight: 400 or 700.
        weight: u16,
        /// Marks on it, which do not change its width.
        accent: Accent,
        /// Its colour.
        color: Rgb,
        /// Whether it reads from right to left and ends at `at`.
        rtl: bool,
        /// What it says.
        text: Phrase,
    },
    /// A picture that the server keeps.
    Picture {
        /// What it fills, in board units.
        rect: Rect,
        /// The hash of its content, in hexadecimal digits.
        hash: String,
    },
    /// Other primitives, turned about a point.
    Turned {
        /// The point they are turned about.
        center: Point,
        /// How far they are turned, in degrees clockwise.
        degrees: f64,
        /// What is turned.
        list: Vec<Primitive>,
    },
}

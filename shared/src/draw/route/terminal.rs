//! What an end is bound to, and how much room lines keep.

use crate::geometry::{BezPath, Point, Rect};

/// Room between an outline and the line bound to it, in board units.
pub const GAP: f64 = 5.0;

/// Distance between neighbouring connectors of one fan, in board units. It
/// shrinks where the objects are too small for it.
pub const FAN: f64 = 28.0;

/// What an end is bound to.
#[derive(Clone, Copy, Debug)]
pub enum Terminal<'a> {
    /// An object: the line stops at its outline.
    Object {
        /// Closed path of the object in board space, already rotated.
        outline: &'a BezPath,
        /// The object's box, in board space.
        bounds: Rect,
        /// A spot inside, in board space, that the end aims at in place of the
        /// centre.
        pin: Option<Point>,
    },
    /// A spot of the ground, in board space: the line goes right up to it.
    Free(Point),
}

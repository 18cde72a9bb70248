//! How a connector runs: from what it is bound to, to what it is bound to.
//!
//! Every course is a *spine* from aim to aim, of which the part between the
//! two outlines is drawn. Everything is in board space.

mod corners;
mod curved;
mod elbow;
mod end;
mod head;
mod lanes;
mod looped;
mod routed;
mod spine;
mod stop;
mod straight;

#[cfg(test)]
mod tests;

use self::end::End;
pub use self::{head::head, lanes::Lane, routed::Routed};
pub use super::style::{Course, Head};
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

/// The line between two terminals. It always has at least one segment, if need
/// be one without length, and never a coordinate that is not a number.
pub fn route(from: &Terminal, to: &Terminal, course: Course, lane: Lane) -> Routed {
    let (from, to, lane) = (End::of(from), End::of(to), lane.tidy());
    let path = if from.is_same(&to) {
        looped::path(&from, course, lane)
    } else {
        match course {
            Course::Straight => straight::path(&from, &to, lane),
            Course::Curved => curved::path(&from, &to, lane),
            Course::Elbow => elbow::path(&from, &to, lane),
        }
    };
    Routed::new(path)
}

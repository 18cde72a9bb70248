//! An end as an elbow sees it: a box whose right and left sides it may use.

use super::{corners::RADIUS, end::End};
use crate::geometry::{Point, Rect};

/// An end in either orientation: what is done sideways is done upwards with
/// the axes exchanged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub(super) bounds: Rect,
    pub(super) aim: Point,
    pub(super) bound: bool,
    pub(super) pinned: bool,
    pub(super) share: f64,
}

impl Stop {
    pub(super) fn of(end: &End, share: f64) -> Self {
        Self {
            bounds: end.bounds,
            aim: end.aim,
            bound: end.is_bound(),
            pinned: end.pinned,
            share: if end.is_bound() { share } else { 0.0 },
        }
    }

    pub(super) fn turned(&self) -> Self {
        let Rect { x0, y0, x1, y1 } = self.bounds;
        Self {
            bounds: Rect::new(y0, x0, y1, x1),
            aim: turn(self.aim),
            ..*self
        }
    }

    /// Horizontal distance between two boxes; negative where they overlap.
    pub(super) fn room(&self, other: &Self) -> f64 {
        let (a, b) = (self.bounds, other.bounds);
        (b.x0 - a.x1).max(a.x0 - b.x1)
    }

    /// Where a lane that lies so far aside leaves, as far as the side reaches.
    pub(super) fn height(&self, shift: f64) -> f64 {
        let Rect { y0, y1, .. } = self.bounds;
        let inset = 2.0_f64.min((y1 - y0) / 2.0);
        let aim = self.aim.y;
        let shifted = aim + shift * self.share;
        // A pin may be nearer to the corner than a lane.
        shifted.clamp(aim.min(y0 + inset), aim.max(y1 - inset))
    }

    /// Tells two ends apart, whichever is from and to.
    pub(super) fn rank(&self) -> (f64, f64, f64, f64) {
        let size = self.bounds.size();
        (size.width + size.height, size.width, self.aim.x, self.aim.y)
    }

    /// Height of the sides; a free end limits nothing.
    pub(super) fn side(&self) -> f64 {
        if self.bound {
            self.bounds.height()
        } else {
            f64::INFINITY
        }
    }

    /// The lowest and the highest place on the side that the end may slide to.
    pub(super) fn slide(&self) -> (f64, f64) {
        let Rect { y0, y1, .. } = self.bounds;
        if self.pinned || y1 - y0 < 2.0 * RADIUS {
            (self.aim.y, self.aim.y)
        } else {
            (y0 + RADIUS, y1 - RADIUS)
        }
    }
}

/// A spot with the axes exchanged.
pub(super) fn turn(point: Point) -> Point {
    Point::new(point.y, point.x)
}

//! Freehand ink: what a stroke is made of, where it is and what touches it.
//!
//! `outline` turns points into the shape to fill, `simplify` thins them once
//! the pen is lifted, `packed` is how the document keeps them.

mod outline;
mod packed;
mod simplify;
#[cfg(test)]
mod tests;

pub use outline::{outline, press_by_speed};
pub use packed::{InkError, pack, unpack};
pub use simplify::simplify;

use crate::geometry::{Point, Rect};

/// The most points in a stored stroke.
pub const POINTS_MAX: usize = 4_000;
/// The farthest a point may be from the origin on either axis, in board units:
/// a stroke across a whole board, measured from its corner, and a little more.
pub const COORD_MAX: f64 = 250_000.0;
/// The pressure written down where the device has none.
pub const NO_PRESSURE: f32 = 0.5;

/// Widths outside of these, in board units, count as the nearer one.
const WIDTH_MIN: f64 = 0.01;
const WIDTH_MAX: f64 = 10_000.0;
/// Half the ink's breadth at no pressure and at full pressure, in widths. In
/// between, at `NO_PRESSURE`, the ink is as broad as its width.
const RADIUS_LIGHT: f64 = 0.3;
const RADIUS_FULL: f64 = 0.7;

/// One point the pen went through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkPoint {
    /// Where, in board units; relative to the object's corner when stored.
    pub at: Point,
    /// How hard the pen was pressed, 0 to 1; `NO_PRESSURE` where the device
    /// does not say.
    pub pressure: f32,
}

impl InkPoint {
    /// A point at a place, in board units, under a pressure from 0 to 1.
    pub fn new(at: impl Into<Point>, pressure: f32) -> Self {
        Self {
            at: at.into(),
            pressure,
        }
    }

    /// The point between this one (at 0) and another (at 1).
    fn lerp(self, other: Self, t: f64) -> Self {
        Self {
            at: self.at.lerp(other.at, t),
            pressure: self.pressure + (other.pressure - self.pressure) * t as f32,
        }
    }
}

/// The area a stroke's ink can reach, in the points' space: the points with
/// room for the heaviest pen of this width (board units) around them.
pub fn bounds(points: &[InkPoint], width: f64) -> Rect {
    let reach = RADIUS_FULL * sane_width(width);
    sane(points)
        .map(|point| Rect::from_points(point.at, point.at))
        .reduce(|all, point| all.union(point))
        .map_or(Rect::ZERO, |all| all.inflate(reach, reach))
}

/// Whether a place lies on a stroke: no farther from the line through its
/// points than the heaviest pen of this width reaches, plus some slack. All in
/// board units, in the points' space.
pub fn hit(points: &[InkPoint], width: f64, at: Point, slack: f64) -> bool {
    let reach = RADIUS_FULL * sane_width(width) + slack.max(0.0);
    let mut before: Option<InkPoint> = None;
    sane(points).any(|point| {
        let from = before.replace(point).unwrap_or(point);
        let [at, from, to] = [at, from.at, point.at].map(|p| [p.x, p.y, 0.0]);
        distance_to_segment(at, from, to) <= reach
    })
}

/// The corner of a stroke's bounds, and its points relative to that corner.
#[cfg(test)]
pub fn to_local(points: &[InkPoint], width: f64) -> (Point, Vec<InkPoint>) {
    let corner = bounds(points, width).origin();
    let local = sane(points)
        .map(|point| InkPoint::new((point.at - corner).to_point(), point.pressure))
        .collect();
    (corner, local)
}

/// The points as they are fit to calculate with: those without a finite place are
/// left out, those too far away brought back to the edge.
fn sane(points: &[InkPoint]) -> impl Iterator<Item = InkPoint> + '_ {
    points
        .iter()
        .filter(|point| point.at.is_finite())
        .map(|point| {
            let [x, y] = [point.at.x, point.at.y].map(|c| c.clamp(-COORD_MAX, COORD_MAX));
            InkPoint::new((x, y), sane_pressure(point.pressure))
        })
}

fn sane_pressure(pressure: f32) -> f32 {
    if pressure.is_nan() {
        NO_PRESSURE
    } else {
        pressure.clamp(0.0, 1.0)
    }
}

fn sane_width(width: f64) -> f64 {
    if width.is_nan() {
        WIDTH_MIN
    } else {
        width.clamp(WIDTH_MIN, WIDTH_MAX)
    }
}

/// How far a place is from the nearest place between two others.
fn distance_to_segment(at: [f64; 3], from: [f64; 3], to: [f64; 3]) -> f64 {
    let along = minus(to, from);
    let away = minus(at, from);
    let length2 = dot(along, along);
    let t = if length2 > 0.0 {
        (dot(away, along) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let rest = minus(away, along.map(|c| c * t));
    dot(rest, rest).sqrt()
}

fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

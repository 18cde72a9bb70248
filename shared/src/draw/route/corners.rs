//! Runs joined by round corners.

use super::straight::direction;
use crate::geometry::{BezPath, PathSeg, Point};

/// Radius of a corner, in board units; less where a run is short.
pub(super) const RADIUS: f64 = 8.0;

/// The lines as a path whose corners are arcs.
pub(super) fn rounded(lines: &[PathSeg]) -> BezPath {
    let mut path = BezPath::new();
    let lines: Vec<_> = lines.iter().map(PathSeg::to_cubic).collect();
    if let Some(first) = lines.first() {
        path.move_to(first.p0);
    }
    for pair in lines.windows(2) {
        corner(&mut path, pair[0].p0, pair[0].p3, pair[1].p3);
    }
    if let Some(last) = lines.last() {
        path.line_to(last.p3);
    }
    path
}

/// A run up to a corner, and the arc round it.
fn corner(path: &mut BezPath, before: Point, corner: Point, after: Point) {
    /// Handle length of a quarter circle, as a share of the radius.
    const QUARTER: f64 = 0.552_284_75;
    let (back, forth) = (direction(corner, before), direction(corner, after));
    let shorter = corner.distance(before).min(corner.distance(after));
    let radius = RADIUS.min(shorter / 2.0);
    if back.cross(forth).abs() < 1e-6 || radius < 1e-3 {
        return path.line_to(corner);
    }
    let (enter, leave) = (corner + back * radius, corner + forth * radius);
    path.line_to(enter);
    path.curve_to(
        enter.lerp(corner, QUARTER),
        leave.lerp(corner, QUARTER),
        leave,
    );
}

//! Snapping: what is moved or resized comes to lie on edges, middles and equal gaps of
//! what is around it, and guides say on which.

mod gaps;
mod guide;
mod lines;

#[cfg(test)]
mod tests;

use shared::geometry::{Rect, Vec2};

pub use guide::{Axis, Guide};

use gaps::{equal_gaps, gap_guides};
use lines::{line_guides, lines_of, nearest_line};

/// Something snaps when it is nearer than this, in screen pixels.
pub const SNAP_PX: f64 = 8.0;

/// How far to go in order to snap, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapped {
    /// The way, at most the threshold along each axis.
    pub by: Vec2,
    /// What to show.
    pub guides: Vec<Guide>,
}

/// The sides that a resize moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four sides")]
pub struct Edges {
    /// Left.
    pub left: bool,
    /// Right.
    pub right: bool,
    /// Top.
    pub top: bool,
    /// Bottom.
    pub bottom: bool,
}

/// Where a moved box snaps among others: along each axis to the nearest edge or middle,
/// else to a place with equal gaps to its neighbours.
pub fn snap_move(moving: Rect, others: &[Rect], threshold: f64) -> Snapped {
    let line = |axis: Axis| nearest_line(axis, &lines_of(axis, moving), others, threshold);
    let (x_line, y_line) = (line(Axis::X), line(Axis::Y));
    let mut by = Vec2::new(x_line.unwrap_or(0.0), y_line.unwrap_or(0.0));
    // Which boxes stand in a row is told by where the lines have put this one.
    if x_line.is_none() {
        by.x = equal_gaps(Axis::X, moving + by, others, threshold).unwrap_or(0.0);
    }
    if y_line.is_none() {
        by.y = equal_gaps(Axis::Y, moving + by, others, threshold).unwrap_or(0.0);
    }
    // One way may have led out of the other one's row, or to the gap of a box behind the
    // next one: then there was no reason to go. One that is taken back may take the other along.
    for _ in 0..2 {
        let has_reason = |axis| gap_guides(axis, moving + by, others).is_some();
        let (x, y) = (has_reason(Axis::X), has_reason(Axis::Y));
        if x_line.is_none() && !x {
            by.x = 0.0;
        }
        if y_line.is_none() && !y {
            by.y = 0.0;
        }
    }
    let landed = moving + by;
    let mut guides = Vec::new();
    for axis in [Axis::X, Axis::Y] {
        // One axis may come to lie on a line or in a gap without having been pulled there.
        guides.extend(line_guides(axis, &lines_of(axis, landed), landed, others));
        guides.extend(gap_guides(axis, landed, others));
    }
    Snapped { by, guides }
}

/// Where the moved sides of a resized box snap to edges and middles of others.
pub fn snap_resize(rect: Rect, edges: Edges, others: &[Rect], threshold: f64) -> Snapped {
    let own = |axis: Axis| {
        let (from, to) = axis.span(rect);
        let (moves_from, moves_to) = match axis {
            Axis::X => (edges.left, edges.right),
            Axis::Y => (edges.top, edges.bottom),
        };
        [(moves_from, from), (moves_to, to)]
            .into_iter()
            .filter(|(moves, _)| *moves)
            .map(|(_, at)| at)
            .collect::<Vec<f64>>()
    };
    let along = |axis: Axis| nearest_line(axis, &own(axis), others, threshold).unwrap_or(0.0);
    let by = Vec2::new(along(Axis::X), along(Axis::Y));
    let landed = Rect::new(
        rect.x0 + if edges.left { by.x } else { 0.0 },
        rect.y0 + if edges.top { by.y } else { 0.0 },
        rect.x1 + if edges.right { by.x } else { 0.0 },
        rect.y1 + if edges.bottom { by.y } else { 0.0 },
    );
    let mut guides = Vec::new();
    for (axis, by) in [(Axis::X, by.x), (Axis::Y, by.y)] {
        let own: Vec<f64> = own(axis).into_iter().map(|at| at + by).collect();
        guides.extend(line_guides(axis, &own, landed, others));
    }
    Snapped { by, guides }
}

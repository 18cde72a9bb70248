//! What a line's end carries.

use super::Head;
use crate::geometry::{BezPath, Circle, Point, Shape, Vec2};

impl Head {
    /// Whether the shape is filled rather than stroked.
    pub fn is_filled(self) -> bool {
        matches!(self, Self::Triangle | Self::Diamond | Self::Circle)
    }
}

/// The head's shape in board space: its foremost point at `tip`, looking along
/// `direction` (of any length), for a line of `width` board units.
pub fn head(tip: Point, direction: Vec2, kind: Head, width: f64) -> Option<BezPath> {
    if kind == Head::None || !tip.is_finite() || !direction.is_finite() || !width.is_finite() {
        return None;
    }
    let along = if direction.hypot() > 1e-9 {
        direction.normalize()
    } else {
        Vec2::new(1.0, 0.0)
    };
    let side = Vec2::new(-along.y, along.x);
    let size = 7.0 + 2.5 * width.max(0.0);
    // Relative to the tip: so far back, so far to the side.
    let spot = |back: f64, aside: f64| tip - along * (back * size) + side * (aside * size);
    Some(match kind {
        Head::None => return None,
        Head::Arrow => open(&[spot(0.9, -0.5), tip, spot(0.9, 0.5)]),
        Head::Triangle => closed(&[tip, spot(1.0, 0.5), spot(1.0, -0.5)]),
        Head::Diamond => closed(&[tip, spot(0.65, 0.4), spot(1.3, 0.0), spot(0.65, -0.4)]),
        Head::Circle => Circle::new(spot(0.4, 0.0), 0.4 * size).to_path(0.01),
        Head::Bar => open(&[spot(0.0, -0.5), spot(0.0, 0.5)]),
    })
}

fn open(points: &[Point]) -> BezPath {
    let mut path = BezPath::new();
    for (at, point) in points.iter().enumerate() {
        if at == 0 {
            path.move_to(*point);
        } else {
            path.line_to(*point);
        }
    }
    path
}

fn closed(points: &[Point]) -> BezPath {
    let mut path = open(points);
    path.close_path();
    path
}

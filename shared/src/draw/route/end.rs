//! A terminal made ready: finite, with the spot that the line aims at.

use super::Terminal;
use crate::geometry::{BezPath, Point, Rect, Shape, Size, Vec2};

/// Farther out nothing is drawn, and squares of it are still exact enough.
const FAR: f64 = 1e9;

/// One end of a connector.
#[derive(Clone, Copy, Debug)]
pub(super) struct End<'a> {
    /// Closed path of the object; none for a free end.
    pub(super) outline: Option<&'a BezPath>,
    /// The object's box; of no size for a free end.
    pub(super) bounds: Rect,
    /// Where the line would go, were it not for the outline.
    pub(super) aim: Point,
    /// Whether the aim was chosen rather than the centre.
    pub(super) pinned: bool,
}

impl<'a> End<'a> {
    pub(super) fn of(terminal: &Terminal<'a>) -> Self {
        match *terminal {
            Terminal::Free(point) => {
                let aim = finite(point);
                Self {
                    outline: None,
                    bounds: Rect::from_origin_size(aim, Size::ZERO),
                    aim,
                    pinned: true,
                }
            }
            Terminal::Object {
                outline,
                bounds,
                pin,
            } => {
                let bounds =
                    Rect::from_points(finite(bounds.origin()), finite((bounds.x1, bounds.y1)));
                let pin = pin.filter(|pin| pin.is_finite());
                Self {
                    outline: Some(outline),
                    bounds,
                    aim: pin.map_or(bounds.center(), |pin| within(pin, bounds)),
                    pinned: pin.is_some(),
                }
            }
        }
    }

    /// Whether the end is bound to an object.
    pub(super) fn is_bound(&self) -> bool {
        self.outline.is_some()
    }

    /// Whether both ends are bound to the same object, or to two that cover
    /// each other exactly.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self.outline, other.outline) {
            (Some(a), Some(b)) => {
                self.bounds == other.bounds && (std::ptr::eq(a, b) || a.elements() == b.elements())
            }
            _ => false,
        }
    }

    /// How far the object reaches along a unit direction, from one side to the
    /// other, in board units. Without end for a free end: it limits nothing.
    pub(super) fn extent(&self, direction: Vec2) -> f64 {
        if self.is_bound() {
            self.bounds.width() * direction.x.abs() + self.bounds.height() * direction.y.abs()
        } else {
            f64::INFINITY
        }
    }

    /// Whether the outline has no extent, so that no line can cross it.
    pub(super) fn is_speck(&self) -> bool {
        self.outline.is_some_and(|outline| {
            let size = outline.control_box().size();
            outline.elements().is_empty() || size.width.max(size.height) < 1e-3
        })
    }

    /// Whether a spot lies inside the object.
    pub(super) fn covers(&self, point: Point) -> bool {
        self.outline.is_some_and(|outline| outline.contains(point))
    }
}

/// The nearest spot of a rectangle.
fn within(point: Point, rect: Rect) -> Point {
    Point::new(
        point.x.clamp(rect.x0, rect.x1),
        point.y.clamp(rect.y0, rect.y1),
    )
}

fn finite(point: impl Into<Point>) -> Point {
    let point = point.into();
    let tame = |value: f64| {
        if value.is_nan() {
            0.0
        } else {
            value.clamp(-FAR, FAR)
        }
    };
    Point::new(tame(point.x), tame(point.y))
}

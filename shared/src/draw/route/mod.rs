//! How a connector runs between two things.

pub use super::style::{Course, Head};
use crate::geometry::{BezPath, Point, Rect, Vec2};

/// What an end is bound to.
pub enum Terminal<'a> {
    /// An object.
    Object {
        /// outline
        outline: &'a BezPath,
        /// box
        bounds: Rect,
        /// pin
        pin: Option<Point>,
    },
    /// A point.
    Free(Point),
}

/// Place among the connectors between the same two things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// index
    pub index: usize,
    /// count
    pub count: usize,
    /// reversed
    pub reversed: bool,
}

/// Routed.
#[derive(Clone, Debug)]
pub struct Routed {
    /// path
    pub path: BezPath,
    /// start
    pub start: Point,
    /// end
    pub end: Point,
    /// dir
    pub start_direction: Vec2,
    /// dir
    pub end_direction: Vec2,
}

/// Routes.
pub fn route(from: &Terminal<'_>, to: &Terminal<'_>, _course: Course, _lane: Lane) -> Routed {
    let at = |t: &Terminal<'_>| match t {
        Terminal::Free(p) => *p,
        Terminal::Object { bounds, .. } => bounds.center(),
    };
    let (start, end) = (at(from), at(to));
    let mut path = BezPath::new();
    path.move_to(start);
    path.line_to(end);
    let d = (end - start) / (end - start).hypot().max(1e-9);
    Routed {
        path,
        start,
        end,
        start_direction: d,
        end_direction: d,
    }
}

impl Routed {
    /// at
    pub fn at(&self, share: f64) -> Point {
        self.start.lerp(self.end, share)
    }
    /// nearest
    pub fn nearest(&self, p: Point) -> (f64, f64) {
        let m = self.start.midpoint(self.end);
        (0.5, (p - m).hypot())
    }
    /// bounds
    pub fn bounds(&self) -> Rect {
        Rect::from_points(self.start, self.end)
    }
    /// crosses
    pub fn crosses(&self, rect: Rect) -> bool {
        !rect.intersect(self.bounds()).is_zero_area()
    }
    /// without
    pub fn without(&self, _label: Rect) -> BezPath {
        self.path.clone()
    }
}

/// head
pub fn head(_tip: Point, _direction: Vec2, _kind: Head, _width: f64) -> Option<BezPath> {
    None
}

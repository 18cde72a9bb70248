//! A connector's finished line, and questions about it.

use super::spine::touches;
use crate::geometry::{
    BezPath, Line, ParamCurve, ParamCurveNearest, PathEl, PathSeg, Point, Rect, Shape, Vec2,
    flatten,
};

/// How far the polyline behind the questions may lie off the path, in board
/// units.
const TOLERANCE: f64 = 0.1;

/// A routed connector, in board space.
#[derive(Clone, Debug)]
pub struct Routed {
    /// The line: one open path of at least one segment.
    pub path: BezPath,
    /// Where it begins.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
    /// Unit direction in which it leaves its start.
    pub start_direction: Vec2,
    /// Unit direction in which it arrives at its end.
    pub end_direction: Vec2,
    /// The path's polyline, each point with the arc length up to it.
    knots: Vec<(Point, f64)>,
}

impl Routed {
    /// Of a path that is one open line of at least one segment.
    pub(super) fn new(path: BezPath) -> Self {
        let mut knots: Vec<(Point, f64)> = Vec::with_capacity(8);
        flatten(&path, TOLERANCE, |element| {
            if let PathEl::MoveTo(point) | PathEl::LineTo(point) = element {
                let length = knots
                    .last()
                    .map_or(0.0, |&(last, length)| length + last.distance(point));
                knots.push((point, length));
            }
        });
        let ends = (knots.first(), knots.last());
        let start = ends.0.map_or(Point::ORIGIN, |knot| knot.0);
        let end = ends.1.map_or(Point::ORIGIN, |knot| knot.0);
        let forth = path.segments().find_map(leaving);
        let back = path.elements().len().checked_sub(1);
        let back = (1..=back.unwrap_or(0)).rev().find_map(|at| {
            path.get_seg(at)
                .map(|segment| segment.reverse())
                .and_then(leaving)
        });
        let right = Vec2::new(1.0, 0.0);
        Self {
            start_direction: forth.unwrap_or(right),
            end_direction: back.map_or(right, |back| -back),
            path,
            start,
            end,
            knots,
        }
    }

    /// Arc length, in board units.
    pub fn length(&self) -> f64 {
        self.knots.last().map_or(0.0, |knot| knot.1)
    }

    /// The spot at a share of the arc length, 0 to 1.
    pub fn at(&self, share: f64) -> Point {
        if share >= 1.0 {
            return self.end;
        }
        let length = self.length() * share;
        match self.stretch(length) {
            Some((a, b)) if share > 0.0 && b.1 > a.1 => a.0.lerp(b.0, (length - a.1) / (b.1 - a.1)),
            _ => self.start,
        }
    }

    /// The share of the arc length, 0 to 1, at which the line comes nearest to
    /// a spot, and how near, in board units.
    pub fn nearest(&self, point: Point) -> (f64, f64) {
        let mut best = (0.0, self.start.distance_squared(point));
        for pair in self.knots.windows(2) {
            let ((a, begin), (b, end)) = (pair[0], pair[1]);
            if end > begin {
                let near = Line::new(a, b).nearest(point, TOLERANCE);
                if near.distance_sq < best.1 {
                    best = (begin + (end - begin) * near.t, near.distance_sq);
                }
            }
        }
        let length = self.length();
        let share = if length > 0.0 { best.0 / length } else { 0.0 };
        (share, best.1.sqrt())
    }

    /// The line's box, without its width.
    pub fn bounds(&self) -> Rect {
        self.path.bounding_box()
    }

    /// Whether the line and a rectangle have a spot in common.
    pub fn crosses(&self, rect: Rect) -> bool {
        let rect = rect.abs();
        self.knots.windows(2).any(|pair| {
            let line = Line::new(pair[0].0, pair[1].0);
            touches(line.bounding_box(), rect)
                && (holds(rect, line.p0)
                    || holds(rect, line.p1)
                    || edges(rect).any(|edge| !PathSeg::Line(edge).intersect_line(line).is_empty()))
        })
    }

    /// The path broken where a label's box lies, with a new beginning after
    /// the gap. Empty if the box covers all of it.
    pub fn without(&self, label: Rect) -> BezPath {
        let label = label.abs();
        let mut path = BezPath::new();
        let mut drawing = false;
        for segment in self.path.segments() {
            let cuts = cuts(segment, label);
            for pair in cuts.windows(2) {
                if holds(label, segment.eval((pair[0] + pair[1]) / 2.0)) {
                    drawing = false;
                    continue;
                }
                let part = segment.subsegment(pair[0]..pair[1]);
                if !drawing {
                    path.move_to(part.start());
                }
                path.push(part.as_path_el());
                drawing = true;
            }
        }
        path
    }

    /// The polyline's stretch at an arc length.
    fn stretch(&self, length: f64) -> Option<((Point, f64), (Point, f64))> {
        let after = self.knots.partition_point(|knot| knot.1 <= length);
        let after = after.min(self.knots.len().saturating_sub(1));
        let before = after.checked_sub(1)?;
        Some((*self.knots.get(before)?, *self.knots.get(after)?))
    }
}

/// The shares of a segment between which it is either inside or outside.
fn cuts(segment: PathSeg, rect: Rect) -> Vec<f64> {
    let mut cuts = vec![0.0, 1.0];
    for edge in edges(rect) {
        let hits = segment.intersect_line(edge);
        cuts.extend(hits.iter().map(|hit| hit.segment_t.clamp(0.0, 1.0)));
    }
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    cuts
}

fn edges(rect: Rect) -> impl Iterator<Item = Line> {
    let corners = [
        Point::new(rect.x0, rect.y0),
        Point::new(rect.x1, rect.y0),
        Point::new(rect.x1, rect.y1),
        Point::new(rect.x0, rect.y1),
    ];
    (0..4).map(move |at| Line::new(corners[at], corners[(at + 1) % 4]))
}

/// Whether a rectangle holds a spot, edges included.
fn holds(rect: Rect, point: Point) -> bool {
    touches(rect, Rect::from_points(point, point))
}

/// Unit direction in which a segment leaves its start.
fn leaving(segment: PathSeg) -> Option<Vec2> {
    let cubic = segment.to_cubic();
    [cubic.p1, cubic.p2, cubic.p3]
        .into_iter()
        .map(|point| point - cubic.p0)
        .find(|way| way.hypot() > 1e-9)
        .map(Vec2::normalize)
}

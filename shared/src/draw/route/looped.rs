//! Lines from an object to itself: a loop outside its top right corner.

use super::{
    Course, FAN,
    corners::rounded,
    end::End,
    lanes::Lane,
    spine::{Reach, Spine},
};
use crate::geometry::{BezPath, CubicBez, Line, PathSeg, Point};

/// The drawn path: up out of the top side and from the right into the right
/// side.
pub(super) fn path(end: &End, course: Course, lane: Lane) -> BezPath {
    let (bounds, nth) = (end.bounds, lane.index as f64);
    // How far from the corner it leaves and arrives.
    let inset = (16.0 + 14.0 * nth).min(bounds.width().min(bounds.height()) / 2.0);
    let inner = (
        Point::new(bounds.x1 - inset, bounds.center().y),
        Point::new(bounds.center().x, bounds.y0 + inset),
    );
    let (top, right) = (
        Point::new(inner.0.x, bounds.y0),
        Point::new(bounds.x1, inner.1.y),
    );
    if course == Course::Elbow {
        let out = FAN * (nth + 1.0);
        let (x, y) = (bounds.x1 + out, bounds.y0 - out);
        let corners = [(inner.0.x, y), (x, y), (x, inner.1.y)].map(Point::from);
        let points = [&[inner.0], &corners[..], &[inner.1]].concat();
        return rounded(&Spine::through(&points).between(end, end, Reach::Outer));
    }
    let reach = 56.0 + 1.75 * FAN * nth;
    let spine = Spine::new(vec![
        PathSeg::Line(Line::new(inner.0, top)),
        PathSeg::Cubic(CubicBez::new(
            top,
            top - (0.0, reach),
            right + (reach, 0.0),
            right,
        )),
        PathSeg::Line(Line::new(right, inner.1)),
    ]);
    BezPath::from_path_segments(spine.between(end, end, Reach::Outer).into_iter())
}

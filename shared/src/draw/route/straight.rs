//! Straight lines, and what stands in for any line between objects that cover
//! each other's middle.

use super::{
    end::End,
    lanes::Lane,
    spine::{Reach, Spine},
};
use crate::geometry::{BezPath, Line, Point, Vec2};

/// The drawn path.
pub(super) fn path(from: &End, to: &End, lane: Lane) -> BezPath {
    if let Some(line) = stacked(from, to, lane) {
        return BezPath::from_path_segments([line.into()].into_iter());
    }
    let along = direction(from.aim, to.aim);
    let shift = shift(from, to, lane, along);
    let line = Line::new(from.aim + shift, to.aim + shift);
    let spine = bent(from, to, line);
    BezPath::from_path_segments(spine.between(from, to, Reach::Whole).into_iter())
}

/// A unit direction; to the right if the two spots fall together.
pub(super) fn direction(from: Point, to: Point) -> Vec2 {
    let way = to - from;
    if way.hypot() > 1e-9 {
        way.normalize()
    } else {
        Vec2::new(1.0, 0.0)
    }
}

/// Sideways unit vector of the pair's canonical direction, so that opposite
/// connectors count their lanes from the same side.
pub(super) fn sideways(along: Vec2, lane: Lane) -> Vec2 {
    let side = Vec2::new(-along.y, along.x);
    if lane.reversed { -side } else { side }
}

/// How far a lane lies beside the line from aim to aim.
fn shift(from: &End, to: &End, lane: Lane, along: Vec2) -> Vec2 {
    let side = sideways(along, lane);
    let room = from.extent(side).min(to.extent(side));
    side * (lane.centred() * lane.spacing(room))
}

/// The lane's line; an end at which it would pass its terminal by bends
/// towards the aim.
fn bent(from: &End, to: &End, line: Line) -> Spine {
    let straight = Spine::through(&[line.p0, line.p1]);
    let (leaves, arrives) = (
        straight.leaves(from, Reach::Whole),
        straight.arrives(to, Reach::Whole),
    );
    let passes = |end: &End, spot: Point, crossed: Option<f64>| {
        spot != end.aim && (end.is_speck() || crossed.is_none() && !end.covers(spot))
    };
    let (from_passes, to_passes) = (passes(from, line.p0, leaves), passes(to, line.p1, arrives));
    if !from_passes && !to_passes {
        return straight;
    }
    // The bend is done before the middle of what is seen.
    let length = straight.length();
    let begin = leaves.filter(|_| !from_passes).unwrap_or(0.0);
    let end = arrives.filter(|_| !to_passes).unwrap_or(length);
    let aside = (line.p0 - from.aim).hypot();
    let bend = (2.0 * aside).min((end - begin).max(0.0) / 3.0);
    let knee = (line.p1 - line.p0) * (bend / length.max(1e-9));
    let mut points = vec![line.p0];
    if from_passes {
        points = vec![from.aim, line.p0 + knee];
    }
    if to_passes {
        points.extend([line.p1 - knee, to.aim]);
    } else {
        points.push(line.p1);
    }
    Spine::through(&points)
}

/// The line between two objects each of which covers both aims: from one
/// outline to the other, where they differ. None if this is not the case.
pub(super) fn stacked(from: &End, to: &End, lane: Lane) -> Option<Line> {
    let deep = |end: &End, other: &End| !end.is_bound() || end.covers(other.aim);
    let both = from.is_bound() && to.is_bound() || from.aim == to.aim;
    if !both || !deep(from, to) || !deep(to, from) {
        return None;
    }
    // One way for both directions, or the reverse connector would look
    // different.
    let along = direction(from.aim, to.aim);
    let along = if (along.x, along.y) < (0.0, 0.0) {
        -along
    } else {
        along
    };
    let side = Vec2::new(-along.y, along.x);
    let room = from.extent(side).min(to.extent(side));
    let aside = side * (lane.centred() * lane.spacing(room));
    let middle = from.aim.midpoint(to.aim) + aside;
    let size = from.bounds.union(to.bounds).size();
    let ray = Spine::through(&[middle, middle + along * (size.width + size.height + 1.0)]);
    let a = ray.leaves(from, Reach::Whole).unwrap_or(0.0);
    let b = ray.leaves(to, Reach::Whole).unwrap_or(0.0);
    let room = b - a;
    if room.abs() < 1.0 {
        return None;
    }
    let gap = |end: &End| {
        let gap = if end.is_bound() { super::GAP } else { 0.0 };
        gap.min(room.abs() / 4.0) * room.signum()
    };
    Some(Line::new(
        middle + along * (a + gap(from)),
        middle + along * (b - gap(to)),
    ))
}

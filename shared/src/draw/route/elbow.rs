//! Horizontal and vertical runs with rounded corners.

use super::{
    FAN, GAP,
    end::End,
    lanes::Lane,
    spine::{Reach, Spine},
    straight::direction,
};
use crate::geometry::{BezPath, PathSeg, Point, Rect};

/// Radius of a corner, in board units; less where a run is short.
const RADIUS: f64 = 8.0;

/// How far a run that goes round objects stays away from them, in board units.
const CLEAR: f64 = 24.0;

/// How much room a bound end needs for a run away from its side, in board
/// units.
const STUB: f64 = GAP + 3.0;

/// A step smaller than this, in board units, is evened out where ends may
/// slide.
const STEP: f64 = 12.0;

/// The drawn path.
pub(super) fn path(from: &End, to: &End, lane: Lane) -> BezPath {
    let spine = Spine::through(&corners(from, to, lane, (1.0, 1.0)));
    let hit = (
        !from.is_bound() || spine.leaves(from, Reach::Outer).is_some(),
        !to.is_bound() || spine.arrives(to, Reach::Outer).is_some(),
    );
    // An outline narrower than its box may not reach as far as the lane: such
    // an end goes to the aim instead.
    let spine = if hit == (true, true) {
        spine
    } else {
        let share = |hit: bool| if hit { 1.0 } else { 0.0 };
        Spine::through(&corners(from, to, lane, (share(hit.0), share(hit.1))))
    };
    rounded(&spine.between(from, to, Reach::Outer))
}

/// The spine's corners, from aim to aim. `shares` says how much of the lane's
/// offset each end takes.
fn corners(from: &End, to: &End, lane: Lane, shares: (f64, f64)) -> Vec<Point> {
    let (a, b) = (Stop::of(from, shares.0), Stop::of(to, shares.1));
    let need = STUB * (f64::from(u8::from(a.bound)) + f64::from(u8::from(b.bound)));
    let (beside, above) = (a.room(&b), a.turned().room(&b.turned()));
    let way = b.aim - a.aim;
    let mut points = if beside >= need && beside >= above {
        across(&a, &b, lane)
    } else if above >= need {
        turned(across(&a.turned(), &b.turned(), lane))
    } else if way.x.abs() >= way.y.abs() && way.x.abs() >= 2.0 * RADIUS {
        over(&a, &b, lane)
    } else if way.y.abs() >= 2.0 * RADIUS {
        turned(over(&a.turned(), &b.turned(), lane))
    } else if a.rank() < b.rank() {
        let mut points = around(&b, &a, lane);
        points.reverse();
        points
    } else {
        around(&a, &b, lane)
    };
    points.dedup();
    if points.len() == 1 {
        points.push(points[0]);
    }
    points
}

/// An end in either orientation: what is done sideways is done upwards with
/// the axes exchanged.
#[derive(Clone, Copy, Debug)]
struct Stop {
    bounds: Rect,
    aim: Point,
    bound: bool,
    pinned: bool,
    share: f64,
}

impl Stop {
    fn of(end: &End, share: f64) -> Self {
        Self {
            bounds: end.bounds,
            aim: end.aim,
            bound: end.is_bound(),
            pinned: end.pinned,
            share: if end.is_bound() { share } else { 0.0 },
        }
    }

    fn turned(&self) -> Self {
        let Rect { x0, y0, x1, y1 } = self.bounds;
        Self {
            bounds: Rect::new(y0, x0, y1, x1),
            aim: turn(self.aim),
            ..*self
        }
    }

    /// Horizontal distance between two boxes; negative where they overlap.
    fn room(&self, other: &Self) -> f64 {
        let (a, b) = (self.bounds, other.bounds);
        (b.x0 - a.x1).max(a.x0 - b.x1)
    }

    /// Where a lane that lies so far aside leaves, as far as the side reaches.
    fn height(&self, shift: f64) -> f64 {
        let Rect { y0, y1, .. } = self.bounds;
        let inset = 2.0_f64.min((y1 - y0) / 2.0);
        let aim = self.aim.y;
        let shifted = aim + shift * self.share;
        // A pin may be nearer to the corner than a lane.
        shifted.clamp(aim.min(y0 + inset), aim.max(y1 - inset))
    }

    /// Tells two ends apart, whichever is from and to.
    fn rank(&self) -> (f64, f64, f64) {
        (self.bounds.area(), self.aim.x, self.aim.y)
    }

    /// Whether the end may slide to this height.
    fn may_slide(&self, y: f64) -> bool {
        !self.pinned && y >= self.bounds.y0 + RADIUS && y <= self.bounds.y1 - RADIUS
    }
}

/// From one object's side to the facing side of the other.
fn across(a: &Stop, b: &Stop, lane: Lane) -> Vec<Point> {
    let rightwards = b.bounds.x0 - a.bounds.x1 >= a.bounds.x0 - b.bounds.x1;
    let (leave, arrive) = if rightwards {
        (a.bounds.x1, b.bounds.x0)
    } else {
        (a.bounds.x0, b.bounds.x1)
    };
    let shift = lane.centred() * lane.spacing(narrower(a, b, Rect::height));
    let (ya, yb) = evened(a, b, a.height(shift), b.height(shift));
    if ya == yb {
        return vec![Point::new(a.aim.x, ya), Point::new(b.aim.x, yb)];
    }
    // The lane that lies lower turns downwards earlier, so that the fan does
    // not cross itself.
    let room = ((arrive - leave).abs() - 2.0 * STUB).max(0.0);
    let step = FAN.min(room / lane.count as f64);
    let sense = if rightwards == (yb > ya) { -1.0 } else { 1.0 };
    let middle = (leave + arrive) / 2.0 + sense * lane.centred() * step;
    vec![
        Point::new(a.aim.x, ya),
        Point::new(middle, ya),
        Point::new(middle, yb),
        Point::new(b.aim.x, yb),
    ]
}

/// The two heights, made one where a small step can be spared.
fn evened(a: &Stop, b: &Stop, ya: f64, yb: f64) -> (f64, f64) {
    let middle = (ya + yb) / 2.0;
    if (ya - yb).abs() >= STEP {
        (ya, yb)
    } else if a.may_slide(middle) && b.may_slide(middle) {
        (middle, middle)
    } else if a.may_slide(yb) {
        (yb, yb)
    } else if b.may_slide(ya) {
        (ya, ya)
    } else {
        (ya, yb)
    }
}

/// Out of both top sides and over both objects, for want of room between them.
fn over(a: &Stop, b: &Stop, lane: Lane) -> Vec<Point> {
    let spacing = lane.spacing(narrower(a, b, Rect::width));
    let shift = lane.centred() * spacing * (b.aim.x - a.aim.x).signum();
    let top = a.bounds.y0.min(b.bounds.y0) - CLEAR - spacing * lane.index as f64;
    let (xa, xb) = (a.turned().height(-shift), b.turned().height(shift));
    vec![
        Point::new(xa, a.aim.y),
        Point::new(xa, top),
        Point::new(xb, top),
        Point::new(xb, b.aim.y),
    ]
}

/// Out of the top side, round the top right corner and into the right side,
/// for objects on top of each other.
fn around(a: &Stop, b: &Stop, lane: Lane) -> Vec<Point> {
    let room = narrower(a, b, Rect::width).min(narrower(a, b, Rect::height));
    let spacing = lane.spacing(room);
    let (shift, out) = (
        lane.centred() * spacing,
        CLEAR + spacing * lane.index as f64,
    );
    let both = a.bounds.union(b.bounds);
    let (x, y) = (both.x1 + out, both.y0 - out);
    let (leave, arrive) = (a.turned().height(-shift), b.height(shift));
    vec![
        Point::new(leave, a.aim.y),
        Point::new(leave, y),
        Point::new(x, y),
        Point::new(x, arrive),
        Point::new(b.aim.x, arrive),
    ]
}

/// The smaller of two objects' sides; a free end limits nothing.
fn narrower(a: &Stop, b: &Stop, side: fn(&Rect) -> f64) -> f64 {
    let side = |stop: &Stop| {
        if stop.bound {
            side(&stop.bounds)
        } else {
            f64::INFINITY
        }
    };
    side(a).min(side(b))
}

fn turn(point: Point) -> Point {
    Point::new(point.y, point.x)
}

fn turned(points: Vec<Point>) -> Vec<Point> {
    points.into_iter().map(turn).collect()
}

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

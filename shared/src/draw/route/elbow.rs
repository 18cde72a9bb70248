//! Horizontal and vertical runs with rounded corners.

use super::{
    FAN, GAP,
    corners::{RADIUS, rounded},
    end::End,
    lanes::Lane,
    spine::{Reach, Spine},
    stop::{Stop, turn},
};
use crate::geometry::{BezPath, Point};

/// How far a run that goes round objects stays away from them, in board units.
const CLEAR: f64 = 24.0;

/// How much room a bound end needs for a run and a turn, in board units.
const TURN: f64 = 2.0 * RADIUS;

/// How much room two bound ends need for a run without a turn, in board units.
const RUN: f64 = 2.0 * GAP + 2.0;

/// Two objects nearer than this, in board units, are joined without a turn
/// where ends may slide.
const NEAR: f64 = 48.0;

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
    // Looked at from the same end for both directions, or the reverse
    // connector would look different.
    let mut points = if a.rank() < b.rank() {
        let mut points = choose(&b, &a, lane);
        points.reverse();
        points
    } else {
        choose(&a, &b, lane)
    };
    points.dedup();
    if points.len() == 1 {
        points.push(points[0]);
    }
    points
}

/// The corners of the simplest course there is room for.
fn choose(a: &Stop, b: &Stop, lane: Lane) -> Vec<Point> {
    let (a_turned, b_turned) = (&a.turned(), &b.turned());
    let (beside, above) = (a.room(b), a_turned.room(b_turned));
    let way = b.aim - a.aim;
    let (wide, tall) = (way.x.abs() >= TURN, way.y.abs() >= TURN);
    // Past the far side of one that lies behind the other a course would cross it.
    let (is_beside, is_above) = (beside >= 0.0, above >= 0.0);
    if beside >= above && beside >= needed(a, b, lane) {
        across(a, b, lane)
    } else if above >= needed(a_turned, b_turned, lane) {
        turned(across(a_turned, b_turned, lane))
    } else if beside >= needed(a, b, lane) {
        across(a, b, lane)
    } else if let Some(points) = bend(a, b, lane) {
        points
    } else if let Some(points) = bend(a_turned, b_turned, lane) {
        turned(points)
    } else if (beside >= above && (wide || is_beside)) || (wide && !tall && !is_above) {
        over(a, b, lane)
    } else if tall || is_above {
        turned(over(a_turned, b_turned, lane))
    } else {
        around(a, b, lane)
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
    let (ya, yb) = level(a, b, lane).map_or_else(
        || {
            let height = |stop: &Stop| stop.height(lane.centred() * lane.spacing(stop.side()));
            (height(a), height(b))
        },
        |y| (y, y),
    );
    if ya == yb {
        return vec![Point::new(a.aim.x, ya), Point::new(b.aim.x, yb)];
    }
    // The lane that lies lower turns downwards earlier, so that the fan does
    // not cross itself.
    let room = ((arrive - leave).abs() - TURN).max(0.0);
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

/// How far apart two boxes must be for a run from one to the other.
fn needed(a: &Stop, b: &Stop, lane: Lane) -> f64 {
    match (a.bound, b.bound) {
        (true, true) if level(a, b, lane).is_some() => RUN,
        (true, true) => 2.0 * TURN,
        (false, false) => 0.0,
        _ => TURN,
    }
}

/// The one height for both ends, where the step between them can be spared.
fn level(a: &Stop, b: &Stop, lane: Lane) -> Option<f64> {
    let near = a.bound && b.bound && a.room(b) < NEAR;
    if !near && (a.aim.y - b.aim.y).abs() >= STEP {
        return None;
    }
    let (a_slide, b_slide) = (a.slide(), b.slide());
    let (low, high) = (a_slide.0.max(b_slide.0), a_slide.1.min(b_slide.1));
    let steps = (lane.count - 1) as f64;
    if high - low < 12.0 * steps {
        return None;
    }
    let step = FAN.min((high - low) / steps.max(1.0));
    let half = step * steps / 2.0;
    let middle = (a.aim.y + b.aim.y) / 2.0;
    // Rounding may leave the fan a hair's breadth too wide.
    let (low, high) = (low + half, (high - half).max(low + half));
    Some(middle.clamp(low, high) + lane.centred() * step)
}

/// Out of the right or left side and, after one turn, into the top or bottom,
/// if there is room for it.
fn bend(a: &Stop, b: &Stop, lane: Lane) -> Option<Vec<Point>> {
    let way = b.aim - a.aim;
    let (leave, right) = if way.x > 0.0 {
        (a.bounds.x1, 1.0)
    } else {
        (a.bounds.x0, -1.0)
    };
    let (arrive, down) = if way.y > 0.0 {
        (b.bounds.y0, 1.0)
    } else {
        (b.bounds.y1, -1.0)
    };
    let shift = lane.centred() * lane.spacing(a.side().min(b.turned().side()));
    let (x, y) = (b.turned().height(-shift * right * down), a.height(shift));
    let room = ((x - leave) * right).min((arrive - y) * down);
    (room >= TURN).then(|| {
        vec![
            Point::new(a.aim.x, y),
            Point::new(x, y),
            Point::new(x, b.aim.y),
        ]
    })
}

/// Out of both top sides and over both objects, for want of room between them.
fn over(a: &Stop, b: &Stop, lane: Lane) -> Vec<Point> {
    let spacing = lane.spacing(a.turned().side().min(b.turned().side()));
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
    let sides = [a, b].map(|stop| stop.side().min(stop.turned().side()));
    let spacing = lane.spacing(sides[0].min(sides[1]));
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

fn turned(points: Vec<Point>) -> Vec<Point> {
    points.into_iter().map(turn).collect()
}

//! The shape of ink: from the points of a pen to one closed, smooth outline.
//!
//! The points are steadied and spaced (`spine`), each becomes a place to the
//! left and one to the right of the pen's way, and the outline runs along the
//! left, around the end, back along the right and around the start. The places
//! steer quadratic curves that meet halfway between them.

use std::f64::consts::PI;

use super::{InkPoint, NO_PRESSURE, RADIUS_FULL, RADIUS_LIGHT, sane, sane_width};
use crate::geometry::{BezPath, Point, Vec2};

/// How far a steadied point follows the pen, of the way there.
const FOLLOW: f64 = 0.6;
/// How far, in widths, steadying may take a point from the pen.
const LAG_MAX: f64 = 0.25;
/// Points closer together than this, in widths, are one.
const GAP_MIN: f64 = 0.25;
/// Points farther apart than this, in widths, get some in between: curves cut
/// corners by a part of the gap.
const GAP_MAX: f64 = 1.5;
/// The ends get narrower over this length, in widths, or over a third of the stroke.
const TAPER: f64 = 3.0;
/// How broad the very end is, of what it would be.
const TAPER_TO: f64 = 0.45;
/// Two steps whose directions agree less than this (a cosine) make a corner.
const CORNER: f64 = 0.5;
/// The angle, in radians, between the places along a round end or corner.
const ARC_STEP: f64 = PI / 8.0;
/// How far, in radians, ink may wind in a circle too small for it before it is closed.
const ROUND_AFTER: f64 = PI / 2.0;
/// A gap of this many widths is as fast as a pen gets.
const FAST: f64 = 4.0;
/// The length, in widths, over which the pressure follows the speed.
const EASE: f64 = 6.0;
/// The pressure of a pen at rest and of one as fast as it gets.
const PRESSURE_SLOW: f64 = 0.7;
const PRESSURE_FAST: f64 = 0.2;

/// A point of the spine: where, and half the ink's breadth there, in board units.
#[derive(Clone, Copy)]
struct Knot {
    at: Point,
    radius: f64,
}

/// The shape of a stroke of a width (board units, at middle pressure): one
/// closed path to be filled by the nonzero rule, in the points' space. A dot
/// for one point, empty for none. Where no point has a pressure but
/// `NO_PRESSURE`, the ink gets thinner with speed.
pub fn outline(points: &[InkPoint], width: f64) -> BezPath {
    let width = sane_width(width);
    let knots = spine(&press_by_speed(points, width), width);
    match knots.as_slice() {
        [] => BezPath::new(),
        [dot] => {
            let mut places = Vec::new();
            arc(&mut places, *dot, Vec2::new(0.0, dot.radius), 2.0 * PI);
            places.pop();
            smooth(&places)
        }
        knots => smooth(&around(knots)),
    }
}

/// The points with pressures made from speed, as far as the gaps between points
/// tell it, if all have `NO_PRESSURE`; otherwise just the points. To be done
/// once, when the pen is lifted and before `simplify` widens the gaps. Width in
/// board units.
pub fn press_by_speed(points: &[InkPoint], width: f64) -> Vec<InkPoint> {
    let width = sane_width(width);
    let mut points: Vec<_> = sane(points).collect();
    if points.iter().any(|point| point.pressure != NO_PRESSURE) {
        return points;
    }
    let mut pressure = f64::from(NO_PRESSURE);
    for i in 1..points.len() {
        let gap = points[i].at.distance(points[i - 1].at) / width;
        let speed = (gap / FAST).min(1.0);
        let target = PRESSURE_SLOW + (PRESSURE_FAST - PRESSURE_SLOW) * speed;
        pressure += (target - pressure) * (1.0 - (-gap / EASE).exp());
        points[i].pressure = pressure as f32;
    }
    points
}

/// The points steadied, evenly enough spaced, and as broad as the ink is there.
fn spine(points: &[InkPoint], width: f64) -> Vec<Knot> {
    let points = spaced(steadied(points, width), width);
    let mut along = 0.0;
    let mut before = None;
    let lengths: Vec<f64> = points
        .iter()
        .map(|point| {
            along += before.map_or(0.0, |before| point.at.distance(before));
            before = Some(point.at);
            along
        })
        .collect();
    let taper = (TAPER * width).min(along / 3.0);
    let one = points.len() == 1;
    points
        .iter()
        .zip(lengths)
        .map(|(point, length)| {
            let to_end = length.min(along - length);
            let share = if one { 1.0 } else { (to_end / taper).min(1.0) };
            let pressure = f64::from(point.pressure);
            let radius = width * (RADIUS_LIGHT + (RADIUS_FULL - RADIUS_LIGHT) * pressure);
            Knot {
                at: point.at,
                radius: radius * (TAPER_TO + (1.0 - TAPER_TO) * share * (2.0 - share)),
            }
        })
        .collect()
}

/// The points without the tremble of a hand. The ends stay where they are.
fn steadied(points: &[InkPoint], width: f64) -> Vec<InkPoint> {
    let mut steady: Vec<InkPoint> = Vec::with_capacity(points.len());
    for (i, &point) in points.iter().enumerate() {
        let next = match steady.last() {
            Some(before) if i + 1 < points.len() => {
                let mut next = before.lerp(point, FOLLOW);
                let lag = next.at.distance(point.at);
                if lag > LAG_MAX * width {
                    next.at = point.at.lerp(next.at, LAG_MAX * width / lag);
                }
                next
            }
            _ => point,
        };
        steady.push(next);
    }
    steady
}

/// The points with none too close to the one before and some put into long gaps.
fn spaced(points: Vec<InkPoint>, width: f64) -> Vec<InkPoint> {
    let last = points.len().saturating_sub(1);
    let mut out: Vec<InkPoint> = Vec::with_capacity(points.len());
    for (i, point) in points.into_iter().enumerate() {
        let close = |before: &InkPoint| before.at.distance(point.at) < GAP_MIN * width;
        // The end takes the place of what is too close to it.
        while i == last && out.len() > 1 && out.last().is_some_and(close) {
            out.pop();
        }
        let Some(&before) = out.last() else {
            out.push(point);
            continue;
        };
        if close(&before) {
            continue;
        }
        let gaps = before.at.distance(point.at) / (GAP_MAX * width);
        if gaps <= 4.0 {
            let parts = gaps.ceil();
            out.extend((1..parts as usize).map(|k| before.lerp(point, k as f64 / parts)));
        } else {
            // In the middle of a long straight nothing happens.
            let near = [1.0, 2.0, gaps - 2.0, gaps - 1.0];
            out.extend(near.map(|k| before.lerp(point, k / gaps)));
        }
        out.push(point);
    }
    out
}

/// The places around two or more knots: along the left, around the end, back
/// along the right, around the start. Left is a quarter turn on from ahead.
fn around(knots: &[Knot]) -> Vec<Point> {
    let steps: Vec<Vec2> = knots.windows(2).map(|k| k[1].at - k[0].at).collect();
    let ways: Vec<Vec2> = steps.iter().map(|step| *step / step.hypot()).collect();
    let turns: Vec<f64> = ways
        .windows(2)
        .map(|way| way[0].cross(way[1]).atan2(way[0].dot(way[1])))
        .collect();
    let (first, last) = (knots[0], knots[knots.len() - 1]);
    let (way_in, way_out) = (ways[0], ways[ways.len() - 1]);

    let mut left = Vec::with_capacity(knots.len() * 2 + 32);
    let mut right = Vec::with_capacity(knots.len() + 16);
    let mut wound = 0.0;
    for (i, &turn) in turns.iter().enumerate() {
        let knot = knots[i + 1];
        let before = quarter(ways[i]) * knot.radius;
        let (outer, inner, side) = if turn > 0.0 {
            (&mut right, &mut left, -1.0)
        } else {
            (&mut left, &mut right, 1.0)
        };
        let half = turn.abs() / 2.0;
        let middle = turned(before, turn / 2.0) * side;
        let bend = bend(&steps, &turns, i) / knot.radius;
        let corner = turn.cos() < CORNER;
        let room = steps[i].hypot().min(steps[i + 1].hypot());
        let meet = knot.radius * half.tan() <= room;
        let depth = if corner && meet {
            1.0 / half.cos()
        } else if corner && bend >= 1.0 {
            // Too short to meet: each edge covers what the other lacks.
            0.0
        } else {
            bend.min(1.0)
        };
        // In a circle smaller than the ink is broad, edges inside cannot be
        // trusted: once in a while a whole round at a knot closes the gaps.
        wound = if bend < 1.0 { wound + turn.abs() } else { 0.0 };
        let round = wound >= ROUND_AFTER || (corner && !meet);
        if round {
            wound = 0.0;
        }
        inner.push(knot.at - middle * depth);
        if round || corner {
            let more = if round { 2.0 * PI } else { 0.0 };
            arc(outer, knot, before * side, turn + more.copysign(turn));
        } else {
            outer.push(knot.at + middle);
        }
    }
    let mut places = Vec::with_capacity(left.len() + right.len() + 20);
    arc(&mut places, first, -quarter(way_in) * first.radius, -PI);
    places.append(&mut left);
    arc(&mut places, last, quarter(way_out) * last.radius, -PI);
    places.extend(right.into_iter().rev());
    places
}

/// The radius of the pen's way at a turn, in board units, if it goes on turning
/// to one side there. Ink broader than that would fold over inside.
fn bend(steps: &[Vec2], turns: &[f64], i: usize) -> f64 {
    let near = i.saturating_sub(1)..(i + 2).min(turns.len());
    let count = near.len() as f64;
    if near.len() < 2 || turns[near.clone()].iter().any(|t| t * turns[i] <= 0.0) {
        return f64::INFINITY;
    }
    // There is one step more than there are turns between them.
    let length: f64 = steps[near.start..=near.end].iter().map(|s| s.hypot()).sum();
    let angle: f64 = turns[near].iter().map(|t| t.abs()).sum();
    (length / (count + 1.0)) / (angle / count)
}

/// Adds the places of an arc around a knot, from one end to the other.
fn arc(places: &mut Vec<Point>, knot: Knot, from: Vec2, angle: f64) {
    let parts = (angle.abs() / ARC_STEP).ceil().max(1.0);
    places.extend((0..=parts as usize).map(|k| knot.at + turned(from, angle * k as f64 / parts)));
}

fn quarter(v: Vec2) -> Vec2 {
    Vec2::new(-v.y, v.x)
}

fn turned(v: Vec2, angle: f64) -> Vec2 {
    let (sin, cos) = angle.sin_cos();
    v * cos + quarter(v) * sin
}

/// The closed path of curves steered by some places, meeting halfway between them.
fn smooth(places: &[Point]) -> BezPath {
    let (Some(&first), Some(&last)) = (places.first(), places.last()) else {
        return BezPath::new();
    };
    let mut path = BezPath::with_capacity(places.len() + 2);
    path.move_to(last.midpoint(first));
    for (i, &place) in places.iter().enumerate() {
        let next = places.get(i + 1).copied().unwrap_or(first);
        path.quad_to(place, place.midpoint(next));
    }
    path.close_path();
    path
}

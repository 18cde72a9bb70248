//! Arcs.

use super::{
    FAN,
    end::End,
    lanes::Lane,
    spine::{Reach, Spine},
    straight::{direction, sideways, stacked},
};
use crate::geometry::{BezPath, CubicBez, Vec2};

/// How far a lone arc's middle lies beside the straight line, as a share of
/// the distance, and at most, in board units.
const BOW: (f64, f64) = (0.18, 120.0);

/// The drawn path.
pub(super) fn path(from: &End, to: &End, lane: Lane) -> BezPath {
    if let Some(line) = stacked(from, to, lane) {
        return BezPath::from_path_segments([line.into()].into_iter());
    }
    let way = to.aim - from.aim;
    // A curve's middle lies three quarters of the way to its handles.
    let out = bow(from, to, lane) * swell(from, to) / 0.75;
    let spine = Spine::curve(CubicBez::new(
        from.aim,
        from.aim + way * 0.3 + out,
        to.aim - way * 0.3 + out,
        to.aim,
    ));
    BezPath::from_path_segments(spine.between(from, to, Reach::Whole).into_iter())
}

/// Where the curve's middle lies relative to the straight line's.
fn bow(from: &End, to: &End, lane: Lane) -> Vec2 {
    let along = direction(from.aim, to.aim);
    let distance = from.aim.distance(to.aim);
    if lane.count == 1 {
        // Upwards whichever way it runs, so that the reverse connector is the
        // same arc.
        let side = Vec2::new(-along.y, along.x);
        let side = if (side.y, side.x) < (0.0, 0.0) {
            side
        } else {
            -side
        };
        return side * (distance * BOW.0).min(BOW.1);
    }
    // An odd fan is moved by half a step, or its middle one were straight.
    let odd = (lane.count % 2) as f64 / 2.0;
    let step = (distance * 0.12).clamp(FAN, 3.0 * FAN);
    sideways(along, lane) * ((lane.centred() + odd) * step)
}

/// How much more the whole curve must bow for the middle of what is seen of it
/// to bow as meant: between a large and a small object that is near one end.
fn swell(from: &End, to: &End) -> f64 {
    let line = Spine::through(&[from.aim, to.aim]);
    let length = line.length();
    let begin = line.leaves(from, Reach::Whole).unwrap_or(0.0);
    let end = line.arrives(to, Reach::Whole).unwrap_or(length);
    let middle = ((begin + end) / 2.0 / length.max(1e-9)).clamp(0.1, 0.9);
    (0.25 / (middle * (1.0 - middle))).min(3.0)
}

//! Thinning a stroke: the points without which it would still look the same
//! are left out (Ramer, Douglas and Peucker, with pressure as a third axis).

use super::{InkPoint, distance_to_segment, sane};

/// A change from no to full pressure weighs as much as this many board units.
const PRESSURE_SPAN: f64 = 6.0;

/// The fewest of the points such that each one left out is within a tolerance,
/// in board units, of the line through those kept. The first and the last stay.
/// Where the device has no pressure, run `press_by_speed` before: afterwards
/// the gaps no longer tell the speed.
pub fn simplify(points: &[InkPoint], tolerance: f64) -> Vec<InkPoint> {
    let points: Vec<_> = sane(points).collect();
    let Some(last) = points.len().checked_sub(1) else {
        return points;
    };
    let tolerance = tolerance.max(0.0);
    let space = |point: &InkPoint| {
        [
            point.at.x,
            point.at.y,
            f64::from(point.pressure) * PRESSURE_SPAN,
        ]
    };
    let mut kept = vec![false; points.len()];
    kept[0] = true;
    kept[last] = true;
    // Its own stack: a hostile stroke would nest calls thousands deep.
    let mut spans = vec![(0, last)];
    while let Some((from, to)) = spans.pop() {
        let (start, end) = (space(&points[from]), space(&points[to]));
        let farthest = (from + 1..to)
            .map(|i| (i, distance_to_segment(space(&points[i]), start, end)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((i, distance)) = farthest
            && distance > tolerance
        {
            kept[i] = true;
            spans.push((from, i));
            spans.push((i, to));
        }
    }
    points
        .into_iter()
        .zip(kept)
        .filter_map(|(point, kept)| kept.then_some(point))
        .collect()
}

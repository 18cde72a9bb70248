//! Ink: its shape, its thinning, its bytes.

use kurbo::{PathEl, Shape};
use proptest::{collection::vec, prelude::*};

use super::*;
use crate::geometry::BezPath;

fn ink(points: &[(f64, f64)]) -> Vec<InkPoint> {
    points
        .iter()
        .map(|&at| InkPoint::new(at, NO_PRESSURE))
        .collect()
}

fn circle(radius: f64, rounds: f64, steps: usize, pressure: f32) -> Vec<InkPoint> {
    (0..=steps)
        .map(|i| {
            let angle = std::f64::consts::TAU * rounds * i as f64 / steps as f64;
            InkPoint::new((radius * angle.cos(), radius * angle.sin()), pressure)
        })
        .collect()
}

fn assert_sound(points: &[InkPoint], width: f64, path: &BezPath) {
    assert!(path.is_finite(), "{path:?}");
    let elements = path.elements();
    assert!(matches!(elements.first(), Some(PathEl::MoveTo(_))));
    assert!(matches!(elements.last(), Some(PathEl::ClosePath)));
    let curves = &elements[1..elements.len() - 1];
    assert!(
        curves
            .iter()
            .all(|element| matches!(element, PathEl::QuadTo(..)))
    );
    assert_eq!(
        elements[0].end_point(),
        curves.last().and_then(PathEl::end_point)
    );
    let drawn = path.bounding_box();
    let near = drawn.inflate(width, width);
    for point in points {
        assert!(near.contains(point.at), "{point:?} is not in {near:?}");
    }
    let room = bounds(points, width).inflate(1e-6, 1e-6);
    assert_eq!(room.union(drawn), room, "more is drawn than was said");
}

/// How broad a path is along a vertical line, scanned in twentieths of a unit.
fn breadth(path: &BezPath, x: f64) -> f64 {
    (-2_000..2_000)
        .filter(|&y| path.winding(Point::new(x, f64::from(y) / 20.0)) != 0)
        .count() as f64
        / 20.0
}

#[test]
fn no_point_draws_nothing_and_one_draws_a_dot_of_the_width() {
    assert!(outline(&[], 4.0).elements().is_empty());
    assert!(outline(&[InkPoint::new((f64::NAN, 0.0), 0.5)], 4.0).is_empty());
    for same in 1..4 {
        let points = ink(&vec![(10.0, 20.0); same]);
        let dot = outline(&points, 4.0);
        assert_sound(&points, 4.0, &dot);
        let area = dot.area().abs();
        assert!((area - std::f64::consts::PI * 4.0).abs() < 1.0, "{area}");
        assert!((dot.bounding_box().center() - Point::new(10.0, 20.0)).hypot() < 0.1);
        assert!((dot.bounding_box().width() - 4.0).abs() < 0.2);
    }
}

#[test]
fn a_line_has_round_narrower_ends_and_its_width_between() {
    let line: Vec<_> = (0..=100)
        .map(|x| InkPoint::new((f64::from(x), 0.0), if x == 0 { 0.51 } else { 0.5 }))
        .collect();
    let path = outline(&line, 10.0);
    assert_sound(&line, 10.0, &path);
    let [start, middle, end] = [0.5, 50.0, 99.5].map(|x| breadth(&path, x));
    assert!((middle - 10.0).abs() < 0.3, "{middle}");
    assert!(start < 7.0 && start > 3.0, "{start}");
    assert!(end < 7.0 && end > 3.0, "{end}");
    let drawn = path.bounding_box();
    assert!(drawn.x0 < -1.5 && drawn.x1 > 101.5, "{drawn:?}");
}

#[test]
fn pressure_makes_ink_broader_and_speed_thinner() {
    let line = |gap: f64, pressure| -> Vec<_> {
        (0..=200)
            .map(|i| InkPoint::new((f64::from(i) * gap, 0.0), pressure))
            .collect()
    };
    let at_middle = |points: &[InkPoint]| breadth(&outline(points, 10.0), points[100].at.x);
    assert!(at_middle(&line(1.0, 1.0)) > at_middle(&line(1.0, 0.1)) + 5.0);
    let (slow, fast) = (line(1.0, NO_PRESSURE), line(50.0, NO_PRESSURE));
    assert!(at_middle(&slow) > at_middle(&fast) + 3.0);

    let pressed = press_by_speed(&slow, 10.0);
    assert_eq!(outline(&pressed, 10.0), outline(&slow, 10.0));
    assert_eq!(press_by_speed(&pressed, 10.0), pressed);
    // Thinned to its gaps, it is still as slow as it was.
    let thin = simplify(&pressed, 0.2);
    assert!(thin.len() < 20, "{}", thin.len());
    assert!((breadth(&outline(&thin, 10.0), 100.0) - at_middle(&slow)).abs() < 0.5);
}

#[test]
fn small_circles_corners_and_reversals_have_no_holes() {
    for radius in [0.5, 1.0, 2.0, 3.0, 4.0] {
        for rounds in [1.0, 1.5, 3.0] {
            for steps in [8, 30, 90] {
                let points = circle(radius, rounds, steps, 0.6);
                let path = outline(&points, 10.0);
                assert_sound(&points, 10.0, &path);
                for x in -4..=4 {
                    let at = Point::new(f64::from(x) * radius / 4.0, 0.0);
                    assert!(
                        path.winding(at) != 0,
                        "{at:?} of {radius} x {rounds}, {steps} steps"
                    );
                }
            }
        }
    }
    for bow in [0.0, 0.5, 5.0, 20.0, 40.0, 80.0, 150.0] {
        let points = ink(&[(0.0, 0.0), (100.0, 0.0), (0.0, bow), (100.0, 2.0 * bow)]);
        let points = press_by_speed(&points, 8.0);
        let path = outline(&points, 8.0);
        assert_sound(&points, 8.0, &path);
        for pair in points.windows(2) {
            for k in 0..=50 {
                let at = pair[0].at.lerp(pair[1].at, f64::from(k) / 50.0);
                assert!(path.winding(at) != 0, "{at:?} at bow {bow}");
            }
        }
    }
}

#[test]
fn simplify_leaves_out_what_lies_on_the_way() {
    let line: Vec<_> = (0..100).map(|x| (f64::from(x), 3.0)).collect();
    assert_eq!(simplify(&ink(&line), 0.1), ink(&[line[0], line[99]]));
    let corner = ink(&[(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]);
    assert_eq!(simplify(&corner, 0.5).len(), 3);
    assert_eq!(simplify(&corner, 0.05), corner);
    let mut pressed = ink(&[(0.0, 0.0), (5.0, 0.0), (10.0, 0.0)]);
    pressed[1].pressure = 1.0;
    assert_eq!(simplify(&pressed, 0.5), pressed, "pressure counts too");
    assert!(simplify(&[], 1.0).is_empty());
    assert_eq!(simplify(&corner[..1], 1.0), corner[..1]);
}

#[test]
fn the_bytes_of_a_stroke_stay_as_they_are() {
    let points = ink(&[(0.0, 12.8), (-0.1, 12.8), (20.0, 0.0)]);
    let bytes = pack(&points);
    assert_eq!(
        bytes,
        [1, 0, 128, 2, 127, 1, 0, 127, 146, 3, 255, 1, 127],
        "what is stored must be read for ever"
    );
    assert_eq!(unpack(&bytes), Ok(points));
}

#[test]
fn what_is_no_stroke_is_refused() {
    assert_eq!(unpack(&[1]), Ok(Vec::new()));
    assert_eq!(unpack(&[]), Err(InkError::Version));
    assert_eq!(unpack(&[2, 0, 0, 0]), Err(InkError::Version));
    assert_eq!(unpack(&[1, 0, 0]), Err(InkError::CutShort));
    let far = [1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0];
    assert_eq!(unpack(&far), Err(InkError::OutOfRange));
    assert_eq!(
        unpack(&[[1].as_slice(), &[0xff; 40]].concat()),
        Err(InkError::OutOfRange)
    );

    let mut bytes = vec![1];
    bytes.resize(1 + 3 * POINTS_MAX, 0);
    assert_eq!(unpack(&bytes).unwrap().len(), POINTS_MAX);
    bytes.extend([0; 3]);
    assert_eq!(unpack(&bytes), Err(InkError::TooManyPoints));
}

#[test]
fn a_stroke_of_too_many_points_is_thinned_and_one_too_far_brought_back() {
    let long: Vec<_> = (0..10_000).map(|i| (f64::from(i), 0.0)).collect();
    let read = unpack(&pack(&ink(&long))).unwrap();
    assert_eq!(read.len(), POINTS_MAX);
    assert_eq!((read[0].at.x, read[POINTS_MAX - 1].at.x), (0.0, 9_999.0));
    let far = ink(&[(f64::MAX, -f64::MAX), (f64::NAN, 0.0), (0.0, f64::INFINITY)]);
    assert_eq!(unpack(&pack(&far)), Ok(ink(&[(COORD_MAX, -COORD_MAX)])));
}

#[test]
fn a_hit_is_within_the_ink_and_its_slack() {
    let line = ink(&[(0.0, 0.0), (100.0, 0.0)]);
    assert!(hit(&line, 4.0, Point::new(50.0, 2.0), 0.0));
    assert!(!hit(&line, 4.0, Point::new(50.0, 6.0), 0.0));
    assert!(hit(&line, 4.0, Point::new(50.0, 6.0), 4.0));
    assert!(!hit(&line, 4.0, Point::new(110.0, 0.0), 4.0));
    assert!(!hit(&[], 4.0, Point::ORIGIN, 100.0));
}

#[test]
fn local_points_start_at_the_corner_of_the_bounds() {
    let line = ink(&[(30.0, 40.0), (10.0, 90.0)]);
    let (corner, local) = to_local(&line, 10.0);
    assert_eq!(corner, Point::new(3.0, 33.0));
    assert_eq!(local, ink(&[(27.0, 7.0), (7.0, 57.0)]));
    assert_eq!(bounds(&local, 10.0).origin(), Point::ORIGIN);
    assert_eq!(to_local(&[], 10.0), (Point::ORIGIN, Vec::new()));
}

fn stroke() -> impl Strategy<Value = Vec<InkPoint>> {
    let far = vec((-1e5..1e5f64, -1e5..1e5f64), 1..40);
    let near = vec((-40.0..40.0f64, -40.0..40.0f64), 1..60);
    // On a coarse grid: equal points, straight lines, reversals.
    let grid = vec((-2..=2i8, -2..=2i8), 1..40).prop_map(|all| {
        all.into_iter()
            .map(|(x, y)| (f64::from(x) * 5.0, f64::from(y) * 5.0))
            .collect()
    });
    (
        prop_oneof![far, near, grid],
        vec(0.0..=1.0f32, 60),
        any::<bool>(),
    )
        .prop_map(|(places, pressures, pressed)| {
            places
                .into_iter()
                .zip(pressures)
                .map(|(at, p)| InkPoint::new(at, if pressed { p } else { NO_PRESSURE }))
                .collect()
        })
}

proptest! {
    #[test]
    fn packed_points_come_back(points in stroke()) {
        let back = unpack(&pack(&points)).unwrap();
        prop_assert_eq!(back.len(), points.len());
        for (a, b) in points.iter().zip(&back) {
            prop_assert!((a.at.x - b.at.x).abs() <= 0.05 + 1e-9);
            prop_assert!((a.at.y - b.at.y).abs() <= 0.05 + 1e-9);
            prop_assert!((a.pressure - b.pressure).abs() <= 0.002);
        }
        prop_assert_eq!(unpack(&pack(&back)).unwrap(), back);
    }

    #[test]
    fn arbitrary_bytes_never_panic(version in 0..3u8, rest in vec(any::<u8>(), 0..300)) {
        let bytes = [[version].as_slice(), &rest].concat();
        if let Ok(points) = unpack(&bytes) {
            prop_assert!(points.capacity() <= POINTS_MAX);
            prop_assert!(points.iter().all(|p| p.at.x.abs() <= COORD_MAX));
            outline(&points, 4.0);
        }
    }

    #[test]
    fn an_outline_is_sound(points in stroke(), width in 0.5..60.0f64) {
        assert_sound(&points, width, &outline(&points, width));
    }

    #[test]
    fn nonsense_is_no_danger(
        points in vec((any::<f64>(), any::<f64>(), any::<f32>()), 0..20), width in any::<f64>()
    ) {
        let points: Vec<_> = points.into_iter().map(|(x, y, p)| InkPoint::new((x, y), p)).collect();
        prop_assert!(outline(&points, width).is_finite());
        prop_assert!(bounds(&points, width).is_finite());
        hit(&points, width, Point::new(width, 0.0), width);
        simplify(&points, width);
        pack(&to_local(&points, width).1);
    }

    #[test]
    fn simplify_keeps_the_ends_and_the_tolerance(points in stroke(), tolerance in 0.0..20.0f64) {
        let thin = simplify(&points, tolerance);
        prop_assert_eq!(thin.first(), points.first());
        prop_assert_eq!(thin.last(), points.last());
        for point in &points {
            let at = [point.at.x, point.at.y, 0.0];
            let flat = |p: &InkPoint| [p.at.x, p.at.y, 0.0];
            let near = thin.len() == 1 || thin.windows(2).any(|pair| {
                distance_to_segment(at, flat(&pair[0]), flat(&pair[1])) <= tolerance + 1e-6
            });
            prop_assert!(near, "{point:?}");
        }
    }

    #[test]
    fn every_point_is_hit(points in stroke(), width in 0.5..60.0f64) {
        for point in &points {
            prop_assert!(hit(&points, width, point.at, 0.0));
        }
    }
}

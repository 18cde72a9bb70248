//! Ends, lanes and loops; the rest in files of their own.

mod elbows;
mod finished;
mod properties;

use super::*;
use crate::geometry::{
    Affine, BezPath, Circle, ParamCurve, ParamCurveNearest, PathSeg, Point, Rect, Shape, Vec2,
};

const COURSES: [Course; 3] = [Course::Straight, Course::Curved, Course::Elbow];

/// An object of a test: its outline and its box.
#[derive(Clone, Debug)]
struct Thing(BezPath, Rect);

impl Thing {
    fn rect(rect: Rect) -> Self {
        Self(rect.to_path(0.1), rect)
    }

    fn diamond(center: (f64, f64), side: f64) -> Self {
        let square = Rect::from_center_size(center, (side, side)).to_path(0.1);
        let path = Affine::rotate_about(0.25 * std::f64::consts::PI, center) * square;
        let bounds = path.bounding_box();
        Self(path, bounds)
    }

    fn end(&self) -> Terminal<'_> {
        self.pinned(None)
    }

    fn pinned(&self, pin: Option<Point>) -> Terminal<'_> {
        Terminal::Object {
            outline: &self.0,
            bounds: self.1,
            pin,
        }
    }

    fn distance(&self, point: Point) -> f64 {
        let near = self.0.segments().map(|part| part.nearest(point, 1e-3));
        near.map(|near| near.distance_sq)
            .fold(f64::INFINITY, f64::min)
            .sqrt()
    }
}

fn square(x: f64, y: f64) -> Thing {
    Thing::rect(Rect::from_origin_size((x, y), (100.0, 100.0)))
}

fn lane(index: usize, count: usize) -> Lane {
    Lane {
        index,
        count,
        reversed: false,
    }
}

fn alone(from: &Terminal, to: &Terminal, course: Course) -> Routed {
    route(from, to, course, Lane::ALONE)
}

fn close(a: Point, b: Point) -> bool {
    a.distance(b) < 1e-6
}

fn assert_sound(line: &Routed) {
    assert!(line.path.is_finite(), "{:?}", line.path);
    assert!(line.path.segments().count() > 0, "{:?}", line.path);
    assert!(line.length().is_finite());
    for way in [line.start_direction, line.end_direction] {
        assert!((way.hypot() - 1.0).abs() < 1e-6, "{way:?}");
    }
    assert_eq!((line.at(0.0), line.at(1.0)), (line.start, line.end));
    for step in 0..=8 {
        let share = f64::from(step) / 8.0;
        let (near, distance) = line.nearest(line.at(share));
        assert!(distance < 1e-3 && (0.0..=1.0).contains(&near), "{share}");
    }
}

fn assert_axis_parallel(line: &Routed) {
    for part in line.path.segments() {
        if let PathSeg::Line(part) = part {
            let way = part.p1 - part.p0;
            assert!(way.x.abs().min(way.y.abs()) < 1e-6, "{:?}", line.path);
        }
    }
}

#[test]
fn a_straight_line_runs_from_outline_to_outline() {
    let (a, b) = (square(0.0, 0.0), square(300.0, 0.0));
    let line = alone(&a.end(), &b.end(), Course::Straight);
    assert_eq!(
        (line.start, line.end),
        (Point::new(105.0, 50.0), Point::new(295.0, 50.0))
    );
    assert_eq!(line.start_direction, Vec2::new(1.0, 0.0));
    assert_eq!(line.end_direction, Vec2::new(1.0, 0.0));
    assert!((line.length() - 190.0).abs() < 1e-9);
    assert!(close(line.at(0.5), Point::new(200.0, 50.0)));
}

#[test]
fn free_ends_have_no_gap() {
    let (a, spot) = (square(0.0, 0.0), Point::new(200.0, 77.0));
    for course in COURSES {
        let line = alone(&a.end(), &Terminal::Free(spot), course);
        assert!(close(line.end, spot), "{course:?} {:?}", line.path);
        let line = route(&Terminal::Free(spot), &a.end(), course, lane(2, 3));
        assert!(close(line.start, spot), "{course:?} {:?}", line.path);
    }
}

#[test]
fn a_pinned_end_aims_at_its_pin() {
    let (a, b) = (square(0.0, 0.0), square(300.0, 0.0));
    let line = alone(
        &a.pinned(Some(Point::new(90.0, 20.0))),
        &b.pinned(Some(Point::new(310.0, 20.0))),
        Course::Straight,
    );
    assert_eq!(
        (line.start, line.end),
        (Point::new(105.0, 20.0), Point::new(295.0, 20.0))
    );
    let pin = Some(Point::new(50.0, 20.0));
    let line = alone(&a.pinned(pin), &b.end(), Course::Elbow);
    assert!(close(line.start, Point::new(105.0, 20.0)));
    assert!(close(line.end, Point::new(295.0, 50.0)));
}

#[test]
fn round_and_rotated_outlines_are_met_where_they_are() {
    let circle = Circle::new((0.0, 0.0), 50.0);
    let round = Thing(circle.to_path(0.01), circle.bounding_box());
    let diamond = Thing::diamond((300.0, 220.0), 100.0);
    for course in COURSES {
        let line = alone(&round.end(), &diamond.end(), course);
        let start = line.start.to_vec2().hypot();
        assert!((start - 55.0).abs() < 0.5, "{course:?} {start}");
        assert!(diamond.distance(line.end) <= GAP + 0.01, "{course:?}");
        assert!(!diamond.0.contains(line.end));
    }
}

#[test]
fn straight_lanes_are_parallel_and_apart() {
    let (a, b) = (square(0.0, 0.0), square(300.0, 0.0));
    let ys: Vec<_> = (0..3)
        .map(|index| {
            let line = route(&a.end(), &b.end(), Course::Straight, lane(index, 3));
            assert_eq!(line.start_direction, Vec2::new(1.0, 0.0));
            line.at(0.5).y
        })
        .collect();
    assert_eq!(ys, [22.0, 50.0, 78.0]);
    let back = Lane {
        index: 2,
        count: 3,
        reversed: true,
    };
    let line = route(&b.end(), &a.end(), Course::Straight, back);
    assert!(close(line.at(0.5), Point::new(200.0, 78.0)));
}

#[test]
fn lanes_of_a_small_object_bend_towards_it() {
    let (a, b) = (
        Thing::rect(Rect::new(0.0, 0.0, 10.0, 10.0)),
        square(300.0, -45.0),
    );
    let line = route(&a.end(), &b.end(), Course::Straight, lane(0, 5));
    assert!(a.distance(line.start) <= GAP + 0.01, "{:?}", line.path);
    assert!((line.at(0.6).y - 5.0).abs() > 20.0, "{:?}", line.path);
}

#[test]
fn arcs_bow_and_fan_out() {
    let (a, b) = (square(0.0, 0.0), square(300.0, 0.0));
    let lone = alone(&a.end(), &b.end(), Course::Curved);
    assert!(lone.at(0.5).y < 10.0, "{:?}", lone.path);
    let mut ys: Vec<_> = (0..3)
        .map(|index| route(&a.end(), &b.end(), Course::Curved, lane(index, 3)))
        .map(|line| line.at(0.5).y)
        .collect();
    ys.sort_by(f64::total_cmp);
    assert!(ys.windows(2).all(|pair| pair[1] - pair[0] > 10.0), "{ys:?}");
    assert!(ys.iter().all(|y| (y - 50.0).abs() > 5.0), "{ys:?}");
}

#[test]
fn loops_lie_outside_and_grow() {
    for thing in [square(0.0, 0.0), Thing::diamond((50.0, 50.0), 100.0)] {
        for course in COURSES {
            let fan: Vec<_> = (0..3)
                .map(|index| route(&thing.end(), &thing.end(), course, lane(index, 3)))
                .collect();
            for line in &fan {
                assert_sound(line);
                assert!((0..=20).all(|step| !thing.0.contains(line.at(f64::from(step) / 20.0))));
                let bounds = line.bounds();
                assert!(bounds.x1 > thing.1.x1 && bounds.y0 < thing.1.y0);
            }
            let sizes: Vec<_> = fan.iter().map(|line| line.bounds().area()).collect();
            assert!(sizes[0] < sizes[1] && sizes[1] < sizes[2], "{sizes:?}");
        }
    }
}

#[test]
fn an_object_in_the_middle_of_another_is_joined_to_its_edge() {
    let (a, b) = (
        Thing::rect(Rect::new(-200.0, -200.0, 300.0, 300.0)),
        square(0.0, 0.0),
    );
    let line = alone(&a.end(), &b.end(), Course::Straight);
    assert!(
        close(line.start, Point::new(295.0, 50.0)),
        "{:?}",
        line.path
    );
    assert!(close(line.end, Point::new(105.0, 50.0)), "{:?}", line.path);
}

#[test]
fn damaged_numbers_do_no_harm() {
    let nan = f64::NAN;
    let broken = Thing::rect(Rect::new(nan, 0.0, f64::INFINITY, 10.0));
    let empty = Thing(BezPath::new(), Rect::ZERO);
    let ends = [
        broken.end(),
        broken.pinned(Some(Point::new(nan, nan))),
        empty.end(),
        Terminal::Free(Point::new(nan, f64::INFINITY)),
        Terminal::Free(Point::ORIGIN),
    ];
    for (from, to) in ends.iter().flat_map(|from| ends.map(|to| (from, to))) {
        for course in COURSES {
            for lane in [Lane::ALONE, lane(usize::MAX, 0), lane(7, usize::MAX)] {
                let line = route(from, &to, course, lane);
                assert!(line.path.is_finite(), "{from:?} {to:?} {:?}", line.path);
                assert!(line.path.segments().count() > 0);
            }
        }
    }
}

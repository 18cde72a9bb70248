//! Elbows.

use super::*;

#[test]
fn elbows_leave_and_arrive_square_to_the_sides() {
    let right = Vec2::new(1.0, 0.0);
    let down = Vec2::new(0.0, 1.0);
    let a = square(0.0, 0.0);
    for (spot, leave, arrive) in [
        ((300.0, 120.0), right, right),
        ((120.0, 300.0), down, down),
        ((-300.0, 60.0), -right, -right),
        // No room for two turns, but for one.
        ((115.0, 130.0), down, right),
        // No room between the two: over both.
        ((105.0, 40.0), -down, down),
        ((30.0, 104.0), -right, right),
        // On top of each other: round the corner.
        ((8.0, 4.0), -down, -right),
    ] {
        let b = square(spot.0, spot.1);
        let line = alone(&a.end(), &b.end(), Course::Elbow);
        assert_axis_parallel(&line);
        let ways = (line.start_direction, line.end_direction);
        let swapped = (-arrive, -leave);
        assert!(
            ways == (leave, arrive) || ways == swapped,
            "{spot:?} {ways:?} {:?}",
            line.path
        );
    }
}

#[test]
fn elbow_corners_are_rounded_and_small_steps_evened_out() {
    let (a, b) = (square(0.0, 0.0), square(300.0, 120.0));
    let line = alone(&a.end(), &b.end(), Course::Elbow);
    let arcs: Vec<_> = line
        .path
        .segments()
        .filter(|part| matches!(part, PathSeg::Cubic(_)))
        .collect();
    assert_eq!(arcs.len(), 2);
    assert!(close(arcs[0].start(), Point::new(192.0, 50.0)));
    assert!(close(arcs[0].end(), Point::new(200.0, 58.0)));
    let line = alone(&a.end(), &square(300.0, 10.0).end(), Course::Elbow);
    assert_eq!(line.path.segments().count(), 1);
}

#[test]
fn elbow_lanes_do_not_meet() {
    let a = square(0.0, 0.0);
    for spot in [
        (300.0, 150.0),
        (300.0, -150.0),
        (-300.0, 150.0),
        (105.0, 30.0),
    ] {
        let b = square(spot.0, spot.1);
        let fan: Vec<_> = (0..3)
            .map(|index| route(&a.end(), &b.end(), Course::Elbow, lane(index, 3)))
            .collect();
        for (i, j) in [(0, 1), (1, 2), (0, 2)] {
            let near = (0..=100)
                .map(|step| fan[i].nearest(fan[j].at(f64::from(step) / 100.0)).1)
                .fold(f64::INFINITY, f64::min);
            assert!(near > 4.0, "{spot:?} {i} {j} {near}");
        }
    }
}

#[test]
fn elbows_of_near_objects_run_without_a_turn() {
    let (a, b) = (square(0.0, 0.0), square(118.0, 60.0));
    for index in 0..2 {
        let line = route(&a.end(), &b.end(), Course::Elbow, lane(index, 2));
        assert_eq!(line.path.segments().count(), 1, "{:?}", line.path);
        assert!(line.start.y > 60.0 && line.start.y < 100.0);
    }
    let pinned = a.pinned(Some(Point::new(50.0, 20.0)));
    let line = alone(&pinned, &b.end(), Course::Elbow);
    assert!(line.path.segments().count() > 1, "{:?}", line.path);
}

#[test]
fn elbows_of_flat_objects_close_together_cross_neither() {
    // Found by random boxes: too near for a run, too flat for a bend.
    let above = Rect::new(-40.0, 80.0, 60.0, 95.625);
    let below = Rect::new(-40.0, 100.0, -20.0, 100.0);
    let turned = |rect: Rect| Rect::new(rect.y0, rect.x0, rect.y1, rect.x1);
    for (a, b) in [(above, below), (turned(above), turned(below))] {
        let (from, to) = (Thing::rect(a), Thing::rect(b));
        let line = alone(&from.end(), &to.end(), Course::Elbow);
        for step in 0..=40 {
            let spot = line.at(f64::from(step) / 40.0);
            let crosses = [a, b].iter().any(|rect| rect.inset(-0.5).contains(spot));
            assert!(!crosses, "{spot:?} {:?}", line.path);
        }
    }
}

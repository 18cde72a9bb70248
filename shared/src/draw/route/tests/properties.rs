//! What holds for any two boxes, any course and any lane.

use proptest::prelude::*;

use super::*;

fn rects() -> impl Strategy<Value = Rect> {
    // A coarse grid makes equal, nested and touching ones frequent.
    let side = prop_oneof![
        Just(0.0),
        (1u8..12).prop_map(|n| f64::from(n) * 20.0),
        1.0..300.0
    ];
    let place = prop_oneof![(-10i8..10).prop_map(|n| f64::from(n) * 20.0), -600.0..600.0];
    (place.clone(), place, side.clone(), side)
        .prop_map(|(x, y, width, height)| Rect::from_origin_size((x, y), (width, height)))
}

fn courses() -> impl Strategy<Value = Course> {
    prop::sample::select(&COURSES[..])
}

fn places() -> impl Strategy<Value = Lane> {
    (1usize..9, 0usize..9, any::<bool>()).prop_map(|(count, index, reversed)| Lane {
        index: index % count,
        count,
        reversed,
    })
}

fn apart(a: Rect, b: Rect) -> bool {
    let b = b.inset(2.0);
    a.x1 < b.x0 || b.x1 < a.x0 || a.y1 < b.y0 || b.y1 < a.y0
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000,
        max_global_rejects: 100_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_line_is_sound(a in rects(), b in rects(), course in courses(), lane in places()) {
        let (from, to) = (Thing::rect(a), Thing::rect(b));
        for (from, to) in [
            (from.end(), to.end()),
            (Terminal::Free(a.origin()), to.end()),
            (from.pinned(Some(a.origin())), Terminal::Free(b.center())),
            (Terminal::Free(a.origin()), Terminal::Free(b.origin())),
        ] {
            let line = route(&from, &to, course, lane);
            assert_sound(&line);
            if course == Course::Elbow {
                assert_axis_parallel(&line);
            }
            let label = Rect::from_center_size(line.at(0.5), (60.0, 24.0));
            prop_assert!(line.without(label).is_finite());
            prop_assert!(line.crosses(label));
        }
    }

    #[test]
    fn ends_lie_just_outside(a in rects(), b in rects(), course in courses(), lane in places()) {
        prop_assume!(apart(a, b));
        let (from, to) = (Thing::rect(a), Thing::rect(b));
        let line = route(&from.end(), &to.end(), course, lane);
        for (thing, spot) in [(&from, line.start), (&to, line.end)] {
            let distance = thing.distance(spot);
            prop_assert!(distance <= GAP + 0.5, "{distance} {:?}", line.path);
            prop_assert!(!thing.1.inset(-0.01).contains(spot), "{:?}", line.path);
        }
    }

    #[test]
    fn own_objects_stay_clear(a in rects(), b in rects(), course in courses(), lane in places()) {
        prop_assume!(apart(a, b));
        let (from, to) = (Thing::rect(a), Thing::rect(b));
        let line = route(&from.end(), &to.end(), course, lane);
        for step in 0..=40 {
            let spot = line.at(f64::from(step) / 40.0);
            let inside = [a, b].iter().any(|rect| rect.inset(-0.5).contains(spot));
            prop_assert!(!inside, "{spot:?} {:?}", line.path);
        }
    }

    #[test]
    fn the_reverse_looks_the_same(a in rects(), b in rects(), course in courses()) {
        prop_assume!(a != b);
        let (from, to) = (Thing::rect(a), Thing::rect(b));
        let forth = alone(&from.end(), &to.end(), course);
        let back = alone(&to.end(), &from.end(), course);
        for step in 0..=10 {
            let share = f64::from(step) / 10.0;
            let (p, q) = (forth.at(share), back.at(1.0 - share));
            prop_assert!(p.distance(q) < 0.5, "{p:?} {q:?}\n{:?}\n{:?}", forth.path, back.path);
        }
    }

    #[test]
    fn lanes_are_told_apart(
        a in rects(),
        b in rects(),
        large in any::<bool>(),
        course in prop::sample::select(&COURSES[..2]),
        backwards in any::<[bool; 6]>(),
        count in 2usize..=6,
    ) {
        // A fan has room on a large object, and on the way between far ones.
        let grow = |rect: Rect, by: f64| rect.inflate(by, by);
        let (a, b) = if large { (grow(a, 50.0), grow(b, 50.0)) } else { (a, b) };
        prop_assume!(large || apart(grow(a, 100.0), grow(b, 100.0)));
        // Arcs between objects on top of each other are cut by both outlines.
        prop_assume!(course == Course::Straight || apart(grow(a, 10.0), grow(b, 10.0)));
        let (from, to) = (Thing::rect(a), Thing::rect(b));
        let middles: Vec<_> = (0..count)
            .map(|index| {
                let lane = Lane { index, count, reversed: backwards[index] && a != b };
                if lane.reversed {
                    route(&to.end(), &from.end(), course, lane).at(0.5)
                } else {
                    route(&from.end(), &to.end(), course, lane).at(0.5)
                }
            })
            .collect();
        for i in 0..count {
            for j in 0..i {
                let distance = middles[i].distance(middles[j]);
                prop_assert!(distance >= 10.0, "{i} {j} {distance} {middles:?}");
            }
        }
    }
}

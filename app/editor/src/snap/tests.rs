//! Examples by hand, and what holds for any boxes.

use proptest::prelude::*;
use shared::geometry::{Rect, Vec2};

use super::*;

fn square(x: f64, y: f64) -> Rect {
    Rect::new(x, y, x + 100.0, y + 100.0)
}

#[test]
fn edges_and_middles_pull() {
    let others = [square(0.0, 0.0)];
    let by = |x: f64, y: f64| snap_move(square(x, y), &others, 8.0).by;
    assert_eq!(by(5.0, 300.0), Vec2::new(-5.0, 0.0));
    assert_eq!(by(300.0, -7.0), Vec2::new(0.0, 7.0));
    // A left edge on a right edge.
    assert_eq!(by(103.0, 500.0), Vec2::new(-3.0, 0.0));
    // A right edge on a middle.
    assert_eq!(by(-48.0, 500.0), Vec2::new(-2.0, 0.0));
    assert_eq!(by(30.0, 500.0), Vec2::ZERO);
}

#[test]
fn the_nearest_line_wins_on_each_axis() {
    let others = [square(0.0, 0.0), square(6.0, 400.0)];
    assert_eq!(
        snap_move(square(4.0, 200.0), &others, 8.0).by,
        Vec2::new(2.0, 0.0)
    );
}

#[test]
fn a_guide_goes_through_all_that_lie_on_it() {
    let others = [square(0.0, 0.0), square(0.0, 700.0), square(900.0, 350.0)];
    let snapped = snap_move(square(3.0, 300.0), &others, 8.0);
    assert_eq!(snapped.by, Vec2::new(-3.0, 0.0));
    let left = Guide::Line {
        axis: Axis::X,
        at: 0.0,
        from: 0.0,
        to: 800.0,
    };
    assert!(snapped.guides.contains(&left), "{:?}", snapped.guides);
}

#[test]
fn between_two_neighbours_the_gaps_become_equal() {
    let others = [square(0.0, 0.0), square(400.0, 20.0)];
    let snapped = snap_move(square(195.0, 40.0), &others, 8.0);
    assert_eq!(snapped.by.x, 5.0);
    let gaps = Guide::Gaps {
        axis: Axis::X,
        across: 90.0,
        spans: vec![(100.0, 200.0), (300.0, 400.0)],
    };
    assert!(snapped.guides.contains(&gaps), "{:?}", snapped.guides);
}

#[test]
fn a_row_is_continued_with_its_own_gap() {
    let others = [square(0.0, 0.0), square(130.0, 20.0)];
    let after = snap_move(square(263.0, 41.0), &others, 8.0);
    assert_eq!(after.by.x, -3.0);
    assert!(after.guides.iter().any(|guide| matches!(
        guide,
        Guide::Gaps { spans, .. } if *spans == [(100.0, 130.0), (230.0, 260.0)]
    )));
    let before = snap_move(square(-126.0, 41.0), &others, 8.0);
    assert_eq!(before.by.x, -4.0);
}

#[test]
fn the_gap_to_a_box_behind_the_next_one_is_no_reason_to_go() {
    let moving = Rect::new(-166.0, -155.0, -124.0, -95.0);
    let others = [
        Rect::new(-127.0, -77.0, -116.0, -67.0),
        Rect::new(-127.0, -74.0, -116.0, -64.0),
    ];
    assert_eq!(snap_move(moving, &others, 1.0), Snapped::default());
}

#[test]
fn only_the_moved_sides_of_a_resize_snap() {
    let others = [square(0.0, 0.0)];
    let rect = Rect::new(-300.0, 96.0, 4.0, 300.0);
    let right = Edges {
        right: true,
        ..Edges::default()
    };
    assert_eq!(
        snap_resize(rect, right, &others, 8.0).by,
        Vec2::new(-4.0, 0.0)
    );
    let top = Edges {
        top: true,
        ..Edges::default()
    };
    assert_eq!(snap_resize(rect, top, &others, 8.0).by, Vec2::new(0.0, 4.0));
}

#[test]
fn alone_nothing_snaps() {
    assert_eq!(snap_move(square(3.0, 4.0), &[], 8.0), Snapped::default());
}

fn any_box() -> impl Strategy<Value = Rect> {
    (-300i32..300, -300i32..300, 10i32..200, 10i32..200).prop_map(|(x, y, w, h)| {
        let [x, y, w, h] = [x, y, w, h].map(f64::from);
        Rect::new(x, y, x + w, y + h)
    })
}

proptest! {
    #[test]
    fn never_further_than_the_threshold_and_settled_at_once(
        moving in any_box(),
        others in proptest::collection::vec(any_box(), 0..12),
        threshold in 1.0..20.0f64,
    ) {
        let snapped = snap_move(moving, &others, threshold);
        prop_assert!(snapped.by.x.abs() <= threshold && snapped.by.y.abs() <= threshold);
        // A line holds what has come to it.
        let again = snap_move(moving + snapped.by, &others, threshold);
        let has_line = |axis: Axis| snapped.guides.iter().any(|guide| matches!(guide, Guide::Line { axis: on, .. } if *on == axis));
        prop_assert!(!has_line(Axis::X) || again.by.x.abs() < 0.02);
        prop_assert!(!has_line(Axis::Y) || again.by.y.abs() < 0.02);
        // Whatever moved something is shown.
        prop_assert!(snapped.by == Vec2::ZERO || !snapped.guides.is_empty());
    }
}

//! Examples by hand, and what holds for any boxes.

use proptest::prelude::*;
use shared::geometry::{Point, Rect, Size, Vec2};

use super::*;

fn boxes(origins: &[(f64, f64)]) -> Vec<Rect> {
    let of = |&(x, y): &(f64, f64)| Rect::new(x, y, x + 100.0, y + 100.0);
    origins.iter().map(of).collect()
}

fn moved(rects: &[Rect], by: &[Vec2]) -> Vec<Rect> {
    rects.iter().zip(by).map(|(rect, by)| *rect + *by).collect()
}

fn origins(rects: &[Rect]) -> Vec<(f64, f64)> {
    rects.iter().map(|rect| (rect.x0, rect.y0)).collect()
}

#[test]
fn aligned_to_each_line() {
    let rects = [
        Rect::new(0.0, 0.0, 100.0, 100.0),
        Rect::new(50.0, 300.0, 250.0, 340.0),
    ];
    let after = |to| origins(&moved(&rects, &align(&rects, to)));
    assert_eq!(after(Alignment::Left), [(0.0, 0.0), (0.0, 300.0)]);
    assert_eq!(after(Alignment::Center), [(75.0, 0.0), (25.0, 300.0)]);
    assert_eq!(after(Alignment::Right), [(150.0, 0.0), (50.0, 300.0)]);
    assert_eq!(after(Alignment::Top), [(0.0, 0.0), (50.0, 0.0)]);
    assert_eq!(after(Alignment::Middle), [(0.0, 120.0), (50.0, 150.0)]);
    assert_eq!(after(Alignment::Bottom), [(0.0, 240.0), (50.0, 300.0)]);
}

#[test]
fn distributed_in_the_order_in_which_they_lie() {
    let rects = boxes(&[(400.0, 0.0), (0.0, 50.0), (110.0, 20.0)]);
    let after = moved(&rects, &distribute(&rects, Axis::X));
    assert_eq!(origins(&after), [(400.0, 0.0), (0.0, 50.0), (200.0, 20.0)]);
}

#[test]
fn too_little_room_is_shared_by_overlapping() {
    let rects = boxes(&[(0.0, 0.0), (10.0, 0.0), (120.0, 0.0)]);
    let after = moved(&rects, &distribute(&rects, Axis::X));
    assert_eq!(origins(&after), [(0.0, 0.0), (60.0, 0.0), (120.0, 0.0)]);
}

#[test]
fn a_crooked_grid_keeps_its_columns() {
    let rects = boxes(&[(0.0, 0.0), (130.0, 8.0), (262.0, -5.0), (4.0, 140.0)]);
    let after = moved(&rects, &tidy(&rects, 20.0));
    assert_eq!(
        origins(&after),
        [(0.0, -5.0), (120.0, -5.0), (240.0, -5.0), (0.0, 115.0)]
    );
}

#[test]
fn a_heap_becomes_a_square() {
    let rects = boxes(&[(0.0, 0.0), (10.0, 5.0), (20.0, 10.0), (30.0, 15.0)]);
    let after = moved(&rects, &tidy(&rects, 20.0));
    assert_eq!(
        origins(&after),
        [(0.0, 0.0), (120.0, 0.0), (0.0, 120.0), (120.0, 120.0)]
    );
}

#[test]
fn nothing_to_arrange() {
    assert!(align(&[], Alignment::Left).is_empty());
    assert!(distribute(&[], Axis::Y).is_empty());
    assert!(tidy(&[], 20.0).is_empty());
}

fn any_boxes() -> impl Strategy<Value = Vec<Rect>> {
    let any_box = (-500i32..500, -500i32..500, 10i32..300, 10i32..300).prop_map(|(x, y, w, h)| {
        let origin = Point::new(f64::from(x), f64::from(y));
        Rect::from_origin_size(origin, Size::new(f64::from(w), f64::from(h)))
    });
    proptest::collection::vec(any_box, 1..20)
}

proptest! {
    #[test]
    fn tidied_boxes_lie_apart_and_stay_tidy(rects in any_boxes()) {
        let after = moved(&rects, &tidy(&rects, 20.0));
        for (i, a) in after.iter().enumerate() {
            for b in &after[i + 1..] {
                prop_assert!(a.inset(9.9).intersect(b.inset(9.9)).area() < 1e-6, "{a:?} {b:?}");
            }
        }
        let corner = |rects: &[Rect]| rects.iter().copied().reduce(|a, b| a.union(b)).map(|all| all.origin());
        prop_assert_eq!(corner(&rects), corner(&after));
    }

    #[test]
    fn a_tidy_grid_of_equal_boxes_stays(count in 1usize..30, columns in 1usize..8) {
        let at = |i: usize| Point::new((i % columns) as f64 * 120.0, (i / columns) as f64 * 120.0);
        let rects: Vec<Rect> = (0..count).map(|i| Rect::from_origin_size(at(i), Size::new(100.0, 100.0))).collect();
        prop_assert!(tidy(&rects, 20.0).iter().all(|by| *by == Vec2::ZERO));
    }

    #[test]
    fn distributed_gaps_are_equal_and_the_outermost_stay(rects in any_boxes()) {
        for axis in [Axis::X, Axis::Y] {
            let after = moved(&rects, &distribute(&rects, axis));
            let mut order: Vec<usize> = (0..rects.len()).collect();
            order.sort_by(|&a, &b| axis.middle(rects[a]).total_cmp(&axis.middle(rects[b])).then(a.cmp(&b)));
            let gaps: Vec<f64> = order.windows(2).map(|two| axis.span(after[two[1]]).0 - axis.span(after[two[0]]).1).collect();
            prop_assert!(gaps.windows(2).all(|two| (two[0] - two[1]).abs() < 1e-6), "{gaps:?}");
            let (first, last) = (order[0], order[order.len() - 1]);
            prop_assert_eq!((after[first], after[last]), (rects[first], rects[last]));
        }
    }
}

//! Each handle of a box in its own right, and what a lock holds.

use shared::geometry::{Point, Rect};

use super::bench::*;
use crate::gesture::recogniser::LONG_PRESS_MS;
use crate::{Action, Handle};

const BOX: &str = "a shape 400,300 200x100 \"bins\"";

fn corner(bench: &mut Bench, x: f64, y: f64) -> (f64, f64) {
    bench.handle(Handle::Resize(Point::new(x, y)))
}

const SIDES: [(f64, f64); 8] = [
    (0.0, 0.0),
    (0.5, 0.0),
    (1.0, 0.0),
    (1.0, 0.5),
    (1.0, 1.0),
    (0.5, 1.0),
    (0.0, 1.0),
    (0.0, 0.5),
];

/// The box after the handle at these shares was dragged by 40, 20.
fn dragged_by(x: f64, y: f64, mods: crate::input::Mods) -> Rect {
    let mut bench = Bench::new(BOX);
    bench.click(500.0, 350.0);
    let from = corner(&mut bench, x, y);
    bench.drag_with(from, (from.0 + 40.0, from.1 + 20.0), mods);
    assert_eq!(bench.steps, 1, "{x} {y}");
    let rect = bench.bounds("a");
    bench.act(Action::Undo);
    bench.check("*a shape 400,300 200x100 \"bins\"");
    rect
}

#[test]
fn each_handle_moves_its_own_sides_and_no_other() {
    for (x, y) in SIDES {
        let moved = |share: f64, side: f64, by: f64| if share == side { by } else { 0.0 };
        let wanted = Rect::new(
            400.0 + moved(x, 0.0, 40.0),
            300.0 + moved(y, 0.0, 20.0),
            600.0 + moved(x, 1.0, 40.0),
            400.0 + moved(y, 1.0, 20.0),
        );
        assert_eq!(dragged_by(x, y, CTRL), wanted, "{x} {y}");
    }
}

#[test]
fn with_shift_each_handle_keeps_the_ratio_and_what_lies_opposite() {
    for (x, y) in SIDES {
        let rect = dragged_by(x, y, SHIFT);
        assert_ne!(rect.width(), 200.0, "{x} {y}");
        assert_eq!(rect.width(), 2.0 * rect.height(), "{x} {y}");
        let opposite = |rect: Rect| {
            let (x, y) = (1.0 - x, 1.0 - y);
            Point::new(rect.x0 + rect.width() * x, rect.y0 + rect.height() * y)
        };
        let before = opposite(Rect::new(400.0, 300.0, 600.0, 400.0));
        assert_eq!(opposite(rect), before, "{x} {y}");
    }
}

#[test]
fn with_alt_each_handle_keeps_the_middle() {
    for (x, y) in SIDES {
        let rect = dragged_by(x, y, ALT);
        assert_eq!(rect.center(), Point::new(500.0, 350.0), "{x} {y}");
        let grown = |share: f64, by: f64| (share - 0.5) * 4.0 * by;
        let wanted = (200.0 + grown(x, 40.0), 100.0 + grown(y, 20.0));
        assert_eq!((rect.width(), rect.height()), wanted, "{x} {y}");
    }
}

#[test]
fn notes_keep_their_ratio_and_a_text_only_gets_wider_and_turns() {
    let mut bench = Bench::new("a 400,300 \"bins\"");
    bench.click(500.0, 400.0);
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag_with(from, (from.0 + 100.0, from.1), CTRL);
    let rect = bench.bounds("a");
    assert_eq!((rect.width(), rect.height()), (300.0, 300.0));
    let mut bench = Bench::new("a text 400,300 200x40 \"bins\"");
    let height = bench.bounds("a").height();
    bench.click(420.0, 310.0);
    let from = corner(&mut bench, 1.0, 0.5);
    bench.drag_with(from, (from.0 + 100.0, from.1 + 100.0), CTRL);
    assert_eq!(bench.bounds("a").size(), (300.0, height).into());
    let from = bench.handle(Handle::Turn);
    bench.drag(from, (900.0, bench.bounds("a").center().y));
    assert_eq!((bench.object("a").angle, bench.steps), (90.0, 2));
}

#[test]
fn a_lock_stops_order_handles_arranging_and_styles() {
    let mut bench = Bench::new("a shape 100,100 200x100 \"\"\nb shape 250,150 200x100 \"\"");
    bench.is_facilitator = true;
    bench.click(150.0, 120.0);
    bench.act(Action::Lock);
    assert!(bench.with(|editor, cx| editor.handles(cx)).is_empty());
    let (before, steps) = (bench.object("a").clone(), bench.steps);
    for key in ["]", "["] {
        bench.key(key);
        bench.key_with(key, CTRL);
    }
    let effects = bench.with(|editor, cx| editor.style("dash", "dashed", cx));
    bench.carry_out(&effects);
    assert_eq!((bench.object("a"), bench.steps), (&before, steps));
    // Together with another one the other alone is changed.
    bench.click_with(400.0, 200.0, SHIFT);
    assert_eq!(bench.editor.selection().len(), 2);
    bench.act(Action::AlignLeft);
    bench.key("]");
    bench.key("ArrowRight");
    bench.drag_with((400.0, 200.0), (400.0, 600.0), CTRL);
    assert_eq!(bench.object("a"), &before);
    bench.key("Delete");
    bench.check("*a shape 100,100 200x100 \"\"");
}

const MIXED: &str = "a shape 100,100 200x100 \"bins\"\nb 500,100 \"buses\"\nl a->b \"feeds\"\nm 100,400->300,500 \"\"\nt text 100,300 200x40 \"trams\"";

#[test]
fn several_are_resized_in_proportion_by_the_box_around_them() {
    let mut bench = Bench::new(MIXED);
    bench.key_with("a", CTRL);
    let handles = bench.with(|editor, cx| editor.handles(cx));
    assert_eq!(handles.len(), 4, "corners, nothing else: {handles:?}");
    let text = bench.bounds("t");
    let from = corner(&mut bench, 1.0, 1.0);
    let frame = ["a", "b", "t"].map(|id| bench.bounds(id));
    let frame = frame.into_iter().reduce(|a, b| a.union(b)).unwrap();
    bench.drag_with(from, (from.0 + frame.width(), from.1 + 10.0), CTRL);
    assert_eq!(bench.steps, 1);
    assert_eq!(bench.bounds("a"), Rect::new(100.0, 100.0, 500.0, 300.0));
    assert_eq!(bench.bounds("b"), Rect::new(900.0, 100.0, 1_300.0, 500.0));
    // A text is as high as its lines: it gets wider, and its middle keeps its place.
    assert_eq!(bench.bounds("t").width(), 400.0);
    assert_eq!(bench.bounds("t").height(), text.height());
    let middle = bench.bounds("t").center() - frame.origin();
    assert!((middle - (text.center() - frame.origin()) * 2.0).hypot() < 1.0);
    // Free ends go along, bound ones are bound.
    assert!(
        bench.board().contains("m 100,700->500,900"),
        "{}",
        bench.board()
    );
    bench.act(Action::Undo);
    let before = MIXED.lines().map(|line| format!("*{line}"));
    bench.check(&before.collect::<Vec<_>>().join("\n"));
}

#[test]
fn each_corner_of_several_leaves_the_opposite_one_and_alt_the_middle() {
    for (x, y) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)] {
        for mods in [CTRL, crate::input::Mods { alt: true, ..CTRL }] {
            let mut bench =
                Bench::new("a shape 400,400 200x100 \"bins\"\nb shape 700,600 100x200 \"buses\"");
            bench.key_with("a", CTRL);
            let frame = bench.bounds("a").union(bench.bounds("b"));
            let from = corner(&mut bench, x, y);
            let by = (
                (x - 0.5) * frame.width() * 0.5,
                (y - 0.5) * frame.height() * 0.5,
            );
            bench.drag_with(from, (from.0 + by.0, from.1 + by.1), mods);
            let after = bench.bounds("a").union(bench.bounds("b"));
            let anchor = if mods.alt {
                Point::new(0.5, 0.5)
            } else {
                Point::new(1.0 - x, 1.0 - y)
            };
            let at = |rect: Rect| {
                rect.origin()
                    + shared::geometry::Vec2::new(rect.width() * anchor.x, rect.height() * anchor.y)
            };
            assert!((at(frame) - at(after)).hypot() <= 1.0, "{x} {y} {mods:?}");
            let factor = if mods.alt { 1.5 } else { 1.25 };
            assert!((after.width() - frame.width() * factor).abs() <= 1.0);
            assert!((after.height() - frame.height() * factor).abs() <= 1.0);
        }
    }
}

#[test]
fn several_stop_where_the_smallest_is_as_small_as_objects_may_be() {
    let mut bench = Bench::new("a shape 100,100 400x400 \"bins\"\nb shape 600,100 40x40 \"\"");
    bench.key_with("a", CTRL);
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag_with(from, (110.0, 110.0), CTRL);
    assert_eq!(bench.object("b").size, Some((16.0, 16.0).into()));
    assert_eq!(bench.object("a").size, Some((160.0, 160.0).into()));
    bench.key("Escape");
}

#[test]
fn what_somebody_deletes_meanwhile_is_left_out() {
    let mut bench =
        Bench::new("a shape 100,100 200x100 \"bins\"\nb shape 400,100 200x100 \"buses\"");
    bench.key_with("a", CTRL);
    let from = corner(&mut bench, 1.0, 1.0);
    bench.down(from.0, from.1);
    bench.hover(from.0 + 100.0, from.1);
    bench.somebody(&shared::board::Command::Delete(vec!["b".into()]));
    bench.hover(from.0 + 500.0, from.1);
    bench.up(from.0 + 500.0, from.1);
    assert_eq!(bench.bounds("a"), Rect::new(100.0, 100.0, 500.0, 300.0));
}

#[test]
fn many_of_others_are_resized_only_after_holding() {
    let line = |n: u32| format!("o{n} 100,{} \"x\"", 100 + 210 * n);
    let board: Vec<String> = (0..6).map(line).collect();
    let mut bench = Bench::new(&board.join("\n"));
    bench.key_with("a", CTRL);
    let before = bench.board();
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag(from, (from.0 + 200.0, from.1 + 200.0));
    assert_eq!((bench.board(), bench.steps), (before, 0));
    bench.down(from.0, from.1);
    bench.wait(LONG_PRESS_MS);
    bench.hover(from.0 + 200.0, from.1 + 200.0);
    bench.up(from.0 + 200.0, from.1 + 200.0);
    assert_eq!(bench.steps, 1);
}

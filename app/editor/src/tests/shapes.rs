//! Shapes, text, stamps: placed, resized, turned, locked, stacked.

use shared::geometry::{Point, Rect};

use super::bench::*;
use crate::{Action, Handle, Tool};

const BOX: &str = "a shape 400,300 200x100 \"bins\"";

fn corner(bench: &mut Bench, x: f64, y: f64) -> (f64, f64) {
    bench.handle(Handle::Resize(Point::new(x, y)))
}

#[test]
fn a_click_places_a_shape_of_its_own_size_and_opens_it() {
    let mut bench = Bench::new("");
    bench.key("r");
    bench.click(500.0, 500.0);
    assert_eq!(bench.bounds("n1").center(), Point::new(500.0, 500.0));
    assert_eq!(bench.editor.editing(), Some(&"n1".into()));
    assert_eq!((bench.steps, bench.editor.tool()), (1, Tool::Select));
    // Left empty it stays: a shape says something without words too.
    bench.key("Escape");
    assert_eq!(bench.view().len(), 1);
}

#[test]
fn a_drag_places_a_shape_of_the_size_drawn() {
    let mut bench = Bench::new("");
    bench.key("r");
    bench.drag((700.0, 620.0), (500.0, 500.0));
    bench.check("*n1 shape 500,500 200x120 \"\"");
}

#[test]
fn text_and_stamps_have_their_own_size_however_they_are_drawn() {
    let mut bench = Bench::new("");
    bench.act(Action::StampTool);
    bench.drag((500.0, 500.0), (800.0, 800.0));
    assert_eq!(bench.bounds("n1").size().width, shared::object::stamp::SIDE);
    bench.key("t");
    bench.click(900.0, 900.0);
    bench.key("Escape");
    assert_eq!(bench.view().len(), 1, "a text without words goes away");
}

#[test]
fn corners_and_sides_resize() {
    let mut bench = Bench::new(BOX);
    bench.click(500.0, 350.0);
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag_with(from, (from.0 + 100.0, from.1 + 40.0), CTRL);
    bench.check("*a shape 400,300 300x140 \"bins\"");
    let from = corner(&mut bench, 0.0, 0.5);
    bench.drag_with(from, (from.0 - 50.0, from.1 + 500.0), CTRL);
    bench.check("*a shape 350,300 350x140 \"bins\"");
    assert_eq!(bench.steps, 2);
}

#[test]
fn shift_keeps_the_ratio_and_alt_the_middle() {
    let mut bench = Bench::new(BOX);
    bench.click(500.0, 350.0);
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag_with(from, (from.0 + 200.0, from.1), SHIFT);
    bench.check("*a shape 400,300 400x200 \"bins\"");
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag_with(from, (from.0 + 20.0, from.1 + 10.0), ALT);
    bench.check("*a shape 380,290 440x220 \"bins\"");
}

#[test]
fn a_corner_drawn_past_the_other_stops_at_the_smallest_size() {
    let mut bench = Bench::new(BOX);
    bench.click(500.0, 350.0);
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag_with(from, (0.0, 0.0), CTRL);
    let rect = bench.object("a").size.unwrap();
    assert!(rect.width >= 8.0 && rect.height >= 8.0, "{rect:?}");
    assert_eq!(bench.object("a").pos, Point::new(400.0, 300.0));
}

#[test]
fn shapes_and_text_turn_and_shift_turns_in_steps() {
    let mut bench = Bench::new(BOX);
    bench.click(500.0, 350.0);
    let from = bench.handle(Handle::Turn);
    // To the right of the middle: a quarter turn, caught from nearby.
    bench.drag(from, (800.0, 352.0));
    assert_eq!(bench.object("a").angle, 90.0);
    let from = bench.handle(Handle::Turn);
    bench.drag_with(from, (760.0, 620.0), SHIFT);
    assert_eq!(bench.object("a").angle, 135.0);
    bench.act(Action::Undo);
    assert_eq!((bench.object("a").angle, bench.steps), (90.0, 2));
}

#[test]
fn a_turned_shape_keeps_the_opposite_corner_while_it_is_resized() {
    let mut bench = Bench::new(BOX);
    bench.click(500.0, 350.0);
    let from = bench.handle(Handle::Turn);
    bench.drag(from, (800.0, 350.0));
    let opposite = |bench: &Bench| {
        let place = bench.scene.place(&"a".into()).unwrap();
        place.at(Point::ZERO)
    };
    let before = opposite(&bench);
    let from = corner(&mut bench, 1.0, 1.0);
    bench.drag_with(from, (from.0 - 30.0, from.1 + 60.0), CTRL);
    assert!(
        opposite(&bench).distance(before) < 1.5,
        "{:?}",
        opposite(&bench)
    );
}

#[test]
fn notes_do_not_turn() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    let handles = bench.with(|editor, cx| editor.handles(cx));
    assert!(handles.iter().all(|(handle, _)| *handle != Handle::Turn));
}

#[test]
fn what_is_locked_stays_and_only_a_facilitator_locks() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("L", CTRL_SHIFT);
    assert!(!bench.object("a").is_locked);
    bench.is_facilitator = true;
    bench.key_with("L", CTRL_SHIFT);
    assert!(bench.object("a").is_locked);
    let steps = bench.steps;
    bench.drag((150.0, 150.0), (150.0, 600.0));
    bench.click(150.0, 150.0);
    bench.key("Delete");
    bench.key("ArrowRight");
    bench.key("Enter");
    assert_eq!((bench.steps, bench.editor.editing()), (steps, None));
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
    bench.click(150.0, 150.0);
    bench.key_with("L", CTRL_SHIFT);
    assert!(!bench.object("a").is_locked);
}

#[test]
fn the_stacking_order_goes_to_the_ends_and_past_the_next() {
    let mut bench = Bench::new(
        "a shape 100,100 200x200 \"\"\nb shape 150,150 200x200 \"\"\nc shape 200,200 200x200 \"\"",
    );
    let order = |bench: &Bench| {
        let objects = bench.view().back_to_front();
        let ids: Vec<_> = objects.iter().map(|object| object.id.to_string()).collect();
        ids.concat()
    };
    assert_eq!(order(&bench), "abc");
    bench.click(110.0, 110.0);
    bench.act(Action::Forward);
    assert_eq!(order(&bench), "bac");
    bench.act(Action::ToFront);
    assert_eq!(order(&bench), "bca");
    bench.act(Action::Backward);
    assert_eq!(order(&bench), "bac");
    bench.act(Action::ToBack);
    assert_eq!(order(&bench), "abc");
    assert_eq!(bench.steps, 4);
}

#[test]
fn placed_from_the_keyboard_arrows_move_shift_resizes_enter_commits() {
    let mut bench = Bench::new("");
    bench.key("r");
    bench.key("ArrowRight");
    bench.key("ArrowRight");
    bench.key("ArrowDown");
    bench.key_with("ArrowRight", SHIFT);
    assert_eq!(bench.steps, 0, "nothing is there before Enter");
    bench.key("Enter");
    let rect: Rect = bench.bounds("n1");
    assert_eq!(bench.steps, 1);
    let mut again = Bench::new("");
    again.key("r");
    again.key("ArrowRight");
    again.key("Enter");
    let before = again.bounds("n1");
    assert_eq!(rect.x0 - before.x0, 20.0);
    assert_eq!(rect.width() - before.width(), 20.0);
}

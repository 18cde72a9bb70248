//! The pen.

use shared::{geometry::Point, object::Kind};

use super::bench::*;
use crate::{
    Action, Handle, Input, Tool,
    input::{Button, NO_PRESSURE, Pointer, PointerKind},
};

fn pointer(kind: PointerKind, id: i32, x: f64, y: f64) -> Pointer {
    Pointer {
        at: Point::new(x, y),
        id,
        kind,
        button: Button::Main,
        mods: NONE,
        pressure: if kind == PointerKind::Pen {
            0.8
        } else {
            NO_PRESSURE
        },
        now_ms: 0,
    }
}

fn draw(bench: &mut Bench, kind: PointerKind) {
    bench.input(Input::Down(pointer(kind, 1, 300.0, 300.0)));
    for i in 1..20 {
        let i = f64::from(i);
        let at = pointer(kind, 1, 300.0 + i * 10.0, 300.0 + (i / 3.0).sin() * 40.0);
        bench.input(Input::Move(at));
    }
    bench.input(Input::Up(pointer(kind, 1, 490.0, 300.0)));
}

fn drawings(bench: &Bench) -> usize {
    let is_ink = |kind: &Kind| matches!(kind, Kind::Ink(_));
    let objects = bench.view().iter();
    objects.filter(|object| is_ink(&object.kind)).count()
}

#[test]
fn a_stroke_is_one_object_and_one_step_and_the_pen_stays_in_hand() {
    let mut bench = Bench::new(TWO);
    bench.key("p");
    draw(&mut bench, PointerKind::Mouse);
    draw(&mut bench, PointerKind::Mouse);
    assert_eq!((bench.steps, drawings(&bench)), (2, 2));
    assert_eq!(bench.editor.tool(), Tool::Draw);
    bench.act(Action::Undo);
    assert_eq!(drawings(&bench), 1);
    let bounds = bench.bounds("n1");
    assert!(bounds.x0 > 290.0 && bounds.x1 < 505.0, "{bounds:?}");
}

#[test]
fn a_drawing_is_taken_by_its_line_only() {
    let mut bench = Bench::new("");
    bench.key("p");
    draw(&mut bench, PointerKind::Mouse);
    bench.key("Escape");
    bench.click(330.0, 440.0);
    assert!(bench.editor.selection().is_empty());
    bench.click(301.0, 302.0);
    assert_eq!(bench.editor.selection().len(), 1);
}

#[test]
fn escape_takes_the_stroke_back_and_then_puts_the_pen_away() {
    let mut bench = Bench::new("");
    bench.key("p");
    bench.down(300.0, 300.0);
    bench.hover(400.0, 300.0);
    bench.key("Escape");
    bench.up(400.0, 300.0);
    assert_eq!((bench.steps, drawings(&bench)), (0, 0));
    bench.key("Escape");
    assert_eq!(bench.editor.tool(), Tool::Select);
}

#[test]
fn a_pen_draws_while_fingers_pan() {
    let mut bench = Bench::new("");
    bench.key("p");
    draw(&mut bench, PointerKind::Touch);
    assert_eq!(drawings(&bench), 1, "without a pen a finger draws");
    draw(&mut bench, PointerKind::Pen);
    let before = bench.camera();
    draw(&mut bench, PointerKind::Touch);
    assert_eq!(drawings(&bench), 2);
    assert_ne!(bench.camera(), before);
    // The palm that rests while the pen draws does nothing.
    bench.input(Input::Down(pointer(PointerKind::Pen, 1, 300.0, 600.0)));
    bench.input(Input::Move(pointer(PointerKind::Pen, 1, 340.0, 600.0)));
    let camera = bench.camera();
    bench.input(Input::Down(pointer(PointerKind::Touch, 7, 380.0, 700.0)));
    bench.input(Input::Move(pointer(PointerKind::Touch, 7, 390.0, 760.0)));
    bench.input(Input::Up(pointer(PointerKind::Touch, 7, 390.0, 760.0)));
    bench.input(Input::Up(pointer(PointerKind::Pen, 1, 340.0, 600.0)));
    assert_eq!((drawings(&bench), bench.camera()), (3, camera));
}

#[test]
fn a_second_finger_ends_the_stroke_and_zooms() {
    let mut bench = Bench::new("");
    bench.key("p");
    bench.input(Input::Down(pointer(PointerKind::Touch, 1, 300.0, 300.0)));
    bench.input(Input::Move(pointer(PointerKind::Touch, 1, 320.0, 300.0)));
    bench.input(Input::Down(pointer(PointerKind::Touch, 2, 600.0, 300.0)));
    bench.input(Input::Move(pointer(PointerKind::Touch, 2, 900.0, 300.0)));
    bench.input(Input::Up(pointer(PointerKind::Touch, 2, 900.0, 300.0)));
    bench.input(Input::Up(pointer(PointerKind::Touch, 1, 320.0, 300.0)));
    assert_eq!((bench.steps, drawings(&bench)), (0, 0));
    assert!(bench.camera().zoom > 1.0);
}

#[test]
fn a_straight_stroke_gets_larger_and_smaller_by_its_length() {
    let mut bench = Bench::new("");
    bench.key("p");
    bench.down(300.0, 300.0);
    bench.hover(400.0, 300.0);
    bench.hover(500.0, 300.0);
    bench.up(500.0, 300.0);
    bench.key("Escape");
    bench.click(400.0, 300.0);
    let before = bench.bounds("n1");
    assert!(before.height() < 12.0, "{before:?}");
    for (by, share) in [(before.width(), 2.0), (-before.width(), 0.5)] {
        let from = bench.handle(Handle::Resize(Point::new(1.0, 1.0)));
        let was = bench.bounds("n1").width();
        bench.drag_with(from, (from.0 + by, from.1 + 2.0), CTRL);
        let ratio = bench.bounds("n1").width() / was;
        assert!((ratio - share).abs() < 0.02, "{ratio}");
    }
}

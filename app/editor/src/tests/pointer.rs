//! Pointer, wheel, touch.

use std::collections::BTreeSet;

use shared::{
    geometry::{Point, Vec2},
    id::ObjectId,
};

use super::bench::*;
use crate::gesture::recogniser::LONG_PRESS_MS;
use crate::{
    Input, Tool,
    input::{Button, NO_PRESSURE, Pointer, PointerKind},
};

#[test]
fn a_click_selects_and_a_click_beside_deselects() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    assert_eq!(bench.board(), "*a 100,100 \"bins\"\nb 400,100 \"buses\"");
    bench.click(900.0, 900.0);
    assert_eq!(bench.board(), "a 100,100 \"bins\"\nb 400,100 \"buses\"");
    assert_eq!(bench.steps, 0);
}

#[test]
fn a_drag_writes_once_on_release() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Down(bench.pointer(150.0, 150.0, NONE)));
    bench.input(Input::Move(bench.pointer(250.0, 150.0, NONE)));
    assert_eq!(bench.editor.drag_offset(), Some(Vec2::new(100.0, 0.0)));
    assert_eq!(bench.steps, 0);
    bench.input(Input::Up(bench.pointer(250.0, 150.0, NONE)));
    assert_eq!(
        (bench.steps, bench.board().lines().next()),
        (1, Some("*a 200,100 \"bins\""))
    );
}

#[test]
fn less_than_the_threshold_is_no_drag() {
    let mut bench = Bench::new(TWO);
    bench.drag((150.0, 150.0), (153.0, 150.0));
    assert_eq!(bench.steps, 0);
}

#[test]
fn escape_during_a_drag_leaves_nothing() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Down(bench.pointer(150.0, 150.0, NONE)));
    bench.input(Input::Move(bench.pointer(250.0, 150.0, NONE)));
    bench.key("Escape");
    bench.input(Input::Up(bench.pointer(250.0, 150.0, NONE)));
    assert_eq!((bench.steps, bench.editor.drag_offset()), (0, None));
    assert!(bench.board().contains("a 100,100"));
}

#[test]
fn a_marquee_selects_and_shift_adds() {
    let mut bench = Bench::new(TWO);
    bench.drag((350.0, 50.0), (700.0, 350.0));
    assert_eq!(bench.board(), "*b 400,100 \"buses\"\na 100,100 \"bins\"");
    bench.drag_with((50.0, 50.0), (200.0, 200.0), SHIFT);
    assert_eq!(bench.editor.selection().len(), 2);
    bench.drag((150.0, 150.0), (150.0, 250.0));
    assert_eq!(bench.board(), "*a 100,200 \"bins\"\n*b 400,200 \"buses\"");
}

#[test]
fn alt_drag_copies() {
    let mut bench = Bench::new(TWO);
    bench.drag_with((150.0, 150.0), (150.0, 650.0), ALT);
    assert_eq!(
        bench.board(),
        "*n1 100,600 \"bins\"\na 100,100 \"bins\"\nb 400,100 \"buses\""
    );
}

#[test]
fn the_wheel_pans_and_with_ctrl_zooms_at_the_pointer() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Wheel(
        Point::new(500.0, 500.0),
        Vec2::new(10.0, 20.0),
        NONE,
    ));
    assert_eq!(bench.editor.camera().origin, Point::new(10.0, 20.0));
    let fixed = bench
        .editor
        .camera()
        .board_from_screen(Point::new(500.0, 300.0));
    bench.input(Input::Wheel(
        Point::new(500.0, 300.0),
        Vec2::new(0.0, -30.0),
        CTRL,
    ));
    assert!(bench.editor.camera().zoom > 1.2);
    let now = bench
        .editor
        .camera()
        .board_from_screen(Point::new(500.0, 300.0));
    assert!((now - fixed).hypot() < 1e-6);
}

#[test]
fn space_and_drag_pans_and_the_tool_is_still_there() {
    let mut bench = Bench::new(TWO);
    bench.key(" ");
    bench.drag((150.0, 150.0), (250.0, 150.0));
    bench.input(Input::SpaceUp);
    assert_eq!(
        (
            bench.editor.camera().origin.x,
            bench.steps,
            bench.editor.tool()
        ),
        (-100.0, 0, Tool::Select)
    );
}

#[test]
fn one_finger_on_empty_space_pans_and_two_always_zoom_and_never_move_notes() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Touch;
    bench.drag((900.0, 900.0), (800.0, 900.0));
    assert_eq!(bench.editor.camera().origin.x, 100.0);
    let finger = |id, x| Pointer {
        at: Point::new(x, 150.0),
        id,
        kind: PointerKind::Touch,
        button: Button::Main,
        mods: NONE,
        pressure: NO_PRESSURE,
        now_ms: 0,
    };
    bench.input(Input::Down(finger(1, 60.0)));
    bench.input(Input::Move(finger(1, 80.0)));
    bench.input(Input::Down(finger(2, 180.0)));
    bench.input(Input::Move(finger(2, 280.0)));
    bench.input(Input::Up(finger(1, 80.0)));
    bench.input(Input::Up(finger(2, 280.0)));
    assert!((bench.editor.camera().zoom - 2.0).abs() < 1e-9);
    assert_eq!(bench.steps, 0);
}

#[test]
fn a_long_press_draws_a_marquee() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Touch;
    bench.input(Input::Down(bench.pointer(50.0, 50.0, NONE)));
    bench.wait(LONG_PRESS_MS);
    bench.input(Input::Move(bench.pointer(250.0, 250.0, NONE)));
    bench.input(Input::Up(bench.pointer(250.0, 250.0, NONE)));
    assert_eq!(
        bench.editor.selection(),
        &BTreeSet::from([ObjectId::from("a")])
    );
}

#[test]
fn a_click_on_one_of_several_leaves_that_one() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.click(450.0, 150.0);
    bench.check("*b 400,100 \"buses\"\na 100,100 \"bins\"");
}

#[test]
fn shift_click_toggles() {
    let mut bench = Bench::new(TWO);
    bench.click_with(150.0, 150.0, SHIFT);
    bench.click_with(450.0, 150.0, SHIFT);
    assert_eq!(bench.editor.selection().len(), 2);
    bench.click_with(150.0, 150.0, SHIFT);
    bench.check("*b 400,100 \"buses\"\na 100,100 \"bins\"");
    bench.click_with(900.0, 900.0, SHIFT);
    assert_eq!(bench.editor.selection().len(), 1);
}

#[test]
fn a_drag_is_one_undo_step_and_comes_to_the_front() {
    let mut bench = Bench::new("a 100,100 \"bins\"\nb 150,150 \"buses\"");
    bench.drag((110.0, 110.0), (120.0, 110.0));
    assert!(bench.object("a").z > bench.object("b").z);
    bench.key_with("z", CTRL);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
    assert!(bench.object("a").z < bench.object("b").z);
}

#[test]
fn escape_during_a_marquee_restores_the_selection() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    let before = bench.board();
    bench.down(1_900.0, 1_400.0);
    bench.hover(10.0, 10.0);
    assert_eq!(bench.editor.selection().len(), 2);
    assert!(bench.editor.brush().is_some());
    bench.key("Escape");
    assert_eq!((bench.board(), bench.editor.brush()), (before, None));
}

#[test]
fn a_marquee_says_how_much_it_caught() {
    let mut bench = Bench::new(TWO);
    bench.drag((50.0, 50.0), (700.0, 350.0));
    assert_eq!(bench.said.last().unwrap(), "2 notes selected");
}

#[test]
fn copies_are_dragged_while_the_originals_stay() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Down(bench.pointer(150.0, 150.0, ALT)));
    bench.input(Input::Move(bench.pointer(150.0, 400.0, ALT)));
    assert!(bench.editor.drags_copies());
    bench.key("Escape");
    bench.up(150.0, 400.0);
    assert!(!bench.editor.drags_copies());
    assert_eq!((bench.view().len(), bench.steps), (2, 0));
}

#[test]
fn the_middle_button_pans_with_any_tool() {
    let mut bench = Bench::new(TWO);
    let mut pointer = bench.pointer(150.0, 150.0, NONE);
    pointer.button = Button::Middle;
    bench.input(Input::Down(pointer));
    bench.hover(250.0, 170.0);
    bench.input(Input::Up(Pointer {
        at: Point::new(250.0, 170.0),
        ..pointer
    }));
    assert_eq!(bench.camera().origin, Point::new(-100.0, -20.0));
    assert_eq!((bench.steps, bench.editor.selection().len()), (0, 0));
}

#[test]
fn the_right_button_starts_nothing() {
    let mut bench = Bench::new(TWO);
    let mut pointer = bench.pointer(150.0, 150.0, NONE);
    pointer.button = Button::Right;
    bench.input(Input::Down(pointer));
    bench.hover(350.0, 350.0);
    bench.input(Input::Up(pointer));
    assert_eq!((bench.steps, bench.camera().origin), (0, Point::ZERO));
}

#[test]
fn a_drag_under_way_is_not_disturbed_by_keys() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(250.0, 150.0);
    for key in [" ", "Delete", "n", "Tab", "ArrowLeft", "h"] {
        assert!(bench.key(key).used, "{key}");
    }
    bench.key_with("d", CTRL);
    assert_eq!(bench.editor.tool(), Tool::Select);
    assert_eq!(bench.editor.drag_offset(), Some(Vec2::new(100.0, 0.0)));
    bench.up(250.0, 150.0);
    bench.check("*a 200,100 \"bins\"\nb 400,100 \"buses\"");
}

#[test]
fn what_is_dragged_stays_under_the_pointer_when_the_wheel_turns() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(160.0, 150.0);
    bench.input(Input::Wheel(
        Point::new(160.0, 150.0),
        Vec2::new(0.0, 100.0),
        NONE,
    ));
    bench.up(160.0, 150.0);
    assert_eq!(bench.object("a").pos, Point::new(110.0, 200.0));
}

#[test]
fn shift_and_wheel_goes_sideways() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Wheel(Point::ZERO, Vec2::new(0.0, 40.0), SHIFT));
    assert_eq!(bench.camera().origin, Point::new(40.0, 0.0));
}

#[test]
fn a_tap_beside_everything_deselects() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Touch;
    bench.click(150.0, 150.0);
    assert_eq!(bench.editor.selection().len(), 1);
    bench.click(900.0, 900.0);
    assert_eq!(
        (bench.editor.selection().len(), bench.camera().origin),
        (0, Point::ZERO)
    );
}

#[test]
fn fingers_and_pens_may_tremble_a_little_more() {
    for (kind, is_drag) in [
        (PointerKind::Mouse, true),
        (PointerKind::Touch, false),
        (PointerKind::Pen, false),
    ] {
        let mut bench = Bench::new(TWO);
        bench.kind = kind;
        bench.drag((150.0, 150.0), (155.0, 150.0));
        assert_eq!(bench.steps == 1, is_drag, "{kind:?}");
    }
}

#[test]
fn the_palm_beside_a_pen_does_nothing() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Pen;
    bench.down(150.0, 150.0);
    bench.hover(200.0, 150.0);
    let palm = Pointer {
        at: Point::new(900.0, 900.0),
        id: 7,
        kind: PointerKind::Touch,
        button: Button::Main,
        mods: NONE,
        pressure: NO_PRESSURE,
        now_ms: 0,
    };
    bench.input(Input::Down(palm));
    bench.input(Input::Move(palm));
    bench.input(Input::Up(palm));
    bench.hover(250.0, 150.0);
    bench.up(250.0, 150.0);
    bench.check("*a 200,100 \"bins\"\nb 400,100 \"buses\"");
}

#[test]
fn a_second_finger_takes_a_drag_back() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Touch;
    let before = bench.board();
    bench.down(150.0, 150.0);
    bench.hover(350.0, 350.0);
    let second = Pointer {
        id: 2,
        ..bench.pointer(600.0, 600.0, NONE)
    };
    bench.input(Input::Down(second));
    assert_eq!(bench.editor.drag_offset(), None);
    bench.up(350.0, 350.0);
    bench.input(Input::Move(Pointer {
        at: Point::new(300.0, 300.0),
        ..second
    }));
    bench.input(Input::Up(second));
    assert_eq!((bench.board().replace('*', ""), bench.steps), (before, 0));
}

#[test]
fn losing_the_pointer_leaves_nothing() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(350.0, 350.0);
    bench.input(Input::Cancel);
    bench.up(350.0, 350.0);
    assert_eq!((bench.steps, bench.editor.drag_offset()), (0, None));
}

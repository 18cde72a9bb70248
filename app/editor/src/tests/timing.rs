//! What takes time: taps that are counted, presses that are held, pauses; by a pen that is
//! read more often than the screen is painted; a paste whose key comes first.

use shared::geometry::Point;

use super::bench::*;
use crate::{
    Action, Effect, Input, Refusal,
    gesture::recogniser::{LONG_PRESS_MS, PAUSE_MS},
    input::{Pointer, PointerKind},
};

fn finger(id: i32, x: f64, y: f64, now_ms: u64) -> Pointer {
    let bench = Bench::new("");
    Pointer {
        id,
        kind: PointerKind::Touch,
        now_ms,
        ..bench.pointer(x, y, NONE)
    }
}

fn tap(bench: &mut Bench, pointer: Pointer) {
    bench.input(Input::Down(pointer));
    let now_ms = pointer.now_ms + 20;
    bench.input(Input::Up(Pointer { now_ms, ..pointer }));
}

#[test]
fn two_taps_open_a_note_and_make_one_where_none_is() {
    let mut bench = Bench::new(TWO);
    tap(&mut bench, finger(1, 150.0, 150.0, 1_000));
    assert_eq!(bench.editor.editing(), None);
    tap(&mut bench, finger(2, 155.0, 150.0, 1_200));
    assert_eq!(bench.editor.editing(), Some(&"a".into()));
    tap(&mut bench, finger(3, 900.0, 900.0, 3_000));
    tap(&mut bench, finger(4, 900.0, 900.0, 3_200));
    assert_eq!(bench.editor.editing(), Some(&"n1".into()));
}

#[test]
fn two_taps_that_the_browser_reports_as_well_count_once() {
    let mut bench = Bench::new("");
    tap(&mut bench, finger(1, 900.0, 900.0, 1_000));
    tap(&mut bench, finger(2, 900.0, 900.0, 1_200));
    bench.write("trams", shared::board::Step::Continue);
    let reported = bench.pointer(900.0, 900.0, NONE);
    bench.input(Input::DoubleClick(reported));
    assert_eq!((bench.view().len(), bench.steps), (1, 1));
}

#[test]
fn slow_taps_and_the_end_of_a_drag_only_select() {
    let mut bench = Bench::new(TWO);
    tap(&mut bench, finger(1, 150.0, 150.0, 1_000));
    tap(&mut bench, finger(2, 150.0, 150.0, 2_000));
    bench.input(Input::Down(finger(3, 150.0, 150.0, 3_000)));
    bench.input(Input::Move(finger(3, 150.0, 250.0, 3_050)));
    bench.input(Input::Up(finger(3, 150.0, 250.0, 3_100)));
    tap(&mut bench, finger(4, 150.0, 250.0, 3_200));
    assert_eq!((bench.editor.editing(), bench.steps), (None, 1));
}

#[test]
fn two_fingers_pinch_from_where_they_touch_and_their_lifting_is_no_tap() {
    let mut bench = Bench::new(TWO);
    for (x, id, now_ms) in [(400.0, 1, 1_000), (410.0, 2, 1_010)] {
        bench.input(Input::Down(finger(id, x, 600.0, now_ms)));
    }
    bench.input(Input::Move(finger(2, 420.0, 600.0, 1_050)));
    assert!((bench.camera().zoom - 2.0).abs() < 1e-9);
    bench.input(Input::Up(finger(1, 400.0, 600.0, 1_100)));
    bench.input(Input::Up(finger(2, 420.0, 600.0, 1_110)));
    bench.input(Input::Tick(3_000));
    assert_eq!((bench.view().len(), bench.editor.editing()), (2, None));
    assert_eq!(bench.editor.brush(), None);
}

#[test]
fn a_finger_that_wanders_before_it_is_held_moves_the_view() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Touch;
    bench.down(900.0, 900.0);
    bench.hover(880.0, 900.0);
    bench.wait(LONG_PRESS_MS);
    assert_eq!(bench.editor.brush(), None);
    bench.hover(800.0, 900.0);
    bench.up(800.0, 900.0);
    assert_eq!(bench.camera().origin, Point::new(100.0, 0.0));
}

#[test]
fn a_pen_taps_twice_while_a_finger_rests() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Down(finger(1, 900.0, 900.0, 500)));
    let pen = |now_ms| Pointer {
        id: 2,
        kind: PointerKind::Pen,
        ..finger(2, 150.0, 150.0, now_ms)
    };
    tap(&mut bench, pen(1_000));
    tap(&mut bench, pen(1_200));
    assert_eq!(bench.editor.editing(), Some(&"a".into()));
    bench.input(Input::Up(finger(1, 900.0, 900.0, 1_400)));
    assert_eq!((bench.view().len(), bench.steps), (2, 0));
}

#[test]
fn a_tick_is_wanted_only_while_something_may_be_due() {
    let mut bench = Bench::new(TWO);
    assert_eq!(bench.editor.wakes_at(), None);
    bench.down(900.0, 900.0);
    assert_eq!(bench.editor.wakes_at(), Some(bench.now_ms + LONG_PRESS_MS));
    bench.hover(700.0, 700.0);
    assert_eq!(bench.editor.wakes_at(), Some(bench.now_ms + PAUSE_MS));
    bench.up(700.0, 700.0);
    assert_eq!(bench.editor.wakes_at(), None);
}

#[test]
fn a_line_has_every_place_of_the_pen_and_a_drag_only_the_newest() {
    let trail = |bench: &Bench| -> Vec<Pointer> {
        [(200.0, 160.0), (250.0, 340.0), (300.0, 150.0)]
            .map(|(x, y)| bench.pointer(x, y, NONE))
            .into()
    };
    let mut bench = Bench::new("");
    bench.key("p");
    bench.down(150.0, 150.0);
    bench.input(Input::Trail(trail(&bench)));
    bench.up(300.0, 150.0);
    assert!(bench.bounds("n1").height() > 150.0, "the way down is there");
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.input(Input::Trail(trail(&bench)));
    bench.up(300.0, 150.0);
    assert_eq!(bench.object("a").pos, Point::new(250.0, 100.0));
}

#[test]
fn the_key_of_a_paste_says_whether_it_becomes_one_note() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.act(Action::Copy);
    let json = bench.clip.clone().unwrap().json;
    let mut paste = |mods| {
        let reply = bench.press("v", "KeyV", mods);
        assert!(!reply.used, "the browser has to paste");
        let effects = bench.with(|editor, cx| editor.paste_clipboard(&json, "one\ntwo", cx));
        bench.carry_out(&effects);
        bench.view().len()
    };
    assert_eq!(paste(CTRL_SHIFT), 3, "one note of the text");
    assert_eq!(paste(CTRL), 5, "the objects");
    assert_eq!(paste(CTRL_SHIFT), 6);
    // A paste by another way than a key is an ordinary one.
    let effects = bench.with(|editor, cx| editor.paste_clipboard("", "one\ntwo", cx));
    bench.carry_out(&effects);
    assert_eq!(bench.view().len(), 8);
}

#[test]
fn who_may_not_is_told_why() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    let told = |bench: &mut Bench, action| match &bench.act(action).effects[..] {
        [Effect::Toast(text)] => text.clone(),
        other => panic!("{action:?}: {other:?}"),
    };
    assert_eq!(
        told(&mut bench, Action::Lock),
        Refusal::FacilitatorsOnly.text().into()
    );
    bench.read_only = true;
    for action in [Action::Delete, Action::NewNote, Action::Undo, Action::Wider] {
        assert_eq!(told(&mut bench, action), Refusal::ReadOnly.text().into());
    }
    // With nothing selected there is nothing to explain, and the key is the browser's.
    bench.key("Escape");
    assert_eq!(bench.act(Action::Delete), crate::Reply::unused());
}

//! What handles do, by keys: size, angle, labels, ends; and a selection made by Tab.

use shared::{
    geometry::{Rect, Size},
    object::Kind,
};

use super::bench::*;
use crate::{Action, Tool, input::Mods};

const BOARD: &str = "a shape 100,100 200x100 \"bins\"\nb shape 600,100 200x100 \"buses\"\nc shape 100,600 200x100 \"trams\"\nl a->b \"feeds\"";
const ALT_SHIFT: Mods = Mods { alt: true, ..SHIFT };
const CTRL_SHIFT: Mods = Mods {
    ctrl: true,
    ..SHIFT
};

#[test]
fn a_shape_gets_wider_and_taller_and_a_burst_is_one_step() {
    let mut bench = Bench::new(BOARD);
    bench.click(150.0, 150.0);
    for key in ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"] {
        bench.key_with(key, ALT_SHIFT);
    }
    bench.key_with("ArrowDown", ALT_SHIFT);
    assert_eq!(bench.bounds("a"), Rect::new(100.0, 100.0, 320.0, 210.0));
    assert_eq!(bench.said.last().unwrap(), "220 by 110");
    assert_eq!(bench.steps, 1);
    bench.key_with("ArrowUp", ALT_SHIFT);
    bench.act(Action::Undo);
    assert_eq!(bench.bounds("a"), Rect::new(100.0, 100.0, 300.0, 200.0));
}

#[test]
fn what_keeps_its_ratio_grows_either_way_and_texts_only_across() {
    let mut bench = Bench::new("a 100,100 \"bins\"\nt text 600,100 200x40 \"trams\"");
    bench.click(150.0, 150.0);
    bench.act(Action::Taller);
    assert_eq!(bench.bounds("a").size(), Size::new(210.0, 210.0));
    bench.act(Action::Narrower);
    assert_eq!(bench.bounds("a").size(), Size::new(200.0, 200.0));
    let height = bench.bounds("t").height();
    bench.click(620.0, 110.0);
    bench.act(Action::Wider);
    assert_eq!(bench.bounds("t").size(), Size::new(210.0, height));
    let steps = bench.steps;
    bench.act(Action::Taller);
    assert_eq!(bench.steps, steps);
}

#[test]
fn a_turned_shape_grows_along_its_own_sides() {
    let mut bench = Bench::new(BOARD);
    bench.click(150.0, 150.0);
    for _ in 0..6 {
        bench.key_with("ArrowRight", CTRL_SHIFT);
    }
    assert_eq!((bench.object("a").angle, bench.steps), (90.0, 1));
    let before = bench.bounds("a");
    bench.act(Action::Wider);
    let after = bench.bounds("a");
    assert_eq!((after.width(), after.height()), (100.0, 210.0));
    assert!((after.origin() - before.origin()).hypot() < 1.0);
    bench.act(Action::TurnLeft);
    assert_eq!(bench.object("a").angle, 75.0);
}

#[test]
fn notes_and_frames_do_not_turn_and_what_is_locked_keeps_its_size() {
    let mut bench = Bench::new("a 100,100 \"bins\"\nb shape 600,100 200x100 \"buses\"");
    bench.is_facilitator = true;
    bench.click(150.0, 150.0);
    bench.act(Action::TurnRight);
    assert!(bench.said.last().unwrap().contains("can be turned"));
    bench.click(650.0, 150.0);
    bench.act(Action::Lock);
    let (board, steps) = (bench.board(), bench.steps);
    for action in [Action::Wider, Action::TurnRight, Action::Shorter] {
        bench.act(action);
        assert!(bench.said.last().unwrap().contains("locked"));
    }
    assert_eq!((bench.board(), bench.steps), (board, steps));
}

#[test]
fn arrows_slide_the_label_of_a_bound_connector() {
    let mut bench = Bench::new(BOARD);
    let label = |bench: &Bench| bench.scene.line(&"l".into()).unwrap().label.center();
    let before = label(&bench);
    let middle = bench.bounds("l").center();
    bench.click(middle.x, middle.y);
    for _ in 0..3 {
        bench.key("ArrowRight");
    }
    assert!(label(&bench).x > before.x + 20.0);
    bench.key("ArrowUp");
    assert_eq!(bench.steps, 1);
    for _ in 0..40 {
        bench.key("ArrowLeft");
    }
    let Kind::Connector(line) = &bench.object("l").kind else {
        panic!()
    };
    assert_eq!(line.label_at, 0.05);
    bench.act(Action::Undo);
    assert_eq!(label(&bench), before);
}

#[test]
fn either_end_of_a_connector_is_led_elsewhere_by_keys() {
    for (mods, wanted) in [(NONE, "*l a->c \"feeds\""), (SHIFT, "*l c->b \"feeds\"")] {
        let mut bench = Bench::new(BOARD);
        let middle = bench.bounds("l").center();
        bench.click(middle.x, middle.y);
        bench.key("c");
        while !bench.editor.selection().contains(&"c".into()) {
            bench.key("Tab");
        }
        bench.key_with("Enter", mods);
        assert_eq!(bench.steps, 1);
        assert_eq!(bench.editor.tool(), Tool::Select);
        assert!(bench.board().contains(wanted), "{}", bench.board());
        assert!(
            bench
                .said
                .last()
                .unwrap()
                .starts_with("Connector now goes from")
        );
    }
}

#[test]
fn who_only_reads_changes_nothing_by_these_keys() {
    let mut bench = Bench::new(BOARD);
    bench.read_only = true;
    let middle = bench.bounds("l").center();
    bench.click(middle.x, middle.y);
    bench.key("c");
    bench.key("Tab");
    bench.key_with("Enter", NONE);
    bench.key("Tab");
    for action in [Action::Wider, Action::TurnRight, Action::Properties] {
        bench.act(action);
    }
    bench.key("ArrowRight");
    assert_eq!(bench.steps, 0);
}

#[test]
fn tab_adds_to_what_is_kept() {
    let mut bench = Bench::new(BOARD);
    let selected = |bench: &Bench| {
        let ids = bench.editor.selection().iter().map(ToString::to_string);
        ids.collect::<Vec<_>>().join(" ")
    };
    bench.key("Tab");
    bench.key_with("Enter", SHIFT);
    assert!(bench.said.last().unwrap().contains("1 shape selected"));
    bench.key("Tab");
    assert_eq!(selected(&bench), "a l");
    bench.key("Tab");
    assert_eq!(selected(&bench), "a b", "what is not kept is left");
    bench.key_with("Enter", SHIFT);
    bench.key("Tab");
    assert_eq!(selected(&bench), "a b c");
    // Back on one that is kept: it is let go.
    bench.key_with("Tab", SHIFT);
    assert!(bench.said.last().unwrap().ends_with(", selected"));
    bench.key_with("Enter", SHIFT);
    assert_eq!(selected(&bench), "a");
    bench.key("Tab");
    assert_eq!(selected(&bench), "a c");
    // Beyond the end the focus goes on, what is kept stays.
    assert!(!bench.key("Tab").used);
    assert_eq!(selected(&bench), "a");
    bench.key("Escape");
    bench.key("Tab");
    assert_eq!(selected(&bench), "a");
    bench.key("Tab");
    assert_eq!(selected(&bench), "l", "Escape lets go of all");
}

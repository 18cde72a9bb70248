//! Frames carry, groups move together, and the work of others is not moved by accident.

use shared::{geometry::Point, id::ObjectId};

use super::bench::*;
use crate::Action;
use crate::gesture::recogniser::LONG_PRESS_MS;

const FRAMED: &str = "a 150,200 \"bins\"\nb 900,900 \"buses\"\nf frame 100,100 400x400 \"Waste\"";

/// Six notes of somebody in a row.
fn six() -> String {
    let notes = (0..6).map(|i| format!("{i} {},100 \"n\"", 100 + i * 220));
    notes.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_frame_carries_what_lies_in_it() {
    let mut bench = Bench::new(FRAMED);
    bench.drag_with((300.0, 112.0), (500.0, 212.0), CTRL);
    assert_eq!(bench.object("f").pos, Point::new(300.0, 200.0));
    assert_eq!(bench.object("a").pos, Point::new(350.0, 300.0));
    assert_eq!(bench.object("b").pos, Point::new(900.0, 900.0));
    assert_eq!(bench.steps, 1);
    bench.act(Action::Undo);
    bench.key("Escape");
    bench.check(FRAMED);
}

#[test]
fn what_lies_in_a_frame_moves_out_by_itself() {
    let mut bench = Bench::new(FRAMED);
    bench.drag_with((250.0, 300.0), (1_250.0, 300.0), CTRL);
    assert_eq!(bench.object("f").pos, Point::new(100.0, 100.0));
    bench.drag_with((300.0, 112.0), (300.0, 212.0), CTRL);
    assert_eq!(
        bench.object("a").pos,
        Point::new(1_150.0, 200.0),
        "it is carried no longer"
    );
}

#[test]
fn the_inside_of_a_frame_is_empty_space() {
    let mut bench = Bench::new(FRAMED);
    // From inside a frame the marquee takes what it touches, and not the frame.
    bench.drag((120.0, 450.0), (380.0, 300.0));
    let board = bench.board();
    assert!(
        board.contains("*a 150,200") && !board.contains("*f"),
        "{board}"
    );
}

#[test]
fn a_copy_of_a_frame_has_what_lies_in_it() {
    let mut bench = Bench::new(FRAMED);
    bench.click(300.0, 112.0);
    bench.act(Action::Duplicate);
    assert_eq!(bench.view().len(), 5);
}

#[test]
fn a_group_is_selected_and_moved_as_one_and_ctrl_reaches_inside() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.key_with("g", CTRL);
    bench.key("Escape");
    bench.click(150.0, 150.0);
    assert_eq!(bench.editor.selection().len(), 2);
    bench.drag_with((150.0, 150.0), (150.0, 650.0), SHIFT);
    bench.key("Escape");
    let before = bench.object("b").pos;
    bench.click_with(450.0, 150.0, CTRL);
    assert!(bench.editor.selection().len() <= 1 || before.y > 100.0);
    bench.key_with("a", CTRL);
    bench.key_with("G", CTRL_SHIFT);
    bench.key("Escape");
    let at = bench.bounds("a").center();
    bench.click(at.x, at.y);
    assert_eq!(bench.editor.selection().len(), 1);
}

#[test]
fn what_is_locked_is_put_into_no_group() {
    let mut bench = Bench::new(TWO);
    bench.somebody(&shared::board::Command::Lock(vec!["b".into()], true));
    bench.click(150.0, 150.0);
    bench.click_with(450.0, 150.0, SHIFT);
    let steps = bench.steps;
    bench.act(Action::Group);
    assert_eq!(
        (bench.steps, bench.object("b").group.clone()),
        (steps, None)
    );
}

#[test]
fn ctrl_click_takes_one_of_a_group() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.act(Action::Group);
    bench.key("Escape");
    bench.click_with(150.0, 150.0, CTRL);
    let ids: Vec<ObjectId> = bench.editor.selection().iter().cloned().collect();
    assert_eq!(ids, ["a".into()]);
}

#[test]
fn a_copied_group_is_a_group_of_its_own() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.act(Action::Group);
    bench.act(Action::Duplicate);
    let group = |id: &str| bench.object(id).group.clone();
    let copies: Vec<_> = bench
        .editor
        .selection()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(group(&copies[0]), group(&copies[1]));
    assert_ne!(group(&copies[0]), group("a"));
}

#[test]
fn more_than_five_objects_of_others_ask_to_be_held() {
    let mut bench = Bench::new(&six());
    bench.key_with("a", CTRL);
    bench.drag((200.0, 200.0), (200.0, 700.0));
    assert_eq!(bench.steps, 0);
    assert!(bench.said.last().unwrap().contains("Press and hold"));
    // Held, they move.
    bench.down(200.0, 200.0);
    bench.wait(LONG_PRESS_MS);
    bench.hover(200.0, 400.0);
    bench.hover(200.0, 700.0);
    bench.up(200.0, 700.0);
    assert_eq!(
        (bench.steps, bench.object("0").pos),
        (1, Point::new(100.0, 600.0))
    );
}

#[test]
fn five_objects_of_others_move_at_once() {
    let mut bench = Bench::new(&six());
    bench.key_with("a", CTRL);
    bench.click_with(200.0, 200.0, SHIFT);
    assert_eq!(bench.editor.selection().len(), 5);
    bench.drag((420.0, 200.0), (420.0, 700.0));
    assert_eq!(bench.steps, 1);
}

#[test]
fn a_group_moves_as_one_and_one_of_it_by_ctrl_alone() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.key_with("g", CTRL);
    bench.key("Escape");
    bench.prefer(|prefs| prefs.snaps = false);
    bench.drag((150.0, 150.0), (150.0, 650.0));
    bench.check("*a 100,600 \"bins\"\n*b 400,600 \"buses\"");
    bench.key("Escape");
    // Held while pressed, Ctrl reaches inside; here it makes the drag snap, far from all.
    bench.drag_with((450.0, 650.0), (1_203.0, 353.0), CTRL);
    bench.check("*b 1153,303 \"buses\"\na 100,600 \"bins\"");
    bench.act(Action::Undo);
    bench.act(Action::Undo);
    bench.key("Escape");
    bench.check(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("G", CTRL_SHIFT);
    assert_eq!(bench.object("a").group, None);
    bench.act(Action::Undo);
    assert!(bench.object("a").group.is_some());
    assert_eq!(bench.object("a").group, bench.object("b").group);
}

#[test]
fn a_marquee_takes_the_whole_group_and_with_ctrl_what_it_touches() {
    for (mods, caught) in [(NONE, 2), (CTRL, 1)] {
        let mut bench = Bench::new(TWO);
        bench.key_with("a", CTRL);
        bench.act(Action::Group);
        bench.key("Escape");
        bench.drag_with((50.0, 50.0), (320.0, 320.0), mods);
        assert_eq!(bench.editor.selection().len(), caught, "{mods:?}");
        assert!(bench.editor.selection().contains(&"a".into()));
    }
}

#[test]
fn a_double_click_writes_in_one_of_a_group() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.act(Action::Group);
    bench.key("Escape");
    bench.double_click(150.0, 150.0);
    assert_eq!(bench.editor.editing(), Some(&"a".into()));
    bench.check("*a 100,100 \"bins\"\nb 400,100 \"buses\"");
}

#[test]
fn a_frame_carries_a_frame_with_what_lies_in_that_and_leaves_what_is_locked() {
    let mut bench = Bench::new(
        "a 250,250 \"in both\"\nb 500,500 \"locked\"\nf frame 100,100 800x700 \"outer\"\ng frame 200,200 280x280 \"inner\"",
    );
    bench.somebody(&shared::board::Command::Lock(vec!["b".into()], true));
    bench.drag_with((300.0, 112.0), (900.0, 212.0), CTRL);
    bench.check(
        "*f frame 700,200 800x700 \"outer\"\na 850,350 \"in both\"\nb 500,500 \"locked\"\ng frame 800,300 280x280 \"inner\"",
    );
    assert_eq!(bench.steps, 1);
}

#[test]
fn a_frame_with_many_objects_of_others_asks_to_be_held_and_one_with_my_own_does_not() {
    let notes: Vec<String> = (0..6)
        .map(|i| format!("{i} {},{} \"n\"", 120 + i % 3 * 220, 160 + i / 3 * 220))
        .collect();
    let board = format!("{}\nf frame 100,100 700x540 \"Waste\"", notes.join("\n"));
    let mut bench = Bench::new(&board);
    bench.drag_with((300.0, 112.0), (900.0, 212.0), CTRL);
    assert!(bench.said.last().unwrap().contains("Press and hold"));
    bench.key("Escape");
    assert_eq!((bench.steps, bench.board()), (0, board));
    // Mine: as many, pasted by myself.
    let mut bench = Bench::new("");
    bench.paste("a\nb\nc\nd\ne\nf\ng", false);
    let before: Vec<Point> = bench.view().iter().map(|object| object.pos).collect();
    let at = bench.bounds("n1").center();
    bench.drag_with((at.x, at.y), (at.x, at.y + 100.0), CTRL);
    let after: Vec<Point> = bench.view().iter().map(|object| object.pos).collect();
    assert_eq!(bench.steps, 2);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(after.y - before.y, 100.0);
    }
}

/// Which frames lie in front of which: from the back.
fn depths(bench: &Bench) -> String {
    let objects = bench.view().back_to_front().into_iter();
    let ids: Vec<String> = objects.map(|object| object.id.to_string()).collect();
    ids.join(" ")
}

#[test]
fn a_frame_that_is_drawn_in_a_frame_is_in_front_of_it_and_behind_the_notes() {
    let mut bench = Bench::new("f frame 100,100 900x900 \"\"\na 300,300 \"bins\"");
    bench.key("f");
    bench.drag_with((250.0, 250.0), (700.0, 700.0), CTRL);
    bench.key("Escape");
    assert_eq!(depths(&bench), "f n1 a");
    bench.key("f");
    bench.drag_with((280.0, 280.0), (600.0, 600.0), CTRL);
    bench.key("Escape");
    assert_eq!(depths(&bench), "f n1 n2 a");
    assert_eq!(bench.steps, 2);
    bench.act(Action::Undo);
    assert_eq!(depths(&bench), "f n1 a");
}

#[test]
fn a_frame_that_is_moved_or_resized_into_another_comes_before_it() {
    // The later of two frames lies behind.
    let two = || {
        let mut bench = Bench::new("f frame 100,100 900x900 \"\"\na 300,300 \"bins\"");
        bench.key("f");
        bench.drag_with((1_200.0, 100.0), (1_500.0, 400.0), CTRL);
        bench.key("Escape");
        bench.key("Escape");
        assert_eq!(depths(&bench), "n1 f a");
        bench
    };
    let mut bench = two();
    bench.drag_with((1_300.0, 112.0), (700.0, 712.0), CTRL);
    assert_eq!(depths(&bench), "f n1 a");
    assert_eq!(bench.steps, 2);
    bench.act(Action::Undo);
    assert_eq!(depths(&bench), "n1 f a");
    // Step by step, and out again: nothing to be done.
    let mut bench = two();
    bench.click(1_300.0, 112.0);
    for _ in 0..6 {
        bench.key_with("ArrowLeft", SHIFT);
    }
    assert_eq!(depths(&bench), "f n1 a");
    // The outer one grows around it.
    let mut bench = two();
    bench.click(500.0, 112.0);
    let from = bench.handle(crate::Handle::Resize(Point::new(1.0, 1.0)));
    bench.drag_with(from, (1_600.0, 1_000.0), CTRL);
    assert_eq!(depths(&bench), "f n1 a");
}

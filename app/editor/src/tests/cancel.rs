//! Escape in the middle of anything leaves the board, the history and the selection alone.

use shared::{board::Step, geometry::Point};

use super::bench::*;
use crate::{Action, Handle, Tool, gesture::handles::Edge};

const BOARD: &str =
    "a shape 100,100 200x100 \"bins\"\nb shape 600,100 200x100 \"buses\"\nl a->b \"feeds\"";

/// Presses, drags, gives up, and lets go.
#[track_caller]
fn gives_up(bench: &mut Bench, from: (f64, f64), to: (f64, f64)) {
    let before = bench.board();
    bench.down(from.0, from.1);
    bench.hover(f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
    bench.hover(to.0, to.1);
    assert!(!bench.editor.is_at_rest(), "nothing is under way");
    bench.key("Escape");
    bench.up(to.0, to.1);
    assert_eq!(bench.board(), before);
    assert_eq!(bench.steps, 0);
    assert!(bench.editor.is_at_rest());
}

#[test]
fn moving() {
    let mut bench = Bench::new(BOARD);
    bench.click(200.0, 150.0);
    gives_up(&mut bench, (200.0, 150.0), (500.0, 700.0));
}

#[test]
fn resizing_and_turning() {
    for wanted in [Handle::Resize(Point::new(1.0, 1.0)), Handle::Turn] {
        let mut bench = Bench::new(BOARD);
        bench.click(200.0, 150.0);
        let from = bench.handle(wanted);
        gives_up(&mut bench, from, (500.0, 500.0));
    }
}

#[test]
fn selecting() {
    let mut bench = Bench::new(BOARD);
    bench.click(200.0, 150.0);
    gives_up(&mut bench, (50.0, 500.0), (900.0, 50.0));
}

#[test]
fn connecting_from_a_dot_and_binding_anew() {
    let mut bench = Bench::new(BOARD);
    bench.click(200.0, 150.0);
    let from = bench.handle(Handle::Dot(Edge::Bottom));
    gives_up(&mut bench, from, (700.0, 150.0));
    bench.key("Escape");
    bench.click(450.0, 150.0);
    let from = bench.handle(Handle::To);
    gives_up(&mut bench, from, (200.0, 600.0));
    assert!(bench.offered.is_none());
}

#[test]
fn sliding_a_label() {
    let mut bench = Bench::new(BOARD);
    bench.click(450.0, 150.0);
    gives_up(&mut bench, (450.0, 150.0), (520.0, 150.0));
}

#[test]
fn placing_and_connecting_with_a_tool() {
    for key in ["r", "f", "s", "t", "c", "p"] {
        let mut bench = Bench::new(BOARD);
        bench.key(key);
        gives_up(&mut bench, (300.0, 600.0), (700.0, 900.0));
        bench.key("Escape");
        bench.check(BOARD);
    }
}

#[test]
fn placing_from_the_keyboard() {
    let mut bench = Bench::new(BOARD);
    bench.key("r");
    bench.key("ArrowRight");
    bench.key("Escape");
    bench.key("Escape");
    bench.key("Enter");
    assert_eq!(bench.steps, 0);
    bench.check(BOARD);
}

#[test]
fn connecting_from_the_keyboard() {
    let mut bench = Bench::new(BOARD);
    bench.key("Tab");
    bench.key("c");
    bench.key("Tab");
    bench.key("Escape");
    assert_eq!(bench.steps, 0);
    assert!(!bench.board().contains("n1"));
}

#[test]
fn copies_are_not_made() {
    let mut bench = Bench::new(BOARD);
    bench.click(200.0, 150.0);
    let before = bench.board();
    bench.input(crate::Input::Down(bench.pointer(200.0, 150.0, ALT)));
    bench.input(crate::Input::Move(bench.pointer(400.0, 700.0, ALT)));
    assert!(bench.editor.drags_copies());
    bench.key("Escape");
    bench.input(crate::Input::Up(bench.pointer(400.0, 700.0, ALT)));
    assert_eq!((bench.board(), bench.steps), (before, 0));
}

/// What a drag begins at: a spot of the board, or a handle of what is clicked there first.
type Start = (Option<(f64, f64)>, Option<Handle>, &'static str);

#[test]
fn what_was_done_and_what_was_undone_are_still_there_after_every_drag_given_up() {
    let a = Some((200.0, 150.0));
    let line = Some((450.0, 150.0));
    let starts: [Start; 11] = [
        (None, None, "v"),
        (a, None, "v"),
        (a, Some(Handle::Resize(Point::new(0.0, 0.0))), "v"),
        (a, Some(Handle::Turn), "v"),
        (a, Some(Handle::Dot(Edge::Left)), "v"),
        (line, Some(Handle::From), "v"),
        (line, Some(Handle::To), "v"),
        (line, None, "v"),
        (None, None, "r"),
        (None, None, "c"),
        (None, None, "p"),
    ];
    for (chosen, wanted, tool) in starts {
        let mut bench = Bench::new(&format!("{BOARD}\nz 1500,1000 \"done\""));
        // One step that stands, and one that was taken back.
        bench.drag_with((1_600.0, 1_100.0), (1_600.0, 1_200.0), CTRL);
        bench.drag_with((1_600.0, 1_200.0), (1_600.0, 1_250.0), CTRL);
        bench.act(Action::Undo);
        bench.key("Escape");
        let from = chosen.unwrap_or((300.0, 700.0));
        if chosen.is_some() {
            bench.click(from.0, from.1);
        }
        bench.key(tool);
        let from = wanted.map_or(from, |wanted| bench.handle(wanted));
        let (before, steps) = (bench.board(), bench.steps);
        bench.down(from.0, from.1);
        bench.hover(from.0 + 150.0, from.1 + 120.0);
        bench.hover(from.0 + 300.0, from.1 + 240.0);
        assert!(!bench.editor.is_at_rest(), "{chosen:?} {wanted:?} {tool}");
        bench.key("Escape");
        bench.up(from.0 + 300.0, from.1 + 240.0);
        assert_eq!((bench.board(), bench.steps), (before, steps));
        let y = |bench: &Bench| bench.object("z").pos.y;
        bench.act(Action::Redo);
        assert_eq!(y(&bench), 1_150.0, "{chosen:?} {wanted:?} {tool}");
        bench.act(Action::Undo);
        bench.act(Action::Undo);
        assert_eq!(y(&bench), 1_000.0, "{chosen:?} {wanted:?} {tool}");
    }
}

#[test]
fn a_drag_that_comes_back_to_where_it_began_is_no_step() {
    let table = [
        ((200.0, 150.0), None),
        ((450.0, 150.0), Some(Handle::To)),
        ((200.0, 150.0), Some(Handle::Resize(Point::new(1.0, 1.0)))),
        ((200.0, 150.0), Some(Handle::Turn)),
    ];
    for (chosen, wanted) in table {
        let mut bench = Bench::new(BOARD);
        bench.prefer(|prefs| prefs.snaps = false);
        bench.click(chosen.0, chosen.1);
        let from = wanted.map_or(chosen, |wanted| bench.handle(wanted));
        let before = bench.view().clone();
        bench.down(from.0, from.1);
        bench.hover(from.0 + 200.0, from.1 + 300.0);
        bench.hover(from.0, from.1);
        bench.up(from.0, from.1);
        assert_eq!((bench.view(), bench.steps), (&before, 0), "{wanted:?}");
    }
}

#[test]
fn the_edge_of_the_screen_pulls_whatever_is_dragged_and_nothing_at_rest() {
    // Where the pointer rests, and which way the view goes.
    let edges = [
        ((2.0, 700.0), (-1.0, 0.0)),
        ((1_998.0, 700.0), (1.0, 0.0)),
        ((1_000.0, 2.0), (0.0, -1.0)),
        ((1_998.0, 1_498.0), (1.0, 1.0)),
    ];
    for (at, way) in edges {
        for (tool, from) in [
            ("v", (200.0, 150.0)),
            ("v", (900.0, 900.0)),
            ("r", (900.0, 900.0)),
            ("c", (200.0, 150.0)),
        ] {
            let mut bench = Bench::new(BOARD);
            bench.key(tool);
            bench.hover(at.0, at.1);
            bench.input(crate::Input::Scroll(16.0));
            assert_eq!(bench.camera().origin, Point::ZERO, "nothing is dragged");
            bench.down(from.0, from.1);
            bench.hover(1_000.0, 700.0);
            bench.hover(at.0, at.1);
            for _ in 0..5 {
                bench.input(crate::Input::Scroll(16.0));
            }
            let origin = bench.camera().origin;
            let sign = |x: f64| if x == 0.0 { 0.0 } else { x.signum() };
            assert_eq!((sign(origin.x), sign(origin.y)), way, "{tool} {at:?}");
            bench.key("Escape");
            bench.up(at.0, at.1);
            assert_eq!(
                (bench.board().replace('*', ""), bench.steps),
                (BOARD.into(), 0)
            );
            let rests = bench.camera();
            bench.input(crate::Input::Scroll(16.0));
            assert_eq!(bench.camera(), rests);
        }
    }
}

#[test]
fn a_tool_taken_in_hand_ends_the_writing() {
    let mut bench = Bench::new("a 100,100 \"bins\"");
    bench.act(Action::NewNote);
    bench.write("trams", Step::New);
    bench.act(Action::PenTool);
    assert_eq!(bench.editor.editing(), None);
    assert_eq!(bench.editor.tool(), Tool::Draw);
    assert_eq!(bench.view().iter().count(), 2);
    // A note left empty goes.
    bench.act(Action::NewNote);
    bench.act(Action::StampTool);
    assert_eq!(bench.view().iter().count(), 2);
    assert!(bench.editor.selection().is_empty());
}

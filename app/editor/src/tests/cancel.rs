//! Escape in the middle of anything leaves the board, the history and the selection alone.

use shared::geometry::Point;

use super::bench::*;
use crate::{Handle, handles::Edge};

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

fn handle(bench: &mut Bench, wanted: Handle) -> (f64, f64) {
    let handles = bench.with(|editor, cx| editor.handles(cx));
    let at = handles
        .iter()
        .find(|(handle, _)| *handle == wanted)
        .unwrap()
        .1;
    (at.x, at.y)
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
        let from = handle(&mut bench, wanted);
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
    let from = handle(&mut bench, Handle::Dot(Edge::Bottom));
    gives_up(&mut bench, from, (700.0, 150.0));
    bench.key("Escape");
    bench.click(450.0, 150.0);
    let from = handle(&mut bench, Handle::To);
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

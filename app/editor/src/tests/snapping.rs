//! Snapping, nudging, arranging.

use shared::{geometry::Point, id::ObjectId};

use super::bench::*;
use crate::{Action, Input, snap::Guide};

fn pos(bench: &Bench, id: &str) -> Point {
    bench.object(id).pos
}

#[test]
fn what_is_dragged_near_an_edge_snaps_and_a_guide_says_why() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(300.0, 500.0);
    bench.hover(445.0, 750.0);
    let is_left = |guide: &Guide| matches!(guide, Guide::Line { at, .. } if *at == 400.0);
    assert!(
        bench.editor.guides().iter().any(is_left),
        "{:?}",
        bench.editor.guides()
    );
    bench.up(445.0, 750.0);
    assert_eq!(pos(&bench, "a"), Point::new(400.0, 700.0));
    assert!(bench.editor.guides().is_empty());
}

#[test]
fn ctrl_and_the_preference_invert_snapping() {
    let mut bench = Bench::new(TWO);
    bench.drag_with((150.0, 150.0), (445.0, 750.0), CTRL);
    assert_eq!(pos(&bench, "a"), Point::new(395.0, 700.0));
    let mut bench = Bench::new(TWO);
    bench.prefer(|prefs| prefs.snaps = false);
    bench.drag((150.0, 150.0), (445.0, 750.0));
    assert_eq!(pos(&bench, "a"), Point::new(395.0, 700.0));
}

#[test]
fn the_distance_is_one_of_the_screen() {
    // At 50 % eight pixels are sixteen units.
    let mut bench = Bench::new(TWO);
    bench.act(Action::ZoomOut);
    assert_eq!(bench.camera().zoom, 0.5);
    let screen = |bench: &Bench, x: f64, y: f64| {
        let at = bench.camera().screen_from_board(Point::new(x, y));
        (at.x, at.y)
    };
    let (from, to) = (screen(&bench, 150.0, 150.0), screen(&bench, 438.0, 750.0));
    bench.drag(from, to);
    assert_eq!(pos(&bench, "a").x, 400.0);
}

#[test]
fn equal_gaps_snap() {
    let mut bench = Bench::new("a 0,0 \"\"\nb 300,0 \"\"\nc 1400,700 \"\"");
    bench.drag((1_450.0, 750.0), (656.0, 81.0));
    // 300 to the right of b, as b is of a.
    assert_eq!(pos(&bench, "c").x, 600.0);
}

#[test]
fn beside_a_note_there_is_a_place_for_another() {
    let mut bench = Bench::new("a 100,100 \"\"\nb 1000,900 \"\"");
    let gap = shared::object::sticky_note::GAP;
    let to = 100.0 + 200.0 + gap;
    bench.drag((1_050.0, 950.0), (to + 50.0 + 5.0, 153.0));
    assert_eq!(pos(&bench, "b"), Point::new(to, 100.0));
}

#[test]
fn resizing_snaps_the_side_that_moves() {
    let mut bench = Bench::new("a shape 100,100 200x100 \"\"\nb shape 600,500 200x100 \"\"");
    bench.click(200.0, 150.0);
    bench.drag((300.0, 200.0), (597.0, 300.0));
    let rect = bench.bounds("a");
    assert_eq!((rect.x0, rect.x1), (100.0, 600.0));
}

#[test]
fn notes_are_aligned_distributed_and_tidied_in_a_step_each() {
    let mut bench = Bench::new("a 0,0 \"\"\nb 230,40 \"\"\nc 700,10 \"\"");
    bench.key_with("a", CTRL);
    bench.act(Action::AlignTop);
    let tops: Vec<f64> = ["a", "b", "c"].iter().map(|id| pos(&bench, id).y).collect();
    assert_eq!(tops, [0.0, 0.0, 0.0]);
    bench.act(Action::DistributeAcross);
    assert_eq!(pos(&bench, "b").x, 350.0);
    bench.act(Action::Tidy);
    let gap = shared::object::sticky_note::GAP;
    assert_eq!(pos(&bench, "c").x, 2.0 * (200.0 + gap));
    assert_eq!(bench.steps, 3);
    for _ in 0..3 {
        bench.act(Action::Undo);
    }
    bench.key("Escape");
    bench.check("a 0,0 \"\"\nb 230,40 \"\"\nc 700,10 \"\"");
}

#[test]
fn a_drag_at_the_edge_of_the_screen_moves_the_view_and_keeps_what_is_dragged_under_the_pointer() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(1_000.0, 700.0);
    bench.hover(1_995.0, 700.0);
    assert!(bench.editor.scrolls_at_edge());
    let before = bench.camera();
    for _ in 0..10 {
        bench.input(Input::Scroll(16.0));
    }
    let moved = bench.camera().origin - before.origin;
    assert!(moved.x > 10.0 && moved.y == 0.0, "{moved:?}");
    bench.up(1_995.0, 700.0);
    let id: ObjectId = "a".into();
    let at = bench.camera().board_from_screen(Point::new(1_995.0, 700.0));
    let on = bench.scene.hit(bench.view(), at, 0.0);
    assert_eq!(on, Some(id));
}

/// Drags a note past another, with its left edge so far from the other's, at a zoom.
fn left_after(zoom: f64, away: f64) -> f64 {
    let mut bench = Bench::new(TWO);
    bench.editor.set_camera(crate::Camera {
        origin: Point::ZERO,
        zoom,
    });
    let screen = |x: f64, y: f64| (x * zoom, y * zoom);
    bench.drag(screen(150.0, 150.0), screen(450.0 + away, 550.0));
    pos(&bench, "a").x
}

#[test]
fn eight_pixels_of_the_screen_snap_and_more_do_not() {
    for (zoom, near, far) in [(1.0, 8.0, 10.0), (2.0, 4.0, 6.0), (0.5, 16.0, 18.0)] {
        for side in [1.0, -1.0] {
            assert_eq!(left_after(zoom, side * near), 400.0, "{zoom}");
            assert_eq!(left_after(zoom, side * far), 400.0 + side * far, "{zoom}");
        }
    }
}

#[test]
fn middles_snap_to_middles() {
    let mut bench = Bench::new("a shape 100,100 100x60 \"\"\nb shape 600,500 300x200 \"\"");
    // The middle of b is at 750, no edge of a is near one of b there.
    bench.down(150.0, 130.0);
    bench.hover(500.0, 300.0);
    bench.hover(745.0, 330.0);
    let is_middle = |guide: &Guide| matches!(guide, Guide::Line { at, .. } if *at == 750.0);
    assert!(bench.editor.guides().iter().any(is_middle));
    bench.up(745.0, 330.0);
    assert_eq!(pos(&bench, "a"), Point::new(700.0, 300.0));
}

#[test]
fn what_is_off_the_screen_is_not_snapped_to() {
    let mut bench = Bench::new("a 100,100 \"\"\nb 400,3000 \"\"");
    bench.drag((150.0, 150.0), (445.0, 750.0));
    assert_eq!(pos(&bench, "a"), Point::new(395.0, 700.0));
}

#[test]
fn a_nudge_is_exact_and_a_burst_is_one_step_for_all_that_is_selected() {
    let mut bench = Bench::new("a 396,500 \"\"\nb 400,100 \"\"");
    bench.click(450.0, 550.0);
    bench.key("ArrowRight");
    assert_eq!(pos(&bench, "a"), Point::new(406.0, 500.0));
    bench.key_with("a", CTRL);
    for (key, mods) in [("ArrowLeft", NONE), ("ArrowDown", SHIFT), ("ArrowUp", NONE)] {
        bench.key_with(key, mods);
    }
    bench.check("*a 396,590 \"\"\n*b 390,190 \"\"");
    assert_eq!(bench.steps, 2);
    bench.act(Action::Undo);
    bench.check("*a 406,500 \"\"\n*b 400,100 \"\"");
}

#[test]
fn each_alignment_is_one_step_to_its_own_line() {
    const BOARD: &str =
        "a shape 100,100 100x100 \"\"\nb shape 300,250 200x60 \"\"\nc shape 600,400 60x200 \"\"";
    type Line = fn(&shared::geometry::Rect) -> f64;
    let table: [(Action, Line, f64); 6] = [
        (Action::AlignLeft, |rect| rect.x0, 100.0),
        (Action::AlignCenter, |rect| rect.center().x, 380.0),
        (Action::AlignRight, |rect| rect.x1, 660.0),
        (Action::AlignTop, |rect| rect.y0, 100.0),
        (Action::AlignMiddle, |rect| rect.center().y, 350.0),
        (Action::AlignBottom, |rect| rect.y1, 600.0),
    ];
    for (action, line, wanted) in table {
        let mut bench = Bench::new(BOARD);
        bench.key_with("a", CTRL);
        bench.act(action);
        let lines = ["a", "b", "c"].map(|id| line(&bench.bounds(id)));
        assert_eq!((lines, bench.steps), ([wanted; 3], 1), "{action:?}");
        bench.act(Action::Undo);
        assert_eq!(bench.board().replace('*', ""), BOARD, "{action:?}");
    }
    let mut bench = Bench::new(BOARD);
    bench.key_with("a", CTRL);
    bench.act(Action::DistributeDown);
    let [a, b, c] = ["a", "b", "c"].map(|id| bench.bounds(id));
    assert_eq!((b.y0 - a.y1, bench.steps), (c.y0 - b.y1, 1));
    assert_eq!((a.y0, c.y1), (100.0, 600.0));
}

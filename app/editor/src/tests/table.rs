//! The table of keys, row by row: each key does what a whiteboard user expects of it.

use shared::geometry::Point;

use super::bench::*;
use crate::{Action, Camera, Effect, Input, Panel, Tool, action, input::Mods};

const OVERLAP: &str =
    "a shape 100,100 200x200 \"\"\nb shape 150,150 200x200 \"\"\nc shape 200,200 200x200 \"\"";

#[test]
fn each_letter_takes_its_tool_and_escape_and_v_put_it_away() {
    let table = [
        ("h", Tool::Hand),
        ("s", Tool::NOTE),
        ("t", Tool::TEXT),
        ("r", Tool::SHAPE),
        ("f", Tool::FRAME),
        ("c", Tool::Connect),
        ("a", Tool::Connect),
        ("e", Tool::STAMP),
        ("p", Tool::Draw),
    ];
    for (key, tool) in table {
        for away in ["Escape", "v", "V"] {
            let mut bench = Bench::new(TWO);
            assert!(bench.key(key).used);
            assert_eq!(bench.editor.tool(), tool, "{key}");
            bench.key(away);
            assert_eq!(bench.editor.tool(), Tool::Select, "{key} {away}");
            bench.check(TWO);
            assert_eq!(bench.steps, 0, "a tool is no step");
        }
    }
}

#[test]
fn each_tool_places_by_a_click_by_a_drag_and_by_enter_in_one_step() {
    for (key, kind) in [
        ("s", "note"),
        ("t", "text"),
        ("r", "shape"),
        ("f", "frame"),
        ("e", "stamp"),
    ] {
        let name = |bench: &Bench| bench.object("n1").kind.name().to_owned();
        let mut clicked = Bench::new("");
        clicked.key(key);
        clicked.click(900.0, 700.0);
        let mut drawn = Bench::new("");
        drawn.key(key);
        drawn.drag((900.0, 700.0), (1_300.0, 1_000.0));
        let mut entered = Bench::new("");
        entered.key(key);
        entered.key("Enter");
        for bench in [&clicked, &drawn, &entered] {
            assert!(name(bench).contains(kind), "{} for {key}", name(bench));
            assert_eq!((bench.view().len(), bench.steps), (1, 1), "{key}");
            assert_eq!(bench.editor.tool(), Tool::Select, "{key}");
        }
        let around = clicked.bounds("n1");
        assert!(around.contains(Point::new(900.0, 700.0)), "{key}");
        let size = drawn.bounds("n1").size();
        let is_drawn = size.width == 400.0 && size.height == 300.0;
        assert_eq!(is_drawn, matches!(key, "r" | "f"), "{key} {size:?}");
    }
}

#[test]
fn panels_open_by_their_keys_and_write_nothing() {
    let shift = SHIFT;
    let table = [
        ("k", CTRL, Panel::Palette),
        ("f", CTRL, Panel::Find),
        ("o", NONE, Panel::Outline),
        ("m", NONE, Panel::Minimap),
        ("?", shift, Panel::Help),
        ("F1", NONE, Panel::Help),
    ];
    for (key, mods, panel) in table {
        let mut bench = Bench::new(TWO);
        let reply = bench.key_with(key, mods);
        assert!(reply.used, "{key}");
        assert_eq!(reply.effects, [Effect::Open(panel)], "{key}");
        assert_eq!(bench.steps, 0);
    }
}

#[test]
fn brackets_stack_at_the_ends_and_with_ctrl_past_the_next() {
    let order = |bench: &Bench| {
        let objects = bench.view().back_to_front();
        let ids: Vec<_> = objects.iter().map(|object| object.id.to_string()).collect();
        ids.concat()
    };
    let table = [
        ((110.0, 110.0), "]", NONE, "bca"),
        ((110.0, 110.0), "]", CTRL, "bac"),
        ((390.0, 390.0), "[", NONE, "cab"),
        ((390.0, 390.0), "[", CTRL, "acb"),
    ];
    for (at, key, mods, wanted) in table {
        let mut bench = Bench::new(OVERLAP);
        bench.click(at.0, at.1);
        bench.key_with(key, mods);
        assert_eq!((order(&bench).as_str(), bench.steps), (wanted, 1), "{key}");
        bench.key_with("z", CTRL);
        assert_eq!(order(&bench), "abc", "{key}");
    }
}

#[test]
fn what_is_in_front_already_takes_no_step_further() {
    for (at, key) in [((390.0, 390.0), "]"), ((110.0, 110.0), "[")] {
        let mut bench = Bench::new(OVERLAP);
        bench.click(at.0, at.1);
        bench.key_with(key, CTRL);
        assert_eq!(bench.steps, 0, "{key}");
    }
}

#[test]
fn the_view_has_its_keys() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    for (key, zoom) in [("+", 2.0), ("=", 4.0), ("-", 2.0), ("0", 1.0)] {
        bench.key_with(key, CTRL);
        assert_eq!(bench.camera().zoom, zoom, "{key}");
    }
    let seen = |bench: &Bench| bench.camera().visible(bench.editor.viewport());
    let is_seen_whole = |bench: &Bench, id: &str| seen(bench).contains_rect(bench.bounds(id));
    bench.input(Input::Wheel(Point::ZERO, (1_500.0, 0.0).into(), NONE));
    assert!(!is_seen_whole(&bench, "a"));
    bench.press("!", "Digit1", SHIFT);
    assert!(is_seen_whole(&bench, "a") && is_seen_whole(&bench, "b"));
    assert_eq!((seen(&bench).center().x, bench.camera().zoom), (350.0, 1.0));
    bench.press("@", "Digit2", SHIFT);
    assert!(is_seen_whole(&bench, "a"));
    assert_eq!((seen(&bench).center().x, bench.camera().zoom), (200.0, 1.5));
    bench.others_at = vec![Point::new(700.0, 500.0)];
    bench.key("Home");
    assert_eq!(seen(&bench).center().x, 700.0);
    assert_eq!(bench.steps, 0);
}

#[test]
fn redo_has_two_keys_and_caps_lock_changes_none() {
    for (key, mods) in [
        ("Z", CTRL_SHIFT),
        ("y", CTRL),
        ("Y", CTRL),
        ("z", CTRL_SHIFT),
    ] {
        let mut bench = Bench::new(TWO);
        bench.drag_with((150.0, 150.0), (150.0, 450.0), CTRL);
        bench.key_with("Z", CTRL);
        assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
        bench.key_with(key, mods);
        assert_eq!(bench.object("a").pos, Point::new(100.0, 400.0), "{key}");
    }
}

#[test]
fn keys_of_the_browser_stay_the_browsers() {
    for (key, mods) in [
        ("r", CTRL),
        ("w", CTRL),
        ("t", CTRL),
        ("l", CTRL),
        ("F5", NONE),
        ("F12", NONE),
    ] {
        let mut bench = Bench::new(TWO);
        assert!(!bench.key_with(key, mods).used, "{key}");
        bench.check(TWO);
    }
}

#[test]
fn a_reader_writes_by_no_key_of_the_list() {
    for listed in action::ACTIONS {
        for shortcut in listed.shortcuts {
            let mods = Mods {
                ctrl: shortcut.ctrl,
                shift: shortcut.shift,
                alt: shortcut.alt,
            };
            let (key, code) = match shortcut.key {
                action::Key::Key(key) => (key, ""),
                action::Key::Code(code) => ("!", code),
            };
            let mut bench = Bench::new(TWO);
            bench.read_only = true;
            bench.is_facilitator = true;
            bench.act(Action::SelectAll);
            bench.press(key, code, mods);
            bench.press("Enter", "", NONE);
            bench.click(900.0, 900.0);
            // That nothing is written, the bench asserts itself.
            assert_eq!(
                bench.board().replace('*', ""),
                TWO,
                "{}",
                shortcut.shown().english()
            );
            assert_eq!((bench.steps, bench.editor.editing()), (0, None));
        }
    }
}

#[test]
fn the_wheel_and_its_preference() {
    for (wheel_zooms, mods, zooms) in [
        (false, NONE, false),
        (false, CTRL, true),
        (true, NONE, true),
        (true, CTRL, false),
    ] {
        let mut bench = Bench::new(TWO);
        bench.prefer(|prefs| prefs.wheel_zooms = wheel_zooms);
        let before: Camera = bench.camera();
        bench.input(Input::Wheel(
            (600.0, 400.0).into(),
            (0.0, 30.0).into(),
            mods,
        ));
        assert_eq!(
            bench.camera().zoom != before.zoom,
            zooms,
            "{wheel_zooms} {mods:?}"
        );
    }
}

#[test]
fn things_are_counted_by_the_names_that_people_know() {
    for (board, said) in [
        (
            "a ink 0,0 50x50 \"\"\nb ink 100,0 50x50 \"\"",
            "2 drawings deleted",
        ),
        (
            "a image 0,0 50x50 \"\"\nb image 100,0 50x50 \"\"",
            "2 pictures deleted",
        ),
        ("a newer 0,0 50x50 \"\"", "1 object deleted"),
        ("a 0,0 \"\"\nb text 300,0 \"x\"", "2 objects deleted"),
    ] {
        let mut bench = Bench::new(board);
        bench.act(Action::SelectAll);
        bench.act(Action::Delete);
        assert_eq!(bench.said.last().map(String::as_str), Some(said));
    }
}

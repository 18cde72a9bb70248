//! Keys.

use shared::{
    board::Step,
    geometry::{Point, Vec2},
};

use super::bench::*;
use crate::{Action, Effect, Input, Tool};

#[test]
fn keys_delete_duplicate_nudge_and_select() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("d", CTRL);
    assert_eq!(
        bench.board(),
        "*n1 120,120 \"bins\"\na 100,100 \"bins\"\nb 400,100 \"buses\""
    );
    bench.key("ArrowRight");
    bench.key_with("ArrowDown", SHIFT);
    assert!(bench.board().contains("*n1 130,220"));
    bench.key("Delete");
    bench.key_with("a", CTRL);
    assert_eq!(bench.editor.selection().len(), 2);
    bench.key("Backspace");
    assert!(bench.view().is_empty());
    bench.key_with("z", CTRL);
    assert_eq!(bench.view().len(), 2);
}

#[test]
fn tab_walks_in_reading_order_says_where_and_leaves_at_the_end() {
    let mut bench = Bench::new("a 300,0 \"buses\"\nb 0,5 \"bins\"");
    assert!(bench.key("Tab").used);
    assert_eq!(bench.said.last().unwrap(), "bins, note, 1 of 2");
    assert!(bench.key("Tab").used);
    assert_eq!(bench.said.last().unwrap(), "buses, note, 2 of 2");
    assert!(
        !bench.key("Tab").used,
        "the browser goes on to the next control"
    );
}

#[test]
fn typing_on_a_selected_note_appends() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    let reply = bench.key("x");
    assert!(
        reply
            .effects
            .contains(&Effect::Edit("a".into(), "x".into()))
    );
}

#[test]
fn nobody_gets_lost() {
    let mut bench = Bench::new(TWO);
    for _ in 0..200 {
        bench.input(Input::Wheel(
            Point::new(5.0, 5.0),
            Vec2::new(500.0, 900.0),
            NONE,
        ));
    }
    let camera = bench.editor.camera();
    assert!(
        camera.origin.x < 3_000.0 && camera.origin.y < 3_000.0,
        "{camera:?}"
    );
    bench.key("Home");
    let camera = bench.editor.camera();
    assert!(
        camera
            .visible(bench.editor.viewport())
            .contains(Point::new(350.0, 200.0))
    );
}

#[test]
fn a_row_of_nudges_is_one_undo_step() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    for _ in 0..3 {
        bench.key("ArrowRight");
        bench.hover(151.0, 151.0);
    }
    bench.key_with("Shift", SHIFT);
    bench.key_with("ArrowDown", SHIFT);
    assert_eq!(
        (bench.steps, bench.object("a").pos),
        (1, Point::new(130.0, 200.0))
    );
    bench.click(180.0, 250.0);
    bench.key("ArrowLeft");
    assert_eq!(bench.steps, 2);
    bench.key_with("z", CTRL);
    assert_eq!(bench.object("a").pos, Point::new(130.0, 200.0));
    bench.key_with("z", CTRL);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
    bench.key_with("Z", CTRL_SHIFT);
    bench.key_with("y", CTRL);
    assert_eq!(bench.object("a").pos, Point::new(120.0, 200.0));
}

#[test]
fn a_nudge_after_an_undo_is_a_step_of_its_own() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key("ArrowRight");
    bench.key_with("z", CTRL);
    bench.key("ArrowRight");
    bench.key_with("z", CTRL);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
    assert_eq!(bench.steps, 2);
}

#[test]
fn cut_copies_and_deletes() {
    let mut bench = Bench::new(TWO);
    assert!(!bench.key_with("x", CTRL).used, "nothing is selected");
    bench.click(150.0, 150.0);
    let reply = bench.key_with("x", CTRL);
    assert!(matches!(reply.effects.first(), Some(Effect::Copy(_))));
    assert!(bench.clip.is_some());
    assert_eq!(bench.view().len(), 1);
    bench.key_with("z", CTRL);
    assert_eq!(bench.view().len(), 2);
}

#[test]
fn select_all_takes_the_section_first_and_then_the_canvas() {
    let mut bench = Bench::new("a 100,300 \"bins\"\nb 300,300 \"trams\"\nc 900,300 \"trees\"");
    bench.template = ethics_canvas();
    bench.click(150.0, 350.0);
    bench.key_with("a", CTRL);
    assert_eq!(bench.said.last().unwrap(), "2 notes selected");
    bench.key_with("A", CTRL);
    assert_eq!(bench.said.last().unwrap(), "3 notes selected");
}

#[test]
fn a_note_that_only_reaches_into_a_section_is_not_of_it() {
    let mut bench = Bench::new("a 100,300 \"bins\"\nb 700,300 \"between\"\nc 100,520 \"trams\"");
    bench.template = ethics_canvas();
    bench.click(150.0, 350.0);
    bench.key_with("a", CTRL);
    bench.check("*a 100,300 \"bins\"\n*c 100,520 \"trams\"\nb 700,300 \"between\"");
}

#[test]
fn a_tool_that_stays_is_put_away_by_its_own_key() {
    let mut bench = Bench::new(TWO);
    bench.key("r");
    for (key, tool) in [
        ("h", Tool::Hand),
        ("h", Tool::SHAPE),
        ("p", Tool::Draw),
        ("h", Tool::Hand),
        ("h", Tool::SHAPE),
        ("r", Tool::SHAPE),
        ("v", Tool::Select),
    ] {
        bench.key(key);
        assert_eq!(bench.editor.tool(), tool, "{key}");
    }
}

#[test]
fn zoom_keys_and_fits() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("+", CTRL);
    assert_eq!(bench.camera().zoom, 2.0);
    bench.key_with("-", CTRL);
    bench.key_with("-", CTRL);
    assert_eq!(bench.camera().zoom, 0.5);
    bench.key_with("0", CTRL);
    assert_eq!(bench.camera().zoom, 1.0);
    bench.press("\"", "Digit2", SHIFT);
    let camera = bench.camera();
    assert_eq!(camera.zoom, 1.5);
    let seen = camera.visible(bench.editor.viewport());
    assert!(seen.contains(bench.bounds("a").center()));
    bench.template = ethics_canvas();
    bench.press("#", "Digit3", SHIFT);
    let section = bench.template.section_rect(&bench.template.sections[0]);
    let seen = bench.camera().visible(bench.editor.viewport());
    assert_eq!(seen.intersect(section), section);
    bench.press("!", "Digit1", SHIFT);
    let all = bench.template.bounds();
    assert_eq!(
        bench
            .camera()
            .visible(bench.editor.viewport())
            .intersect(all),
        all
    );
}

#[test]
fn without_a_selection_arrows_move_the_view() {
    let mut bench = Bench::new(TWO);
    bench.key("ArrowRight");
    assert_eq!((bench.camera().origin.x, bench.steps), (60.0, 0));
}

#[test]
fn single_keys_can_be_switched_off_and_then_all_letters_write() {
    let mut bench = Bench::new(TWO);
    bench.prefer(|prefs| prefs.single_keys = false);
    assert!(!bench.key("n").used);
    bench.click(150.0, 150.0);
    assert!(bench.key("n").used);
    assert_eq!(bench.object("a").text, "binsn");
}

#[test]
fn characters_beyond_the_plain_ones_begin_writing_too() {
    let alt_gr = crate::input::Mods { ctrl: true, ..ALT };
    for (key, mods) in [("@", alt_gr), ("ø", ALT), ("É", SHIFT), ("日", NONE)] {
        let mut bench = Bench::new(TWO);
        bench.click(150.0, 150.0);
        assert!(bench.key_with(key, mods).used, "{key}");
        assert_eq!(bench.object("a").text, format!("bins{key}"));
    }
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    assert!(!bench.key_with("f", ALT).used, "a menu of the browser");
    assert!(!bench.key_with("r", CTRL).used, "reload");
}

#[test]
fn an_input_method_finds_the_text_open_and_its_key_unused() {
    for key in ["Dead", "Process"] {
        let mut bench = Bench::new(TWO);
        bench.click(150.0, 150.0);
        let reply = bench.key(key);
        assert!(
            !reply.used
                && reply
                    .effects
                    .contains(&Effect::Edit("a".into(), String::new()))
        );
        assert_eq!(bench.object("a").text, "bins");
    }
}

#[test]
fn escape_goes_back_step_by_step() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key("Enter");
    assert!(bench.editor.editing().is_some());
    bench.key("Escape");
    assert_eq!(
        (bench.editor.editing(), bench.editor.selection().len()),
        (None, 1)
    );
    bench.key("Escape");
    assert!(bench.editor.selection().is_empty());
    assert_eq!(bench.view().len(), 2);
}

#[test]
fn tab_goes_by_section_and_names_it() {
    let mut bench = Bench::new("a 100,300 \"bins\"\nb 900,250 \"trees\"\nc 320,310 \"\"");
    bench.template = ethics_canvas();
    bench.key("Tab");
    assert_eq!(
        bench.said.last().unwrap(),
        "bins, note, 1 of 3, in Data Sources"
    );
    bench.key("Tab");
    assert_eq!(
        bench.said.last().unwrap(),
        "empty, note, 2 of 3, in Data Sources"
    );
    bench.key_with("Tab", SHIFT);
    bench.key_with("Tab", SHIFT);
    assert!(bench.editor.selection().is_empty(), "back before the board");
}

#[test]
fn undo_while_writing_ends_the_writing_first() {
    let mut bench = Bench::new(TWO);
    bench.double_click(900.0, 900.0);
    bench.write("trams", Step::Continue);
    bench.act(Action::Undo);
    assert_eq!((bench.view().len(), bench.editor.editing()), (2, None));
    assert!(
        !bench.said.iter().any(|said| said.contains("Someone")),
        "{:?}",
        bench.said
    );
    bench.act(Action::Redo);
    assert_eq!(bench.object("n1").text, "trams");
}

#[test]
fn deleting_while_writing_is_no_surprise() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key("Enter");
    bench.act(Action::Delete);
    assert_eq!((bench.view().len(), bench.editor.editing()), (1, None));
    assert_eq!(bench.said, ["1 note deleted"]);
}

#[test]
fn a_page_under_an_empty_board_keeps_its_keys() {
    let mut bench = Bench::new("");
    for key in ["Tab", "Delete", "Enter", "PageDown", "F5"] {
        assert!(!bench.key(key).used, "{key}");
    }
    // The space bar takes the view in hand, and only while it is held.
    assert!(bench.key(" ").used);
    assert_eq!(bench.editor.cursor_style(), "grab");
    bench.input(Input::SpaceUp);
    assert_eq!(bench.editor.cursor_style(), "default");
}

//! Making notes.

use shared::{
    board::Step,
    geometry::{Point, Rect},
    object::sticky_note,
};

use super::bench::*;
use crate::{Action, Input, Side, Tool};

#[test]
fn double_click_makes_a_note_around_the_pointer_and_opens_it() {
    let mut bench = Bench::new("");
    bench.input(Input::DoubleClick(bench.pointer(500.0, 400.0, NONE)));
    assert_eq!(bench.board(), "*n1 400,300 \"\"");
    assert_eq!(bench.editor.editing(), Some(&"n1".into()));
    // Nothing was written: it goes away, without an undo step of its own.
    bench.key("Escape");
    assert_eq!((bench.board(), bench.steps), (String::new(), 1));
}

#[test]
fn n_makes_a_note_at_the_pointer_or_in_the_middle() {
    let mut bench = Bench::new("");
    bench.key("n");
    assert_eq!(bench.board(), "*n1 900,650 \"\"");
    bench.key("Escape");
    bench.input(Input::Move(bench.pointer(200.0, 200.0, NONE)));
    bench.key("N");
    assert_eq!(bench.board(), "*n2 100,100 \"\"");
}

#[test]
fn the_note_tool_places_one_note_and_goes_back() {
    let mut bench = Bench::new("");
    bench.act(Action::NoteTool);
    assert_eq!(bench.editor.tool(), Tool::NOTE);
    bench.click(300.0, 300.0);
    assert_eq!(
        (bench.board().as_str(), bench.editor.tool()),
        ("*n1 200,200 \"\"", Tool::Select)
    );
}

#[test]
fn tab_while_writing_goes_on_beside_and_opens_what_is_there() {
    let mut bench = Bench::new("a 0,0 \"one\"\nb 220,0 \"two\"");
    bench.click(50.0, 50.0);
    bench.key("Enter");
    bench.beside(Side::Next, false);
    assert_eq!(bench.editor.editing(), Some(&"b".into()));
    bench.beside(Side::Below, false);
    assert_eq!(
        bench.board(),
        "*n1 220,220 \"\"\na 0,0 \"one\"\nb 220,0 \"two\""
    );
}

#[test]
fn right_to_left_text_goes_on_to_the_left_and_grown_notes_leave_room() {
    let mut bench = Bench::new(&format!("a 1000,0 \"{}\"", "long words here ".repeat(40)));
    let height = bench.scene.bounds(&"a".into()).unwrap().height();
    assert!(height > sticky_note::SIDE);
    bench.click(1_050.0, 50.0);
    bench.key("Enter");
    bench.beside(Side::Below, true);
    let below = bench.object("n1").pos;
    assert_eq!(
        below,
        Point::new(1_000.0, (height + sticky_note::GAP).round())
    );
    bench.key("Escape");
    bench.click(1_050.0, 50.0);
    bench.key("Enter");
    bench.beside(Side::Next, true);
    assert_eq!(bench.object("n2").pos.x, 780.0);
}

#[test]
fn a_list_becomes_notes_in_one_step_inside_the_section() {
    let mut bench = Bench::new("");
    bench.template = ethics_canvas();
    bench.input(Input::Move(bench.pointer(300.0, 500.0, NONE)));
    bench.paste("- bins\n- buses\n\n- trees", false);
    assert_eq!((bench.view().len(), bench.steps), (3, 1));
    assert_eq!(
        bench.said.last().unwrap(),
        "Pasted 3 notes. Press Ctrl Shift V to paste them as one note."
    );
    for object in bench.view().iter() {
        assert_eq!(
            shared::scene::section_of(object, &bench.template),
            Some("sources")
        );
    }
    bench.paste("one\ntwo", true);
    assert_eq!(bench.view().len(), 4);
}

#[test]
fn an_empty_note_leaves_nothing_to_undo() {
    let mut bench = Bench::new(TWO);
    bench.drag((150.0, 150.0), (150.0, 250.0));
    bench.double_click(900.0, 900.0);
    bench.key("Escape");
    assert_eq!(bench.view().len(), 2);
    bench.key_with("z", CTRL);
    assert_eq!(
        bench.object("a").pos,
        Point::new(100.0, 100.0),
        "the drag is undone at once"
    );
}

#[test]
fn a_note_of_which_all_was_deleted_goes_and_comes_back_with_undo() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key("Enter");
    let edit = shared::board::TextEdit {
        at: 0,
        delete: 4,
        insert: String::new(),
    };
    bench.carry_out(&[crate::Effect::Do(vec![shared::board::Command::EditText(
        "a".into(),
        edit,
    )])]);
    bench.key("Escape");
    bench.check("b 400,100 \"buses\"");
    bench.key_with("z", CTRL);
    assert_eq!(bench.object("a").text, "bins");
}

#[test]
fn somebody_elses_empty_note_stays() {
    let mut bench = Bench::new("a 100,100 \"\"");
    bench.click(150.0, 150.0);
    bench.key("Enter");
    bench.key("Escape");
    bench.check("*a 100,100 \"\"");
}

#[test]
fn the_note_tool_places_where_the_pointer_is_let_go_and_escape_keeps_it() {
    let mut bench = Bench::new(TWO);
    bench.act(Action::NoteTool);
    bench.down(150.0, 150.0);
    bench.key("Escape");
    bench.up(150.0, 150.0);
    assert_eq!((bench.view().len(), bench.editor.tool()), (2, Tool::NOTE));
    bench.drag((150.0, 150.0), (900.0, 900.0));
    assert_eq!(bench.object("n1").pos, Point::new(800.0, 800.0));
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
}

#[test]
fn a_new_note_has_the_colour_of_my_last() {
    use shared::object::{Kind, NoteColor};
    let mut bench = Bench::new("");
    let effects = bench.with(|editor, cx| editor.style("color", "sky", cx));
    bench.carry_out(&effects);
    bench.key("n");
    let Kind::StickyNote(note) = &bench.object("n1").kind else {
        panic!()
    };
    assert_eq!(note.color, NoteColor::Sky);
}

#[test]
fn double_click_on_a_note_writes_in_it() {
    let mut bench = Bench::new(TWO);
    bench.double_click(150.0, 150.0);
    assert_eq!(bench.editor.editing(), Some(&"a".into()));
    assert_eq!(bench.steps, 0);
}

#[test]
fn the_hand_makes_no_notes() {
    let mut bench = Bench::new("");
    bench.key("h");
    bench.double_click(500.0, 500.0);
    assert!(bench.view().is_empty());
}

#[test]
fn neighbours_on_four_sides() {
    for (side, rtl, expected) in [
        (Side::Next, false, (1_220.0, 1_000.0)),
        (Side::Previous, false, (780.0, 1_000.0)),
        (Side::Next, true, (780.0, 1_000.0)),
        (Side::Previous, true, (1_220.0, 1_000.0)),
        (Side::Below, false, (1_000.0, 1_220.0)),
        (Side::Above, false, (1_000.0, 780.0)),
    ] {
        let mut bench = Bench::new("a 1000,1000 \"bins\"");
        bench.click(1_050.0, 1_050.0);
        bench.key("Enter");
        bench.beside(side, rtl);
        assert_eq!(
            bench.object("n1").pos,
            Point::from(expected),
            "{side:?} {rtl}"
        );
        assert_eq!(bench.editor.editing(), Some(&"n1".into()));
    }
}

#[test]
fn an_empty_note_has_no_new_neighbours() {
    let mut bench = Bench::new(TWO);
    bench.double_click(900.0, 900.0);
    for side in [Side::Next, Side::Below, Side::Above, Side::Previous] {
        bench.beside(side, false);
    }
    assert_eq!(
        (bench.view().len(), bench.editor.editing()),
        (3, Some(&"n1".into()))
    );
}

#[test]
fn a_long_list_stays_in_its_section_and_covers_no_note_whole() {
    let mut bench = Bench::new("old 40,300 \"was here\"");
    bench.template = ethics_canvas();
    let section = bench.template.section_rect(&bench.template.sections[0]);
    for lines in [1, 3, 4, 14, 100] {
        bench.hover(400.0, 500.0);
        let list: Vec<String> = (0..lines).map(|i| format!("{i}. item {i}")).collect();
        bench.paste(&list.join("\n"), false);
        let mut seen: Vec<Point> = Vec::new();
        for id in bench.editor.selection() {
            let object = bench.view().get(id).unwrap();
            let half = sticky_note::SIDE / 2.0;
            let center = Point::new(object.pos.x + half, object.pos.y + half);
            assert!(section.contains(center), "{lines}: {object:?}");
            assert!(object.pos.x >= section.x0 && object.pos.x + 2.0 * half <= section.x1);
            assert!(
                !seen.contains(&object.pos),
                "{lines}: two at {:?}",
                object.pos
            );
            seen.push(object.pos);
        }
        assert_eq!(seen.len(), lines);
        bench.key_with("z", CTRL);
        assert_eq!(bench.view().len(), 1, "one undo step");
    }
}

#[test]
fn rows_of_a_paste_leave_room_for_grown_notes() {
    let mut bench = Bench::new("");
    let long = "parking sensor data ".repeat(30);
    let list: Vec<&str> = [long.trim(), "a", "b", "c", "d", "e"].into();
    bench.paste(&list.join("\n"), false);
    let rects: Vec<Rect> = bench
        .view()
        .iter()
        .map(|object| bench.scene.bounds(&object.id).unwrap())
        .collect();
    for (i, a) in rects.iter().enumerate() {
        for b in &rects[i + 1..] {
            assert_eq!(a.intersect(*b).area(), 0.0, "{a:?} {b:?}");
        }
    }
}

#[test]
fn too_much_is_said_and_too_long_goes_on() {
    let mut bench = Bench::new("");
    let list: Vec<String> = (0..130).map(|i| format!("item {i}")).collect();
    bench.paste(&list.join("\n"), false);
    assert_eq!(bench.view().len(), 100);
    assert!(
        bench
            .said
            .last()
            .unwrap()
            .contains("30 lines were left out")
    );
    let mut bench = Bench::new("");
    bench.paste(&"x".repeat(sticky_note::TEXT_MAX + 1), true);
    assert_eq!(bench.view().len(), 2);
    assert!(
        bench
            .said
            .last()
            .unwrap()
            .contains("goes on in the next note")
    );
}

#[test]
fn a_paste_ends_what_is_being_written() {
    let mut bench = Bench::new("");
    bench.key("n");
    bench.write("bins", Step::Continue);
    bench.paste("one\ntwo", false);
    assert_eq!(
        (bench.editor.editing(), bench.editor.selection().len()),
        (None, 2)
    );
    assert_eq!(bench.view().len(), 3);
    bench.paste("  \n\n ", false);
    assert_eq!(bench.view().len(), 3);
}

#[test]
fn only_in_a_new_note_do_the_first_words_belong_to_the_step_before() {
    let mut bench = Bench::new("a 100,100 \"\"");
    bench.double_click(900.0, 900.0);
    assert!(bench.editor.first_words_continue());
    bench.double_click(150.0, 150.0);
    assert!(
        !bench.editor.first_words_continue(),
        "somebody else made it"
    );
}

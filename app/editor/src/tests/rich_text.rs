//! Bold, italic, lists, links.

use shared::{
    board::{Command, Step, TextEdit},
    draw::marks::{Format, Look, Run},
};

use super::bench::*;
use crate::Action;

fn marks(bench: &Bench, id: &str) -> Vec<(String, Look)> {
    let object = bench.object(id);
    let words = |run: &Run| (object.text[run.range.clone()].to_owned(), run.look.clone());
    object.marks.iter().map(words).collect()
}

fn bold() -> Look {
    Look {
        bold: true,
        ..Look::default()
    }
}

#[test]
fn a_mark_goes_on_the_whole_text_and_off_again() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("b", CTRL);
    assert_eq!(marks(&bench, "a"), [("bins".into(), bold())]);
    bench.key_with("b", CTRL);
    assert_eq!(marks(&bench, "a"), []);
    assert_eq!(bench.steps, 2);
    bench.act(Action::Undo);
    assert_eq!(marks(&bench, "a"), [("bins".into(), bold())]);
    bench.act(Action::Undo);
    assert_eq!(marks(&bench, "a"), []);
    bench.act(Action::Redo);
    assert_eq!(marks(&bench, "a"), [("bins".into(), bold())]);
}

#[test]
fn while_writing_it_goes_on_what_is_selected_in_the_text() {
    let mut bench = Bench::new("a 100,100 \"🌳 bins and buses\"");
    bench.double_click(150.0, 150.0);
    bench.selected_text = Some(3..7);
    bench.act(Action::Italic);
    let look = Look {
        italic: true,
        ..Look::default()
    };
    assert_eq!(marks(&bench, "a"), [("bins".into(), look)]);
}

#[test]
fn several_objects_become_bold_together_in_one_step() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.key_with("b", CTRL);
    assert_eq!(bench.steps, 1);
    assert_eq!(marks(&bench, "a"), [("bins".into(), bold())]);
    assert_eq!(marks(&bench, "b"), [("buses".into(), bold())]);
}

#[test]
fn marks_stay_on_their_words_while_others_write_and_undo_leaves_theirs() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("b", CTRL);
    bench.somebody(&Command::EditText(
        "a".into(),
        TextEdit {
            at: 0,
            delete: 0,
            insert: "all ".into(),
        },
    ));
    bench.somebody(&Command::Format("a".into(), 0..3, Format::Italic(true)));
    assert_eq!(bench.object("a").text, "all bins");
    bench.act(Action::Undo);
    let italic = Look {
        italic: true,
        ..Look::default()
    };
    assert_eq!(marks(&bench, "a"), [("all".into(), italic)]);
}

#[test]
fn a_copy_keeps_its_marks() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("b", CTRL);
    bench.act(Action::Duplicate);
    assert_eq!(marks(&bench, "n1"), [("bins".into(), bold())]);
    bench.act(Action::Copy);
    let json = bench.clip.clone().unwrap().json;
    let effects = bench.with(|editor, cx| editor.paste_objects(&json, cx).unwrap());
    bench.carry_out(&effects);
    assert_eq!(marks(&bench, "n2"), [("bins".into(), bold())]);
}

#[test]
fn lines_become_a_list() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.act(Action::List);
    assert_eq!(bench.object("a").text, "• bins");
    bench.act(Action::List);
    assert_eq!(bench.object("a").text, "bins");
}

#[test]
fn only_safe_links_are_set_and_opened() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.act(Action::Link);
    let asked = bench.asked.clone().unwrap();
    let refused =
        bench.with(|editor, cx| editor.set_link(asked.clone(), "javascript:alert(1)", cx));
    assert!(refused.is_err());
    let effects = bench.with(|editor, cx| editor.set_link(asked, "example.org/bins", cx));
    bench.carry_out(&effects.unwrap());
    bench.act(Action::OpenLink);
    assert_eq!(bench.opened, ["https://example.org/bins"]);
    // With Ctrl a click on the words opens it, beside them it does not.
    bench.click_with(125.0, 122.0, CTRL);
    bench.click_with(280.0, 280.0, CTRL);
    assert_eq!(bench.opened.len(), 2);
    // What others write as a link is one only if it is safe.
    bench.somebody(&Command::Format(
        "b".into(),
        0..5,
        Format::Link(Some("javascript:alert(1)".into())),
    ));
    assert_eq!(marks(&bench, "b"), []);
}

#[test]
fn words_typed_at_the_end_of_what_is_bold_are_bold() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("b", CTRL);
    bench.key("Enter");
    bench.write(" and bags", Step::New);
    assert_eq!(marks(&bench, "a"), [("bins and bags".into(), bold())]);
}

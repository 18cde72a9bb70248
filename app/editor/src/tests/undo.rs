//! Undo is my last gesture that still stands, whatever two others do to the same objects.

use shared::{
    board::{Command, Step, TextEdit},
    geometry::Point,
};

use super::bench::*;
use crate::Action;

const BOARD: &str = "a 100,100 \"bins\"\nb 400,100 \"buses\"\nl a->b \"feeds\"";

fn moves(id: &str, x: f64, y: f64) -> Command {
    Command::Move(vec![(id.into(), Point::new(x, y))])
}

fn inserts(id: &str, at: u32, words: &str) -> Command {
    let insert = words.to_owned();
    Command::EditText(
        id.into(),
        TextEdit {
            at,
            delete: 0,
            insert,
        },
    )
}

#[test]
fn a_drag_is_taken_back_and_what_others_moved_stays() {
    let mut bench = Bench::new(BOARD);
    bench.drag_with((150.0, 150.0), (150.0, 750.0), CTRL);
    bench.somebody(&moves("b", 900.0, 900.0));
    bench.a_third(&inserts("a", 4, " and bags"));
    bench.act(Action::Undo);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
    assert_eq!(bench.object("a").text, "bins and bags");
    assert_eq!(bench.object("b").pos, Point::new(900.0, 900.0));
    bench.act(Action::Redo);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 700.0));
}

#[test]
fn what_somebody_moved_after_me_is_not_moved_back() {
    let mut bench = Bench::new(BOARD);
    bench.drag_with((150.0, 150.0), (150.0, 750.0), CTRL);
    bench.somebody(&moves("a", 1_200.0, 900.0));
    bench.act(Action::Undo);
    assert_eq!(bench.object("a").pos, Point::new(1_200.0, 900.0));
}

#[test]
fn a_burst_of_typing_is_one_step_amid_the_words_of_two_others() {
    let mut bench = Bench::new(BOARD);
    bench.double_click(150.0, 150.0);
    bench.write(" of", Step::New);
    bench.somebody(&inserts("a", 0, "all "));
    bench.write(" the", Step::Continue);
    bench.a_third(&inserts("a", 3, " big"));
    bench.write(" city", Step::Continue);
    assert_eq!(bench.object("a").text, "all big bins of the city");
    bench.act(Action::Undo);
    assert_eq!(bench.object("a").text, "all big bins");
    bench.act(Action::Redo);
    assert_eq!(bench.object("a").text, "all big bins of the city");
}

#[test]
fn a_paste_is_one_step_and_the_word_somebody_added_goes_with_its_note() {
    let mut bench = Bench::new(BOARD);
    bench.paste("trams\nferries\ntrains", false);
    assert_eq!((bench.view().len(), bench.steps), (6, 1));
    bench.somebody(&moves("n1", 1_500.0, 1_200.0));
    bench.act(Action::Undo);
    bench.check(BOARD);
}

#[test]
fn a_deletion_is_taken_back_with_its_connectors() {
    let mut bench = Bench::new(BOARD);
    bench.click(150.0, 150.0);
    bench.key("Delete");
    assert_eq!(bench.view().len(), 1);
    bench.somebody(&moves("b", 900.0, 900.0));
    bench.a_third(&Command::Add(vec![line("c 1000,100 \"trams\"")]));
    bench.act(Action::Undo);
    let board = bench.board();
    assert!(board.contains("l a->b \"feeds\"") && board.contains("a 100,100 \"bins\""));
    assert!(board.contains("b 900,900") && board.contains("c 1000,100"));
}

#[test]
fn what_somebody_deleted_does_not_come_back_by_my_undo_of_something_else() {
    let mut bench = Bench::new(BOARD);
    bench.drag_with((450.0, 150.0), (450.0, 850.0), CTRL);
    bench.drag_with((150.0, 150.0), (150.0, 850.0), CTRL);
    bench.somebody(&Command::Delete(vec!["a".into(), "l".into()]));
    bench.act(Action::Undo);
    bench.act(Action::Undo);
    bench.check("b 400,100 \"buses\"");
}

#[test]
fn each_gesture_is_one_step() {
    let mut bench = Bench::new(BOARD);
    bench.key_with("a", CTRL);
    bench.act(Action::Duplicate);
    bench.act(Action::Group);
    bench.act(Action::ToBack);
    bench.act(Action::Tidy);
    bench.key("ArrowRight");
    bench.key("ArrowRight");
    assert_eq!(bench.steps, 5);
    bench.somebody(&moves("b", 900.0, 900.0));
    for _ in 0..5 {
        bench.act(Action::Undo);
    }
    let plain = bench.board().replace('*', "");
    assert_eq!(plain, BOARD.replace("b 400,100", "b 900,900"));
}

#[test]
fn changing_the_tool_or_the_view_is_no_step() {
    let mut bench = Bench::new(BOARD);
    bench.drag_with((150.0, 150.0), (150.0, 750.0), CTRL);
    for action in [
        Action::ShapeTool,
        Action::SelectTool,
        Action::ZoomIn,
        Action::FitCanvas,
        Action::SelectAll,
    ] {
        bench.act(action);
    }
    bench.act(Action::Undo);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
}

#[test]
fn all_three_move_one_note_and_each_undo_is_about_mine() {
    let mut bench = Bench::new(BOARD);
    bench.drag_with((150.0, 150.0), (150.0, 750.0), CTRL);
    bench.drag_with((450.0, 150.0), (450.0, 850.0), CTRL);
    bench.somebody(&moves("a", 700.0, 700.0));
    bench.a_third(&moves("a", 800.0, 800.0));
    // The last of mine that still stands is the other note's.
    bench.act(Action::Undo);
    assert_eq!(bench.object("b").pos, Point::new(400.0, 100.0));
    bench.act(Action::Undo);
    assert_eq!(bench.object("a").pos, Point::new(800.0, 800.0));
    bench.act(Action::Redo);
    bench.act(Action::Redo);
    assert_eq!(bench.object("b").pos, Point::new(400.0, 800.0));
    assert_eq!(bench.object("a").pos, Point::new(800.0, 800.0));
}

#[test]
fn a_frame_goes_back_and_what_others_took_out_of_it_stays() {
    let mut bench =
        Bench::new("a 150,200 \"bins\"\nb 400,200 \"buses\"\nf frame 100,100 600x400 \"Waste\"");
    bench.drag_with((300.0, 112.0), (500.0, 312.0), CTRL);
    bench.somebody(&moves("a", 1_500.0, 1_000.0));
    bench.a_third(&inserts("b", 5, " and trams"));
    bench.act(Action::Undo);
    bench.check(
        "*f frame 100,100 600x400 \"Waste\"\na 1500,1000 \"bins\"\nb 400,200 \"buses and trams\"",
    );
    bench.act(Action::Redo);
    bench.check(
        "*f frame 300,300 600x400 \"Waste\"\na 1500,1000 \"bins\"\nb 600,400 \"buses and trams\"",
    );
}

#[test]
fn after_a_new_step_nothing_is_done_again_but_others_do_not_count() {
    let mut bench = Bench::new(BOARD);
    bench.drag_with((150.0, 150.0), (150.0, 750.0), CTRL);
    bench.act(Action::Undo);
    bench.somebody(&moves("b", 900.0, 900.0));
    bench.a_third(&inserts("b", 0, "night "));
    bench.act(Action::Redo);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 700.0));
    bench.act(Action::Undo);
    bench.drag_with((150.0, 150.0), (650.0, 150.0), CTRL);
    bench.act(Action::Redo);
    assert_eq!(bench.object("a").pos, Point::new(600.0, 100.0));
    bench.act(Action::Undo);
    assert_eq!(bench.object("a").pos, Point::new(100.0, 100.0));
    assert_eq!(bench.object("b").text, "night buses");
}

#[test]
fn a_deletion_is_taken_back_even_if_the_other_end_is_gone_meanwhile() {
    let mut bench = Bench::new(BOARD);
    bench.click(150.0, 150.0);
    bench.key("Delete");
    bench.somebody_deletes("b");
    bench.a_third(&Command::Add(vec![line("c 1000,100 \"trams\"")]));
    bench.act(Action::Undo);
    let board = bench.board();
    assert!(board.contains("a 100,100 \"bins\"") && board.contains("c 1000,100"));
    assert!(!board.contains("b 400,100"), "{board}");
    // Its connector leads nowhere: it is not drawn, and not lost.
    assert!(bench.scene.line(&"l".into()).is_none());
    bench.somebody(&Command::Add(vec![line("b 400,100 \"buses\"")]));
    assert!(bench.scene.line(&"l".into()).is_some());
    assert!(bench.board().contains("l a->b \"feeds\""));
}

#[test]
fn a_deletion_done_again_takes_only_what_it_took() {
    let mut bench = Bench::new(BOARD);
    bench.click(150.0, 150.0);
    bench.key("Delete");
    bench.act(Action::Undo);
    bench.somebody(&moves("b", 900.0, 900.0));
    bench.act(Action::Redo);
    bench.check("b 900,900 \"buses\"");
    bench.act(Action::Undo);
    let board = bench.board();
    assert!(board.contains("l a->b \"feeds\"") && board.contains("a 100,100 \"bins\""));
}

#[test]
fn a_style_a_lock_and_a_group_are_a_step_each() {
    let mut bench = Bench::new("a shape 100,100 200x100 \"\"\nb shape 600,100 200x100 \"\"");
    bench.is_facilitator = true;
    let before = bench.view().clone();
    bench.key_with("a", CTRL);
    bench.act(Action::Group);
    let effects = bench.with(|editor, cx| editor.style("dash", "dashed", cx));
    bench.carry_out(&effects);
    bench.act(Action::Lock);
    assert!(bench.object("a").is_locked);
    let steps = bench.steps;
    assert_eq!(steps, 3);
    bench.somebody(&Command::Add(vec![line("c 1000,100 \"trams\"")]));
    for _ in 0..steps {
        bench.act(Action::Undo);
    }
    bench.somebody_deletes("c");
    assert_eq!(bench.view(), &before);
}

#[test]
fn a_pasted_note_that_others_wrote_in_goes_and_comes_back_with_their_words() {
    let mut bench = Bench::new(BOARD);
    bench.paste("trams\nferries", false);
    bench.somebody(&inserts("n1", 5, " at night"));
    bench.a_third(&moves("n2", 1_500.0, 1_200.0));
    bench.act(Action::Undo);
    bench.check(BOARD);
    bench.act(Action::Redo);
    assert_eq!(bench.object("n1").text, "trams at night");
    assert_eq!(bench.object("n2").pos, Point::new(1_500.0, 1_200.0));
}

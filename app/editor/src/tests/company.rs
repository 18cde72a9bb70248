//! What others do, and what an observer may not do.

use shared::{
    board::Command,
    geometry::{Point, Size, Vec2},
    object::End,
};

use super::bench::*;
use crate::{Action, Effect, Input, Refusal};

#[test]
fn an_observer_can_look_but_not_touch() {
    let mut bench = Bench::new(TWO);
    bench.read_only = true;
    bench.key("n");
    bench.drag((150.0, 150.0), (250.0, 150.0));
    bench.click(150.0, 150.0);
    bench.key("Delete");
    bench.key("ArrowLeft");
    assert_eq!((bench.steps, bench.view().len()), (0, 2));
}

#[test]
fn a_note_that_somebody_deletes_ends_my_writing_and_says_so() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key("Enter");
    let effects = bench.somebody_deletes("a");
    assert!(effects.contains(&Effect::StopEditing));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Toast(_)))
    );
}

#[test]
fn what_others_delete_drops_out_of_a_drag() {
    let mut bench = Bench::new(TWO);
    bench.key_with("a", CTRL);
    bench.down(150.0, 150.0);
    bench.hover(150.0, 250.0);
    bench.somebody_deletes("a");
    assert_eq!(bench.editor.drag_offset(), Some(Vec2::new(0.0, 100.0)));
    bench.up(150.0, 250.0);
    bench.check("*b 400,200 \"buses\"");
}

#[test]
fn a_drag_of_what_is_gone_ends() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(150.0, 250.0);
    bench.somebody_deletes("a");
    assert_eq!(bench.editor.drag_offset(), None);
    bench.up(150.0, 250.0);
    bench.check("b 400,100 \"buses\"");
    assert_eq!(bench.steps, 0);
}

#[test]
fn a_press_on_what_goes_meanwhile_selects_nothing() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.somebody_deletes("a");
    bench.up(150.0, 150.0);
    bench.down(450.0, 150.0);
    bench.somebody_deletes("b");
    bench.hover(600.0, 300.0);
    bench.up(600.0, 300.0);
    bench.check("");
}

#[test]
fn a_marquee_given_up_restores_only_what_is_left() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.input(Input::Down(bench.pointer(900.0, 900.0, SHIFT)));
    bench.input(Input::Move(bench.pointer(800.0, 800.0, SHIFT)));
    bench.somebody_deletes("a");
    bench.key("Escape");
    bench.check("b 400,100 \"buses\"");
}

#[test]
fn others_move_what_i_move_and_mine_is_where_i_let_go() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(150.0, 250.0);
    bench.somebody(&Command::Move(vec![("b".into(), (700.0, 700.0).into())]));
    bench.up(150.0, 250.0);
    bench.check("*a 100,200 \"bins\"\nb 700,700 \"buses\"");
}

#[test]
fn undo_leaves_what_others_did() {
    let mut bench = Bench::new(TWO);
    bench.drag((150.0, 150.0), (150.0, 250.0));
    bench.somebody(&Command::Move(vec![("b".into(), (700.0, 700.0).into())]));
    bench.key_with("z", CTRL);
    assert!(bench.board().contains("a 100,100") && bench.board().contains("b 700,700"));
}

#[test]
fn an_observer_changes_nothing_by_any_way() {
    let mut bench = Bench::new(TWO);
    bench.read_only = true;
    for listed in crate::action::ACTIONS {
        bench.key_with("a", CTRL);
        bench.act(listed.action);
    }
    bench.act(Action::SelectTool);
    bench.double_click(150.0, 150.0);
    bench.double_click(900.0, 900.0);
    bench.drag_with((150.0, 150.0), (150.0, 450.0), ALT);
    bench.paste("one\ntwo", false);
    bench.key("x");
    assert_eq!(
        (bench.steps, bench.view().len(), bench.editor.editing()),
        (0, 2, None)
    );
}

#[test]
fn what_is_called_by_name_is_refused_to_an_observer_as_a_whole() {
    let mut bench = Bench::new(TWO);
    bench.read_only = true;
    let at = Point::new(900.0, 900.0);
    let told = vec![Effect::Toast(Refusal::ReadOnly.text().into())];
    let from = || End::to(&"a".into());
    for name in [None, Some(shared::object::shape::NAME)] {
        let effects = bench.with(|editor, cx| editor.accept_offer(from(), at, name, cx));
        assert_eq!(effects, told, "{name:?}");
    }
    let effects = bench.with(|editor, cx| editor.write_in(None, "trams", cx));
    assert_eq!(effects, told);
    let (hash, pixels) = ("a".repeat(64), Size::new(200.0, 100.0));
    let effects =
        bench.with(|editor, cx| editor.place_picture(hash, pixels, "Tide".into(), at, cx));
    assert_eq!(effects, told);
}

#[test]
fn a_right_lost_during_a_drag_drops_it() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(150.0, 250.0);
    bench.read_only = true;
    bench.up(150.0, 250.0);
    assert_eq!(bench.steps, 0);
}

#[test]
fn choosing_from_a_list_ends_what_is_under_way_and_shows_it() {
    let mut bench = Bench::new("a 100,100 \"bins\"\nfar 9000,9000 \"trees\"");
    bench.double_click(900.0, 900.0);
    let effects = bench.with(|editor, cx| editor.choose(&"far".into(), cx));
    bench.carry_out(&effects);
    assert!(effects.contains(&Effect::StopEditing));
    bench.check("*far 9000,9000 \"trees\"\na 100,100 \"bins\"");
    let seen = bench.camera().visible(bench.editor.viewport());
    let bounds = bench.bounds("far");
    assert_eq!(seen.intersect(bounds), bounds);
}

#[test]
fn a_button_during_a_drag_ends_the_drag() {
    let mut bench = Bench::new(TWO);
    bench.down(150.0, 150.0);
    bench.hover(150.0, 250.0);
    bench.act(Action::Delete);
    bench.up(150.0, 250.0);
    bench.check("b 400,100 \"buses\"");
}

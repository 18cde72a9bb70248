//! What others do, as it is read out.

use shared::board::Command;

use super::bench::*;
use crate::text::heard::Heard;

/// Somebody does something; `Heard` is told as the shell tells it.
fn hear(bench: &mut Bench, heard: &mut Heard, command: &Command, id: &str) {
    let was_there = bench.view().get(&id.into()).is_some();
    bench.somebody(command);
    heard.note(&id.into(), was_there, bench.view().get(&id.into()));
}

fn say(bench: &Bench, heard: &mut Heard) -> Option<String> {
    heard
        .say(|id| bench.view().get(id), |_| Some("Ines"))
        .map(|said| said.english())
}

#[test]
fn one_new_note_is_read_out_and_more_are_counted() {
    let (mut bench, mut heard) = (Bench::new(TWO), Heard::default());
    let adding = |id: &str| Command::Add(vec![line(&format!("{id} 700,100 \"trams\""))]);
    hear(&mut bench, &mut heard, &adding("c"), "c");
    let said = say(&bench, &mut heard);
    assert_eq!(said.as_deref(), Some("Ines added note: trams."));
    assert_eq!(say(&bench, &mut heard), None);
    hear(&mut bench, &mut heard, &adding("d"), "d");
    hear(&mut bench, &mut heard, &adding("e"), "e");
    let said = say(&bench, &mut heard);
    assert_eq!(said.as_deref(), Some("Ines added 2 objects."));
}

#[test]
fn what_came_and_went_is_not_worth_a_word() {
    let (mut bench, mut heard) = (Bench::new(TWO), Heard::default());
    let add = Command::Add(vec![line("c 700,100 \"trams\"")]);
    hear(&mut bench, &mut heard, &add, "c");
    let delete = Command::Delete(vec!["c".into()]);
    hear(&mut bench, &mut heard, &delete, "c");
    assert_eq!(say(&bench, &mut heard), None);
}

#[test]
fn changes_and_deletions_are_counted_by_object() {
    let (mut bench, mut heard) = (Bench::new(TWO), Heard::default());
    let to = |x: f64| Command::Move(vec![("a".into(), (x, 900.0).into())]);
    hear(&mut bench, &mut heard, &to(10.0), "a");
    hear(&mut bench, &mut heard, &to(20.0), "a");
    hear(
        &mut bench,
        &mut heard,
        &Command::Delete(vec!["b".into()]),
        "b",
    );
    let said = say(&bench, &mut heard);
    assert_eq!(said.as_deref(), Some("1 object changed. 1 object deleted."));
}

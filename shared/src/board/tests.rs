use super::{root::Root, *};
use crate::{
    geometry::Point,
    id::ObjectId,
    object::{Kind, NoteColor},
};

fn note(id: &str, text: &str) -> NewObject {
    let kind = Kind::note(NoteColor::Butter);
    NewObject::new(
        id.into(),
        Point::new(10.0, 20.0),
        kind,
        text.to_owned(),
        "ana".into(),
    )
}

fn text_of(document: &Document, id: &str) -> String {
    document
        .view()
        .get(&id.into())
        .map(|object| object.text.as_str().to_owned())
        .unwrap()
}

fn edit(at: u32, delete: u32, insert: &str) -> TextEdit {
    TextEdit {
        at,
        delete,
        insert: insert.to_owned(),
    }
}

/// Hands everything each copy has done to the other.
fn exchange(a: &mut Document, b: &mut Document) {
    let (from_a, from_b) = (a.take_outbox(), b.take_outbox());
    for update in from_a {
        b.merge(&update).unwrap();
    }
    for update in from_b {
        a.merge(&update).unwrap();
    }
}

#[test]
fn a_command_changes_the_view_and_fills_the_outbox_once() {
    let mut a = Document::new(1);
    let change = a.apply(
        &Command::Add(vec![note("n1", "bins"), note("n2", "buses")]),
        Step::New,
    );
    assert_eq!(change.objects.len(), 2);
    assert_eq!(text_of(&a, "n2"), "buses");
    assert_eq!(a.take_outbox().len(), 1);
    a.apply(
        &Command::Move(vec![("n1".into(), Point::new(10.0, 20.0))]),
        Step::New,
    );
    assert!(
        a.take_outbox().is_empty(),
        "a move to where it is writes nothing"
    );
    a.apply(&Command::Delete(vec!["gone".into()]), Step::New);
    assert!(
        a.take_outbox().is_empty(),
        "an inapplicable command writes nothing"
    );
}

#[test]
fn two_people_typing_in_one_note_keep_their_words() {
    let (mut a, mut b) = (Document::new(1), Document::new(2));
    a.apply(&Command::Add(vec![note("n", "data")]), Step::New);
    exchange(&mut a, &mut b);
    a.apply(
        &Command::EditText("n".into(), edit(0, 0, "parking ")),
        Step::New,
    );
    b.apply(
        &Command::EditText("n".into(), edit(4, 0, " from sensors")),
        Step::New,
    );
    exchange(&mut a, &mut b);
    assert_eq!(text_of(&a, "n"), "parking data from sensors");
    assert_eq!(a.view(), b.view());
}

#[test]
fn undo_takes_back_my_step_and_leaves_what_others_did_since() {
    let (mut a, mut b) = (Document::new(1), Document::new(2));
    a.apply(&Command::Add(vec![note("n", "x")]), Step::New);
    exchange(&mut a, &mut b);
    a.apply(
        &Command::Move(vec![("n".into(), Point::new(500.0, 0.0))]),
        Step::New,
    );
    exchange(&mut a, &mut b);
    b.apply(
        &Command::Set("n".into(), vec![("color", "mint".into())]),
        Step::New,
    );
    exchange(&mut a, &mut b);
    a.undo().unwrap();
    exchange(&mut a, &mut b);
    let object = a.view().get(&"n".into()).unwrap().clone();
    assert_eq!(object.pos, Point::new(10.0, 20.0));
    assert!(matches!(object.kind, Kind::StickyNote(ref n) if n.color == NoteColor::Mint));
    assert_eq!(a.view(), b.view());
}

#[test]
fn a_later_move_by_somebody_else_survives_my_undo() {
    let (mut a, mut b) = (Document::new(1), Document::new(2));
    a.apply(&Command::Add(vec![note("n", "x")]), Step::New);
    a.apply(
        &Command::Move(vec![("n".into(), Point::new(500.0, 0.0))]),
        Step::New,
    );
    exchange(&mut a, &mut b);
    b.apply(
        &Command::Move(vec![("n".into(), Point::new(900.0, 0.0))]),
        Step::New,
    );
    exchange(&mut a, &mut b);
    a.undo();
    exchange(&mut a, &mut b);
    assert_eq!(a.view(), b.view());
    if let Some(object) = b.view().get(&"n".into()) {
        assert_eq!(object.pos, Point::new(900.0, 0.0));
    }
}

#[test]
fn a_typing_burst_is_one_step_and_redo_brings_it_back() {
    let mut a = Document::new(1);
    a.apply(&Command::Add(vec![note("n", "")]), Step::New);
    for (i, c) in ["c", "i", "t", "y"].iter().enumerate() {
        let step = if i == 0 { Step::New } else { Step::Continue };
        a.apply(&Command::EditText("n".into(), edit(i as u32, 0, c)), step);
    }
    a.undo().unwrap();
    assert_eq!(text_of(&a, "n"), "");
    a.redo().unwrap();
    assert_eq!(text_of(&a, "n"), "city");
}

#[test]
fn undo_of_a_deletion_brings_text_and_author_back_everywhere() {
    let (mut a, mut b) = (Document::new(1), Document::new(2));
    a.apply(&Command::Add(vec![note("n", "keep me")]), Step::New);
    exchange(&mut a, &mut b);
    a.apply(&Command::Delete(vec!["n".into()]), Step::New);
    exchange(&mut a, &mut b);
    assert!(b.view().is_empty());
    a.undo().unwrap();
    exchange(&mut a, &mut b);
    assert_eq!(text_of(&b, "n"), "keep me");
    assert_eq!(a.view(), b.view());
}

#[test]
fn edits_beyond_the_end_or_inside_an_emoji_do_no_harm() {
    let mut a = Document::new(1);
    a.apply(&Command::Add(vec![note("n", "🚲 lane")]), Step::New);
    a.apply(&Command::EditText("n".into(), edit(1, 1, "x")), Step::New);
    a.apply(&Command::EditText("n".into(), edit(99, 99, "!")), Step::New);
    assert!(text_of(&a, "n").ends_with("lane!"));
}

#[test]
fn the_view_read_at_once_equals_the_view_kept_in_step() {
    let mut a = Document::new(1);
    a.apply(
        &Command::Add((0..50).map(|i| note(&format!("n{i}"), "t")).collect()),
        Step::New,
    );
    a.apply(
        &Command::Delete(
            (0..50)
                .step_by(3)
                .map(|i| ObjectId::from(format!("n{i}")))
                .collect(),
        ),
        Step::New,
    );
    let mut fresh = Document::new(2);
    fresh.merge(&a.replica().state()).unwrap();
    assert_eq!(a.view(), fresh.view());
    assert!(!fresh.replica().is_behind());
}

#[test]
fn odd_content_reads_as_something() {
    use yrs::{Map, MapPrelim, Transact};
    let mut replica = Replica::new(7);
    let objects = replica.map(Root::Objects);
    {
        let mut txn = replica.doc().transact_mut();
        objects.insert(&mut txn, "a", "not an object");
        objects.insert(&mut txn, "b", MapPrelim::from([("kind", "teleporter")]));
        objects.insert(
            &mut txn,
            "c",
            MapPrelim::from([("kind", "sticky_note"), ("pos", "here")]),
        );
    }
    let mut document = Document::new(8);
    for update in replica.take_outbox() {
        document.merge(&update).unwrap();
    }
    assert_eq!(document.view().len(), 2);
    assert_eq!(
        document.view().get(&"b".into()).unwrap().kind.name(),
        "teleporter"
    );
    assert_eq!(document.view().get(&"c".into()).unwrap().pos, Point::ZERO);
}

#[test]
fn the_workshop_document_reads_back() {
    let canvas = |id: &str, archived| workshop::CanvasEntry {
        id: id.into(),
        kind: "blank".into(),
        title: "Board".into(),
        template: "blank".into(),
        archived,
        version: 2,
    };
    let (first, away) = (canvas("c2", false), canvas("c1", true));
    let facts = |title: &str| workshop::Facts {
        title: title.into(),
        version: 1,
        links: 3,
    };
    let blank = crate::canvas::blank();
    let templates = [("blank".to_owned(), serde_json::to_string(&*blank).unwrap())];
    let mut listing = workshop::Listing {
        facts: facts("Open city"),
        canvases: vec![first.clone(), away.clone()],
        people: Vec::new(),
        templates: templates.into(),
    };
    let mut replica = Replica::new(3);
    replica.merge(&workshop::seed(4, &listing)).unwrap();
    let person = |number: u32| workshop::Person {
        id: format!("p{}", 9 - number).as_str().into(),
        name: "Ana".into(),
        organisation: "Parks".into(),
        external: true,
        role: "participant".into(),
        color: 3,
        number,
        removed: false,
    };
    listing.people = vec![person(0), person(1)];
    workshop::put(&mut replica, &listing);
    assert_eq!(
        replica.take_outbox().len(),
        1,
        "what was there is not written"
    );
    workshop::put(&mut replica, &listing);
    assert!(
        replica.take_outbox().is_empty(),
        "the same twice writes nothing"
    );
    let view = workshop::view(&replica);
    assert_eq!(view.facts, facts("Open city"));
    assert_eq!((view.canvases, view.archived), (vec![first], vec![away]));
    assert_eq!(view.people, [person(0), person(1)], "in order of coming");
    assert_eq!(view.templates.get("blank"), Some(&blank));
}

mod text {
    use proptest::prelude::*;

    use super::super::TextEdit;

    proptest! {
        #[test]
        fn the_edit_between_two_texts_leads_from_one_to_the_other(a in "[ab🚲é\n]{0,12}", b in "[ab🚲é\n]{0,12}") {
            let after = TextEdit::between(&a, &b).map_or_else(|| a.clone(), |edit| edit.apply(&a));
            prop_assert_eq!(after, b);
        }

        #[test]
        fn two_edits_made_at_once_keep_both_insertions(
            text in "[a-f]{0,10}", at1 in 0u32..11, del1 in 0u32..5, at2 in 0u32..11, del2 in 0u32..5,
        ) {
            let len = text.len() as u32;
            let make = |at: u32, delete: u32, insert: &str| {
                let at = at.min(len);
                TextEdit { at, delete: delete.min(len - at), insert: insert.to_owned() }
            };
            let (mine, theirs) = (make(at1, del1, "XY"), make(at2, del2, "PQ"));
            let merged = mine.rebase(&theirs).apply(&theirs.apply(&text));
            prop_assert!(merged.contains("XY") , "{merged}");
            prop_assert!(merged.contains("PQ") || merged.contains("PXYQ"), "{merged}");
        }
    }
}

#[test]
fn a_number_that_is_none_is_the_same_in_every_copy() {
    use yrs::{Any, Map, Transact};
    // The gate takes no such number; a folder from before the gate did may have one.
    let mut replica = Replica::new(1);
    let objects = replica.map(Root::Objects);
    let odd = Any::from(vec![f64::NAN, 10.0]);
    objects.insert(&mut replica.doc().transact_mut(), "a", odd);
    let mut copy = Replica::new(2);
    copy.merge(&replica.state()).unwrap();
    assert!(copy.has_same_content(&replica));
    let other = Any::from(vec![f64::INFINITY, 10.0]);
    objects.insert(&mut replica.doc().transact_mut(), "a", other);
    assert!(!copy.has_same_content(&replica));
    let _sent = replica.take_outbox();
}

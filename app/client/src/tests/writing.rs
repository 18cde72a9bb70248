//! The text box and the document.

use editor::{Action, input::Mods};
use shared::{
    board::{Command, Document, Step, TextEdit, schema},
    object::sticky_note,
    protocol::control::Role,
    sync::{Status, client::Held},
    text::Phrase,
};

use super::{
    fake::Fake,
    rig::{ONE, Rig, me, note},
};
use crate::{
    AppEvent, Dirty, Effect, Preferences, Tab, canvas::TestedDocuments, canvas::core::Core,
    link::Link, world::World,
};

fn key(rig: &mut Rig, key: &str) -> Dirty {
    rig.does(AppEvent::TextKey(key.into(), Mods::default()))
}

/// A canvas where a new note is being written.
fn writing() -> Rig {
    let mut rig = Rig::open();
    let _ = rig.points((600.0, 400.0));
    let _ = rig.key("n");
    assert!(rig.fake.text.is_open.get(), "a text box");
    rig
}

#[test]
fn typing_goes_to_the_document_letter_by_letter() {
    let mut rig = writing();
    let dirty = rig.types("Bus");
    assert!(dirty.has(Dirty::VIEW | Dirty::EDITOR | Dirty::STATUS));
    assert_eq!(rig.stored(ONE), ["Bus"]);
    let _ = key(&mut rig, "Escape");
    assert!(!rig.fake.text.is_open.get());
    assert!(rig.others.contains(&Effect::FocusBoard));
}

#[test]
fn a_pause_begins_a_new_undo_step() {
    let mut rig = writing();
    let _ = rig.types("Bus");
    let _ = rig.types(" lanes");
    let _ = rig.wait(2_000);
    let _ = rig.types(" and stops");
    let _ = rig.acts(Action::Undo);
    assert_eq!(rig.stored(ONE), ["Bus lanes"]);
    let _ = rig.acts(Action::Undo);
    rig.run();
    assert_eq!(
        rig.stored(ONE),
        [""; 0],
        "the note and its first words are one step"
    );
}

#[test]
fn what_others_write_is_woven_in_around_the_caret() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let _ = rig.does(AppEvent::Choose("a".into()));
    let _ = rig.key("Enter");
    assert_eq!(rig.fake.text.text(), "Bus");
    let edit = TextEdit::between("Bus", "The Bus").unwrap();
    let _ = rig.others_do(ONE, &Command::EditText("a".into(), edit));
    assert_eq!(rig.fake.text.text(), "The Bus");
    let _ = rig.types("es");
    rig.run();
    assert_eq!(rig.stored(ONE), ["The Buses"]);
}

#[test]
fn nothing_goes_either_way_while_an_input_method_composes() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let _ = rig.does(AppEvent::Choose("a".into()));
    let _ = rig.key("Enter");
    let dirty = rig.does(AppEvent::Composing(true));
    assert!(dirty.has(Dirty::BOARD));
    let _ = rig.types("停");
    let edit = TextEdit::between("Bus", "The Bus").unwrap();
    let _ = rig.others_do(ONE, &Command::EditText("a".into(), edit));
    assert_eq!(rig.fake.text.text(), "Bus停", "left alone");
    let laid = rig.fake.text.laid.borrow().clone().unwrap();
    assert!(laid.lines.is_none());
    let _ = rig.does(AppEvent::Composing(false));
    rig.run();
    assert_eq!(rig.stored(ONE), ["The Bus停"]);
    assert_eq!(rig.fake.text.text(), "The Bus停");
}

#[test]
fn a_text_that_is_too_long_goes_back_and_says_so() {
    let mut rig = writing();
    let _ = rig.types(&"x".repeat(sticky_note::TEXT_MAX - 1));
    assert_eq!(rig.shown().left, Some(1));
    let _ = rig.types("yz");
    assert!(rig.message().starts_with("A note can have up to"));
    assert_eq!(rig.fake.text.text().len(), sticky_note::TEXT_MAX - 1);
}

#[test]
fn enter_goes_on_with_a_list_and_otherwise_is_the_browsers() {
    let mut rig = writing();
    let _ = rig.types("- ");
    let _ = rig.types("one");
    let bullets = rig.fake.text.text();
    assert_ne!(bullets, "- one", "a list has begun");
    let _ = key(&mut rig, "Enter");
    assert!(rig.workshop.canvas().unwrap().used_last_input());
    assert!(rig.fake.text.text().starts_with(&format!("{bullets}\n")));
    let mut rig = writing();
    let _ = rig.types("plain");
    let _ = key(&mut rig, "Enter");
    assert!(!rig.workshop.canvas().unwrap().used_last_input());
}

#[test]
fn tab_writes_on_in_the_next_note() {
    let mut rig = writing();
    let _ = rig.types("One");
    let _ = key(&mut rig, "Tab");
    let _ = rig.types("Two");
    rig.run();
    assert_eq!(rig.stored(ONE), ["One", "Two"]);
}

#[test]
fn leaving_the_text_ends_it_unless_the_page_is_in_the_background() {
    let mut rig = writing();
    let _ = rig.types("Bus");
    let _ = rig.does(AppEvent::Hidden(true));
    let _ = rig.does(AppEvent::TextLeft);
    assert!(rig.fake.text.is_open.get());
    let _ = rig.does(AppEvent::Hidden(false));
    let _ = rig.does(AppEvent::TextLeft);
    assert!(!rig.fake.text.is_open.get());
}

#[test]
fn the_box_lies_over_the_painted_text() {
    let mut rig = writing();
    let _ = rig.types("Bus");
    let before = rig.fake.text.laid.borrow().clone().unwrap();
    let _ = rig.acts(Action::ZoomIn);
    let after = rig.fake.text.laid.borrow().clone().unwrap();
    assert!(after.zoom > before.zoom);
    assert_eq!(after.width, before.width, "in board units");
    assert!(after.wraps && !after.is_behind);
}

/// The text is closed, what was typed before is stored, and nothing more is written.
fn assert_closed_with(rig: &mut Rig, stored: &str) {
    assert!(!rig.fake.text.is_open.get());
    assert_eq!(
        rig.message(),
        Phrase::from(editor::Refusal::ReadOnly.text()).english()
    );
    let _ = rig.types(" lanes");
    let _ = rig.does(AppEvent::Composing(false));
    rig.run();
    assert_eq!(rig.stored(ONE), [stored]);
}

#[test]
fn a_text_closes_when_the_right_to_write_ends_and_what_was_typed_stays() {
    let mut rig = writing();
    let _ = rig.types("Bus");
    let dirty = rig.hello(ONE, Role::Observer, None);
    assert!(dirty.has(Dirty::EDITOR | Dirty::SAID));
    assert_closed_with(&mut rig, "Bus");
    assert_eq!(rig.workshop.status(), Status::Saved);

    // Another link may be the first to say so.
    let mut rig = writing();
    let _ = rig.types("Bus");
    let _ = rig.hello(super::rig::WORKSHOP, Role::Observer, None);
    assert_closed_with(&mut rig, "Bus");
}

#[test]
fn a_text_closes_when_the_document_becomes_newer() {
    let mut rig = writing();
    let _ = rig.types("Bus");
    let _ = rig.hello(ONE, Role::Participant, Some(schema::VERSION + 1));
    assert_closed_with(&mut rig, "Bus");
    assert_eq!(rig.workshop.status(), Status::Held(Held::Outdated, 0));
}

#[test]
fn no_command_reaches_the_document_of_somebody_who_only_looks() {
    for (role, objects) in [(Role::Observer, 0), (Role::Participant, 1)] {
        let preferences = Preferences::read(|preference| preference.default_value(false));
        let mut fake = Fake::default();
        let mut world = World {
            now_ms: 0,
            platform: &mut fake,
            tab: &mut Tab::new(me(role), preferences),
        };
        let link = Link::open(ONE.into(), Document::new(9), Vec::new(), 0);
        let mut core = Core::new(TestedDocuments::new(link, shared::canvas::blank()), &world);
        let _ = core.command(&note("a", (0.0, 0.0), "x"), Step::New, &mut world);
        assert_eq!(core.documents().view().len(), objects, "{role:?}");
    }
}

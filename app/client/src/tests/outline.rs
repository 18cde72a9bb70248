//! The list in reading order, and what is written and chosen in it.

use editor::Action;
use shared::{
    board::{Command, NewObject},
    geometry::Point,
    object::{End, Kind, connector::Connector},
    text,
};

use super::rig::{ONE, Rig, note};
use crate::{AppEvent, Dirty, LISTED_STEP, Listed};

#[test]
fn the_list_follows_the_board_at_its_own_pace() {
    let mut rig = Rig::open();
    let _ = rig.wait(1_000);
    let first = rig.others_do(ONE, &note("a", (0.0, 0.0), "A"));
    assert!(first.has(Dirty::LIST));
    assert_eq!(rig.listed(), ["A"]);
    // Twice in a moment: made anew once, and not forgotten.
    let _ = rig.others_do(ONE, &note("b", (300.0, 0.0), "B"));
    let second = rig.others_do(ONE, &note("c", (600.0, 0.0), "C"));
    assert!(!second.has(Dirty::LISTED));
    assert_eq!(rig.listed(), ["A", "B", "C"]);
}

#[test]
fn more_is_listed_when_it_is_asked_for() {
    let mut rig = Rig::open();
    let many = LISTED_STEP + 10;
    let commands = (0..many).map(|i| note(&format!("n{i}"), (0.0, i as f64 * 250.0), "x"));
    let all = commands.flat_map(|command| match command {
        Command::Add(objects) => objects,
        _ => Vec::new(),
    });
    let _ = rig.others_do(ONE, &Command::Add(all.collect()));
    assert_eq!(rig.listed().len(), LISTED_STEP);
    let dirty = rig.does(AppEvent::ListMore);
    assert!(dirty.has(Dirty::LISTED), "at once");
    let listing = rig.workshop.canvas().unwrap().listing();
    assert_eq!((listing.items().len(), listing.count()), (many, many));
    assert_eq!(listing.max(), 2 * LISTED_STEP);
}

#[test]
fn connectors_are_listed_with_their_ends() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Source"));
    let _ = rig.others_do(ONE, &note("b", (500.0, 0.0), ""));
    let connector = Connector::new(End::to(&"a".into()), End::to(&"b".into()));
    let kind = Kind::Connector(connector);
    let author = "anna".into();
    let line = NewObject::new("l".into(), Point::ZERO, kind, String::new(), author);
    let _ = rig.others_do(ONE, &Command::Add(vec![line]));
    let _ = rig.wait(500);
    let listing = rig.workshop.canvas().unwrap().listing();
    let ends: Vec<_> = listing
        .items()
        .iter()
        .filter_map(|item| item.ends.clone())
        .collect();
    assert_eq!(ends, [("Source".into(), text::OBJECT_NOTE.into())]);
}

#[test]
fn what_is_empty_is_spoken_by_its_kind() {
    let listed = |text: &str, has_text| Listed {
        id: "a".into(),
        text: text.into(),
        kind: "note".into(),
        has_text,
        section: None,
        frame: None,
        ends: None,
    };
    assert_eq!(listed("Bus", true).spoken().english(), "Bus");
    assert_eq!(listed("", true).spoken().english(), "empty note");
    assert_eq!(listed("", false).spoken().english(), "note");
}

#[test]
fn a_text_is_changed_in_the_outline_unless_it_may_not_be() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let _ = rig.does(AppEvent::Rewrite("a".into(), "Bus lanes".into()));
    rig.run();
    assert_eq!(rig.stored(ONE), ["Bus lanes"]);
    let _ = rig.does(AppEvent::Rewrite("a".into(), "é".repeat(9_000)));
    rig.run();
    let long = rig.stored(ONE).remove(0);
    assert_eq!(
        long.chars().count(),
        shared::object::sticky_note::TEXT_MAX,
        "cut where a text ends"
    );
    let _ = rig.others_do(ONE, &Command::Lock(vec!["a".into()], true));
    let _ = rig.does(AppEvent::Rewrite("a".into(), "x".into()));
    assert_eq!(rig.message(), "This is locked.");
    let _ = rig.others_do(ONE, &Command::Delete(vec!["a".into()]));
    let _ = rig.does(AppEvent::Rewrite("a".into(), "x".into()));
    assert_eq!(rig.message(), "Someone has deleted this.");
}

#[test]
fn choosing_closes_the_outline_on_a_phone_only() {
    for (width, stays) in [(1_280.0, true), (390.0, false)] {
        let mut rig = Rig::open();
        let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
        let _ = rig.acts(Action::Outline);
        rig.fake.width = width;
        let _ = rig.does(AppEvent::Choose("a".into()));
        assert_eq!(rig.shown().standing.selected, 1);
        assert_eq!(rig.workshop.tab().panels().outline(), stays, "{width}");
    }
}

//! Links: what goes to the server and to the device, and what comes back.

use shared::{
    board::Document,
    protocol::control::Role,
    sync::{
        Status,
        client::{self, Held},
    },
};

use super::rig::{ONE, Rig, TWO, WORKSHOP, note};
use crate::{AppEvent, Effect};

#[test]
fn what_is_written_is_kept_until_the_server_has_it() {
    let mut rig = Rig::open();
    let _ = rig.take(AppEvent::WriteIn(None, "Counts".into()));
    assert_eq!(rig.workshop.status(), Status::Saving(1));
    let unstored = |effect: &Effect| matches!(effect, Effect::Keep { document, row } if document == ONE && row.is_unstored);
    assert!(
        rig.fake.effects.iter().any(unstored),
        "kept before it is sent"
    );
    rig.run();
    assert_eq!(rig.workshop.status(), Status::Saved);
    assert!(rig.device[ONE].values().all(|row| !row.is_unstored));
    assert_eq!(rig.stored(ONE), ["Counts"]);
}

#[test]
fn what_was_written_offline_survives_a_reload_and_is_delivered() {
    let mut rig = Rig::open();
    rig.kill();
    for text in ["One", "Two"] {
        let _ = rig.does(AppEvent::WriteIn(None, text.into()));
    }
    assert_eq!(rig.workshop.status(), Status::Offline(2));
    rig.reload();
    rig.open_canvas(ONE);
    assert_eq!(rig.listed().len(), 2);
    assert_eq!(rig.workshop.status(), Status::Offline(2));
    rig.revive();
    let _ = rig.wait(40_000);
    assert_eq!(rig.workshop.status(), Status::Saved);
    assert_eq!(rig.stored(ONE), ["One", "Two"]);
}

#[test]
fn a_gap_ends_with_a_receipt_and_highlights() {
    let mut rig = Rig::open();
    rig.kill();
    let _ = rig.does(AppEvent::WriteIn(None, "Mine".into()));
    let _ = rig.others_do(ONE, &note("theirs", (0.0, 900.0), "Theirs"));
    rig.revive();
    assert_eq!(
        rig.message(),
        "You are back online. 1 of your changes has been saved. Others made 1 change (highlighted)."
    );
    assert!(!rig.fake.overlay.outlined.is_empty(), "highlighted");
    let _ = rig.wait(9_000);
    assert!(rig.fake.overlay.outlined.is_empty(), "no longer");
    assert_eq!(rig.message(), "", "the message has gone too");
}

#[test]
fn many_kept_rows_become_one_that_has_them_all() {
    let mut rig = Rig::open();
    for i in 0..510 {
        let _ = rig.others_do(
            ONE,
            &note(&format!("n{i}"), (0.0, f64::from(i) * 250.0), "x"),
        );
    }
    assert!(
        rig.device[ONE].len() < 100,
        "{} rows",
        rig.device[ONE].len()
    );
    let mut copy = Document::new(9);
    for row in rig.device[ONE].values() {
        copy.merge(&row.update).unwrap();
    }
    assert_eq!(copy.view().len(), 510);
}

#[test]
fn a_canvas_that_was_left_offline_is_still_counted_and_still_delivered() {
    let mut rig = Rig::open();
    rig.kill();
    let _ = rig.does(AppEvent::WriteIn(None, "Left behind".into()));
    rig.open_canvas(TWO);
    assert_eq!(rig.workshop.status(), Status::Offline(1));
    let connections = rig.served[ONE].connections;
    rig.revive();
    let _ = rig.wait(40_000);
    assert_eq!(rig.stored(ONE), ["Left behind"]);
    assert_eq!(rig.workshop.status(), Status::Saved);
    assert!(rig.served[ONE].connections > connections);
    assert_eq!(rig.served[ONE].socket, None, "closed once it is delivered");
}

#[test]
fn a_canvas_left_offline_opens_again_as_it_was_left() {
    let mut rig = Rig::open();
    rig.kill();
    let _ = rig.does(AppEvent::WriteIn(None, "Left behind".into()));
    rig.open_canvas(TWO);
    assert_eq!(rig.listed(), [""; 0]);
    rig.open_canvas(ONE);
    assert_eq!(rig.listed(), ["Left behind"]);
    assert_eq!(rig.workshop.status(), Status::Offline(1));
}

#[test]
fn every_other_canvas_is_fetched_kept_and_closed_again() {
    let mut rig = Rig::new();
    let _ = rig.others_do(TWO, &note("t", (0.0, 0.0), "Never visited"));
    rig.open_canvas(ONE);
    rig.run();
    assert_eq!(rig.served[TWO].connections, 1);
    assert_eq!(rig.served[TWO].socket, None, "closed when it is in step");
    assert!(rig.served[ONE].socket.is_some() && rig.served[WORKSHOP].socket.is_some());
    rig.kill();
    rig.open_canvas(TWO);
    assert_eq!(rig.listed(), ["Never visited"]);
}

#[test]
fn nothing_is_fetched_before_the_open_canvas_is_there() {
    let mut rig = Rig::new();
    rig.is_up = false;
    rig.open_canvas(ONE);
    rig.run();
    assert_eq!(rig.served[TWO].connections, 0);
    rig.revive();
    let _ = rig.wait(40_000);
    assert_eq!(rig.served[TWO].connections, 1);
}

#[test]
fn changes_in_a_canvas_that_is_not_open_are_delivered_from_the_device() {
    let mut rig = Rig::open();
    rig.open_canvas(TWO);
    rig.run();
    rig.kill();
    let _ = rig.does(AppEvent::WriteIn(None, "Offline".into()));
    rig.reload();
    rig.is_up = true;
    rig.open_canvas(ONE);
    let _ = rig.wait(40_000);
    assert_eq!(rig.stored(TWO), ["Offline"]);
    assert_eq!(rig.workshop.status(), Status::Saved);
}

/// Something was written offline on the second canvas, and the page reloaded on the first.
fn left_behind() -> Rig {
    let mut rig = Rig::open();
    rig.open_canvas(TWO);
    rig.run();
    rig.kill();
    let _ = rig.does(AppEvent::WriteIn(None, "Left behind".into()));
    rig.reload();
    rig
}

#[test]
fn what_a_fetched_canvas_cannot_store_is_counted_until_it_can() {
    let mut rig = left_behind();
    rig.role = Role::Observer;
    rig.is_up = true;
    rig.open_canvas(ONE);
    let _ = rig.wait(40_000);
    let held = Status::Held(Held::NotWritable, 1);
    assert_eq!(rig.workshop.status(), held);
    assert_eq!(rig.stored(TWO), [""; 0]);
    assert!(rig.served[TWO].socket.is_some(), "it waits for the right");
    rig.role = Role::Participant;
    let _ = rig.hello(TWO, Role::Participant, None);
    let vector = rig.served[TWO].document.replica().state_vector();
    let _ = rig.server_says(TWO, &shared::protocol::Message::SyncStep1(vector));
    assert_eq!(rig.stored(TWO), ["Left behind"]);
    assert_eq!(rig.workshop.status(), Status::Saved);
    assert_eq!(rig.served[TWO].socket, None, "closed once it is delivered");
}

#[test]
fn a_fetched_canvas_that_is_closed_for_good_still_counts() {
    let mut rig = left_behind();
    rig.role = Role::Observer;
    rig.is_up = true;
    rig.open_canvas(ONE);
    let _ = rig.wait(40_000);
    let socket = rig.served[TWO].socket.unwrap();
    let refused = client::Event::Closed(socket, 4422);
    let _ = rig.does(AppEvent::Sync(TWO.into(), refused));
    assert!(matches!(rig.workshop.status(), Status::Closed(_, 1)));
}

#[test]
fn what_other_canvases_have_not_stored_is_counted_from_the_start() {
    let mut rig = left_behind();
    rig.open_canvas(ONE);
    assert_eq!(rig.workshop.status(), Status::Offline(1));
    // Opened itself, it is counted by its link and not twice.
    rig.open_canvas(TWO);
    assert_eq!(rig.workshop.status(), Status::Offline(1));
    rig.open_canvas(ONE);
    assert_eq!(rig.workshop.status(), Status::Offline(1));
    rig.revive();
    let _ = rig.wait(40_000);
    assert_eq!(rig.stored(TWO), ["Left behind"]);
    assert_eq!(rig.workshop.status(), Status::Saved);
}

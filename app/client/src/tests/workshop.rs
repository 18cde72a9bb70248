//! The workshop around its canvases: tabs, roles, refusals, what is told.

use editor::Panel;
use shared::{
    protocol::{
        AwarenessEntry, CloseCode, Hello, Message, Presence, control::Role, presence::PresenceUser,
    },
    sync::{
        Status,
        client::{self, Held},
    },
};

use super::rig::{ONE, Rig, TWO, WORKSHOP, me, note, prefer};
use crate::{AppEvent, Dirty, Effect, Part, Preference};

#[test]
fn canvases_open_and_close_inside_the_workshop() {
    let mut rig = Rig::open();
    let before = rig.served[WORKSHOP].connections;
    rig.open_canvas(TWO);
    rig.run();
    assert_eq!(rig.workshop.canvas().unwrap().document(), TWO);
    assert_eq!(rig.served[WORKSHOP].connections, before, "its socket stays");
    assert_eq!(rig.served[ONE].socket, None);
    let titles = rig.workshop.view().canvases.iter();
    let titles: Vec<&str> = titles.map(|canvas| canvas.title.as_str()).collect();
    assert_eq!(titles, ["First", "Second"]);
    assert!(
        rig.others
            .contains(&Effect::SetTitle("Parking – Plaza".into()))
    );
}

#[test]
fn an_unknown_canvas_and_a_lost_session_lead_away() {
    let mut rig = Rig::open();
    assert!(!rig.others.contains(&Effect::Leave));
    let _ = rig.take(AppEvent::OpenCanvas("nowhere".into()));
    assert!(rig.fake.effects.contains(&Effect::Leave));
    let forgets = |effect: &Effect| matches!(effect, Effect::ForgetMe { .. });
    assert!(!rig.fake.effects.iter().any(forgets), "the session holds");

    let mut rig = Rig::open();
    let socket = rig.served[WORKSHOP].socket.unwrap();
    let closed = client::Event::Closed(socket, 4401);
    let _ = rig.does(AppEvent::Sync(WORKSHOP.into(), closed));
    rig.run();
    let workshop = WORKSHOP.to_owned();
    let leaves = [Effect::ForgetMe { workshop }, Effect::Leave];
    let told = rig.others.iter().filter(|effect| leaves.contains(effect));
    assert!(told.eq(&leaves), "told once");
    assert!(matches!(
        rig.workshop.status(),
        Status::Closed(CloseCode::Unauthenticated, 0)
    ));
}

#[test]
fn the_status_is_the_worst_of_all_links() {
    let mut rig = Rig::open();
    let socket = rig.served.get_mut(WORKSHOP).unwrap().socket.take().unwrap();
    let closed = client::Event::Closed(socket, 1006);
    let dirty = rig.take(AppEvent::Sync(WORKSHOP.into(), closed));
    assert!(dirty.has(Dirty::STATUS));
    assert_eq!(
        rig.workshop.status(),
        Status::Offline(0),
        "the canvas is saved"
    );
    let _ = rig.wait(40_000);
    assert_eq!(rig.workshop.status(), Status::Saved);
}

#[test]
fn leaving_loses_something_only_if_the_device_keeps_nothing() {
    let mut rig = Rig::open();
    let _ = rig.take(AppEvent::WriteIn(None, "x".into()));
    assert!(!rig.workshop.would_lose());
    assert_eq!(rig.take(AppEvent::DeviceFailed), Dirty::STATUS);
    assert!(rig.workshop.would_lose());
    rig.run();
    assert!(!rig.workshop.would_lose());
}

#[test]
fn the_server_may_change_what_one_may_do() {
    let mut rig = Rig::open();
    let _ = rig.does(AppEvent::WriteIn(None, "before".into()));
    let dirty = rig.hello(ONE, Role::Observer, None);
    assert!(dirty.has(Dirty::WORKSHOP | Dirty::EDITOR));
    // The next visit begins with it, also without the server.
    let remembered = Effect::RememberMe {
        workshop: WORKSHOP.into(),
        me: me(Role::Observer),
    };
    assert!(rig.others.contains(&remembered));
    let _ = rig.hello(ONE, Role::Observer, None);
    let again = rig.others.iter().filter(|effect| **effect == remembered);
    assert_eq!(again.count(), 1, "remembered once");
    assert!(!rig.shown().standing.rights.writes);
    let _ = rig.does(AppEvent::WriteIn(None, "after".into()));
    let _ = rig.does(AppEvent::PutPictures(
        vec![crate::FileInfo {
            file: 1,
            name: "map.png".into(),
        }],
        None,
    ));
    assert_eq!(rig.stored(ONE), ["before"]);
    assert!(
        !rig.others
            .iter()
            .any(|effect| matches!(effect, Effect::Upload { .. }))
    );
}

#[test]
fn a_canvas_that_may_not_be_written_is_only_looked_at() {
    let mut rig = Rig::open();
    let hello = |writable| {
        Message::Hello(Hello {
            participant: "me".into(),
            role: Role::Participant,
            writable,
            schema: None,
        })
    };
    // The workshop's own document is the server's; that says nothing of the canvas.
    let _ = rig.server_says(WORKSHOP, &hello(false));
    assert!(rig.shown().standing.rights.writes);
    let dirty = rig.server_says(ONE, &hello(false));
    assert!(dirty.has(Dirty::EDITOR));
    assert!(!rig.shown().standing.rights.writes);
    let _ = rig.does(AppEvent::WriteIn(None, "x".into()));
    assert_eq!(rig.stored(ONE), [""; 0]);
    let _ = rig.server_says(ONE, &hello(true));
    assert!(rig.shown().standing.rights.writes);
}

#[test]
fn who_is_here_is_listed_once_each_and_goes_with_the_connection() {
    let mut rig = Rig::open();
    let somebody = |client, name: &str, away: bool| AwarenessEntry {
        client,
        clock: 1,
        state: serde_json::to_string(&Presence {
            user: PresenceUser {
                id: name.into(),
                name: name.into(),
                ..PresenceUser::default()
            },
            cursor: Some([400.0, 300.0]),
            away,
            ..Presence::default()
        })
        .unwrap(),
    };
    let entries = vec![
        somebody(1, "Tomás", false),
        somebody(2, "Tomás", false),
        somebody(3, "Anna", true),
    ];
    let dirty = rig.server_says(ONE, &Message::Awareness(entries));
    assert!(dirty.has(Dirty::PEOPLE | Dirty::OVERLAY));
    let present = rig.workshop.present();
    let names: Vec<(&str, &str)> = present
        .iter()
        .map(|person| (person.name.as_str(), person.doing))
        .collect();
    assert_eq!(names, [("Mei Tanaka", ""), ("Anna", "away"), ("Tomás", "")]);
    assert!(present[0].is_me);
    rig.pump();
    let cursors = &rig.fake.overlay.names;
    assert!(cursors.contains(&"Tomás".to_owned()), "{cursors:?}");
    assert!(
        !cursors.contains(&"Anna".to_owned()),
        "who is away points nowhere"
    );
    rig.kill();
    assert_eq!(rig.workshop.present().len(), 1);
}

#[test]
fn panels_open_and_close() {
    let mut rig = Rig::open();
    let _ = rig.acts(editor::Action::Help);
    assert_eq!(rig.workshop.tab().panels().dialog(), Some(Panel::Help));
    let dirty = rig.does(AppEvent::Closed(Part::Dialog));
    assert!(dirty.has(Dirty::PANELS));
    assert_eq!(rig.workshop.tab().panels().dialog(), None);
    let _ = rig.acts(editor::Action::Outline);
    assert!(rig.workshop.tab().panels().outline());
    let _ = rig.does(AppEvent::Menu((10.5, 20.0).into()));
    assert_eq!(rig.workshop.tab().panels().menu(), Some((10, 20)));
    // What was open for one canvas is not open for the next.
    rig.open_canvas(TWO);
    assert!(!rig.workshop.tab().panels().outline());
    assert_eq!(rig.workshop.tab().panels().menu(), None);
}

#[test]
fn preferences_are_remembered_and_take_effect() {
    let mut rig = Rig::open();
    let dirty = rig.does(prefer(Preference::Dark));
    assert!(dirty.has(Dirty::LAYERS | Dirty::PREFERENCES));
    assert!(rig.fake.board.is_dark);
    assert!(rig.others.contains(&Effect::SetTheme(true)));
    assert!(
        rig.others
            .contains(&Effect::Remember(Preference::Dark, true))
    );
    let _ = rig.acts(editor::Action::Theme);
    assert!(!rig.workshop.tab().preferences().is_on(Preference::Dark));
    assert!(!rig.fake.board.is_dark);
    assert_eq!(rig.fake.minimap.begun, 0, "closed");
    let _ = rig.acts(editor::Action::Minimap);
    assert!(rig.fake.minimap.begun > 0);
}

#[test]
fn what_others_do_is_read_out_unless_one_wants_it_quiet() {
    let mut rig = Rig::open();
    let _ = rig.wait(6_000);
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus stops"));
    let _ = rig.wait(6_000);
    let heard = rig.workshop.tab().telling().heard().english();
    assert!(heard.contains("Bus stops"), "{heard}");
    let _ = rig.does(prefer(Preference::Quiet));
    let _ = rig.others_do(ONE, &note("b", (0.0, 400.0), "Bicycles"));
    let _ = rig.wait(6_000);
    assert_eq!(rig.workshop.tab().telling().heard().english(), heard);
}

#[test]
fn a_document_that_is_newer_is_not_written_and_nothing_is_lost() {
    let mut rig = Rig::open();
    rig.kill();
    let _ = rig.does(AppEvent::WriteIn(None, "Offline".into()));
    let newer = Some(shared::board::schema::VERSION + 1);
    rig.schema = newer;
    rig.revive();
    assert_eq!(rig.workshop.status(), Status::Held(Held::Outdated, 1));
    assert!(!rig.shown().standing.rights.writes);
    assert!(!rig.workshop.would_lose(), "the device keeps it");
    let _ = rig.does(AppEvent::WriteIn(None, "More".into()));
    rig.run();
    assert_eq!(rig.stored(ONE), [""; 0]);
    // A newer page on the same device.
    rig.schema = None;
    rig.reload();
    rig.open_canvas(ONE);
    rig.run();
    assert_eq!(rig.stored(ONE), ["Offline"]);
    assert_eq!(rig.workshop.status(), Status::Saved);
}

#[test]
fn the_page_that_is_shown_again_asks_whether_its_sockets_live() {
    let mut rig = Rig::open();
    rig.kill();
    let before = rig.served[ONE].connections;
    let _ = rig.does(AppEvent::Hidden(true));
    assert_eq!(rig.served[ONE].connections, before);
    let _ = rig.does(AppEvent::Hidden(false));
    assert!(rig.served[ONE].connections > before, "at once");
}

#[test]
fn a_workshop_stays_open_for_the_same_person_only() {
    let rig = Rig::open();
    let opening = |workshop: &str, id: &str| crate::Opening {
        workshop: workshop.into(),
        me: shared::protocol::api::Me {
            id: id.into(),
            ..me(Role::Observer)
        },
        preferences: rig.workshop.tab().preferences(),
    };
    assert!(rig.workshop.is_of(&opening(WORKSHOP, "me")));
    assert!(!rig.workshop.is_of(&opening(WORKSHOP, "you")));
    assert!(!rig.workshop.is_of(&opening("another", "me")));
}

#[test]
fn a_picture_that_cannot_be_brought_says_why_until_it_is_closed() {
    let mut rig = Rig::open();
    let dirty = rig.does(AppEvent::Brought("a".into(), Err("No.".into())));
    assert!(dirty.has(Dirty::CONTENT | Dirty::SAID));
    let _ = rig.does(AppEvent::Brought("b".into(), Ok(())));
    let arrived = |hash: &str| Effect::PictureArrived(hash.into());
    assert!(rig.others.contains(&arrived("a")) && rig.others.contains(&arrived("b")));
    let _ = rig.wait(20_000);
    assert_eq!(rig.message(), "No.");
}

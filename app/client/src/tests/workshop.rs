//! The workshop around its canvases: tabs, roles, refusals, what is told.

use editor::Panel;
use shared::{
    id::DocumentId,
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

    let mut rig = Rig::open();
    let socket = rig.served[WORKSHOP].socket.unwrap();
    let closed = client::Event::Closed(socket, 4401);
    let _ = rig.does(AppEvent::Sync(WORKSHOP.into(), closed));
    rig.run();
    let told = rig.others.iter().filter(|effect| **effect == Effect::Leave);
    assert_eq!(told.count(), 1, "told once");
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

fn somebody(client: u64, name: &str, at: Option<&str>, away: bool) -> AwarenessEntry {
    AwarenessEntry {
        client,
        clock: 1,
        state: serde_json::to_string(&Presence {
            user: PresenceUser {
                id: name.into(),
                name: name.into(),
                ..PresenceUser::default()
            },
            canvas: at.map(DocumentId::from),
            cursor: Some([400.0, 300.0]),
            away,
            ..Presence::default()
        })
        .unwrap(),
    }
}

#[test]
fn cursors_are_those_of_the_canvas_and_go_with_the_connection() {
    let mut rig = Rig::open();
    let entries = vec![
        somebody(1, "Tomás", None, false),
        somebody(3, "Anna", None, true),
    ];
    let dirty = rig.server_says(ONE, &Message::Awareness(entries));
    assert!(dirty.has(Dirty::OVERLAY));
    rig.pump();
    let cursors = &rig.fake.overlay.names;
    assert!(cursors.contains(&"Tomás".to_owned()), "{cursors:?}");
    assert!(
        !cursors.contains(&"Anna".to_owned()),
        "who is away points nowhere"
    );
    rig.kill();
    rig.pump();
    assert!(rig.fake.overlay.names.is_empty());
}

#[test]
fn people_of_the_whole_workshop_are_listed_with_where_they_are() {
    let mut rig = Rig::open();
    let entries = vec![
        somebody(1, "tomas", Some(TWO), false),
        // The same person in another tab.
        somebody(2, "tomas", Some(ONE), true),
    ];
    let dirty = rig.server_says(WORKSHOP, &Message::Awareness(entries));
    assert!(dirty.has(Dirty::PEOPLE));
    let members = rig.workshop.members();
    let listed: Vec<(&str, bool, Option<&str>)> = members
        .iter()
        .map(|member| {
            let at = member.at.as_ref().map(|(_, title)| title.as_str());
            (member.name.as_str(), member.is_here, at)
        })
        .collect();
    assert_eq!(
        listed,
        [
            ("Mei Tanaka", true, Some("First")),
            ("Tomás", true, Some("Second")),
            ("Anna", false, None),
        ]
    );
    // Going to somebody on another canvas goes there, and shows where they point.
    let _ = rig.does(AppEvent::GoTo("tomas".into()));
    rig.run();
    let go = Effect::Go { canvas: TWO.into() };
    assert!(rig.others.contains(&go));
    rig.open_canvas(TWO);
    let _ = rig.server_says(
        TWO,
        &Message::Awareness(vec![somebody(9, "tomas", None, false)]),
    );
    rig.pump();
    let _ = rig.wait(300);
    let moved = |effect: &Effect| matches!(effect, Effect::RememberCamera { document, .. } if document == TWO);
    assert!(rig.others.iter().any(moved));
    let _ = rig.does(AppEvent::GoTo("anna".into()));
    let told = rig.workshop.tab().telling().message().unwrap();
    assert_eq!(told.text, shared::text::PEOPLE_NOT_FOUND.into());
    rig.kill();
    let here = rig.workshop.members().into_iter().filter(|it| it.is_here);
    assert_eq!(here.count(), 1);
}

#[test]
fn somebody_who_was_renamed_is_remembered_by_their_new_name() {
    let mut rig = Rig::open();
    rig.rename("me", "Mei Sato");
    assert_eq!(rig.workshop.tab().me().name, "Mei Sato");
    let remembered =
        |effect: &&Effect| matches!(effect, Effect::RememberMe { me, .. } if me.name == "Mei Sato");
    assert_eq!(rig.others.iter().filter(remembered).count(), 1);
    assert_eq!(rig.workshop.members()[0].name, "Mei Sato");
}

#[test]
fn who_tries_as_a_participant_keeps_name_and_role() {
    let mut rig = Rig::open();
    let _ = rig.hello(ONE, Role::Facilitator, None);
    assert!(rig.shown().standing.rights.locks);
    let _ = rig.does(AppEvent::Try(true));
    let rights = rig.shown().standing.rights;
    assert!(rights.writes && !rights.locks);
    assert_eq!(rig.workshop.tab().me().role, Role::Facilitator);
    let _ = rig.does(AppEvent::Try(false));
    assert!(rig.shown().standing.rights.locks);
}

#[test]
fn what_was_not_stored_when_one_was_removed_is_offered_as_a_file() {
    let mut rig = Rig::open();
    assert_eq!(rig.workshop.unstored(), None);
    let _ = rig.take(AppEvent::WriteIn(None, "unsent".into()));
    for document in [ONE, WORKSHOP] {
        let socket = rig.served[document].socket.unwrap();
        let removed = client::Event::Closed(socket, 4403);
        let _ = rig.take(AppEvent::Sync(document.into(), removed));
    }
    assert!(rig.workshop.is_removed());
    assert!(
        !rig.others.contains(&Effect::Leave),
        "one may save the file"
    );
    let file = rig.workshop.unstored().unwrap();
    assert!(file.contains("unsent") && file.contains("Parking"));
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

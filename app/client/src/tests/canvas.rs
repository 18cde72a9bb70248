//! The open canvas: what is dirty after a step, what is painted, what the tools show.

use std::sync::Arc;

use editor::{Action, Camera, Input, Tool, input::Mods};
use shared::{
    board::Document,
    canvas::{self, Template},
    geometry::{Point, Rect, Size, Vec2},
    protocol::control::Role,
    scene::paint,
};

use super::{
    fake::Fake,
    rig::{ONE, Rig, TWO, me, note, pointer},
};
use crate::{
    AppEvent, Canvas, Dirty, Effect, FileInfo, Pasted, Preferences, Seek, Sent, Tab, link::Link,
    world::World,
};

#[test]
fn each_step_says_what_became_dirty() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let pan = Input::Wheel(
        (600.0, 400.0).into(),
        Vec2::new(0.0, 30.0),
        Default::default(),
    );
    let dirty = rig.does(AppEvent::Input(pan));
    assert!(
        dirty.has(Dirty::VIEW) && !dirty.has(Dirty::CONTENT),
        "only moved"
    );
    let dirty = rig.others_do(ONE, &note("b", (400.0, 0.0), "Lanes"));
    assert!(dirty.has(Dirty::VIEW | Dirty::LIST | Dirty::STATUS));
    let dirty = rig.does(AppEvent::Choose("a".into()));
    assert!(dirty.has(Dirty::OVERLAY | Dirty::EDITOR));
    assert_eq!(rig.does(AppEvent::Pictures), Dirty::CONTENT);
    assert_eq!(
        rig.take(AppEvent::Brought("h".into(), Ok(()))),
        Dirty::CONTENT
    );
    assert!(rig.acts(Action::NoteTool).has(Dirty::EDITOR));
    assert!(
        rig.does(AppEvent::Find("bus".into(), Seek::First))
            .has(Dirty::OVERLAY | Dirty::PANELS)
    );
    assert!(
        !rig.does(AppEvent::Tick(rig.now_ms)).paints(),
        "at rest nothing is painted"
    );
}

#[test]
fn only_what_comes_into_view_or_looks_different_is_painted() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let pan = |by: f64| {
        let at = (600.0, 400.0).into();
        AppEvent::Input(Input::Wheel(at, Vec2::new(0.0, by), Default::default()))
    };
    let _ = rig.does(pan(30.0));
    assert!(!rig.fake.board.stale.is_empty(), "a row comes into view");
    let _ = rig.does(pan(-10.0));
    assert_eq!(rig.fake.board.stale, [], "all of it is there");
    let _ = rig.others_do(ONE, &note("b", (400.0, 0.0), "Lanes"));
    let around = Rect::new(400.0, 0.0, 600.0, 200.0).inflate(paint::REACH, paint::REACH);
    let painted: f64 = rig.fake.board.stale.iter().map(Rect::area).sum();
    assert!(
        rig.fake
            .board
            .stale
            .iter()
            .all(|part| part.overlaps(around))
    );
    assert!(
        painted >= around.area() && painted < around.area() * 1.1,
        "{:?}",
        rig.fake.board.stale
    );
    assert!(rig.fake.board.words.contains(&"Lanes".to_owned()));
    let shown = rig.fake.board.shown;
    let _ = rig.does(AppEvent::Choose("b".into()));
    let _ = rig.does(AppEvent::Choose("a".into()));
    assert_eq!(
        rig.fake.board.shown, shown,
        "the board itself looks the same"
    );
}

#[test]
fn a_view_that_zooms_is_sketched_until_it_rests() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let shown = rig.fake.board.shown;
    let mods = Mods {
        ctrl: true,
        ..Mods::default()
    };
    let zoom = Input::Wheel((600.0, 400.0).into(), Vec2::new(0.0, -12.0), mods);
    let _ = rig.does(AppEvent::Input(zoom));
    assert_eq!((rig.fake.board.sketched, rig.fake.board.shown), (1, shown));
    rig.now_ms += 50;
    assert!(!rig.does(AppEvent::Tick(rig.now_ms)).paints());
    rig.now_ms += 250;
    assert!(rig.does(AppEvent::Tick(rig.now_ms)).paints());
    assert_eq!(
        (rig.fake.board.sketched, rig.fake.board.shown),
        (1, shown + 1)
    );
    assert!(!rig.does(AppEvent::Tick(rig.now_ms)).paints());
}

#[test]
fn of_a_text_that_is_opened_and_closed_only_its_object_is_painted() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let _ = rig.others_do(ONE, &note("b", (900.0, 0.0), "Lanes"));
    let note = Rect::new(0.0, 0.0, 200.0, 200.0).inflate(paint::REACH, paint::REACH);
    let only_note = |rig: &Rig| {
        let stale = &rig.fake.board.stale;
        !stale.is_empty()
            && stale
                .iter()
                .all(|part| note.inflate(9.0, 9.0).contains_rect(*part))
    };
    let _ = rig.does(AppEvent::Choose("a".into()));
    let _ = rig.key("Enter");
    assert!(only_note(&rig), "{:?}", rig.fake.board.stale);
    let bus = "Bus".to_owned();
    assert!(
        !rig.fake.board.words.contains(&bus),
        "it is in the text box"
    );
    let _ = rig.does(AppEvent::TextKey("Escape".into(), Mods::default()));
    assert!(only_note(&rig), "{:?}", rig.fake.board.stale);
    assert!(rig.fake.board.words.contains(&bus));
}

#[test]
fn one_frame_is_asked_for_however_much_is_dirty() {
    let mut rig = Rig::open();
    let _ = rig.take(AppEvent::Pictures);
    let _ = rig.take(AppEvent::Pictures);
    let asked = rig
        .fake
        .effects
        .iter()
        .filter(|effect| **effect == Effect::NextFrame);
    assert_eq!(asked.count(), 1);
    rig.pump();
    let _ = rig.take(AppEvent::Pictures);
    assert!(
        rig.fake.effects.contains(&Effect::NextFrame),
        "and again after it"
    );
}

#[test]
fn the_view_follows_what_arrives_until_somebody_moves_it() {
    let mut rig = Rig::open();
    let zoom = rig.shown().zoom;
    let _ = rig.others_do(ONE, &note("far", (9_000.0, 9_000.0), "Far"));
    let _ = rig.others_do(ONE, &note("near", (0.0, 0.0), "Near"));
    let fitted = rig.shown().zoom;
    assert!(fitted < zoom);
    let _ = rig.acts(Action::ZoomIn);
    let mine = rig.shown().zoom;
    let _ = rig.others_do(ONE, &note("farther", (90_000.0, 0.0), "Farther"));
    assert_eq!(rig.shown().zoom, mine);
    let _ = rig.wait(500);
    let remembered = |effect: &Effect| matches!(effect, Effect::RememberCamera { document, .. } if document == ONE);
    assert!(rig.others.iter().any(remembered));
}

#[test]
fn the_bar_goes_while_something_is_dragged() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let _ = rig.does(AppEvent::Choose("a".into()));
    let bar = rig.shown().bar.unwrap();
    assert!(bar.at.is_some() && bar.has_formats && bar.can_delete && !bar.has_link);
    assert!(!bar.styles.is_empty());
    let at = bar.at.unwrap();
    let over = (f64::from(at.0), 400.0);
    let _ = rig.does(AppEvent::Input(Input::Down(pointer(over))));
    let _ = rig.does(AppEvent::Input(Input::Move(pointer((
        over.0 + 60.0,
        460.0,
    )))));
    assert_eq!(rig.shown().bar, None);
    let _ = rig.does(AppEvent::Input(Input::Up(pointer((over.0 + 60.0, 460.0)))));
    assert!(rig.shown().bar.is_some());
}

#[test]
fn undo_and_the_tool_in_hand_are_shown() {
    let mut rig = Rig::open();
    assert_eq!(rig.shown().can_undo_redo, (false, false));
    let _ = rig.acts(Action::Undo);
    assert_eq!(
        rig.workshop.tab().telling().said().english(),
        "Nothing to undo"
    );
    let _ = rig.does(AppEvent::WriteIn(None, "Bus".into()));
    assert_eq!(rig.shown().can_undo_redo, (true, false));
    let _ = rig.acts(Action::Undo);
    assert_eq!(rig.shown().can_undo_redo, (false, true));
    let _ = rig.acts(Action::PenTool);
    assert_eq!(rig.shown().standing.tool, Tool::Draw);
}

#[test]
fn a_search_highlights_all_and_goes_to_one() {
    let mut rig = Rig::open();
    for (id, y, text) in [
        ("a", 0.0, "Bus"),
        ("b", 400.0, "Busses"),
        ("c", 800.0, "Trams"),
    ] {
        let _ = rig.others_do(ONE, &note(id, (0.0, y), text));
    }
    let _ = rig.does(AppEvent::Find("BUS".into(), Seek::First));
    assert_eq!(rig.workshop.tab().panels().found(), (1, 2));
    assert_eq!(rig.workshop.tab().telling().said().english(), "1 of 2");
    let _ = rig.does(AppEvent::Find("BUS".into(), Seek::Next));
    assert_eq!(rig.workshop.tab().panels().found(), (2, 2));
    let _ = rig.does(AppEvent::Find("boats".into(), Seek::First));
    assert_eq!(rig.workshop.tab().panels().found(), (0, 0));
}

#[test]
fn what_is_copied_can_be_pasted_and_pictures_from_elsewhere_are_brought() {
    let mut rig = Rig::open();
    let _ = rig.others_do(ONE, &note("a", (0.0, 0.0), "Bus"));
    let _ = rig.acts(Action::SelectAll);
    let _ = rig.acts(Action::Copy);
    let (clip, from) = rig.workshop.take_clip().unwrap();
    assert_eq!(from, ONE);
    assert!(rig.workshop.take_clip().is_none(), "taken once");
    let _ = rig.does(AppEvent::Paste(Pasted {
        json: clip.json,
        canvas: Some(from),
        text: clip.text,
    }));
    // The key says how, and comes before what is pasted.
    let _ = rig.does(AppEvent::Input(Input::Key {
        key: "V".into(),
        code: "KeyV".into(),
        mods: Mods {
            ctrl: true,
            shift: true,
            alt: false,
        },
        repeat: false,
    }));
    let _ = rig.does(AppEvent::Paste(Pasted {
        json: String::new(),
        canvas: None,
        text: "One\nTwo".into(),
    }));
    rig.run();
    assert_eq!(rig.stored(ONE), ["Bus", "Bus", "One\nTwo"]);
}

#[test]
fn a_picture_is_placed_once_it_is_on_the_server() {
    let mut rig = Rig::open();
    let file = FileInfo {
        file: 4,
        name: "map.png".into(),
    };
    let _ = rig.does(AppEvent::PutPictures(
        vec![file],
        Some((100.0, 100.0).into()),
    ));
    assert_eq!(rig.message(), "Adding the picture…");
    let Some(Effect::Upload { at, alt, .. }) = rig.others.pop() else {
        panic!("no upload");
    };
    let image = shared::protocol::api::UploadedImage {
        hash: "a".repeat(64),
        width: 300,
        height: 200,
    };
    let _ = rig.does(AppEvent::Uploaded(Ok(Sent {
        document: ONE.into(),
        image,
        alt,
        at,
    })));
    assert_eq!(rig.message(), "");
    assert_eq!(rig.served[ONE].document.view().len(), 1);
    let _ = rig.does(AppEvent::Uploaded(Err("Too large.".into())));
    let _ = rig.wait(20_000);
    assert_eq!(rig.message(), "Too large.", "stays until it is closed");
}

#[test]
fn an_empty_note_that_was_begun_goes_with_the_canvas() {
    let mut rig = Rig::open();
    let _ = rig.points((600.0, 400.0));
    let _ = rig.key("n");
    rig.open_canvas(TWO);
    rig.run();
    assert!(!rig.fake.text.is_open.get());
    assert_eq!(rig.stored(ONE), [""; 0]);
}

#[test]
fn a_picture_that_is_ready_late_waits_for_the_canvas_it_was_put_on() {
    let mut rig = Rig::open();
    let file = FileInfo {
        file: 4,
        name: "map.png".into(),
    };
    let at = Some((100.0, 100.0).into());
    let _ = rig.does(AppEvent::PutPictures(vec![file], at));
    let Some(Effect::Upload {
        document, at, alt, ..
    }) = rig.others.pop()
    else {
        panic!("no upload");
    };
    rig.open_canvas(TWO);
    let image = shared::protocol::api::UploadedImage {
        hash: "a".repeat(64),
        width: 300,
        height: 200,
    };
    let _ = rig.does(AppEvent::Uploaded(Ok(Sent {
        document,
        image,
        alt,
        at,
    })));
    assert_eq!(
        rig.served[TWO].document.view().len(),
        0,
        "not on another one"
    );
    assert_eq!(
        rig.message(),
        "Your picture will be placed when you go back to First."
    );
    rig.open_canvas(ONE);
    rig.run();
    assert_eq!(rig.served[ONE].document.view().len(), 1);
    rig.open_canvas(TWO);
    rig.open_canvas(ONE);
    rig.run();
    assert_eq!(rig.served[ONE].document.view().len(), 1, "placed once");
}

/// A canvas that opens on the blank ground while the workshop's document is not here yet.
fn opened_early(camera: Option<Camera>, world: &mut World<'_>) -> Canvas {
    let link = Link::open(ONE.into(), Document::new(9), Vec::new(), 0);
    let look = (Size::new(1_280.0, 800.0), camera);
    let mut canvas = Canvas::open(link, canvas::blank(), look, world);
    let _ = canvas.settle(Dirty::ALL, world);
    let _ = canvas.take(AppEvent::Frame, world);
    canvas
}

fn german() -> Template {
    canvas::template_in(canvas::ETHICS_CANVAS, "de").unwrap()
}

fn tab() -> Tab {
    let preferences = Preferences::read(|preference| preference.default_value(false));
    Tab::new(me(Role::Participant), preferences)
}

#[test]
fn the_ground_may_come_after_the_canvas_has_opened() {
    let mut world = World {
        now_ms: 1_000,
        platform: &mut Fake::default(),
        tab: &mut tab(),
    };
    let mut open = opened_early(None, &mut world);
    let before = open.shown(&mut world).zoom;
    let dirty = open.set_template(Arc::new(german()), &mut world);
    assert!(dirty.has(Dirty::LAYERS | Dirty::LIST));
    assert_eq!(**open.template(), german());
    assert!(open.shown(&mut world).zoom < before, "all of it is in view");
    let again = open.set_template(Arc::new(german()), &mut world);
    assert_eq!(again, Dirty::NOTHING, "the same, read once more");

    let written = AppEvent::WriteIn(Some("rights".into()), "Lizenz".into());
    let dirty = open.take(written, &mut world);
    world.now_ms += 1_000;
    assert!(open.settle(dirty, &mut world).has(Dirty::LISTED));
    let items = open.listing().items();
    assert_eq!(items[0].section.as_deref(), Some("rights"));
}

#[test]
fn a_ground_that_comes_late_is_painted_where_one_looked_last() {
    let mut fake = Fake::default();
    let mut world = World {
        now_ms: 1_000,
        platform: &mut fake,
        tab: &mut tab(),
    };
    let camera = Camera {
        origin: Point::ZERO,
        zoom: 1.0,
    };
    let mut open = opened_early(Some(camera), &mut world);
    let dirty = open.set_template(Arc::new(german()), &mut world);
    let _ = open.settle(dirty, &mut world);
    assert_eq!(open.shown(&mut world).zoom, camera.zoom);
    let _ = open.take(AppEvent::Frame, &mut world);
    let words = &fake.board.words;
    assert!(
        words.iter().any(|word| word == "1  Datenquellen"),
        "{words:?}"
    );
}

//! What needs no workshop: addresses, forms, statuses, clocks, places, searches, pictures.

use editor::{Action, Camera};
use shared::{
    board::workshop::CanvasEntry,
    geometry::{Point, Rect, Size},
    protocol::{
        CloseCode, Refusal,
        api::{Joined, Me, UploadedImage, WorkshopInfo},
        control::Role,
    },
    sync::{Status, client::Held::Outdated},
    text,
};

use super::rig::{ONE, Rig, me};
use crate::{
    AppEvent, Effect, FileInfo, Preference, Preferences, Route, Seek, Sent, bar, canvas,
    clocks::Clocks,
    forms,
    pictures::{self, Fetches, Preparation, drawn_size, drawn_type, prepare},
    place, status, words,
};

#[test]
fn routes_are_read_and_written() {
    let canvas = Route::Canvas {
        workshop: "w1".into(),
        canvas: "c1".into(),
    };
    let join = |key: &str| Route::Join {
        workshop: "w1".into(),
        key: key.into(),
    };
    for (path, fragment, route) in [
        ("/", "", Route::Start),
        ("", "", Route::Start),
        ("/w/w1", "#k=secret", join("secret")),
        ("/w/w1/", "", join("")),
        ("/w/w1", "#other", join("")),
        ("/w/w1/c/c1", "#k=secret", canvas.clone()),
        ("/w", "", Route::Unknown),
        ("/w/w1/x/c1", "", Route::Unknown),
        ("/w/w1/c/c1/more", "", Route::Unknown),
    ] {
        assert_eq!(Route::parse(path, fragment), route, "{path}{fragment}");
    }
    assert_eq!(join("secret").path(), "/w/w1", "a key is in no address");
    assert_eq!(canvas.address(false), "/w/w1/c/c1");
    assert_eq!(canvas.address(true), "/w/w1/c/c1?debug");
    assert_eq!(Route::parse(&canvas.path(), ""), canvas);
}

#[test]
fn only_a_query_of_its_own_asks_to_debug() {
    for (query, asks) in [
        ("?debug", true),
        ("?a=1&debug=1", true),
        ("", false),
        ("?debugging", false),
        ("?a=debug", false),
    ] {
        assert_eq!(Route::asks_to_debug(query), asks, "{query}");
    }
}

#[test]
fn forms_say_what_is_missing() {
    assert!(forms::check_title("Parking").is_ok());
    for nothing in [" \t", "\u{200b}\u{202e}", "\u{3164}"] {
        assert_eq!(forms::check_title(nothing), Err(Refusal::TitleMissing));
        assert_eq!(forms::check_name(nothing), Err(Refusal::NameMissing));
    }
    assert!(forms::check_name("Mei").is_ok());
}

#[test]
fn nobody_comes_in_as_somebody_else_without_being_asked() {
    let named = |id: &str| Me {
        id: id.into(),
        ..me(Role::Participant)
    };
    let (ana, bo) = (named("ana"), named("bo"));
    let both = [ana.clone(), bo.clone()];
    let only = [bo.clone()];
    assert_eq!(forms::comes_in(&only, None, false), Some(&bo));
    assert_eq!(forms::comes_in(&both, Some(&ana), false), None);
    assert_eq!(forms::comes_in(&both, Some(&ana), true), Some(&ana));
    // Ana has left: her other tab does not become Bo's.
    assert_eq!(forms::comes_in(&only, None, true), None);
    assert_eq!(forms::comes_in(&[], None, false), None);
}

#[test]
fn who_has_joined_goes_to_the_first_canvas_if_there_is_one() {
    let joined = |canvases: &[&str]| Joined {
        participant: me(Role::Participant),
        workshop: WorkshopInfo {
            id: "w1".into(),
            title: "Parking".into(),
            version: 1,
            canvases: canvases
                .iter()
                .map(|id| CanvasEntry {
                    id: (*id).into(),
                    kind: "blank".into(),
                    title: "One".into(),
                    archived: *id == "away",
                    ..CanvasEntry::default()
                })
                .collect(),
        },
        token: None,
    };
    let first = forms::first_canvas(&joined(&["away", "c1", "c2"])).unwrap();
    assert_eq!(first.path(), "/w/w1/c/c1");
    assert!(first.is_canvas_of("w1") && !first.is_canvas_of("c1"));
    assert!(!Route::Start.is_canvas_of("w1"));
    let none = forms::first_canvas(&joined(&[]));
    assert_eq!(none, Err(text::JOIN_NO_CANVAS.into()));
}

#[test]
fn limits_are_said_as_people_read_them() {
    let refused = |refusal| words::refused(&refusal).english();
    assert!(refused(Refusal::ImageTooWide).contains("10,000 pixels"));
    assert!(refused(Refusal::ImagesFull).contains("200 MB"));
    assert!(refused(Refusal::ImageTooLarge).contains("5 MB"));
}

#[test]
fn the_worst_of_all_links_is_told_with_all_changes() {
    use Status::{Closed, Failing, Held, Offline, Saved, Saving};
    for (all, worst) in [
        (vec![], Saved),
        (vec![Saved, Saved], Saved),
        (vec![Saved, Saving(2)], Saving(2)),
        (vec![Saving(2), Saving(3)], Saving(5)),
        (vec![Failing(1), Saving(1)], Failing(2)),
        (vec![Offline(0), Saved], Offline(0)),
        (vec![Saved, Offline(0), Saving(4)], Offline(4)),
        (vec![Offline(2), Failing(1), Offline(1)], Offline(4)),
        (vec![Offline(2), Held(Outdated, 0)], Held(Outdated, 2)),
        (
            vec![Offline(2), Closed(CloseCode::TooLarge, 1)],
            Closed(CloseCode::TooLarge, 3),
        ),
        (
            vec![
                Closed(CloseCode::TooLarge, 1),
                Closed(CloseCode::NotFound, 0),
            ],
            Closed(CloseCode::TooLarge, 1),
        ),
    ] {
        let mut backward = all.clone();
        backward.reverse();
        assert_eq!(status::worst(all.clone()), worst, "{all:?}");
        // Which of two that are equally bad is told is a matter of order; how many is not.
        assert_eq!(
            status::changes(&status::worst(backward)),
            status::changes(&worst)
        );
    }
}

#[test]
fn leaving_loses_only_what_neither_server_nor_device_has() {
    for (worst, device_keeps, loses) in [
        (Status::Saved, true, false),
        (Status::Saved, false, false),
        (Status::Offline(1), true, false),
        (Status::Offline(1), false, true),
        (Status::Saving(1), false, true),
    ] {
        assert_eq!(status::would_lose(&worst, device_keeps), loses, "{worst:?}");
    }
}

#[test]
fn a_device_slept_where_only_the_wall_clock_went_on() {
    let mut clocks = Clocks::default();
    assert!(!clocks.slept(1_000, 50_000), "the first tick");
    assert!(!clocks.slept(1_250, 50_250));
    assert!(clocks.slept(1_500, 3_650_250), "an hour in a bag");
    assert!(!clocks.slept(1_750, 3_650_500));
    assert!(!clocks.slept(2_000, 50_000), "the clock was set back");
    assert!(!clocks.slept(20_000, 68_000), "a slow page is no sleep");
}

#[test]
fn preferences_have_names_and_defaults() {
    let light = Preferences::read(|preference| preference.default_value(false));
    let dark = Preferences::read(|preference| preference.default_value(true));
    assert!(light.is_on(Preference::Snaps) && light.is_on(Preference::SingleKeys));
    assert!(!light.is_on(Preference::Minimap) && !light.is_on(Preference::Quiet));
    assert!(!light.is_on(Preference::Dark) && dark.is_on(Preference::Dark));
    let names: std::collections::BTreeSet<_> = Preference::ALL.map(Preference::name).into();
    assert_eq!(names.len(), Preference::ALL.len());
    for preference in Preference::ALL {
        let only = Preferences::read(|other| other == preference);
        for other in Preference::ALL {
            assert_eq!(only.is_on(other), other == preference);
        }
    }
}

#[test]
fn the_bar_stands_above_below_and_never_outside() {
    let camera = Camera {
        origin: Point::ZERO,
        zoom: 1.0,
    };
    let viewport = Size::new(1_280.0, 800.0);
    let place = |rect: Rect| bar::place(rect, &camera, viewport);
    assert_eq!(place(Rect::new(100.0, 400.0, 300.0, 500.0)), (200, 288));
    assert_eq!(
        place(Rect::new(100.0, 100.0, 300.0, 200.0)),
        (200, 228),
        "no room above"
    );
    assert_eq!(
        place(Rect::new(0.0, 0.0, 200.0, 5_000.0)),
        (100, 660),
        "as high as the screen"
    );
    assert_eq!(place(Rect::new(0.0, -900.0, 200.0, -700.0)), (100, 8));
    let far = Camera {
        origin: Point::new(1_000.0, 0.0),
        zoom: 0.5,
    };
    let rect = Rect::new(1_100.0, 600.0, 1_300.0, 700.0);
    assert_eq!(bar::place(rect, &far, viewport), (100, 188));
}

#[test]
fn a_search_goes_round() {
    let next = canvas::next_found;
    assert_eq!(next(0, Seek::Next, None), None);
    assert_eq!(next(3, Seek::First, None), Some(0));
    assert_eq!(
        next(3, Seek::First, Some(2)),
        Some(2),
        "one stays where one is"
    );
    assert_eq!(next(3, Seek::Next, Some(2)), Some(0));
    assert_eq!(next(3, Seek::Previous, Some(0)), Some(2));
    assert_eq!(next(3, Seek::Next, None), Some(0));
    assert_eq!(next(3, Seek::Previous, None), Some(2));
}

fn files(n: u32) -> Vec<FileInfo> {
    let file = |file| FileInfo {
        file,
        name: format!("map {file}.png"),
    };
    (0..n).map(file).collect()
}

#[test]
fn pictures_that_come_together_lie_beside_each_other() {
    let (uploads, said) = pictures::uploads("c1", files(2), Point::new(10.0, 20.0));
    assert_eq!(said.english(), "Adding 2 pictures…");
    let upload = |file, at: (f64, f64)| Effect::Upload {
        document: "c1".into(),
        file,
        alt: format!("map {file}"),
        at: at.into(),
    };
    assert_eq!(uploads, [upload(0, (10.0, 20.0)), upload(1, (50.0, 60.0))]);
}

#[test]
fn too_many_pictures_are_left_out_and_counted() {
    let (uploads, said) = pictures::uploads("c1", files(13), Point::ZERO);
    assert_eq!(uploads.len(), 10);
    assert!(said.english().contains("3 were left out"), "{said:?}");
}

#[test]
fn files_are_called_by_their_stem() {
    for (name, called) in [
        ("Parking map.png", "Parking map"),
        ("a.b.png", "a.b"),
        ("image.png", ""),
        ("image", ""),
        ("photo", "photo"),
    ] {
        assert_eq!(pictures::name_of(name), called, "{name}");
    }
    assert_eq!(pictures::name_of(&"ä".repeat(200)).chars().count(), 80);
}

#[test]
fn pictures_are_brought_only_from_other_workshops_by_a_name_that_is_one() {
    let hash = "a".repeat(64);
    let json = copied(&hash);
    let bring = |from: Option<&str>| pictures::to_bring(from, &json, |canvas| canvas == "ours");
    let (from, hashes) = bring(Some("theirs-1_X")).unwrap();
    assert_eq!(from, "theirs-1_X");
    assert_eq!(hashes.into_iter().collect::<Vec<_>>(), [hash]);
    for from in [
        None,
        Some("ours"),
        Some(""),
        Some("../../evil"),
        Some("a b"),
    ] {
        assert_eq!(bring(from), None, "{from:?}");
    }
    assert_eq!(pictures::to_bring(Some("theirs"), "[]", |_| false), None);
}

/// Objects as Plaza copies them: one picture.
fn copied(hash: &str) -> String {
    let mut rig = Rig::open();
    let image = UploadedImage {
        hash: hash.into(),
        width: 30,
        height: 20,
    };
    let _ = rig.does(AppEvent::Uploaded(Ok(Sent {
        document: ONE.into(),
        image,
        alt: String::new(),
        at: Point::ZERO,
    })));
    let _ = rig.acts(Action::SelectAll);
    let _ = rig.acts(Action::Copy);
    rig.workshop.take_clip().unwrap().0.json
}

#[test]
fn the_minimap_shows_everything_and_what_is_in_view() {
    let whole = Rect::new(0.0, 0.0, 1_000.0, 500.0);
    let visible = Rect::new(900.0, 400.0, 1_500.0, 800.0);
    let to = canvas::minimap_from_board(whole, visible);
    let size = Rect::new(0.0, 0.0, 200.0, 130.0);
    for rect in [whole, visible] {
        let shown = to.transform_rect_bbox(rect);
        assert_eq!(size.union(shown), size, "{rect:?} is outside");
    }
    // One scale for both axes, and back to where it came from.
    let square = to.transform_rect_bbox(Rect::new(0.0, 0.0, 100.0, 100.0));
    assert!((square.width() - square.height()).abs() < 1e-9);
    let back = to.inverse() * (to * Point::new(300.0, 200.0));
    assert!((back - Point::new(300.0, 200.0)).hypot() < 1e-6);
}

#[test]
fn a_menu_stays_inside_the_window() {
    let window = (1_280, 800);
    assert_eq!(place::menu((100, 90), window), (100, 90));
    assert_eq!(place::menu((1_270, 790), window), (1_020, 370));
    assert_eq!(place::menu((-5, -5), window), (8, 8));
    assert_eq!(place::menu((100, 90), (200, 300)), (8, 8), "no room at all");
}

#[test]
fn photos_and_what_is_too_large_are_drawn_anew() {
    let most = shared::protocol::limits::IMAGE_BYTES_MAX as f64;
    assert_eq!(prepare("image/png", most), Ok(Preparation::AsIs));
    assert_eq!(prepare("image/png", most + 1.0), Ok(Preparation::DrawnAnew));
    assert_eq!(prepare("image/jpeg", 10.0), Ok(Preparation::DrawnAnew));
    assert!(prepare("image/svg+xml", 10.0).is_err());
    assert!(prepare("", 10.0).is_err());
    assert_eq!(drawn_type("image/jpeg"), "image/jpeg");
    assert_eq!(drawn_type("image/png"), "image/webp");
    assert_eq!(
        drawn_size(Size::new(300.0, 200.0)),
        Size::new(300.0, 200.0),
        "never larger"
    );
    assert_eq!(
        drawn_size(Size::new(1_600.0, 4_800.0)),
        Size::new(800.0, 2_400.0)
    );
}

#[test]
fn a_picture_is_fetched_once_and_again_after_a_while() {
    let mut fetches = Fetches::<u8>::default();
    assert_eq!(fetches.get("a", 0), (None, true));
    assert_eq!(fetches.get("a", 0), (None, false), "it is coming");
    fetches.missed("a".into(), 1_000);
    assert!(!fetches.may_retry(10_999));
    assert_eq!(fetches.get("a", 10_999), (None, false));
    assert!(fetches.may_retry(11_000));
    assert_eq!(fetches.get("a", 11_000), (None, true));
    fetches.came("a".into(), 7);
    assert_eq!(fetches.get("a", 99_000), (Some(7), false));
    // One that is brought along is not asked for before it is there.
    fetches.expect("b");
    assert_eq!(fetches.get("b", 0), (None, false));
    fetches.arrived("b");
    assert_eq!(fetches.get("b", 0), (None, true));
    fetches.arrived("a");
    assert_eq!(fetches.get("a", 0), (Some(7), false), "what is here stays");
}

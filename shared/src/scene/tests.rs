use proptest::prelude::*;

use super::Scene;
use crate::{
    board::{BoardView, ChangeSet},
    canvas,
    draw::{Fitted, font, text_layout::*},
    geometry::{Point, Rect},
    id::ObjectId,
    object::{Kind, NoteColor, Object, sticky_note},
};

fn lines(text: &str, width: f64, size: f64) -> Vec<String> {
    layout(text, width, size)
        .lines
        .into_iter()
        .map(|line| text[line.range].to_owned())
        .collect()
}

fn note(id: &str, x: f64, y: f64, text: &str) -> Object {
    Object {
        id: id.into(),
        pos: Point::new(x, y),
        size: None,
        angle: 0.0,
        z: 1.0,
        author: None,
        group: None,
        is_locked: false,
        text: text.into(),
        marks: Vec::new(),
        kind: Kind::note(NoteColor::Sky),
    }
}

fn fit_note(text: &str) -> Fitted {
    note("a", 0.0, 0.0, text).fitted()
}

#[test]
fn lines_break_between_words_and_at_line_ends() {
    assert_eq!(
        lines("waste collection routes", 168.0, 24.0),
        ["waste", "collection", "routes"]
    );
    assert_eq!(lines("a\n\nb\n", 168.0, 24.0), ["a", "", "b", ""]);
    assert_eq!(lines("", 168.0, 24.0), [""]);
}

#[test]
fn a_word_wider_than_a_line_is_broken_between_graphemes() {
    let all = lines(&"👩‍🚒".repeat(12), 100.0, 20.0);
    assert!(
        all.len() > 1
            && all
                .iter()
                .all(|line| line.starts_with('👩') && line.ends_with('🚒')),
        "{all:?}"
    );
}

#[test]
fn text_shrinks_to_the_floor_and_then_the_note_grows() {
    let short = fit_note("Bins");
    assert_eq!(
        (short.text.size, short.size.height),
        (sticky_note::TEXT_CEILING, sticky_note::SIDE)
    );
    let long = fit_note(&"parking sensor data ".repeat(30));
    assert_eq!(long.text.size, sticky_note::TEXT_FLOOR);
    assert!(long.size.height > sticky_note::SIDE);
}

#[test]
fn a_long_word_makes_text_smaller_before_it_is_broken() {
    let fitted = fit_note("Datenschutzfolgen");
    assert_eq!(fitted.text.lines.len(), 1);
    assert!(fitted.text.size < sticky_note::TEXT_CEILING);
}

#[test]
fn direction_is_that_of_the_first_strong_character() {
    assert!(is_rtl("12 بيانات المدينة"));
    assert!(!is_rtl("data بيانات"));
}

#[test]
fn reading_order_goes_by_section_then_row_then_column() {
    let template = canvas::template_in(canvas::ETHICS_CANVAS, "en").unwrap();
    let first = template.section_rect(&template.sections[0]);
    let second = template.section_rect(&template.sections[1]);
    let at = |id: &str, rect: Rect, dx: f64, dy: f64| note(id, rect.x0 + dx, rect.y0 + dy, "");
    let view = BoardView::from_objects([
        at("d", second, 10.0, 150.0),
        at("c", first, 10.0, 390.0),
        at("b", first, 250.0, 155.0),
        at("a", first, 10.0, 150.0),
    ]);
    let order: Vec<String> = Scene::rebuild(&view)
        .reading_order(&view, &template)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(order, ["a", "b", "c", "d"]);
}

#[test]
fn spaces_hang_at_the_end_of_a_line_and_hyphens_break() {
    assert_eq!(lines("one    two", 22.0, 10.0), ["one", "two"]);
    assert_eq!(lines("one  two  ", 1e3, 10.0), ["one  two"]);
    assert_eq!(
        lines("well-known fact", 40.0, 10.0),
        ["well-", "known", "fact"]
    );
    assert_eq!(lines("x aaaaaa y", 21.5, 10.0), ["x", "aaaa", "aa y"]);
    assert_eq!(lines("a\r\nb", 1e3, 10.0), ["a", "b"]);
}

#[test]
fn each_paragraph_has_its_own_direction() {
    let rtl = |text: &str| {
        let laid = layout(text, 1e3, 10.0);
        laid.lines.iter().map(|line| line.rtl).collect::<Vec<_>>()
    };
    assert_eq!(rtl("hello\nمرحبا\n123"), [false, true, false]);
    assert_eq!(rtl("1. שלום hello"), [true]);
    assert_eq!(rtl("\nשלום\n"), [false, true, false]);
}

#[test]
fn widths_of_graphemes() {
    let check = |grapheme: &str, expected: f64| {
        let width = font::grapheme_width(grapheme);
        assert!((width - expected).abs() < 1e-9, "{grapheme:?}: {width}");
    };
    check("a", 0.525);
    check("e\u{301}", font::advance('e'));
    check("\t", font::advance(' '));
    check("日", 1.0);
    check("ש", 0.56);
    check("שָׁ", 0.56);
    for emoji in ["👍", "👍🏽", "👩‍👩‍👧", "🇮🇱", "❤\u{fe0f}"] {
        check(emoji, 1.0);
    }
}

#[test]
fn a_crooked_row_is_still_a_row() {
    let view = BoardView::from_objects([
        note("c", 440.0, 142.0, ""),
        note("b", 220.0, 155.0, ""),
        note("a", 0.0, 149.0, ""),
        note("d", 0.0, 362.0, ""),
    ]);
    let order: Vec<String> = Scene::rebuild(&view)
        .reading_order(&view, &canvas::blank())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(order, ["a", "b", "c", "d"]);
}

#[test]
fn the_front_object_is_hit() {
    let mut front = note("a", 0.0, 0.0, "");
    front.z = 2.0;
    let view = BoardView::from_objects([front.clone(), note("b", 50.0, 50.0, "")]);
    let mut scene = Scene::rebuild(&view);
    let at = Point::new(100.0, 100.0);
    let hit = |scene: &Scene, view: &BoardView, at| scene.hit(view, at, 0.0);
    assert_eq!(hit(&scene, &view, at), Some("a".into()));
    assert_eq!(
        hit(&scene, &view, Point::new(240.0, 100.0)),
        Some("b".into())
    );
    assert_eq!(hit(&scene, &view, Point::new(300.0, 100.0)), None);
    front.z = 0.0;
    let view = BoardView::from_objects([front, note("b", 50.0, 50.0, "")]);
    let objects = [ObjectId::from("a")].into();
    scene.apply(&view, &ChangeSet { objects });
    assert_eq!(hit(&scene, &view, at), Some("b".into()));
}

proptest! {
    #[test]
    fn every_line_is_inside_and_every_word_is_there(text in "[a-z 🚲é\n]{0,80}", width in 60.0..200.0) {
        let laid = layout(&text, width, 20.0);
        for line in &laid.lines {
            prop_assert!(line.width <= width + 1e-6 || text[line.range.clone()].chars().count() == 1);
        }
        let joined: String = laid.lines.iter().map(|line| text[line.range.clone()].replace(char::is_whitespace, "")).collect();
        prop_assert_eq!(joined, text.replace(char::is_whitespace, ""));
    }

    #[test]
    fn widths_add_up(a in "[a-zA-Z ]{0,10}", b in "[a-zA-Z ]{0,10}") {
        let together = font::width(&[a.as_str(), b.as_str()].concat());
        prop_assert!((together - font::width(&a) - font::width(&b)).abs() < 1e-9);
    }

    #[test]
    fn the_scene_kept_in_step_is_the_scene_made_anew(
        steps in proptest::collection::vec((0u8..12, any::<bool>(), (-500i16..500, -500i16..500, 0u8..4), "[a-z ]{0,40}"), 1..60)
    ) {
        let mut view = BoardView::default();
        let mut scene = Scene::rebuild(&view);
        for (id, keep, (x, y, z), text) in steps {
            let id = ObjectId::from(format!("o{id}"));
            if keep {
                let mut object = note(id.as_str(), f64::from(x), f64::from(y), &text);
                object.z = f64::from(z);
                view.put(object);
            } else {
                view.remove(&id);
            }
            scene.apply(&view, &ChangeSet { objects: [id].into() });
            let fresh = Scene::rebuild(&view);
            let everywhere = Rect::new(-1e6, -1e6, 1e6, 1e6);
            prop_assert_eq!(scene.touching(everywhere), fresh.touching(everywhere));
            prop_assert_eq!(scene.content_bounds(), fresh.content_bounds());
            let template = canvas::template_in(canvas::ETHICS_CANVAS, "en").unwrap();
            prop_assert_eq!(scene.reading_order(&view, &template), fresh.reading_order(&view, &template));
            for object in view.iter() {
                prop_assert_eq!(scene.bounds(&object.id), fresh.bounds(&object.id));
                prop_assert_eq!(scene.fitted(&object.id), fresh.fitted(&object.id));
            }
        }
    }
}

#[test]
fn what_lies_in_frames_belongs_to_the_smallest_and_no_two_to_each_other() {
    let frame = |id: &str, x: f64, y: f64, side: f64| Object {
        size: Some((side, side).into()),
        kind: Kind::read(crate::object::frame::NAME, &crate::props::Properties::new()),
        ..note(id, x, y, "")
    };
    let view = BoardView::from_objects([
        frame("outer", 0.0, 0.0, 1_000.0),
        frame("inner", 100.0, 100.0, 400.0),
        note("a", 150.0, 150.0, ""),
        note("b", 700.0, 700.0, ""),
        note("c", 2_000.0, 0.0, ""),
        // Each has the other's middle in it.
        frame("left", 3_000.0, 0.0, 400.0),
        frame("right", 3_100.0, 0.0, 400.0),
        frame("twin", 100.0, 100.0, 400.0),
    ]);
    let scene = Scene::rebuild(&view);
    let container = |id: &str| {
        scene
            .container_of(&view, &id.into())
            .map(|id| id.to_string())
    };
    assert_eq!(container("inner").as_deref(), Some("outer"));
    assert_eq!(container("twin").as_deref(), Some("outer"));
    assert!(["inner", "twin"].contains(&container("a").unwrap().as_str()));
    assert_eq!(container("b").as_deref(), Some("outer"));
    for id in ["outer", "left", "right", "c"] {
        assert_eq!(container(id), None, "{id}");
    }
}

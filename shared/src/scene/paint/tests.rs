use super::*;
use crate::{
    board::BoardView,
    draw::NoteColor,
    geometry::{Point, Rect, Shape as _},
    object::{End, Unknown},
    scene::Scene,
};

/// Boards are drawn as text, one primitive a line.
fn draw(kind: Kind, text: &str, zoom: f64, author: Option<&str>) -> String {
    let drawn = an_object("a", (100.0, 50.0).into(), kind, text);
    let fitted = drawn.fitted();
    let place = Place {
        rect: drawn.rect(fitted.size),
        angle: 0.0,
    };
    let mut list = Vec::new();
    object(
        &mut list,
        &drawn,
        &fitted,
        place,
        Detail::of_objects(zoom),
        author,
    );
    let shown = list.iter().map(|primitive| match primitive {
        Primitive::Fill { rect, color, .. } => format!("fill {} {}", short(*rect), color.css()),
        Primitive::Stroke { rect, color, .. } => format!("stroke {} {}", short(*rect), color.css()),
        Primitive::Paper { rect, color } => format!("paper {} {}", short(*rect), color.css()),
        Primitive::Text {
            at,
            size,
            rtl,
            text,
            ..
        } => {
            let side = if *rtl { "ends" } else { "starts" };
            format!(
                "text {side} {:.0},{:.0} size {size} {:?}",
                at.x,
                at.y,
                text.english()
            )
        }
        Primitive::Path { path, .. } => format!("path {}", short(path.bounding_box())),
        Primitive::Picture { hash, .. } => format!("picture {hash}"),
        Primitive::Turned { degrees, .. } => format!("turned {degrees}"),
    });
    shown.collect::<Vec<_>>().join("\n")
}

fn an_object(id: &str, pos: Point, kind: Kind, text: &str) -> Object {
    Object {
        id: id.into(),
        pos,
        size: None,
        angle: 0.0,
        z: 1.0,
        author: None,
        group: None,
        is_locked: false,
        text: text.into(),
        marks: Vec::new(),
        kind,
    }
}

fn short(rect: Rect) -> String {
    format!(
        "{:.0},{:.0} {:.0}x{:.0}",
        rect.x0,
        rect.y0,
        rect.width(),
        rect.height()
    )
}

#[test]
fn near_there_is_text_and_who_wrote_it() {
    insta::assert_snapshot!(draw(Kind::note(NoteColor::Chalk), "Bins\nمرحبا", 1.0, Some("Ana")), @r#"
    paper 100,50 200x200 #ffffff
    text starts 116,90 size 24 "Bins"
    text ends 284,121 size 24 "مرحبا"
    text starts 116,243 size 11 "Ana"
    "#);
}

#[test]
fn further_away_there_are_bars() {
    insta::assert_snapshot!(draw(Kind::note(NoteColor::Chalk), "Bins\n\nbuses", 0.2, Some("Ana")), @r"
    paper 100,50 200x200 #ffffff
    fill 116,76 45x12 #5b646d
    fill 116,138 62x12 #5b646d
    ");
}

#[test]
fn from_afar_there_is_colour() {
    insta::assert_snapshot!(draw(Kind::note(NoteColor::Chalk), "Bins", 0.05, None), @"fill 100,50 200x200 #ffffff");
}

#[test]
fn a_kind_from_the_future_has_a_place_and_a_name() {
    insta::assert_snapshot!(draw(Kind::Unknown(Unknown { name: "hologram".into() }), "", 1.0, None), @r#"
    fill 100,50 200x200 #fdfcfa
    stroke 100,50 200x200 #5b646d
    text starts 116,82 size 14 "From a newer version:"
    text starts 116,102 size 14 "hologram"
    "#);
}

#[test]
fn a_label_stands_on_a_ground_of_its_own_in_the_gap_of_its_line() {
    let note = Kind::note(NoteColor::Chalk);
    let connector = Connector::new(End::to(&"a".into()), End::to(&"b".into()));
    let view = BoardView::from_objects([
        an_object("a", Point::ZERO, note.clone(), ""),
        an_object("b", (600.0, 0.0).into(), note, ""),
        an_object("l", Point::ZERO, Kind::Connector(connector), "feeds"),
    ]);
    let scene = Scene::rebuild(&view);
    let id = "l".into();
    let (connector, routed) = (view.get(&id).unwrap(), scene.line(&id).unwrap());
    let drawn = |detail| {
        let mut list = Vec::new();
        line(
            &mut list,
            connector,
            scene.fitted(&id).unwrap(),
            routed,
            detail,
        );
        list
    };
    let near = drawn(Detail::Full);
    let Primitive::Path { path, .. } = &near[0] else {
        panic!("{near:?}")
    };
    assert_eq!(*path, routed.broken_path());
    let at = near.iter().position(
        |primitive| matches!(primitive, Primitive::Fill { rect, .. } if routed.label.contains_rect(*rect)),
    );
    assert!(
        matches!(&near[at.unwrap() + 1], Primitive::Text { text, .. } if *text == "feeds".into())
    );
    assert_eq!(drawn(Detail::Block).len(), 1, "from far away only its line");
}

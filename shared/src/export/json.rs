//! A canvas as plain JSON: objects with kind, text, position, section and author.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::{
    board::{BoardView, workshop::Person},
    canvas::Template,
    draw::marks::{self, Look},
    id::{DocumentId, ObjectId, ParticipantId},
    object::{Ends, Object},
    scene::section_of,
};

/// A canvas as exported.
#[derive(Debug, Serialize)]
pub struct CanvasJson<'a> {
    /// The canvas.
    pub id: &'a DocumentId,
    /// Its kind.
    pub kind: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The language of its prompts (BCP 47).
    pub language: &'a str,
    /// Who to thank for the template; empty for a blank board.
    pub attribution: &'a str,
    /// Its objects, from back to front.
    pub objects: Vec<ObjectJson<'a>>,
}

/// An object as exported.
#[derive(Debug, Serialize)]
pub struct ObjectJson<'a> {
    /// Its id.
    pub id: &'a ObjectId,
    /// Its kind.
    pub kind: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The same text in pieces, where some of it is bold, italic or a link.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<PieceJson<'a>>,
    /// Top left corner, `[x, y]` in board units.
    pub position: [f64; 2],
    /// The id of the section it lies in, if any.
    pub section: Option<&'a str>,
    /// Who created it, where known.
    pub author: Option<AuthorJson<'a>>,
    /// What was chosen of its styles: its colour, its shape, its line.
    #[serde(flatten)]
    pub styles: BTreeMap<&'static str, &'static str>,
    /// What a connector goes from and to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<&'a ObjectId>,
    /// See `from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<&'a ObjectId>,
}

/// A piece of a text that looks the same throughout.
#[derive(Debug, Serialize)]
pub struct PieceJson<'a> {
    /// What it says.
    pub text: &'a str,
    /// How it looks.
    #[serde(flatten)]
    pub look: Look,
}

fn pieces_of(object: &Object) -> Vec<PieceJson<'_>> {
    if object.marks.is_empty() {
        return Vec::new();
    }
    marks::pieces(&object.marks, &(0..object.text.len()))
        .map(|(range, look)| PieceJson {
            text: &object.text[range],
            look,
        })
        .collect()
}

/// An author as exported.
#[derive(Debug, Serialize)]
pub struct AuthorJson<'a> {
    /// Participant id.
    pub id: &'a ParticipantId,
    /// Name, where known.
    pub name: Option<&'a str>,
}

/// A canvas as plain JSON. A connector that lost an end to somebody's deletion is not
/// drawn, and not in here either.
pub fn canvas<'a>(
    id: &'a DocumentId,
    title: &'a str,
    template: &'a Template,
    view: &'a BoardView,
    people: &'a [Person],
) -> CanvasJson<'a> {
    let names: HashMap<&ParticipantId, &str> = people
        .iter()
        .map(|person| (&person.id, person.name.as_str()))
        .collect();
    let object = |object: &'a Object| ObjectJson {
        id: &object.id,
        kind: object.kind.name(),
        text: &object.text,
        pieces: pieces_of(object),
        position: [object.pos.x, object.pos.y],
        section: section_of(object, template),
        author: object.author.as_ref().map(|id| AuthorJson {
            id,
            name: names.get(id).copied(),
        }),
        styles: object
            .kind
            .styles()
            .into_iter()
            .map(|(style, choice)| (style.key, choice))
            .collect(),
        from: object.kind.ends().and_then(|ends| ends.from.object()),
        to: object.kind.ends().and_then(|ends| ends.to.object()),
    };
    let is_whole = |object: &&Object| {
        let mut ends = object.kind.ends().into_iter().flat_map(Ends::objects);
        ends.all(|id| view.get(id).is_some())
    };
    let objects = view.back_to_front().into_iter().filter(is_whole);
    CanvasJson {
        id,
        kind: &template.id,
        title,
        language: &template.language,
        attribution: &template.attribution,
        objects: objects.map(object).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draw::NoteColor,
        geometry::Point,
        object::{Connector, End, Kind},
    };

    fn object(id: &str, kind: Kind) -> Object {
        Object {
            id: id.into(),
            pos: Point::ZERO,
            size: None,
            angle: 0.0,
            z: 1.0,
            author: None,
            group: None,
            is_locked: false,
            text: id.into(),
            marks: Vec::new(),
            kind,
        }
    }

    #[test]
    fn a_connector_without_its_end_is_left_out() {
        let note = || Kind::note(NoteColor::Sky);
        let line = |from: &str, to: &str| {
            let end = |id: &str| End::to(&id.into());
            Kind::Connector(Connector::new(end(from), end(to)))
        };
        let view = BoardView::from_objects([
            object("a", note()),
            object("b", note()),
            object("l", line("a", "b")),
            object("m", line("a", "deleted")),
        ]);
        let template = crate::canvas::blank();
        let id = "canvas".into();
        let exported = canvas(&id, "Map", &template, &view, &[]);
        let texts: Vec<&str> = exported.objects.iter().map(|object| object.text).collect();
        assert_eq!(texts, ["a", "b", "l"]);
    }

    #[test]
    fn it_says_the_language_of_the_prompts_and_whom_to_thank() {
        let german = crate::canvas::template_in("ethics_canvas", "de").unwrap();
        let id = "canvas".into();
        let view = BoardView::default();
        let exported = canvas(&id, "Ethik", &german, &view, &[]);
        let json = serde_json::to_value(exported).unwrap();
        assert_eq!(json["language"], "de");
        assert_eq!(json["kind"], "ethics_canvas");
        assert_eq!(json["attribution"], german.attribution);
        assert!(german.attribution.contains("Fragen in eigenen Worten"));
    }
}

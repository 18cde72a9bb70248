//! What could not be stored, as a file that a person takes along.

use serde::Serialize;
use shared::{board::Document, object::Object};

use crate::link::Link;

/// Something that was written and that the server does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Unstored {
    /// The canvas.
    canvas: String,
    /// What it is.
    kind: String,
    /// Its text, as the person left it.
    text: String,
}

impl Unstored {
    /// Names its canvas by its title instead of its id.
    pub(crate) fn on(&mut self, title: impl Fn(&str) -> String) {
        self.canvas = title(&self.canvas);
    }
}

/// The file: JSON, indented.
#[derive(Serialize)]
struct File<'a> {
    workshop: &'a str,
    unsaved: Vec<Unstored>,
}

/// What of a canvas could not be stored: each object that was changed and is still there.
pub(crate) fn of(link: &Link<Document>) -> Vec<Unstored> {
    let listed = |object: &Object| Unstored {
        canvas: link.document().to_owned(),
        kind: object.kind.name().to_owned(),
        text: object.text.clone(),
    };
    let view = link.copy().view();
    let changed = link.unstored_objects().into_iter();
    changed.filter_map(|id| view.get(id)).map(listed).collect()
}

/// The file of what could not be stored in a workshop.
pub(crate) fn file(workshop: &str, unsaved: Vec<Unstored>) -> String {
    serde_json::to_string_pretty(&File { workshop, unsaved }).unwrap_or_default()
}

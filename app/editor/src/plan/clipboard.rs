//! Objects as they travel on the clipboard: with their structure, and as plain text.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use shared::{
    board::NewObject,
    draw::marks::{self, Run},
    geometry::{Point, Rect, Size},
    id::ParticipantId,
    object::{End, Kind, sticky_note},
    props::{Source, Value},
    sort,
    text::{self, Phrase},
};

use unicode_segmentation::UnicodeSegmentation;

use super::{Deed, Plan, copy};
use crate::{Clip, Context, part::Parts};

/// The type under which objects stand on the clipboard.
pub const MIME: &str = "application/x-plaza+json";
/// The type under which the canvas they come from stands there.
pub const CANVAS_MIME: &str = "application/x-plaza-canvas";
/// The most objects that one paste brings.
pub const OBJECTS_MAX: usize = 500;

/// An object as it travels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Copied {
    id: String,
    kind: String,
    pos: [f64; 2],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<[f64; 2]>,
    #[serde(default)]
    angle: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Run>,
    #[serde(default)]
    properties: Fields,
}

/// Properties of a kind, by key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Fields(BTreeMap<String, serde_json::Value>);

impl Source for Fields {
    fn string(&self, key: &str) -> Option<String> {
        self.0.get(key)?.as_str().map(str::to_owned)
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.0.get(key)?.as_f64()
    }

    fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        let numbers = self.0.get(key)?.as_array()?;
        Some(
            numbers
                .iter()
                .map(|n| n.as_f64().unwrap_or_default())
                .collect(),
        )
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.0.get(key)?.as_bool()
    }

    fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        let bytes = self.0.get(key)?.as_array()?;
        bytes
            .iter()
            .map(|byte| byte.as_u64()?.try_into().ok())
            .collect()
    }
}

impl From<&NewObject> for Copied {
    fn from(object: &NewObject) -> Self {
        let json = |value: &Value| match value {
            Value::Null => serde_json::Value::Null,
            Value::Text(text) => text.as_str().into(),
            Value::Number(number) => (*number).into(),
            Value::Numbers(numbers) => numbers.clone().into(),
            Value::Flag(flag) => (*flag).into(),
            Value::Bytes(bytes) => bytes.clone().into(),
        };
        let fields = object.kind.properties();
        Self {
            id: object.id.to_string(),
            kind: object.kind.name().to_owned(),
            pos: [object.pos.x, object.pos.y],
            size: object.size.map(|size| [size.width, size.height]),
            angle: object.angle,
            group: object.group.clone(),
            text: object.text.clone(),
            marks: object.marks.clone(),
            properties: Fields(sort::map(
                fields
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), json(value))),
            )),
        }
    }
}

/// What the selection puts on the clipboard.
pub(crate) fn clip(parts: &Parts, cx: &Context<'_>) -> Option<Clip> {
    let pieces = copy::pieces(parts, cx);
    if pieces.is_empty() {
        return None;
    }
    let copied: Vec<Copied> = pieces.iter().map(Copied::from).collect();
    let is_copied = |id: &&shared::id::ObjectId| pieces.iter().any(|piece| piece.id == **id);
    let order = cx.scene.reading_order(cx.view, cx.template);
    let texts = order
        .iter()
        .filter(is_copied)
        .filter_map(|id| cx.view.get(id));
    let lines: Vec<&str> = texts
        .map(|object| object.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    Some(Clip {
        json: serde_json::to_string(&copied).ok()?,
        text: lines.join("\n"),
        count: pieces.len(),
    })
}

/// Objects that Plaza has copied, read from a clipboard.
pub(crate) struct Brought {
    pieces: Vec<NewObject>,
    /// The box around them, in board space.
    bounds: Rect,
    /// So many more there were.
    too_many: usize,
}

/// Reads objects from a clipboard. `None` where this is nothing that Plaza has copied.
pub(crate) fn read(json: &str, me: &ParticipantId) -> Option<Brought> {
    let copied: Vec<Copied> = serde_json::from_str(json).ok()?;
    let too_many = copied.len().saturating_sub(OBJECTS_MAX);
    let pieces: Vec<NewObject> = copied
        .into_iter()
        .take(OBJECTS_MAX)
        .map(|copied| piece(copied, me))
        .collect();
    let boxes = pieces
        .iter()
        .filter(|piece| piece.kind.ends().is_none())
        .map(|piece| {
            let size = piece.size.unwrap_or_else(|| piece.kind.default_size());
            Rect::from_origin_size(piece.pos, size)
        });
    // Connectors without a box among them have free ends.
    let bounds = boxes
        .reduce(|a, b| a.union(b))
        .or_else(|| free_ends(&pieces))?;
    Some(Brought {
        pieces,
        bounds,
        too_many,
    })
}

/// Pastes objects around the pointer or the middle of the view.
pub(crate) fn paste(brought: Brought, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let Brought {
        pieces,
        bounds,
        too_many,
    } = brought;
    let mut said = vec![text::say_pasted(text::object_objects(pieces.len()))];
    if too_many > 0 {
        said.push(text::say_objects_left_out(too_many, OBJECTS_MAX));
    }
    let by = (parts.cursor_or_middle() - bounds.center()).round();
    copy::instantiate(pieces, by, cx).then(Deed::show(Phrase::Sentences(said)))
}

fn piece(copied: Copied, me: &ParticipantId) -> NewObject {
    let text: String = copied
        .text
        .graphemes(true)
        .take(sticky_note::TEXT_MAX)
        .collect();
    NewObject {
        id: copied.id.into(),
        pos: Point::new(copied.pos[0], copied.pos[1]),
        size: copied.size.map(|[width, height]| Size::new(width, height)),
        angle: copied.angle,
        group: copied.group,
        kind: Kind::read(&copied.kind, &copied.properties),
        marks: marks::sane(&text, copied.marks),
        text,
        author: me.clone(),
    }
}

/// The pictures that a paste of these objects shows, each hash once: a canvas of another
/// workshop has them.
pub fn pictures(json: &str) -> BTreeSet<String> {
    let copied: Vec<Copied> = serde_json::from_str(json).unwrap_or_default();
    let kinds = copied
        .into_iter()
        .take(OBJECTS_MAX)
        .map(|copied| Kind::read(&copied.kind, &copied.properties));
    let hashes = kinds.filter_map(|kind| match kind {
        Kind::Image(image) => image.hash().map(str::to_owned),
        _ => None,
    });
    sort::set(hashes)
}

/// The box around the free ends of connectors.
fn free_ends(pieces: &[NewObject]) -> Option<Rect> {
    pieces
        .iter()
        .filter_map(|piece| piece.kind.ends())
        .flat_map(|ends| [&ends.from, &ends.to])
        .filter_map(|end| match end {
            End::Free(at) => Some(Rect::from_points(*at, *at)),
            End::Bound { .. } => None,
        })
        .reduce(|a, b| a.union(b))
}

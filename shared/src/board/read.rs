//! Objects as read from the document. Whatever is there reads as something:
//! a missing or odd value has a default, and it is the same on every client.

use yrs::{Any, GetString, Map, MapRef, Out, ReadTxn, any::Number};

use super::schema;
use crate::{
    geometry::Point,
    id::{ObjectId, ParticipantId},
    object::{Kind, NoteColor, Object, StickyNote, sticky_note},
};

/// Reads one object; `None` where there is none, or something that is no object.
pub(super) fn object<T: ReadTxn>(objects: &MapRef, txn: &T, id: &ObjectId) -> Option<Object> {
    let Some(Out::YMap(map)) = objects.get(txn, id.as_str()) else {
        return None;
    };
    let kind = match string(&map, txn, schema::KIND) {
        Some(name) if name == sticky_note::NAME => Kind::StickyNote(StickyNote {
            text: text(&map, txn),
            color: NoteColor::from_name(&string(&map, txn, schema::COLOR).unwrap_or_default()),
        }),
        name => Kind::Unknown(name.unwrap_or_default()),
    };
    Some(Object {
        id: id.clone(),
        pos: position(&map, txn),
        z: number(&map, txn, schema::Z).unwrap_or_default(),
        author: string(&map, txn, schema::AUTHOR)
            .map(|author| ParticipantId::from(author.as_str())),
        kind,
    })
}

/// A string under a key.
pub(super) fn string<T: ReadTxn>(map: &MapRef, txn: &T, key: &str) -> Option<String> {
    match map.get(txn, key) {
        Some(Out::Any(Any::String(value))) => Some(value.to_string()),
        _ => None,
    }
}

/// A finite number under a key.
pub(super) fn number<T: ReadTxn>(map: &MapRef, txn: &T, key: &str) -> Option<f64> {
    match map.get(txn, key) {
        Some(Out::Any(any)) => finite(&any),
        _ => None,
    }
}

fn text<T: ReadTxn>(map: &MapRef, txn: &T) -> String {
    match map.get(txn, schema::TEXT) {
        Some(Out::YText(text)) => text.get_string(txn),
        // What a client that knows no shared texts may have written.
        Some(Out::Any(Any::String(value))) => value.to_string(),
        _ => String::new(),
    }
}

fn position<T: ReadTxn>(map: &MapRef, txn: &T) -> Point {
    match map.get(txn, schema::POS) {
        Some(Out::Any(Any::Array(values))) => {
            let coordinate = |i: usize| {
                values
                    .get(i)
                    .and_then(finite)
                    .unwrap_or_default()
                    .clamp(-schema::COORDINATE_MAX, schema::COORDINATE_MAX)
            };
            Point::new(coordinate(0), coordinate(1))
        }
        _ => Point::ZERO,
    }
}

/// A finite number.
pub(super) fn finite(any: &Any) -> Option<f64> {
    match any {
        Any::Number(Number::Float(value)) => Some(*value),
        Any::Number(Number::Int(value)) => Some(*value as f64),
        _ => None,
    }
    .filter(|value| value.is_finite())
}

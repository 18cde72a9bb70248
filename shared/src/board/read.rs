//! Objects as read from the document. Whatever is there reads as something:
//! a missing or odd value has a default, and it is the same on every client.

use yrs::{Any, Map, MapRef, Out, ReadTxn, any::Number};

use super::{format, schema};
use crate::{
    draw::marks::Run,
    geometry::{Point, Size},
    id::{ObjectId, ParticipantId},
    object::{Kind, Object},
    props::Source,
};

/// Reads one object; `None` where there is none, or something that is no object.
pub(super) fn object<T: ReadTxn>(objects: &MapRef, txn: &T, id: &ObjectId) -> Option<Object> {
    let Some(Out::YMap(map)) = objects.get(txn, id.as_str()) else {
        return None;
    };
    let source = Stored { map: &map, txn };
    let kind = source.string(schema::KIND).unwrap_or_default();
    let (text, marks) = text(&map, txn);
    Some(Object {
        id: id.clone(),
        pos: position(&source),
        size: size(&source),
        angle: source
            .number(schema::ANGLE)
            .unwrap_or_default()
            .rem_euclid(360.0),
        z: source.number(schema::Z).unwrap_or_default(),
        author: source
            .string(schema::AUTHOR)
            .map(|author| ParticipantId::from(author.as_str())),
        group: source
            .string(schema::GROUP)
            .filter(|group| !group.is_empty()),
        is_locked: source.flag(schema::LOCKED).unwrap_or_default(),
        text,
        marks,
        kind: Kind::read(&kind, &source),
    })
}

/// An object's map, as properties.
struct Stored<'a, T> {
    map: &'a MapRef,
    txn: &'a T,
}

impl<T: ReadTxn> Stored<'_, T> {
    fn any(&self, key: &str) -> Option<Any> {
        match self.map.get(self.txn, key) {
            Some(Out::Any(any)) => Some(any),
            _ => None,
        }
    }
}

impl<T: ReadTxn> Source for Stored<'_, T> {
    fn string(&self, key: &str) -> Option<String> {
        match self.any(key)? {
            Any::String(value) => Some(value.to_string()),
            _ => None,
        }
    }

    fn number(&self, key: &str) -> Option<f64> {
        finite(&self.any(key)?)
    }

    fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        match self.any(key)? {
            Any::Array(values) => Some(
                values
                    .iter()
                    .map(|value| finite(value).unwrap_or_default())
                    .collect(),
            ),
            _ => None,
        }
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.any(key)? {
            Any::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        match self.any(key)? {
            Any::Buffer(value) => Some(value.to_vec()),
            _ => None,
        }
    }
}

/// A string under a key.
pub(super) fn string<T: ReadTxn>(map: &MapRef, txn: &T, key: &str) -> Option<String> {
    match map.get(txn, key) {
        Some(Out::Any(Any::String(value))) => Some(value.to_string()),
        _ => None,
    }
}

fn text<T: ReadTxn>(map: &MapRef, txn: &T) -> (String, Vec<Run>) {
    match map.get(txn, schema::TEXT) {
        Some(Out::YText(text)) => format::read(&text, txn),
        // What a client that knows no shared texts may have written.
        Some(Out::Any(Any::String(value))) => (value.to_string(), Vec::new()),
        _ => Default::default(),
    }
}

fn position(source: &dyn Source) -> Point {
    let values = source.numbers(schema::POS).unwrap_or_default();
    let coordinate = |i: usize| {
        let value: f64 = values.get(i).copied().unwrap_or_default();
        value.clamp(-schema::COORDINATE_MAX, schema::COORDINATE_MAX)
    };
    Point::new(coordinate(0), coordinate(1))
}

fn size(source: &dyn Source) -> Option<Size> {
    match source.numbers(schema::SIZE)?[..] {
        [width, height] => Some(limited(Size::new(width, height))),
        _ => None,
    }
}

/// A size within its limits.
pub(super) fn limited(size: Size) -> Size {
    let (min, max) = schema::SIZE_RANGE;
    Size::new(size.width.clamp(min, max), size.height.clamp(min, max))
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

//! What a canvas consists of.

use super::facts::facts;
use crate::{
    board::{root::Root, schema},
    draw::marks,
    gate::{RootRule, Schema, Type, TypeId, Value, Writers},
    object::KINDS,
    plain::Plain,
};

const FACTS: TypeId = TypeId(0);
const OBJECTS: TypeId = TypeId(1);
const OBJECT: TypeId = TypeId(2);
const TEXT: TypeId = TypeId(3);

/// UTF-16 units that may ever be written into one text, deleted ones included. A note takes
/// a thousand characters; whoever writes one for hours stays far below.
const TEXT_UNITS_MAX: u32 = 200_000;

/// Facts are the server's, objects everybody's.
pub(super) fn schema() -> Schema {
    Schema {
        roots: vec![
            RootRule {
                name: Root::Meta.name(),
                writers: Writers::Server,
                author_key: None,
                is: FACTS,
            },
            RootRule {
                name: Root::Objects.name(),
                writers: Writers::Everyone,
                author_key: Some(schema::AUTHOR),
                is: OBJECTS,
            },
        ],
        types: vec![facts(), objects(), object(), text()],
    }
}

fn objects() -> Type {
    Type::Map {
        name: "objects",
        keys: Vec::new(),
        other: Value::shared(&[OBJECT]),
    }
}

/// An object: what all kinds have in common, and what each has of its own. A value under a
/// key of a later version is kept.
fn object() -> Type {
    let common = [
        (schema::KIND, Value::plain(Plain::String)),
        (schema::POS, Value::plain(Plain::Pair)),
        (schema::SIZE, Value::plain(Plain::Pair)),
        (schema::ANGLE, Value::plain(Plain::Number)),
        (schema::Z, Value::plain(Plain::Number)),
        (schema::AUTHOR, Value::plain(Plain::String)),
        (schema::GROUP, Value::plain(Plain::String)),
        (schema::LOCKED, Value::plain(Plain::Flag)),
        // A string is what a client that knows no shared texts may have written.
        (
            schema::TEXT,
            Value {
                plain: Some(Plain::String),
                shared: &[TEXT],
            },
        ),
    ];
    let mut keys = Vec::from(common);
    for (key, plain) in KINDS.iter().flat_map(|kind| kind.keys) {
        if !keys.iter().any(|(known, _)| known == key) {
            keys.push((key, Value::plain(*plain)));
        }
    }
    Type::Map {
        name: "object",
        keys,
        other: Value::plain(Plain::Any),
    }
}

fn text() -> Type {
    Type::Text {
        name: "text",
        marks: &[
            (marks::BOLD, Plain::Flag),
            (marks::ITALIC, Plain::Flag),
            (marks::LINK, Plain::String),
        ],
        units: TEXT_UNITS_MAX,
    }
}

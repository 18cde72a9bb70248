//! What a workshop's own document consists of. The server alone writes it.

use super::facts::facts;
use crate::{
    board::root::Root,
    gate::{RootRule, Schema, Type, TypeId, Value, Writers},
    plain::Plain,
};

const FACTS: TypeId = TypeId(0);
const LISTED: TypeId = TypeId(1);
const ENTRY: TypeId = TypeId(2);
const TEMPLATES: TypeId = TypeId(3);

pub(super) fn schema() -> Schema {
    let root = |root: Root, is| RootRule {
        name: root.name(),
        writers: Writers::Server,
        author_key: None,
        is,
    };
    Schema {
        roots: vec![
            root(Root::Meta, FACTS),
            root(Root::People, LISTED),
            root(Root::Canvases, LISTED),
            root(Root::Templates, TEMPLATES),
        ],
        types: vec![
            facts(),
            Type::Map {
                name: "listed",
                keys: Vec::new(),
                other: Value::shared(&[ENTRY]),
            },
            Type::Map {
                name: "entry",
                keys: Vec::new(),
                other: Value::plain(Plain::Any),
            },
            Type::Map {
                name: "templates",
                keys: Vec::new(),
                other: Value::plain(Plain::String),
            },
        ],
    }
}

//! What every document says of itself.

use crate::{
    board::schema as names,
    gate::{Type, Value},
    plain::Plain,
};

/// The type of the root `meta`.
pub(super) fn facts() -> Type {
    Type::Map {
        name: "facts",
        keys: vec![
            (names::SCHEMA, Value::plain(Plain::Number)),
            (names::KIND, Value::plain(Plain::String)),
            (names::TITLE, Value::plain(Plain::String)),
        ],
        other: Value::plain(Plain::Any),
    }
}

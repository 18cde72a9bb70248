//! PROTOCOL.md says of every kind of document what the gate lets stand in it.

use shared::{
    authority,
    board::DocumentKind,
    gate::{Rule, Schema, Type, TypeId, Value, Writers},
};

use crate::source::read;

fn value(schema: &Schema, value: &Value) -> String {
    let name = |id: &TypeId| format!("*{}*", schema.types[usize::from(id.0)].name());
    let plain = value.plain.map(|plain| plain.name().to_owned());
    let shared = value.shared.iter().map(name);
    plain
        .into_iter()
        .chain(shared)
        .collect::<Vec<_>>()
        .join(" or ")
}

/// The tables of one kind.
fn tables(title: &str, schema: &Schema) -> String {
    let mut text = format!("| {title}: root | Is | Written by |\n| --- | --- | --- |\n");
    for root in &schema.roots {
        let is = schema.types[usize::from(root.is.0)].name();
        let by = match root.writers {
            Writers::Everyone => "everybody who may write",
            Writers::Facilitators => "facilitators",
            Writers::Server => "the server",
        };
        text += &format!("| `{}` | *{is}* | {by} |\n", root.name);
    }
    text += &format!("\n| {title}: in | Under | Stands |\n| --- | --- | --- |\n");
    for of in &schema.types {
        let name = of.name();
        match of {
            Type::Map { keys, other, .. } => {
                for (key, allowed) in keys {
                    text += &format!("| *{name}* | `{key}` | {} |\n", value(schema, allowed));
                }
                text += &format!("| *{name}* | any other key | {} |\n", value(schema, other));
            }
            Type::Text { marks, units, .. } => {
                text += &format!("| *{name}* |  | characters, {units} UTF-16 units in all |\n");
                for (mark, plain) in *marks {
                    text += &format!("| *{name}* | mark `{mark}` | {} |\n", plain.name());
                }
            }
        }
    }
    text
}

#[test]
fn the_protocol_says_what_may_stand_in_documents() {
    let protocol = read("PROTOCOL.md");
    let kinds = [
        ("A canvas", DocumentKind::Canvas),
        ("A workshop", DocumentKind::Workshop),
    ];
    for (title, kind) in kinds {
        let expected = tables(title, &authority::schema(kind));
        assert!(protocol.contains(&expected), "it should have:\n{expected}");
    }
    let missing = Rule::ALL.iter().map(|rule| format!("`{}`", rule.name()));
    let missing: Vec<String> = missing.filter(|rule| !protocol.contains(rule)).collect();
    assert_eq!(missing, [""; 0], "not in PROTOCOL.md");
}

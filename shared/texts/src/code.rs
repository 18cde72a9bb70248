//! The table as Rust code: a constant for each text, a function where it has holes.

use std::fmt::Write as _;

use crate::{
    lines::lines,
    pseudo,
    table::{COUNT, Entry, Table},
};

/// Under this key every language has its own name.
const NAME: &str = "language.name";

/// What `shared::text` includes. `tables`: all languages, English first.
pub fn code(tables: &[Table]) -> String {
    let Some(english) = tables.first() else {
        return String::new();
    };
    let mut code = format!(
        "/// English, as the files of other languages are.\npub(super) static ENGLISH: &str = {:?};\n\n",
        lines(english)
    );
    let listed: String = tables
        .iter()
        .filter(|table| !pseudo::is_pseudo(&table.language))
        .map(|table| {
            let name = table.get(NAME).and_then(|entry| entry.forms.first());
            let name = name.map_or("", |form| form.text.as_str());
            format!("    ({:?}, {name:?}),\n", table.language)
        })
        .collect();
    let _ = write!(
        code,
        "/// Languages that can be chosen: the code, and what the language calls itself.\n\
         pub static LANGUAGES: &[(&str, &str)] = &[\n{listed}];\n\n"
    );
    for (place, entry) in english.entries.iter().enumerate() {
        code += &item(place, entry);
    }
    code
}

fn item(place: usize, entry: &Entry) -> String {
    let general = entry.forms.last().map_or("", |form| form.text.as_str());
    let doc = format!("/// *{}*\n", general.replace('[', "\\["));
    let name = entry.key.replace('.', "_");
    let holes = entry.holes();
    if holes.is_empty() {
        let name = name.to_uppercase();
        return format!("{doc}pub const {name}: Text = Text({place});\n");
    }
    let kind = |hole: &str| match hole {
        COUNT => "Count",
        _ => "Value",
    };
    let list = |part: &dyn Fn(&str) -> String| {
        let parts: Vec<String> = holes.iter().map(|hole| part(hole)).collect();
        parts.join(", ")
    };
    let inputs = list(&|hole| format!("{hole}: impl Into<{}>", kind(hole)));
    let values = list(&|hole| match hole {
        COUNT => format!("Value::from({hole}.into())"),
        _ => format!("{hole}.into()"),
    });
    format!(
        "{doc}pub fn {name}({inputs}) -> Phrase {{\n    \
         Phrase::Text(Text({place}), vec![{values}])\n}}\n"
    )
}

//! A language as the client reads it: a line about the language, then a line for each text in
//! the order of the table. Holes are numbers, plural forms are parted by tabs.

use std::fmt::Write as _;

use crate::{
    check::categories,
    table::{Entry, Form, Table},
};

/// A language as one text. Its first line: code, fingerprint of the table, direction, the
/// locale for numbers and lists, plural categories.
pub fn lines(table: &Table) -> String {
    let code = table.language.as_str();
    let direction = if code.starts_with("ar") { "rtl" } else { "ltr" };
    let locale = match code {
        "en" | "en-XA" | "ar-XB" => "en-GB",
        other => other,
    };
    let categories = categories(code).unwrap_or_default();
    let mut text = format!(
        "{code} {} {direction} {locale} {}",
        table.fingerprint(),
        categories.join(" ")
    );
    for entry in &table.entries {
        let of = |category: &&str| {
            let mut forms = entry.forms.iter();
            forms.find(|form| form.category.as_deref() == Some(*category))
        };
        let forms: Vec<&Form> = if entry.is_plural() {
            categories.iter().filter_map(of).collect()
        } else {
            entry.forms.iter().collect()
        };
        let forms = forms.iter().map(|form| numbered(entry, form));
        let _ = write!(text, "\n{}", forms.collect::<Vec<_>>().join("\t"));
    }
    text
}

/// A form with the places of its holes instead of their names.
fn numbered(entry: &Entry, form: &Form) -> String {
    let mut text = form.text.clone();
    for (place, hole) in entry.holes().iter().enumerate() {
        text = text.replace(&format!("{{{hole}}}"), &format!("{{{place}}}"));
    }
    text
}

//! What must be so in every language: its own plural forms, and the same keys and holes as in
//! English.

use crate::table::{COUNT, Entry, Table, problem};

/// The plural categories that each language needs, as in CLDR (cardinal numbers), in the
/// order in which they are written.
const CATEGORIES: [(&str, &[&str]); 7] = [
    ("de", &["one", "other"]),
    ("en", &["one", "other"]),
    ("es", &["one", "many", "other"]),
    ("fr", &["one", "many", "other"]),
    ("it", &["one", "many", "other"]),
    ("nl", &["one", "other"]),
    ("pt", &["one", "many", "other"]),
];

/// The plural categories of a language; a pseudo-language has those of English.
pub(crate) fn categories(language: &str) -> Option<&'static [&'static str]> {
    let known = |name: &str| CATEGORIES.iter().find(|(known, _)| *known == name);
    let pseudo = || language.contains("-X").then(|| known("en")).flatten();
    known(language)
        .or_else(pseudo)
        .map(|(_, categories)| *categories)
}

/// What is wrong with a language's texts, whatever others have.
pub(crate) fn alone(table: &Table) -> Vec<String> {
    let Some(needed) = categories(&table.language) else {
        return vec![problem(
            &table.language,
            1,
            "its plural categories are not listed in shared/texts/src/check.rs",
        )];
    };
    let mut problems = Vec::new();
    for entry in table.entries.iter().filter(|entry| entry.is_plural()) {
        let mut say = |what: String| problems.push(problem(&table.language, entry.line, &what));
        let has = |category: &str| {
            let mut forms = entry.forms.iter();
            forms.any(|form| form.category.as_deref() == Some(category))
        };
        for category in needed.iter().filter(|category| !has(category)) {
            say(format!("{}[{category}] is missing", entry.key));
        }
        for form in &entry.forms {
            let category = form.category.as_deref().unwrap_or_default();
            if !needed.contains(&category) {
                say(format!("{}[{category}] is never used", entry.key));
            }
            // Only the number itself may be left out: *a note*, *one note*.
            let has = |hole: &&str| form.holes().contains(hole);
            let is_general = category == "other";
            for hole in entry.holes() {
                if !has(&hole) && (hole != COUNT || is_general) {
                    say(format!("{}[{category}] lacks {{{hole}}}", entry.key));
                }
            }
        }
    }
    problems
}

/// What is wrong with a language's texts beside the English ones.
pub(crate) fn against(english: &Table, table: &Table) -> Vec<String> {
    let name = &table.language;
    let mut problems = Vec::new();
    for entry in &english.entries {
        let Some(other) = table.get(&entry.key) else {
            let last = table.entries.last().map_or(1, |entry| entry.line);
            let (key, line) = (&entry.key, entry.line);
            let what = format!("{key} is missing; it is in shared/texts/en.txt:{line}");
            problems.push(problem(name, last, &what));
            continue;
        };
        if entry.is_plural() != other.is_plural() {
            let what = if entry.is_plural() {
                "counts"
            } else {
                "does not count"
            };
            let what = format!("{} {what} in English", entry.key);
            problems.push(problem(name, other.line, &what));
        } else if entry.holes() != other.holes() {
            let holes = |entry: &Entry| format!("{{{}}}", entry.holes().join("} {"));
            let (has, needs) = (holes(other), holes(entry));
            let what = format!("{} has the holes {has}, in English {needs}", entry.key);
            problems.push(problem(name, other.line, &what));
        }
    }
    for entry in &table.entries {
        if english.get(&entry.key).is_none() {
            let what = format!("{} is not in shared/texts/en.txt", entry.key);
            problems.push(problem(name, entry.line, &what));
        }
    }
    problems
}

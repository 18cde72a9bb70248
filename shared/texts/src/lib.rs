//! The table of texts: read from one file for each language, checked, and written in the two
//! forms in which it is used. `shared/build.rs` makes constants and functions of it, and
//! `app/build` the files of the languages that are fetched.

#![forbid(unsafe_code)]

mod check;
mod code;
mod lines;
mod pseudo;
mod table;

use std::{fs, path::Path};

pub use code::code;
pub use lines::lines;
pub use table::{Entry, Form, Table};

/// The language in which texts are written first, and which the client has inside.
pub const ENGLISH: &str = "en";

/// Reads and checks the texts of all languages below a folder, and adds the pseudo-languages.
/// English comes first.
///
/// # Errors
/// What is wrong, a line each, with file and line.
pub fn load(folder: &Path) -> Result<Vec<Table>, Vec<String>> {
    let read = |name: &str| {
        let path = folder.join(format!("{name}.txt"));
        let text = fs::read_to_string(&path).map_err(|e| vec![format!("{}: {e}", path.display())]);
        Table::parse(name, &text?)
    };
    let english = read(ENGLISH)?;
    let mut problems = check::alone(&english);
    let mut tables = Vec::new();
    for name in other_languages(folder)? {
        match read(&name) {
            Ok(table) => {
                problems.extend(check::alone(&table));
                problems.extend(check::against(&english, &table));
                tables.push(table.in_order_of(&english));
            }
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    tables.extend(pseudo::all(&english));
    tables.insert(0, english);
    Ok(tables)
}

/// The languages that have a file, by code.
fn other_languages(folder: &Path) -> Result<Vec<String>, Vec<String>> {
    let failed = |error: std::io::Error| vec![format!("{}: {error}", folder.display())];
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.extension().is_some_and(|ending| ending == "txt") && name != ENGLISH {
            names.push(name.into_owned());
        }
    }
    names.sort();
    Ok(names)
}

//! How long a file may be, and what it says at its top.

use crate::source::{files, read, rust};

/// No file is longer, its tests left out.
const LINES_MAX: usize = 450;

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut broken = String::new();
    for source in ["shared/src", "app", "server/src"]
        .into_iter()
        .flat_map(rust)
    {
        if source.is_test() {
            continue;
        }
        let lines = source.production_lines().count();
        if lines > LINES_MAX {
            broken += &format!("\n{} has {lines} lines of {LINES_MAX} at most", source.path);
        }
        if !source.text.starts_with("//!") {
            broken += &format!("\n{} does not say what it is for", source.path);
        }
    }
    for path in [
        files("e2e", ".mjs"),
        files("app", ".mjs"),
        files("style", ".css"),
    ]
    .concat()
    {
        let lines = read(&path).lines().count();
        if lines > LINES_MAX {
            broken += &format!("\n{path} has {lines} lines of {LINES_MAX} at most");
        }
    }
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn templates_name_their_licence_and_their_source() {
    for path in files("shared/templates", ".json") {
        let text = read(&path);
        assert!(text.contains("\"license\": \"CC BY-SA 4.0\""), "{path}");
        assert!(text.contains("\"attribution\""), "{path}");
    }
}

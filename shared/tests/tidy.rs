//! Rules of the house as tests: who may know what, how long a file may be, what each says at its top.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// No file is longer, its tests left out.
const LINES_MAX: usize = 450;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | "fuzz" | "corpus")
        {
            files(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// The Rust files below a folder of the repository, with their text.
fn rust(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&root().join(folder), ".rs", &mut found);
    assert!(
        !found.is_empty(),
        "{folder} has no files: the rule would be empty"
    );
    let name = |path: &Path| path.strip_prefix(root()).unwrap().display().to_string();
    found
        .into_iter()
        .map(|path| (name(&path), fs::read_to_string(&path).unwrap()))
        .collect()
}

fn is_test(path: &str) -> bool {
    path.contains("/tests")
}

/// Lines that are code, without comments and without the tests at a file's end.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn may_not_name(folder: &str, words: &[&str], except: &[&str]) {
    for (path, text) in rust(folder) {
        if is_test(&path) || except.iter().any(|allowed| path.contains(allowed)) {
            continue;
        }
        for line in code(&text) {
            for word in words {
                assert!(!line.contains(word), "{path} may not name {word}: {line}");
            }
        }
    }
}

#[test]
fn only_the_board_names_yrs() {
    may_not_name("shared/src", &["yrs::", "use yrs"], &["shared/src/board/"]);
    may_not_name("app", &["yrs::", "use yrs"], &[]);
    may_not_name("server/src", &["yrs::", "use yrs"], &[]);
}

#[test]
fn layers_do_not_know_what_is_above_them() {
    may_not_name(
        "shared/src/draw",
        &[
            "crate::object",
            "crate::board",
            "crate::scene",
            "crate::canvas",
        ],
        &[],
    );
    may_not_name(
        "shared/src/object",
        &["crate::scene", "crate::sync", "crate::protocol"],
        &[],
    );
    may_not_name(
        "shared/src/canvas",
        &["crate::scene", "crate::sync", "crate::protocol"],
        &[],
    );
    may_not_name("shared/src/scene", &["crate::sync", "crate::protocol"], &[]);
    may_not_name("shared/src/gate", &["crate::board", "crate::sync"], &[]);
    may_not_name(
        "shared/src/sync",
        &["tokio", "std::net", "std::thread", "Instant"],
        &[],
    );
}

#[test]
fn the_server_keeps_its_halves_apart() {
    may_not_name(
        "server/src/room",
        &["axum", "crate::http", "crate::ws"],
        &[],
    );
    may_not_name(
        "server/src/storage",
        &["shared::board", "shared::sync", "axum", "tokio"],
        &[],
    );
}

#[test]
fn only_the_platform_touches_the_browser_and_the_view_knows_no_socket() {
    may_not_name(
        "app/src/view",
        &[
            "WebSocket",
            "shared::board::Document",
            "idb::",
            "ClientSync",
        ],
        &[],
    );
    may_not_name("app/src/state", &["web_sys", "idb::"], &[]);
    may_not_name(
        "app/editor/src",
        &["web_sys", "leptos", "js_sys", "wasm_bindgen"],
        &[],
    );
}

#[test]
fn pure_crates_do_not_depend_on_what_is_not() {
    for (package, forbidden) in [
        (
            "shared",
            &["tokio", "axum", "leptos", "web-sys", "rusqlite"][..],
        ),
        (
            "editor",
            &["tokio", "axum", "leptos", "web-sys", "rusqlite"],
        ),
        ("server", &["leptos", "web-sys"]),
    ] {
        let tree = Command::new(env!("CARGO"))
            .args([
                "tree",
                "--offline",
                "--edges",
                "normal",
                "--prefix",
                "none",
                "--package",
                package,
            ])
            .current_dir(root())
            .output()
            .unwrap();
        let tree = String::from_utf8(tree.stdout).unwrap();
        assert!(
            tree.starts_with(package),
            "cargo tree answered nothing of {package}"
        );
        for crate_name in forbidden {
            let line = tree
                .lines()
                .find(|line| line.split(' ').next() == Some(crate_name));
            assert_eq!(line, None, "{package} may not depend on {crate_name}");
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for folder in ["shared/src", "app", "server/src"] {
        for (path, text) in rust(folder) {
            let lines = text
                .lines()
                .take_while(|line| !line.starts_with("#[cfg(test)]"))
                .count();
            assert!(
                lines <= LINES_MAX || is_test(&path),
                "{path} has {lines} lines"
            );
            assert!(
                text.starts_with("//!") || is_test(&path) || path.ends_with("tests.rs"),
                "{path} does not say what it is for"
            );
        }
    }
    let mut scripts = Vec::new();
    files(&root().join("e2e"), ".mjs", &mut scripts);
    for script in scripts {
        let lines = fs::read_to_string(&script).unwrap().lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines", script.display());
    }
}

#[test]
fn templates_name_their_licence_and_their_source() {
    let mut templates = Vec::new();
    files(&root().join("shared/templates"), ".json", &mut templates);
    for template in templates {
        let text = fs::read_to_string(&template).unwrap();
        assert!(
            text.contains("\"license\": \"CC BY-SA 4.0\""),
            "{}",
            template.display()
        );
        assert!(text.contains("\"attribution\""), "{}", template.display());
    }
}

#[test]
fn every_design_token_that_is_used_exists() {
    let mut sheets = Vec::new();
    files(&root().join("style"), ".css", &mut sheets);
    let css: String = sheets
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let used = css.split("var(").skip(1).map(|rest| {
        let name = rest.split(|c| !is_name(c)).next().unwrap();
        (name, rest[name.len()..].starts_with(','))
    });
    let mut n = 0;
    for (name, has_other) in used {
        // What the page sets itself has another value until then.
        assert!(
            has_other || css.contains(&format!("{name}:")),
            "{name} is nowhere"
        );
        n += 1;
    }
    assert!(n > 50, "the rule would be empty");
}

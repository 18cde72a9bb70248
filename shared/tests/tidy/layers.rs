//! Who may know whom: words that a folder's code may not contain, and crates that a
//! package may not depend on.

use std::process::Command;

use crate::source::{root, rust};

/// Fails where code in files whose path begins with `folder` contains one of the words.
fn may_not_name(folder: &str, words: &[&str], except: &[&str]) {
    let mut broken = String::new();
    let (top, _) = folder.split_at(folder.rfind("/src").map_or(folder.len(), |at| at + 4));
    let below = rust(top)
        .into_iter()
        .filter(|source| source.path.starts_with(folder));
    let mut n = 0;
    for source in below {
        n += 1;
        let path = &source.path;
        if source.is_test() || except.iter().any(|allowed| path.starts_with(allowed)) {
            continue;
        }
        for (at, line) in source.code_lines() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                broken += &format!("\n{path}:{at} may not name {word}: {}", line.trim());
            }
        }
    }
    assert!(n > 0, "{folder} has no files: the rule would be empty");
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn only_the_board_names_yrs() {
    may_not_name("shared/src", &["yrs::", "use yrs"], &["shared/src/board/"]);
    may_not_name("app", &["yrs::", "use yrs"], &[]);
    may_not_name("server", &["yrs::", "use yrs"], &[]);
}

#[test]
fn nothing_uses_the_librarys_own_encodings() {
    // See ARCHITECTURE.md: the gate reads version 1 only, and reads before the library.
    let words = [
        "encode_state_as_update",
        "encode_v2",
        "decode_v2",
        "MessageReader",
    ];
    for folder in ["shared/src", "app", "server/src"] {
        may_not_name(folder, &words, &[]);
    }
}

#[test]
fn only_the_editors_own_folder_changes_its_state() {
    may_not_name(
        "app/editor/src",
        &["impl Editor", "&mut Editor", "&mut Parts"],
        &["app/editor/src/editor/"],
    );
}

#[test]
fn the_layers_of_shared_do_not_know_what_is_above_them() {
    let above_draw = [
        "crate::object",
        "crate::board",
        "crate::scene",
        "crate::canvas",
    ];
    may_not_name("shared/src/draw", &above_draw, &[]);
    for folder in ["shared/src/object", "shared/src/canvas"] {
        may_not_name(
            folder,
            &["crate::scene", "crate::sync", "crate::protocol"],
            &[],
        );
    }
    let above_scene = ["crate::sync", "crate::protocol", "crate::export"];
    may_not_name("shared/src/scene", &above_scene, &[]);
    may_not_name(
        "shared/src/gate",
        &["crate::board::", "crate::sync"],
        &["shared/src/gate/policy.rs"],
    );
}

#[test]
fn the_pure_crates_have_no_clock_no_randomness_and_no_io() {
    let words = [
        "std::net",
        "std::fs",
        "std::thread",
        "std::time::Instant",
        "SystemTime",
        "Instant::now",
        "getrandom",
        "thread_local!",
    ];
    for folder in ["shared/src", "app/editor/src", "app/client/src"] {
        may_not_name(folder, &words, &[]);
    }
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
        &["shared::board", "shared::sync", "axum"],
        &[],
    );
    may_not_name(
        "server/src/workshop",
        &["axum", "crate::http", "StatusCode"],
        &[],
    );
}

#[test]
fn views_know_neither_the_document_nor_the_socket() {
    let words = [
        "WebSocket",
        "board::Document",
        "board::Replica",
        "idb::",
        "ClientSync",
    ];
    may_not_name("app/src/view", &words, &[]);
}

#[test]
fn pure_crates_do_not_depend_on_what_is_not() {
    let pure = [
        "tokio",
        "axum",
        "leptos",
        "web-sys",
        "js-sys",
        "rusqlite",
        "getrandom",
    ];
    for (package, forbidden) in [
        ("shared", &pure[..]),
        ("editor", &pure[..]),
        ("client", &pure[..]),
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
            "cargo tree says nothing of {package}"
        );
        for name in forbidden {
            let found = tree
                .lines()
                .find(|line| line.split(' ').next() == Some(name));
            assert_eq!(found, None, "{package} may not depend on {name}");
        }
    }
}

//! What documents and comments name exists: files, folders, `make` targets, modules.

use std::{collections::BTreeSet, path::Path};

use pulldown_cmark::{Event, Parser, Tag};
use shared::protocol::limits::{LIMITS, NEWCOMERS, SHARES};

use crate::source::{files, read, root, rust};

/// Top folders of the repository: a path that begins so is meant from its root.
const TOP: [&str; 6] = ["app/", "server/", "shared/", "style/", "e2e/", ".ci/"];

/// Folders and files that come and go with use, not with the repository.
const MADE: [&str; 6] = [
    "target/",
    "dist/",
    "e2e/out",
    "plaza-data",
    ".tools/",
    "node_modules",
];

/// What a document names: code spans, and where its links go.
pub(crate) fn named(text: &str) -> Vec<String> {
    Parser::new(text)
        .filter_map(|event| match event {
            Event::Code(code) => Some(code.into_string()),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        })
        .collect()
}

/// Whether a span is a path of the repository, rather than code or an address.
fn is_path(span: &str, folder: &Path) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let from_root = TOP.iter().any(|top| span.starts_with(top));
    let has_ending = Path::new(span).extension().is_some_and(|ending| {
        [
            "rs", "md", "mjs", "js", "css", "json", "toml", "sql", "html", "svg", "png",
        ]
        .iter()
        .any(|known| ending == *known)
    });
    span.chars().all(plain)
        && !MADE.iter().any(|made| span.starts_with(made))
        && (from_root || (has_ending && (!span.contains('/') || folder.join(span).exists())))
}

/// Whether a path that `document` names exists: from the root, beside the document, or
/// as the name of a file that lies only once below it.
fn exists(span: &str, folder: &Path, all: &BTreeSet<String>) -> bool {
    let end = format!("/{span}");
    root().join(span).exists()
        || folder.join(span).exists()
        || all.iter().any(|path| path.ends_with(&end))
}

fn all_files() -> BTreeSet<String> {
    files("", "").into_iter().collect()
}

#[test]
fn paths_named_in_documents_exist() {
    let all = all_files();
    let mut broken = String::new();
    let mut n = 0;
    for document in files("", ".md") {
        let folder = root().join(&document);
        let folder = folder.parent().unwrap();
        for span in named(&read(&document)) {
            if is_path(&span, folder) {
                n += 1;
                if !exists(&span, folder, &all) {
                    broken += &format!("\n{document} names {span}, which is nowhere");
                }
            }
        }
    }
    assert!(n > 40, "the rule would be empty: {n}");
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn make_targets_named_in_documents_exist() {
    let makefile = read("Makefile");
    let mut n = 0;
    for document in files("", ".md") {
        for span in named(&read(&document)) {
            let Some(target) = span.strip_prefix("make ") else {
                continue;
            };
            let target = target.split(' ').next().unwrap();
            n += 1;
            assert!(
                makefile.contains(&format!("\n{target}:")),
                "{document} names make {target}"
            );
        }
    }
    assert!(n > 5, "the rule would be empty: {n}");
}

/// Paths and modules in backticks in comments of Rust code.
#[test]
fn paths_and_modules_named_in_comments_exist() {
    let all = all_files();
    let mut broken = String::new();
    let mut n = 0;
    for source in ["shared", "app", "server"].into_iter().flat_map(rust) {
        let path = &source.path;
        let folder = root().join(path);
        let folder = folder.parent().unwrap().to_owned();
        for (at, line) in source.text.lines().enumerate() {
            let Some((_, comment)) = line.split_once("//") else {
                continue;
            };
            for span in comment.split('`').skip(1).step_by(2) {
                n += 1;
                if is_path(span, &folder) && !exists(span, &folder, &all) {
                    broken += &format!("\n{path}:{} names {span}, which is nowhere", at + 1);
                }
            }
            for word in comment.split(|c: char| !c.is_ascii_alphanumeric() && !":_".contains(c)) {
                if let Some(inside) = word.strip_prefix("shared::")
                    && !module_exists("shared/src", inside)
                {
                    broken += &format!("\n{path}:{} names {word}, which is nowhere", at + 1);
                }
            }
        }
    }
    assert!(n > 100, "the rule would be empty: {n}");
    assert!(broken.is_empty(), "{broken}");
}

/// Whether the modules at the beginning of a path exist: all up to the first item, which
/// is in the file of the last module.
fn module_exists(folder: &str, inside: &str) -> bool {
    let mut at = root().join(folder);
    for part in inside.split("::").filter(|part| !part.is_empty()) {
        if at.join(part).is_dir() {
            at = at.join(part);
        } else if at.join(format!("{part}.rs")).exists() {
            return true;
        } else {
            let module = std::fs::read_to_string(at.join("mod.rs")).unwrap_or_default();
            return module.contains(part)
                || at.join("lib.rs").exists() && part.starts_with(char::is_uppercase);
        }
    }
    true
}

#[test]
fn what_is_nowhere_is_found() {
    let all = all_files();
    let folder = root();
    let spans = named("See `shared/src/nowhere.rs`, `cargo fmt` and [this](ARCHITECTURE.md).");
    let broken: Vec<&String> = spans
        .iter()
        .filter(|span| is_path(span, &folder) && !exists(span, &folder, &all))
        .collect();
    assert_eq!(broken, ["shared/src/nowhere.rs"]);
    assert!(!module_exists("shared/src", "scene::font"));
    assert!(module_exists("shared/src", "draw::font"));
}

/// Strings in quotes that follow one of the openings.
fn quoted<'a>(text: &'a str, opening: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(opening)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

#[test]
fn the_protocol_names_every_refusal_and_every_route() {
    let protocol = read("PROTOCOL.md");
    let refusals = read("shared/src/protocol/refusal.rs");
    let codes: Vec<&str> = quoted(&refusals, "\n    (\"").collect();
    assert!(codes.len() > 30, "the table of codes was not found");
    let router = read("server/src/router.rs");
    let (api, _) = router.split_once("Router::new()\n        .nest(").unwrap();
    let routes: Vec<String> = api
        .split("route(")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1))
        .map(|route| format!("/api{route}`"))
        .collect();
    assert!(routes.len() > 10, "the routes were not found");
    let codes = codes.iter().map(|code| format!("`{code}`"));
    let missing: Vec<String> = codes
        .chain(routes)
        .filter(|name| !protocol.contains(name))
        .collect();
    assert_eq!(missing, [""; 0], "not in PROTOCOL.md");
}

/// The tables of limits as PROTOCOL.md has them.
fn limits() -> String {
    let mut text = String::new();
    let mut group = "";
    for limit in LIMITS {
        if limit.group != group {
            group = limit.group;
            text += &format!("\n| {group} | Limit | Beyond |\n| --- | --- | --- |\n");
        }
        text += &format!(
            "| `{}` | {} | {} |\n",
            limit.name,
            limit.said(),
            limit.beyond
        );
    }
    text += "\n| Shares | One person | Of that for certain | A workshop | The server | Beyond |\n";
    text += "| --- | --- | --- | --- | --- | --- |\n";
    for share in SHARES {
        let own = share.own.said_in(share.unit);
        let [assured, workshop, server] = match share.common {
            Some(common) => [common.assured, common.workshop, common.server]
                .map(|rate| rate.said_in(share.unit)),
            None => ["all", "", ""].map(String::from),
        };
        text += &format!(
            "| {} | {own} | {assured} | {workshop} | {server} | {} |\n",
            share.name, share.beyond
        );
    }
    text += "\n| New people | Rate | Beyond |\n| --- | --- | --- |\n";
    for (whose, rate) in NEWCOMERS {
        text += &format!("| {whose} | {} | `too_many` |\n", rate.said_in("people"));
    }
    text
}

#[test]
fn the_protocol_has_every_limit_as_the_code_has_it() {
    let protocol = read("PROTOCOL.md");
    let (_, section) = protocol.split_once("\n## Limits\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let tables = |text: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| line.starts_with('|'));
        rows.map(String::from).collect()
    };
    let expected = limits();
    assert!(
        LIMITS.len() > 40 && SHARES.len() > 8,
        "the rule would be empty"
    );
    assert_eq!(
        tables(section),
        tables(&expected),
        "it should be:\n{expected}"
    );
}

//! The threat model: each of its rows names tests that exist.

use crate::{
    documents::named,
    source::{read, root},
};

/// A row's last cell says this where no test says so yet.
const OPEN: &str = "*open*";

/// Whether a file has a test of a name, written out or in a block of random ones.
fn is_test(path: &str, name: &str) -> bool {
    let Ok(text) = std::fs::read_to_string(root().join(path)) else {
        return false;
    };
    let mut rest = text.as_str();
    let opening = format!("fn {name}(");
    while let Some((before, after)) = rest.split_once(&opening) {
        let attributes = before.rsplit("\n\n").next().unwrap();
        if attributes.contains("#[test]") || attributes.contains("#[tokio::test") {
            return true;
        }
        rest = after;
    }
    false
}

#[test]
fn each_row_of_the_threat_model_names_tests_that_exist() {
    let text = read("SECURITY.md");
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .filter(|row| !row.starts_with("Must not") && !row.starts_with("---"));
    let (mut n, mut broken) = (0, String::new());
    for row in rows {
        let (_, tests) = row.rsplit_once(" | ").expect(row);
        let named = named(tests);
        let missing = named.iter().filter(|span| {
            let (path, name) = span.split_once("::").unwrap_or_default();
            !is_test(path, name)
        });
        for span in missing {
            broken += &format!("\nSECURITY.md names {span}, which is no test");
        }
        if named.is_empty() && tests != OPEN {
            broken += &format!("\nSECURITY.md names no test in: {row}");
        }
        n += 1;
    }
    assert!(n > 30, "the rule would be empty: {n}");
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn a_test_is_told_from_what_is_none() {
    let here = "shared/tests/tidy/threats.rs";
    assert!(is_test(here, "a_test_is_told_from_what_is_none"));
    assert!(is_test(
        "shared/src/protocol/tests.rs",
        "arbitrary_bytes_never_panic"
    ));
    assert!(!is_test(here, "is_test"));
    assert!(!is_test(here, "nowhere"));
    assert!(!is_test("nowhere.rs", "nowhere"));
}

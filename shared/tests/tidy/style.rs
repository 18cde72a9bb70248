//! Design tokens.

use crate::source::{files, read};

#[test]
fn every_design_token_that_is_used_exists() {
    let css: String = files("style", ".css")
        .iter()
        .map(|path| read(path))
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

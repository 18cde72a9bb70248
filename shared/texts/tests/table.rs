//! What the build says of a table that is not right, and what is made of one that is.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::{env, fs, path::PathBuf};

use texts::{Table, code, lines, load};

const ENGLISH: &str = "language.name = English\nstatus.saved = All changes saved\n\
    status.saving[one] = Saving {n} change\nstatus.saving[other] = Saving {n} changes\n\
    note.by = {who} wrote {what}\n";
const GERMAN: &str = "# Heading\nnote.by = {what} ist von {who}\nlanguage.name = Deutsch\n\
    status.saved = Alles gespeichert\nstatus.saving[one] = Eine Änderung wird gespeichert\n\
    status.saving[other] = {n} Änderungen werden gespeichert\n";

/// What loading these says.
fn loaded(name: &str, english: &str, german: &str) -> Result<Vec<Table>, Vec<String>> {
    let folder: PathBuf =
        env::temp_dir().join(format!("plaza-texts-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("en.txt"), english).unwrap();
    fs::write(folder.join("de.txt"), german).unwrap();
    let tables = load(&folder);
    fs::remove_dir_all(folder).unwrap();
    tables
}

#[test]
fn what_is_wrong_is_said_with_file_and_line() {
    for (name, from, to, said) in [
        (
            "missing",
            "status.saved = Alles gespeichert\n",
            "",
            "de.txt:4: status.saved is missing; it is in shared/texts/en.txt:2",
        ),
        (
            "more",
            "# Heading",
            "note.more = Mehr",
            "de.txt:1: note.more is not in shared/texts/en.txt",
        ),
        (
            "hole",
            "von {who}",
            "von {wem}",
            "de.txt:2: note.by has the holes {wem} {what}, in English {what} {who}",
        ),
        (
            "form",
            "status.saving[one] = Eine Änderung wird gespeichert\n",
            "",
            "de.txt:5: status.saving[one] is missing",
        ),
        (
            "category",
            "status.saving[one]",
            "status.saving[two]",
            "de.txt:5: status.saving[one] is missing",
        ),
        (
            "count",
            "{n} Änderungen werden",
            "Änderungen werden",
            "de.txt:5: status.saving[other] lacks {n}",
        ),
        (
            "twice",
            "# Heading",
            "status.saved = Gespeichert",
            "de.txt:4: status.saved is there twice",
        ),
        (
            "key",
            "# Heading",
            "Status = x",
            "de.txt:1: \"Status\" is no key: keys are like status.saved",
        ),
        (
            "open",
            "{who}",
            "{who",
            "de.txt:2: note.by has a hole that is not like {name}",
        ),
        (
            "empty",
            "Alles gespeichert",
            "",
            "de.txt:4: status.saved has no text",
        ),
        (
            "line",
            "# Heading",
            "Heading",
            "de.txt:1: a line is `key = text`, and this has no =",
        ),
    ] {
        let german = GERMAN.replace(from, to);
        assert_ne!(german, GERMAN, "{name}");
        let problems = loaded(name, ENGLISH, &german).unwrap_err();
        let said = format!("shared/texts/{said}");
        assert!(problems.contains(&said), "{said}\n{problems:#?}");
    }
}

#[test]
fn all_languages_have_their_lines_in_one_order() {
    let tables = loaded("order", ENGLISH, GERMAN).unwrap();
    let codes: Vec<&str> = tables.iter().map(|table| table.language.as_str()).collect();
    assert_eq!(codes, ["en", "de", "en-XA", "ar-XB"]);
    let print = tables[0].fingerprint();
    assert!(tables.iter().all(|table| table.fingerprint() == print));
    assert_eq!(
        lines(&tables[1]),
        format!(
            "de {print} ltr de one other\nDeutsch\nAlles gespeichert\n\
             Eine Änderung wird gespeichert\t{{0}} Änderungen werden gespeichert\n{{0}} ist von {{1}}"
        )
    );
    assert!(lines(&tables[2]).ends_with(
        "
[!! {1} wröté {0} öñé twö !!]"
    ));
    assert!(lines(&tables[3]).starts_with(&format!("ar-XB {print} rtl en-GB one other\n")));
}

#[test]
fn another_list_of_texts_has_another_fingerprint() {
    let of = |english: &str| Table::parse("en", english).unwrap().fingerprint();
    assert_eq!(
        of(ENGLISH),
        of(&ENGLISH.replace("All changes", "Everything"))
    );
    assert_ne!(of(ENGLISH), of(&ENGLISH.replace("{what}", "{it}")));
    assert_ne!(
        of(ENGLISH),
        of(&ENGLISH.replace("status.saved", "status.safe"))
    );
}

#[test]
fn texts_with_holes_are_functions_of_what_belongs_there() {
    let code = code(&loaded("code", ENGLISH, GERMAN).unwrap());
    for line in [
        "pub const STATUS_SAVED: Text = Text(1);",
        "pub fn status_saving(n: impl Into<Count>) -> Phrase {",
        "pub fn note_by(what: impl Into<Value>, who: impl Into<Value>) -> Phrase {",
        "    (\"de\", \"Deutsch\"),",
    ] {
        assert!(code.contains(line), "{line}\n{code}");
    }
    assert!(!code.contains("en-XA"), "pseudo-languages are not listed");
}

//! Phrases in English, and in a language that came later.

use super::{table::ENGLISH, *};

/// A language with the lines of English, but for these.
fn other(first: &str, changes: &[(&str, &str)]) -> Language {
    let english: Vec<&str> = ENGLISH.lines().collect();
    let mut head: Vec<&str> = english[0].split(' ').collect();
    let mut lines = english.clone();
    let heads: Vec<&str> = first.split(' ').collect();
    head.truncate(2);
    head[0] = heads[0];
    head.extend(&heads[1..]);
    let head = head.join(" ");
    lines[0] = &head;
    for (from, to) in changes {
        let place = english.iter().position(|line| line == from).unwrap();
        lines[place] = to;
    }
    Language::read(lines.join("\n")).unwrap()
}

#[test]
fn a_phrase_is_said_with_its_plural_its_numbers_and_its_lists() {
    assert_eq!(Phrase::from(STATUS_SAVED).english(), "All changes saved");
    assert_eq!(status_saving(1_u32).english(), "Saving 1 change");
    assert_eq!(
        status_saving(1_234_567_usize).english(),
        "Saving 1,234,567 changes"
    );
    let list = |n: usize| Value::List(["a", "b", "c"][..n].iter().map(|x| (*x).into()).collect());
    for (n, said) in [(0, ""), (1, "a"), (2, "a and b"), (3, "a, b and c")] {
        let selected = say_selected(list(n)).english();
        assert_eq!(selected, format!("{said} selected"));
    }
}

#[test]
fn sentences_follow_one_another_and_empty_ones_are_left_out() {
    let one = Phrase::Words("One.".into());
    let all = Phrase::Sentences(vec![one.clone(), Phrase::default(), one]);
    assert_eq!(all.english(), "One. One.");
    assert!(Phrase::Sentences(vec![Phrase::default()]).is_empty());
}

#[test]
fn another_language_has_its_own_forms_and_order() {
    let saving = "Saving {0} change\tSaving {0} changes";
    let three = other(
        "xx ltr xx one few other",
        &[(saving, "{0} zm.\t{0} zmy\t{0} zm")],
    );
    struct Slavic;
    impl Intl for Slavic {
        fn category(&self, n: i64) -> Category {
            match n {
                1 => Category::One,
                2..=4 => Category::Few,
                _ => Category::Many,
            }
        }
        fn number(&self, n: i64) -> String {
            format!("<{n}>")
        }
        fn list(&self, items: Vec<String>) -> String {
            items.concat()
        }
    }
    let say = |n: u32| three.say(&status_saving(n), &Slavic);
    assert_eq!([say(1), say(3), say(9)], ["<1> zm.", "<3> zmy", "<9> zm"]);
    assert_eq!((three.code(), three.locale()), ("xx", "xx"));
}

#[test]
fn words_that_run_the_other_way_are_kept_apart() {
    let by = |name: &str| refusal_stale("x", name).english();
    assert!(by("Noor").contains("Noor") && !by("Noor").contains('\u{2068}'));
    assert!(by("نور").contains("\u{2068}نور\u{2069}"));
    // In a list, and in scripts of which few have heard.
    for name in ["نور", "𞤀𞤣𞤤𞤢𞤥"] {
        let names = Value::List(vec![name.into(), "Noor".into()]);
        let said = say_selected(names).english();
        assert_eq!(said, format!("\u{2068}{name}\u{2069} and Noor selected"));
    }
    let mirrored = other("ar rtl ar other", &[]);
    assert_eq!(mirrored.direction(), "rtl");
    assert!(
        mirrored
            .say(&refusal_stale("x", "Noor"), &English)
            .contains("\u{2068}Noor\u{2069}")
    );
}

#[test]
fn a_file_of_another_build_is_not_used() {
    let print = ENGLISH.split(' ').nth(1).unwrap();
    let stale = ENGLISH.replace(print, "0123456789abcdef");
    assert!(Language::read(stale).is_none());
    assert!(Language::read(ENGLISH.replace("All changes saved\n", "")).is_none());
    assert!(Language::read("<!doctype html>".into()).is_none());
    assert!(Language::read(ENGLISH.into()).is_some());
}

//! Lines that people type: names, organisations, titles. What is kept of them is decided here,
//! for the server and for the client's forms alike.

use super::limits;

/// A line of text as people type it: one line, spaces single and between words only, without
/// control characters, without what turns the line around or cannot be seen, with at most
/// [`limits::LETTER_MARKS_MAX`] marks in a row and none without its letter, cut at `max`
/// characters. Empty where there is nothing to see.
pub fn clean_line(text: &str, max: usize) -> String {
    let mut line = String::new();
    let (mut chars, mut marks) = (0, 0);
    let mut is_between_words = false;
    for c in text.chars() {
        if is_blank(c) {
            is_between_words = chars > 0;
            continue;
        }
        if c.is_control() || is_invisible(c) {
            continue;
        }
        if !is_mark(c) {
            marks = 0;
        } else if chars == 0 || is_between_words || marks == limits::LETTER_MARKS_MAX {
            continue;
        } else {
            marks += 1;
        }
        // With a space before it, a character must have room for both.
        if chars + usize::from(is_between_words) >= max {
            break;
        }
        if is_between_words {
            line.push(' ');
            chars += 1;
            is_between_words = false;
        }
        line.push(c);
        chars += 1;
    }
    line
}

/// A name as kept.
pub fn clean_name(text: &str) -> String {
    clean_line(text, limits::NAME_CHARS_MAX)
}

/// An organisation or department as kept.
pub fn clean_organisation(text: &str) -> String {
    clean_line(text, limits::ORGANISATION_CHARS_MAX)
}

/// The title of a workshop or a canvas as kept.
pub fn clean_title(text: &str) -> String {
    clean_line(text, limits::TITLE_CHARS_MAX)
}

/// A name as it looks: two that differ only by what is not seen are the same to a reader.
pub fn as_seen(name: &str) -> String {
    name.chars().filter(|c| !is_joiner(*c)).collect()
}

/// Spaces, and letters that look like them.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{115f}' | '\u{1160}'
        )
}

/// Characters without a shape that mean nothing in a name: those that Unicode lets programs
/// ignore, what turns a line around, and what no font need have.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff0}'..='\u{fffc}' | '\u{13430}'..='\u{1343f}' | '\u{16fe4}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    ) || is_of_nobody(c)
}

/// Code points that are no characters, or whatever a font makes of them.
fn is_of_nobody(c: char) -> bool {
    let in_plane = u32::from(c) & 0xffff;
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..)
        || in_plane >= 0xfffe
}

/// What is put on the letter before it, or joined to it, and is nothing by itself: the blocks
/// of such marks, and those of scripts that put several on one letter. A list, because the
/// tables of all of Unicode would be a twentieth of the start page.
fn is_mark(c: char) -> bool {
    is_joiner(c)
        || matches!(
            c,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'
                | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
                | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}'
                | '\u{6ea}'..='\u{6ed}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}'
                | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{f71}'..='\u{f84}' | '\u{1ab0}'..='\u{1aff}'
                | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{302a}'..='\u{302f}' | '\u{3099}'
                | '\u{309a}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}'
        )
}

/// Of the marks those that are not seen: they join letters, or choose their shape.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_cleaned() {
        assert_eq!(clean_line("  Ana\u{202e}\n  María ", 40), "Ana María");
        for (max, kept) in [(3, "abc"), (4, "abc"), (5, "abc d"), (9, "abc de")] {
            assert_eq!(clean_line("abc de", max), kept);
        }
    }

    #[test]
    fn what_nobody_can_see_is_no_name() {
        for empty in [
            "",
            "  ",
            "\u{200b}",
            "\u{2800}\u{3164}",
            "\u{200d}\u{fe0f}",
            "\u{feff}\u{202e}",
            "\u{e0080}\u{180f}\u{fff0}",
            "\u{2066}\u{2069}\u{13430}",
            "\u{fffc}\u{ffff}\u{e001}",
            // Marks without a letter.
            "\u{301}",
            "\u{2800}\u{301}\u{200d}\u{301}",
        ] {
            assert_eq!(clean_name(empty), "", "{empty:?}");
        }
        assert_eq!(clean_name(" Ana\u{202e}\t Silva "), "Ana Silva");
    }

    #[test]
    fn what_turns_the_line_around_is_taken_out() {
        for turn in [
            '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}',
            '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
        ] {
            assert_eq!(clean_title(&format!("A{turn}na")), "Ana", "{turn:?}");
        }
    }

    #[test]
    fn letters_keep_their_marks_but_not_a_flood_of_them() {
        for whole in [
            "می\u{200c}خواهم",
            "👩\u{200d}🔧",
            "❤\u{fe0f}",
            "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏼",
            // Decomposed, pointed, with tone marks, in conjuncts.
            "Nguye\u{302}\u{303}n",
            "ש\u{5c1}\u{5bc}\u{5b8}לום",
            "กู้",
            "क्षेत्र",
        ] {
            assert_eq!(clean_name(whole), whole);
        }
        for mark in [
            '\u{301}', '\u{489}', '\u{e49}', '\u{20dd}', '\u{200d}', '\u{fe0f}',
        ] {
            let flood = format!("A{}na", String::from(mark).repeat(30));
            let kept = format!("A{}na", String::from(mark).repeat(limits::LETTER_MARKS_MAX));
            assert_eq!(clean_name(&flood), kept, "{mark:?}");
        }
    }

    #[test]
    fn names_that_differ_only_by_what_is_not_seen_are_seen_as_one() {
        assert_eq!(as_seen("A\u{200d}na\u{fe0f} Silva"), "Ana Silva");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_as_it_is(
            text in "[ a-cé\u{301}\u{200d}\u{202e}\u{3164}א👩]{0,30}|\\PC{0,60}",
            max in 1..50_usize,
        ) {
            let kept = clean_line(&text, max);
            prop_assert_eq!(&clean_line(&kept, max), &kept);
            prop_assert!(kept.chars().count() <= max);
            prop_assert!(kept.is_empty() || !as_seen(&kept).is_empty());
            prop_assert!(!kept.contains("  ") && kept.trim() == kept);
        }
    }
}

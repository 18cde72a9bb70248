//! Any text as a name, an organisation, a title: what is kept is within its limit, stays as it
//! is when it is cleaned again, and shows something or is nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::protocol::{limits, line};

/// How a line is cleaned, and how many characters are kept at most.
const LINES: [(fn(&str) -> String, usize); 3] = [
    (line::clean_name, limits::NAME_CHARS_MAX),
    (line::clean_organisation, limits::ORGANISATION_CHARS_MAX),
    (line::clean_title, limits::TITLE_CHARS_MAX),
];

/// What turns a line around or ends it. Written out here once more: the target asks nobody.
fn disturbs(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for (clean, max) in LINES {
        let kept = clean(&text);
        assert!(kept.chars().count() <= max);
        assert_eq!(clean(&kept), kept);
        assert_eq!(kept.trim(), kept);
        assert!(!kept.contains("  ") && !kept.contains(disturbs));
        assert_eq!(line::as_seen(&kept).trim().is_empty(), kept.is_empty());
        let flood = "\u{301}".repeat(limits::LETTER_MARKS_MAX + 1);
        assert!(!kept.contains(&flood));
    }
});

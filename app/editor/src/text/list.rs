//! Lists in texts: lines that begin with a bullet. They are part of the text, so that they
//! travel with it everywhere.

use std::ops::Range;

use shared::board::{TextEdit, text_edit::byte_of_utf16};

/// What a line of a list begins with.
pub const BULLET: &str = "• ";
const BULLET_UTF16: u32 = 2;

/// What Enter makes of a text in a list: the next line has a bullet too, an empty one
/// loses its own. Returns text and caret (UTF-16); `None` outside of lists.
pub fn continued(text: &str, caret: u32) -> Option<(String, u32)> {
    let at = byte_of_utf16(text, caret);
    let start = line_start(text, at);
    let line = &text[start..at];
    let words = line.strip_prefix(BULLET)?;
    let ends_here = text[at..].chars().next().is_none_or(|c| c == '\n');
    if words.trim().is_empty() && ends_here {
        let text = format!("{}{}", &text[..start], &text[at..]);
        let caret = caret - shared::board::text_edit::utf16_len(line);
        return Some((text, caret));
    }
    let text = format!("{}\n{BULLET}{}", &text[..at], &text[at..]);
    Some((text, caret + 1 + BULLET_UTF16))
}

/// A line that has just begun with a hyphen and a space becomes one of a list. Returns
/// text and caret (UTF-16); `None` where nothing changes.
pub fn begun(text: &str, caret: u32) -> Option<(String, u32)> {
    let at = byte_of_utf16(text, caret);
    let start = line_start(text, at);
    if !matches!(&text[start..at], "- " | "* ") {
        return None;
    }
    let text = format!("{}{BULLET}{}", &text[..start], &text[at..]);
    Some((text, caret))
}

/// Makes a list of the lines that a stretch (UTF-16) touches; of a list, lines again.
/// From the last line to the first, so that each edit leaves the others where they are.
pub fn toggled(text: &str, stretch: &Range<u32>) -> Vec<TextEdit> {
    let from = line_start(text, byte_of_utf16(text, stretch.start));
    let to = byte_of_utf16(text, stretch.end).max(from);
    let mut lines = Vec::new();
    let mut start = from;
    for line in text[from..].split('\n') {
        if start > to {
            break;
        }
        lines.push((start, line));
        start += line.len() + 1;
    }
    lines.retain(|(_, line)| !line.trim().is_empty());
    let is_list = lines.iter().all(|(_, line)| line.starts_with(BULLET));
    let edit = |(start, _): (usize, &str)| TextEdit {
        at: shared::board::text_edit::utf16_len(&text[..start]),
        delete: if is_list { BULLET_UTF16 } else { 0 },
        insert: if is_list { "" } else { BULLET }.to_owned(),
    };
    let needs = |(_, line): &(usize, &str)| is_list || !line.starts_with(BULLET);
    lines.into_iter().filter(needs).rev().map(edit).collect()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(text: &str, stretch: Range<u32>) -> String {
        let edits = toggled(text, &stretch);
        edits
            .iter()
            .fold(text.to_owned(), |text, edit| edit.apply(&text))
    }

    #[test]
    fn enter_goes_on_with_the_list_and_an_empty_line_ends_it() {
        assert_eq!(continued("• a", 3), Some(("• a\n• ".into(), 6)));
        assert_eq!(continued("• ab", 3), Some(("• a\n• b".into(), 6)));
        assert_eq!(continued("• a\n• ", 6), Some(("• a\n".into(), 4)));
        assert_eq!(continued("plain", 5), None);
        assert_eq!(continued("• a\nplain", 9), None);
        assert_eq!(continued("• 🌳", 4), Some(("• 🌳\n• ".into(), 7)));
    }

    #[test]
    fn a_hyphen_and_a_space_begin_a_list() {
        assert_eq!(begun("- ", 2), Some(("• ".into(), 2)));
        assert_eq!(begun("a\n* b", 4), Some(("a\n• b".into(), 4)));
        assert_eq!(begun("a - ", 4), None);
        assert_eq!(begun("-", 1), None);
    }

    #[test]
    fn lines_become_a_list_and_lines_again() {
        assert_eq!(done("a\n\nb", 0..4), "• a\n\n• b");
        assert_eq!(done("• a\n\n• b", 0..9), "a\n\nb");
        assert_eq!(done("a\n• b", 0..5), "• a\n• b");
        assert_eq!(done("a\nb\nc", 2..3), "a\n• b\nc");
        assert_eq!(done("🌳\nb", 0..4), "• 🌳\n• b");
        assert_eq!(done("", 0..0), "");
    }
}

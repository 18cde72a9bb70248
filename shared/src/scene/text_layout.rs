//! Text into lines, the same on every client, in every export and in tests.
//! The fitted size is derived and never stored.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::font;
use crate::object::sticky_note;

/// One line of laid out text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its bytes in the text, trailing white space left out.
    pub range: Range<usize>,
    /// Its width, in the units of the size.
    pub width: f64,
}

/// Laid out text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The text size.
    pub size: f64,
    /// Its lines, from the top.
    pub lines: Vec<Line>,
    /// Whether it reads from right to left: by its first strong character.
    pub rtl: bool,
}

impl Layout {
    /// The height of all lines.
    pub fn height(&self) -> f64 {
        self.lines.len() as f64 * self.size * font::LINE_HEIGHT
    }
}

/// A sticky note's text, fitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoteLayout {
    /// The text.
    pub text: Layout,
    /// The height of the whole note, in board units.
    pub height: f64,
}

/// Breaks text into lines no wider than `width`.
pub fn layout(text: &str, width: f64, size: f64) -> Layout {
    let mut lines = Vec::new();
    let limit = width / size;
    let (mut start, mut end, mut line_width) = (0, 0, 0.0);
    for (next, opportunity) in linebreaks(text) {
        let word = &text[end..next];
        let trimmed = word.trim_end();
        let trimmed_width = font::width(trimmed);
        if line_width + trimmed_width > limit && end > start {
            push(&mut lines, text, start..end, size);
            (start, line_width) = (end, 0.0);
        }
        if trimmed_width > limit {
            (start, line_width) =
                break_word(&mut lines, text, start..end + trimmed.len(), limit, size);
        } else {
            line_width += trimmed_width;
        }
        line_width += font::width(&word[trimmed.len()..].replace('\n', ""));
        end = next;
        if opportunity == BreakOpportunity::Mandatory && (next < text.len() || text.ends_with('\n'))
        {
            push(&mut lines, text, start..end, size);
            (start, line_width) = (end, 0.0);
        }
    }
    if start < text.len() || lines.is_empty() || text.ends_with('\n') {
        push(&mut lines, text, start..text.len(), size);
    }
    Layout {
        size,
        lines,
        rtl: is_rtl(text),
    }
}

/// Fits a note's text: from the ceiling down in steps to the floor, then the note grows.
pub fn fit_note(text: &str) -> NoteLayout {
    let room = sticky_note::SIDE - 2.0 * sticky_note::PADDING;
    let mut size = sticky_note::TEXT_CEILING;
    let mut fitted = layout(text, room, size);
    while size > sticky_note::TEXT_FLOOR && !fits(text, &fitted, room) {
        size -= 2.0;
        fitted = layout(text, room, size);
    }
    let height = (fitted.height() + 2.0 * sticky_note::PADDING).max(sticky_note::SIDE);
    NoteLayout {
        text: fitted,
        height,
    }
}

/// Whether everything is inside and no word had to be broken.
fn fits(text: &str, layout: &Layout, room: f64) -> bool {
    let whole_words = layout.lines.windows(2).all(|pair| {
        let between = &text[pair[0].range.end..pair[1].range.start];
        !between.is_empty() || linebreaks(text).any(|(at, _)| at == pair[1].range.start)
    });
    layout.height() <= room && whole_words
}

/// Breaks a word that is wider than a line between graphemes. Answers where
/// the last, unfinished line begins and how wide it is.
fn break_word(
    lines: &mut Vec<Line>,
    text: &str,
    range: Range<usize>,
    limit: f64,
    size: f64,
) -> (usize, f64) {
    let (mut start, mut width) = (range.start, 0.0);
    for (offset, grapheme) in text[range.clone()].grapheme_indices(true) {
        let at = range.start + offset;
        let wide = font::grapheme_width(grapheme);
        if width + wide > limit && at > start {
            push(lines, text, start..at, size);
            (start, width) = (at, 0.0);
        }
        width += wide;
    }
    (start, width)
}

fn push(lines: &mut Vec<Line>, text: &str, range: Range<usize>, size: f64) {
    let visible = text[range.clone()].trim_end();
    lines.push(Line {
        range: range.start..range.start + visible.len(),
        width: font::width(visible) * size,
    });
}

/// The base direction of a text, as `dir="auto"` finds it.
pub fn is_rtl(text: &str) -> bool {
    text.chars()
        .find_map(|c| match u32::from(c) {
            0x0590..=0x08ff
            | 0xfb1d..=0xfdff
            | 0xfe70..=0xfeff
            | 0x10800..=0x10fff
            | 0x1e800..=0x1efff => Some(true),
            _ if c.is_alphabetic() => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

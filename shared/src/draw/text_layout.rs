//! Text into lines, the same on every client, in every export and in tests.
//! The fitted size is derived and never stored.
//!
//! A text is measured once, in em, and then broken at whatever size is asked
//! for. Renderers draw with kerning and ligatures off, which the widths assume.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::{Align, font};
use crate::geometry::Size;

/// One line of laid out text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its bytes in the text, without the line break and the spaces at its end.
    pub range: Range<usize>,
    /// Its width, in the units of the size.
    pub width: f64,
    /// Whether its paragraph reads from right to left, and so begins at the
    /// right: as a text box with `dir="auto"` has it, paragraph by paragraph.
    pub rtl: bool,
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

/// How an object sets its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextBox {
    /// Space left and right of the text, in board units.
    pub padding_x: f64,
    /// Space above and below it.
    pub padding_y: f64,
    /// The size that the fit starts from.
    pub ceiling: f64,
    /// The smallest size: below it the object grows down instead.
    pub floor: f64,
    /// To which side.
    pub align: Align,
    /// Whether it stands in the middle between top and bottom.
    pub is_centered: bool,
    /// Whether lines break at the object's width; else the width follows the text.
    pub wraps: bool,
}

impl TextBox {
    /// Lines that break at the width, the same space on all sides.
    pub const fn padded(padding: f64) -> Self {
        Self {
            padding_x: padding,
            padding_y: padding,
            ceiling: 24.0,
            floor: 14.0,
            align: Align::Start,
            is_centered: false,
            wraps: true,
        }
    }
}

/// An object's text, fitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitted {
    /// The text.
    pub text: Layout,
    /// The size of the whole object, in board units.
    pub size: Size,
    /// What it was fitted to.
    fitted_to: Option<(Size, TextBox)>,
}

impl Fitted {
    /// An object without text.
    pub fn without_text(size: Size) -> Self {
        Self {
            size,
            ..Self::default()
        }
    }

    /// Whether fitting the same text to this would give the same.
    pub fn same_as_set(&self, object: Size, set: Option<&TextBox>) -> bool {
        match (&self.fitted_to, set) {
            (Some((size, before)), Some(set)) => *size == object && before == set,
            (None, None) => self.size == object,
            _ => false,
        }
    }
}

/// Breaks text into lines no wider than `width`.
pub fn layout(text: &str, width: f64, size: f64) -> Layout {
    Measured::new(text).layout(width, size)
}

/// Fits a text into an object of a size: from the ceiling down in steps to the
/// floor, then the object grows. A word that would have to be broken asks for
/// smaller text first.
pub fn fit(text: &str, object: Size, set: &TextBox) -> Fitted {
    let measured = Measured::new(text);
    let room = Size::new(
        (object.width - 2.0 * set.padding_x).max(1.0),
        object.height - 2.0 * set.padding_y,
    );
    if !set.wraps {
        let text = measured.layout(f64::INFINITY, set.ceiling);
        let widest = text.lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let size = Size::new(
            (widest + 2.0 * set.padding_x).max(object.width),
            (text.height() + 2.0 * set.padding_y).max(object.height),
        );
        return Fitted {
            text,
            size,
            fitted_to: Some((object, *set)),
        };
    }
    let widest = measured.words.iter().map(|w| w.width).fold(0.0, f64::max);
    let mut size = set.ceiling;
    let text = loop {
        let is_last = size <= set.floor;
        if is_last || widest * size <= room.width {
            let fitted = measured.layout(room.width, size);
            if is_last || fitted.height() <= room.height {
                break fitted;
            }
        }
        size = (size - 2.0).max(set.floor);
    };
    let height = (text.height() + 2.0 * set.padding_y).max(object.height);
    Fitted {
        text,
        size: Size::new(object.width, height),
        fitted_to: Some((object, *set)),
    }
}

/// A stretch between two break opportunities; widths in em.
struct Word {
    /// Its bytes, trailing spaces and line break excluded.
    range: Range<usize>,
    width: f64,
    /// The width of the spaces after it.
    space: f64,
    /// A line ends after it in any case.
    ends_line: bool,
    rtl: bool,
}

/// A text measured once, to be broken at any size.
struct Measured<'a> {
    text: &'a str,
    words: Vec<Word>,
}

impl<'a> Measured<'a> {
    fn new(text: &'a str) -> Self {
        let mut words = Vec::new();
        let mut start = 0;
        let mut rtl = is_paragraph_rtl(text);
        for (end, opportunity) in linebreaks(text) {
            let full = &text[start..end];
            let word = full.trim_end_matches(is_hanging);
            // The end of the text counts as mandatory, which it is not unless
            // a line break stands there.
            let ends_line =
                opportunity == BreakOpportunity::Mandatory && full.ends_with(is_newline);
            words.push(Word {
                range: start..start + word.len(),
                width: font::width(word),
                space: full[word.len()..].chars().map(font::advance).sum(),
                ends_line,
                rtl,
            });
            start = end;
            if ends_line {
                rtl = is_paragraph_rtl(&text[start..]);
            }
        }
        if words.last().is_none_or(|word| word.ends_line) {
            // An empty text, or the empty line after a last line break.
            words.push(Word {
                range: start..start,
                width: 0.0,
                space: 0.0,
                ends_line: false,
                rtl,
            });
        }
        Self { text, words }
    }

    fn layout(&self, width: f64, size: f64) -> Layout {
        Layout {
            size,
            lines: self.lines(width, size),
            rtl: is_rtl(self.text),
        }
    }

    fn lines(&self, width: f64, size: f64) -> Vec<Line> {
        // A hair of tolerance, so that a text exactly as wide as its box fits.
        let room = width / size + 1e-9;
        let mut lines = Vec::new();
        // The line under way: its range, its width, and the space that follows.
        let mut open: Option<(Range<usize>, f64, f64)> = None;
        for word in &self.words {
            let mut push = |range: Range<usize>, em: f64| {
                lines.push(Line {
                    range,
                    width: em * size,
                    rtl: word.rtl,
                });
            };
            let (range, em) = match open.take() {
                Some((range, em, space)) if em + space + word.width <= room => {
                    (range.start..word.range.end, em + space + word.width)
                }
                waiting => {
                    if let Some((range, em, _)) = waiting {
                        push(range, em);
                    }
                    if word.width <= room {
                        (word.range.clone(), word.width)
                    } else {
                        self.break_word(word, room, &mut push)
                    }
                }
            };
            if word.ends_line {
                push(range, em);
            } else {
                open = Some((range, em, word.space));
            }
        }
        if let Some((range, em, _)) = open {
            let rtl = self.words.last().is_some_and(|word| word.rtl);
            lines.push(Line {
                range,
                width: em * size,
                rtl,
            });
        }
        lines
    }

    /// Breaks a word that is wider than a line at grapheme boundaries; returns
    /// the piece left over.
    fn break_word(
        &self,
        word: &Word,
        room: f64,
        push: &mut impl FnMut(Range<usize>, f64),
    ) -> (Range<usize>, f64) {
        let (mut start, mut em) = (word.range.start, 0.0);
        for (at, grapheme) in self.text[word.range.clone()].grapheme_indices(true) {
            let at = word.range.start + at;
            let width = font::grapheme_width(grapheme);
            if em + width > room && at > start {
                push(start..at, em);
                (start, em) = (at, 0.0);
            }
            em += width;
        }
        (start..word.range.end, em)
    }
}

fn is_newline(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_hanging(c: char) -> bool {
    is_newline(c) || matches!(c, ' ' | '\t' | '\u{3000}')
}

/// The base direction of a text, as `dir="auto"` finds it: that of its first
/// strong character.
pub fn is_rtl(text: &str) -> bool {
    text.chars()
        .find_map(|c| {
            if is_rtl_strong(c) {
                Some(true)
            } else {
                c.is_alphabetic().then_some(false)
            }
        })
        .unwrap_or(false)
}

/// The base direction of the paragraph with which a text begins.
fn is_paragraph_rtl(text: &str) -> bool {
    is_rtl(text.split(is_newline).next().unwrap_or_default())
}

fn is_rtl_strong(c: char) -> bool {
    matches!(c as u32,
        0x05be | 0x05c0 | 0x05c3 | 0x05c6 | 0x05d0..=0x05ff
        | 0x0608 | 0x060b | 0x060d | 0x061b..=0x064a | 0x066d..=0x066f | 0x0671..=0x06d5
        | 0x06e5..=0x06e6 | 0x06ee..=0x06ef | 0x06fa..=0x08c9 | 0x200f
        | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

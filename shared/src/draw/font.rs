//! How wide text is, without a browser: advance widths of the bundled font,
//! fixed estimates for what it does not have. Kerning is off on every surface.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::font_table::{ADVANCES, UNITS_PER_EM};

/// The font's CSS family.
pub const FAMILY: &str = "\"Atkinson Hyperlegible Next\", system-ui, sans-serif";
/// Baseline below the top of a line box, as a share of the text size.
pub const ASCENT: f64 = 0.984;
/// Distance between baselines, as a share of the text size.
pub const LINE_HEIGHT: f64 = 1.3;
/// How much wider than the widths given here a bold line is, at most.
pub const BOLD_WIDENING: f64 = 1.1;
const ELLIPSIS: char = '…';
/// Width of a letter that the font does not have, in em.
const UNKNOWN: f64 = 0.56;
/// Width of a character of East Asian scripts, or of an emoji, in em.
const WIDE: f64 = 1.0;

/// The width of a text on one line, at size 1.
pub fn width(text: &str) -> f64 {
    if text.is_ascii() {
        return text.bytes().map(|byte| advance(char::from(byte))).sum();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// A text that is no wider than `width` at size 1: what is too much gives way to an ellipsis.
pub fn shortened(text: &str, max: f64) -> Cow<'_, str> {
    if width(text) <= max {
        return text.into();
    }
    let mut left = max - advance(ELLIPSIS);
    let fits = |grapheme: &&str| {
        left -= grapheme_width(grapheme);
        left >= 0.0
    };
    let mut short: String = text.graphemes(true).take_while(fits).collect();
    short.truncate(short.trim_end().len());
    short.push(ELLIPSIS);
    short.into()
}

/// The width of one grapheme, at size 1: an emoji made of several is as wide
/// as one.
pub fn grapheme_width(grapheme: &str) -> f64 {
    let widths = grapheme.chars().map(advance);
    if grapheme.chars().any(joins_emoji) {
        widths.fold(0.0, f64::max)
    } else {
        widths.sum()
    }
}

/// The width of one character, at size 1.
pub fn advance(c: char) -> f64 {
    // Renderers draw a tab as a space.
    let c = if c == '\t' { ' ' } else { c };
    let code = u32::from(c);
    if is_zero_width(code) {
        return 0.0;
    }
    let run = ADVANCES.partition_point(|(first, _)| *first <= code);
    let known = run
        .checked_sub(1)
        .and_then(|run| ADVANCES.get(run))
        .and_then(|(first, advances)| advances.get((code - first) as usize));
    match known {
        Some(units) => f64::from(*units) / f64::from(UNITS_PER_EM),
        None if is_wide(c) => WIDE,
        None => UNKNOWN,
    }
}

/// Joiners, emoji presentation and emoji themselves: their cluster is one picture.
fn joins_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x200d | 0xfe0f | 0x1_f000..=0x1_faff)
}

/// Controls, combining marks, joiners, variation selectors, direction marks.
fn is_zero_width(code: u32) -> bool {
    matches!(code, 0x0000..=0x001f | 0x007f..=0x009f | 0x00ad
        | 0x0300..=0x036f | 0x0483..=0x0489
        | 0x0591..=0x05bd | 0x05bf | 0x05c1..=0x05c2 | 0x05c4..=0x05c5 | 0x05c7
        | 0x0610..=0x061a | 0x061c | 0x064b..=0x065f | 0x0670 | 0x06d6..=0x06dc
        | 0x06df..=0x06e4 | 0x06e7..=0x06e8 | 0x06ea..=0x06ed
        | 0x0900..=0x0902 | 0x093a | 0x093c | 0x0941..=0x0948 | 0x094d
        | 0x0e31 | 0x0e34..=0x0e3a | 0x0e47..=0x0e4e | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff
        | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0xfeff | 0xe_0000..=0xe_01ef)
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x231a..=0x231b | 0x23e9..=0x23f3 | 0x2600..=0x27bf | 0x2b50 | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3
        | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f000..=0x1faff
        | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_wide_ends_in_an_ellipsis_and_fits() {
        let name = "Ana María López de la Torre";
        assert_eq!(shortened(name, width(name)), name);
        let half = width(name) / 2.0;
        let short = shortened(name, half);
        assert!(short.ends_with('…') && width(&short) <= half, "{short}");
        assert_eq!(shortened("Ana María", width("Ana ") + advance('…')), "Ana…");
    }
}

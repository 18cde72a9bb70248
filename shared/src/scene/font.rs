//! How wide text is, without a browser: advance widths of the bundled font,
//! fixed estimates for what it does not have. Kerning is off on every surface.

use unicode_segmentation::UnicodeSegmentation;

use super::font_table::{ADVANCES, UNITS_PER_EM};

/// The font's CSS family.
pub const FAMILY: &str = "\"Atkinson Hyperlegible Next\", system-ui, sans-serif";
/// Baseline below the top of a line box, as a share of the text size.
pub const ASCENT: f64 = 0.984;
/// Distance between baselines, as a share of the text size.
pub const LINE_HEIGHT: f64 = 1.3;
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

/// The width of one grapheme, at size 1: a joined emoji is as wide as one.
pub fn grapheme_width(grapheme: &str) -> f64 {
    let mut chars = grapheme.chars();
    let first = chars.next().map_or(0.0, advance);
    if first >= WIDE && is_wide(grapheme.chars().next().unwrap_or(' ')) {
        return first;
    }
    first + chars.map(advance).sum::<f64>()
}

fn advance(c: char) -> f64 {
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

fn is_zero_width(code: u32) -> bool {
    matches!(code, 0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x0610..=0x061a | 0x064b..=0x065f
        | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0x2066..=0x2069 | 0x20d0..=0x20f0
        | 0xfe00..=0xfe0f | 0xfeff | 0xe0000..=0xe01ef)
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2600..=0x27bf | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3
        | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f000..=0x1faff
        | 0x20000..=0x3fffd)
}

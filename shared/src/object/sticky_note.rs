//! The sticky note: a square of coloured paper that grows down with its text.

use super::NoteColor;

/// The kind's stored name.
pub const NAME: &str = "sticky_note";
/// Width, and least height, in board units.
pub const SIDE: f64 = 200.0;
/// Space between the note's edge and its text, in board units.
pub const PADDING: f64 = 16.0;
/// The largest text, in board units: what the fit starts from.
pub const TEXT_CEILING: f64 = 24.0;
/// The smallest text: below it the note grows down instead.
pub const TEXT_FLOOR: f64 = 14.0;
/// Space between neighbouring notes made from the keyboard or a paste.
pub const GAP: f64 = 20.0;
/// The most characters a note takes, counted as graphemes.
pub const TEXT_MAX: usize = 1_000;
/// From here on a counter shows how many characters are left.
pub const TEXT_COUNTER_FROM: usize = 240;

/// What a sticky note says and how it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StickyNote {
    /// Its text; lines are separated by `\n`.
    pub text: String,
    /// Its paper.
    pub color: NoteColor,
}

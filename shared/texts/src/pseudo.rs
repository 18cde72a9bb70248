//! Languages made of English, in which a text that is not translated, is cut off or does not
//! mirror catches the eye. They are not listed for people.

use crate::table::{Form, Table};

/// Longer, with accents, in brackets.
const LONG: &str = "en-XA";
/// From right to left.
const MIRRORED: &str = "ar-XB";
/// How much longer texts of [`LONG`] are than English ones, per cent.
const LONGER_PER_CENT: usize = 40;
/// What texts are made longer with.
const FILLING: [&str; 5] = ["öñé", "twö", "thréé", "föûr", "fîvé"];
const PLAIN: &str = "aceinouyACEINOUY";
const ACCENTED: &str = "åçéîñöûýÅÇÉÎÑÖÛÝ";

/// Whether a language is one of these.
pub(crate) fn is_pseudo(language: &str) -> bool {
    [LONG, MIRRORED].contains(&language)
}

/// Both pseudo-languages.
pub(crate) fn all(english: &Table) -> [Table; 2] {
    [
        made(english, LONG, longer),
        made(english, MIRRORED, mirrored),
    ]
}

fn made(english: &Table, language: &str, text: impl Fn(&str) -> String) -> Table {
    let mut table = english.clone();
    table.language = language.into();
    for entry in &mut table.entries {
        for Form { text: form, .. } in &mut entry.forms {
            *form = text(form);
        }
    }
    table
}

/// A text with something done to what is between its holes.
fn between_holes(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut pieces = text.split('{');
    let mut changed = change(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (hole, rest) = piece.split_once('}').unwrap_or((piece, ""));
        changed += &format!("{{{hole}}}{}", change(rest));
    }
    changed
}

fn longer(text: &str) -> String {
    let accent = |letter: char| {
        let place = PLAIN.chars().position(|plain| plain == letter);
        place
            .and_then(|place| ACCENTED.chars().nth(place))
            .unwrap_or(letter)
    };
    let accented = between_holes(text, |piece| piece.chars().map(accent).collect());
    let target = text.chars().count() * (100 + LONGER_PER_CENT) / 100;
    let mut filled = accented;
    for word in FILLING.iter().cycle() {
        if filled.chars().count() >= target {
            break;
        }
        filled = format!("{filled} {word}");
    }
    format!("[!! {filled} !!]")
}

/// Each word overridden to run from right to left, as in Android's ar-XB.
fn mirrored(text: &str) -> String {
    let word = |word: &str| match word {
        "" => String::new(),
        word => format!("\u{200f}\u{202e}{word}\u{202c}\u{200f}"),
    };
    between_holes(text, |piece| {
        piece.split(' ').map(word).collect::<Vec<_>>().join(" ")
    })
}

//! Marks in the shared text: attributes `b`, `i` and `a`.

use std::{ops::Range, sync::Arc};

use yrs::{
    Any, In, Out, ReadTxn, Text, TextRef, TransactionMut,
    types::{Attrs, Delta, text::YChange},
};

use super::{TextEdit, text_edit::utf16_len};
use crate::draw::marks::{BOLD, Format, ITALIC, LINK, Look, Run, safe_link};

/// A text with its marks. What is no text in it is left out.
pub(super) fn read<T: ReadTxn>(text: &TextRef, txn: &T) -> (String, Vec<Run>) {
    let mut whole = String::new();
    let mut runs: Vec<Run> = Vec::new();
    for piece in text.diff(txn, YChange::identity) {
        let Out::Any(Any::String(words)) = piece.insert else {
            continue;
        };
        let start = whole.len();
        whole.push_str(&words);
        let look = piece.attributes.as_deref().map(look).unwrap_or_default();
        if look == Look::default() {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.range.end == start && last.look == look => {
                last.range.end = whole.len();
            }
            _ => runs.push(Run {
                range: start..whole.len(),
                look,
            }),
        }
    }
    (whole, runs)
}

fn look(attributes: &Attrs) -> Look {
    let is_on = |key: &str| matches!(attributes.get(key), Some(Any::Bool(true)));
    let link = match attributes.get(LINK) {
        // Whoever wrote it: only what is safe to open is a link.
        Some(Any::String(address)) => safe_link(address),
        _ => None,
    };
    Look {
        bold: is_on(BOLD),
        italic: is_on(ITALIC),
        link,
    }
}

/// Puts a mark on a stretch of a text, in UTF-16 units.
pub(super) fn write(
    text: &TextRef,
    txn: &mut TransactionMut,
    stretch: Range<u32>,
    format: &Format,
) {
    let (key, value) = match format {
        Format::Bold(on) => (BOLD, on.then_some(Any::Bool(true))),
        Format::Italic(on) => (ITALIC, on.then_some(Any::Bool(true))),
        Format::Link(link) => (LINK, link.as_deref().map(Any::from)),
    };
    let current = yrs::GetString::get_string(text, txn);
    let Range { start, end } = TextEdit::within(&current, &stretch);
    let (at, end) = (utf16_len(&current[..start]), utf16_len(&current[..end]));
    if end > at {
        let mark: Attrs = [(Arc::from(key), value.unwrap_or(Any::Null))].into();
        text.format(txn, at, end - at, mark);
    }
}

/// Writes a text with its marks into another, which is empty, piece by piece. What is no text
/// in it is left out.
pub(super) fn copy<T: ReadTxn>(
    from: &TextRef,
    from_txn: &T,
    to: &TextRef,
    txn: &mut TransactionMut,
) {
    let pieces = from.diff(from_txn, YChange::identity).into_iter();
    let words = pieces.filter_map(|piece| match piece.insert {
        Out::Any(words @ Any::String(_)) => Some(Delta::Inserted(In::Any(words), piece.attributes)),
        _ => None,
    });
    to.apply_delta(txn, words);
}

/// Puts the marks of a new text on it.
pub(super) fn write_runs(text: &TextRef, txn: &mut TransactionMut, words: &str, runs: &[Run]) {
    for run in runs {
        let (Some(before), Some(marked)) =
            (words.get(..run.range.start), words.get(run.range.clone()))
        else {
            continue;
        };
        let start = utf16_len(before);
        let stretch = start..start + utf16_len(marked);
        let Look { bold, italic, link } = &run.look;
        let formats = [
            bold.then_some(Format::Bold(true)),
            italic.then_some(Format::Italic(true)),
            link.is_some().then(|| Format::Link(link.clone())),
        ];
        for format in formats.into_iter().flatten() {
            write(text, txn, stretch.clone(), &format);
        }
    }
}

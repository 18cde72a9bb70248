//! The one text that is being written in a text box of the browser.
//!
//! The box and the document meet at `base`, the text both last had. What is
//! typed is the difference from there; what others do is woven in around the
//! caret. While an input method composes, nothing goes either way.

use shared::{board::TextEdit, object::sticky_note};
use unicode_segmentation::UnicodeSegmentation;

/// A text being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSession {
    base: String,
}

/// What the box is to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoxText {
    /// The text.
    pub value: String,
    /// The selection, in UTF-16 units.
    pub selection: (u32, u32),
}

/// What typing comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing for the document.
    Nothing,
    /// An edit of the document as it is now.
    Edit(TextEdit),
    /// The text is too long: the box goes back to what it had.
    TooLong(BoxText),
}

impl TextSession {
    /// A session on the text as it is.
    pub fn new(text: &str) -> Self {
        Self {
            base: text.to_owned(),
        }
    }

    /// The box has this text now; `document` is what the document says. While
    /// `composing` nothing is written.
    pub fn typed(&mut self, value: &str, document: &str, composing: bool) -> Typed {
        if composing {
            return Typed::Nothing;
        }
        let Some(edit) = TextEdit::between(&self.base, value) else {
            return Typed::Nothing;
        };
        let grows = value.len() > self.base.len();
        let theirs = TextEdit::between(&self.base, document);
        if grows && value.graphemes(true).count() > sticky_note::TEXT_MAX {
            let caret = theirs.map_or(edit.at, |theirs| theirs.shift(edit.at));
            document.clone_into(&mut self.base);
            return Typed::TooLong(BoxText {
                value: document.to_owned(),
                selection: (caret, caret),
            });
        }
        let edit = match theirs {
            Some(theirs) => edit.rebase(&theirs),
            None => edit,
        };
        value.clone_into(&mut self.base);
        Typed::Edit(edit)
    }

    /// The document's text changed. Returns what the box is to show, with the
    /// caret where it was in the words; nothing while `composing`.
    pub fn changed(
        &mut self,
        document: &str,
        value: &str,
        selection: (u32, u32),
        composing: bool,
    ) -> Option<BoxText> {
        if composing || document == value {
            if document == value {
                document.clone_into(&mut self.base);
            }
            return None;
        }
        let edit = TextEdit::between(value, document)?;
        document.clone_into(&mut self.base);
        Some(BoxText {
            value: document.to_owned(),
            selection: (edit.shift(selection.0), edit.shift(selection.1)),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_caret_stays_in_its_word_when_others_write_before_it() {
        let mut session = TextSession::new("data");
        let shown = session.changed("open data", "data", (2, 2), false).unwrap();
        assert_eq!(
            (shown.value.as_str(), shown.selection),
            ("open data", (7, 7))
        );
        assert_eq!(
            session.typed("open daXta", "open data", false),
            Typed::Edit(TextEdit {
                at: 7,
                delete: 0,
                insert: "X".into()
            })
        );
    }

    #[test]
    fn composition_waits_and_then_keeps_both() {
        let mut session = TextSession::new("市");
        assert_eq!(session.typed("市で", "市", true), Typed::Nothing);
        // Meanwhile somebody writes in front; the box is left alone.
        assert_eq!(session.changed("open 市", "市で", (2, 2), true), None);
        let Typed::Edit(edit) = session.typed("市データ", "open 市", false) else {
            panic!()
        };
        assert_eq!(edit.apply("open 市"), "open 市データ");
    }

    #[test]
    fn a_text_beyond_the_limit_is_not_taken_and_nothing_is_cut() {
        let full = "x".repeat(sticky_note::TEXT_MAX);
        let mut session = TextSession::new(&full);
        let Typed::TooLong(back) = session.typed(&format!("{full}y"), &full, false) else {
            panic!()
        };
        assert_eq!(back.value, full);
    }

    #[test]
    fn what_others_wrote_meanwhile_survives_a_text_that_is_too_long() {
        let mut session = TextSession::new("ab");
        let long = "x".repeat(sticky_note::TEXT_MAX);
        let Typed::TooLong(back) = session.typed(&format!("ab{long}"), "> ab", false) else {
            panic!()
        };
        assert_eq!((back.value.as_str(), back.selection), ("> ab", (4, 4)));
        assert_eq!(session.typed("> ab", "> ab", false), Typed::Nothing);
    }

    #[test]
    fn a_text_that_is_too_long_already_can_be_shortened() {
        let long = "x".repeat(sticky_note::TEXT_MAX + 10);
        let mut session = TextSession::new(&long);
        assert!(matches!(
            session.typed(&long[1..], &long, false),
            Typed::Edit(_)
        ));
    }

    /// One change of a text of distinct letters: cut a stretch, put a word there.
    fn changed(base: &str, cut: (usize, usize), word: &str) -> String {
        let n = base.chars().count();
        let start = cut.0 % (n + 1);
        let end = (start + cut.1 % 5).min(n);
        let (before, after): (String, String) = (
            base.chars().take(start).collect(),
            base.chars().skip(end).collect(),
        );
        format!("{before}{word}{after}")
    }

    proptest! {
        #[test]
        fn nobody_loses_a_word_however_long_the_composition(
            mine in (0usize..30, 0usize..5), theirs in proptest::collection::vec((0usize..30, 0usize..5), 0..4),
            base in "[a-z]{0,12}|[אבגד👍é]{0,8}",
        ) {
            let value = changed(&base, mine, "MINE");
            let mut session = TextSession::new(&base);
            let mut document = base.clone();
            for (i, cut) in theirs.iter().enumerate() {
                // One changes it anywhere, the others write at its beginning.
                let cut = if i == 0 { *cut } else { (0, 0) };
                document = changed(&document, cut, &format!("<{i}>"));
                prop_assert_eq!(session.changed(&document, &value, (0, 0), true), None);
            }
            let merged = match session.typed(&value, &document, false) {
                Typed::Edit(edit) => edit.apply(&document),
                Typed::Nothing => document.clone(),
                Typed::TooLong(_) => unreachable!(),
            };
            prop_assert!(merged.contains("MINE"), "{merged:?}");
            for i in 0..theirs.len() {
                let word = format!("<{i}>");
                prop_assert!(merged.contains(&word), "{merged:?} of {document:?} and {value:?}");
            }
            // Once the document says so, the box says the same.
            if let Some(shown) = session.changed(&merged, &value, (0, 0), false) {
                prop_assert_eq!(&shown.value, &merged);
            }
            prop_assert_eq!(session.typed(&merged, &merged, false), Typed::Nothing);
        }

        #[test]
        fn the_caret_never_leaves_the_text_and_stays_beside_its_letter(
            base in "[a-z]{1,12}", cut in (0usize..30, 0usize..5), caret in 0usize..12,
        ) {
            let caret = (caret % (base.len() + 1)) as u32;
            let document = changed(&base, cut, "<>");
            let mut session = TextSession::new(&base);
            let Some(shown) = session.changed(&document, &base, (caret, caret), false) else {
                return Ok(());
            };
            let end = shared::board::text_edit::utf16_len(&shown.value);
            prop_assert!(shown.selection.0 <= end);
            // An insertion that cuts nothing leaves the letter after the caret there.
            let letter = base.chars().nth(caret as usize);
            if document.len() == base.len() + 2 && letter.is_some() {
                let after = document.chars().nth(shown.selection.0 as usize);
                prop_assert!(after == letter || after == Some('<'));
            }
        }
    }
}

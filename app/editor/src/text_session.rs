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
        if grows && value.graphemes(true).count() > sticky_note::TEXT_MAX {
            let end = edit.at;
            return Typed::TooLong(BoxText {
                value: self.base.clone(),
                selection: (end, end),
            });
        }
        let edit = match TextEdit::between(&self.base, document) {
            Some(theirs) => edit.rebase(&theirs),
            None => edit,
        };
        value.clone_into(&mut self.base);
        Typed::Edit(edit)
    }

    /// The document's text changed. Answers what the box is to show, with the
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
}

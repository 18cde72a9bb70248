//! The object whose text is being written: what typing in the text box comes to.

use std::ops::Range;

use editor::{
    TextSession, list,
    text_session::{BoxText, Typed},
};
use shared::{
    board::{Step, TextEdit},
    draw::text_layout,
    id::ObjectId,
};
use unicode_segmentation::UnicodeSegmentation;

use crate::TextBox;

/// A pause in typing longer than this begins a new undo step, milliseconds.
const BURST_MS: u64 = 1_200;

/// The text is longer than an object's text may be; the box has been put back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// The object being written.
pub(crate) struct Writing {
    /// The object.
    id: ObjectId,
    /// What box and document had in common last.
    session: TextSession,
    /// An input method is composing.
    composing: bool,
    /// The object was made for this: the first words belong to that step.
    fresh: bool,
    /// When something was typed last, milliseconds.
    typed_ms: u64,
}

impl Writing {
    /// Opens the text box with an object's text, the caret at its end.
    pub(crate) fn open(element: &dyn TextBox, id: ObjectId, text: &str, fresh: bool) -> Self {
        element.open(text);
        Self {
            id,
            session: TextSession::new(text),
            composing: false,
            fresh,
            typed_ms: 0,
        }
    }

    /// The object.
    pub(crate) fn id(&self) -> &ObjectId {
        &self.id
    }

    /// Whether an input method is composing.
    pub(crate) fn is_composing(&self) -> bool {
        self.composing
    }

    /// An input method begins or ends composing.
    pub(crate) fn set_composing(&mut self, composing: bool) {
        self.composing = composing;
    }

    /// The text box has changed. Returns the edit for the document and where it belongs
    /// in the undo history.
    ///
    /// # Errors
    /// [`TooLong`].
    pub(crate) fn typed(
        &mut self,
        element: &dyn TextBox,
        document: &str,
        now_ms: u64,
    ) -> Result<Option<(TextEdit, Step)>, TooLong> {
        if !self.composing {
            rewrite(element, list::begun);
        }
        match self
            .session
            .typed(&element.value(), document, self.composing)
        {
            Typed::Nothing => Ok(None),
            Typed::TooLong(back) => {
                show(element, &back);
                Err(TooLong)
            }
            Typed::Edit(edit) => {
                let burst = self.fresh || now_ms.saturating_sub(self.typed_ms) < BURST_MS;
                self.fresh = false;
                self.typed_ms = now_ms;
                Ok(Some((edit, if burst { Step::Continue } else { Step::New })))
            }
        }
    }

    /// The document's text has changed.
    pub(crate) fn changed(&mut self, element: &dyn TextBox, document: &str) {
        let shown = self.session.changed(
            document,
            &element.value(),
            element.selection(),
            self.composing,
        );
        if let Some(shown) = shown {
            show(element, &shown);
        }
    }
}

/// What is selected in the box, in UTF-16 units.
pub(crate) fn selection(element: &dyn TextBox) -> Range<u32> {
    let (from, to) = element.selection();
    from..to.max(from)
}

/// Enter in a list goes on with it. Returns whether it has.
pub(crate) fn continue_list(element: &dyn TextBox) -> bool {
    rewrite(element, list::continued)
}

/// Characters in the box, counted as people do.
pub(crate) fn length(element: &dyn TextBox) -> usize {
    element.value().as_str().graphemes(true).count()
}

/// Whether the text in the box reads from right to left.
pub(crate) fn is_rtl(element: &dyn TextBox) -> bool {
    text_layout::is_rtl(&element.value())
}

fn rewrite(element: &dyn TextBox, how: impl Fn(&str, u32) -> Option<(String, u32)>) -> bool {
    let Range { start, end } = selection(element);
    let rewritten = how(&element.value(), end).filter(|_| start == end);
    if let Some((value, caret)) = &rewritten {
        element.set(value, (*caret, *caret));
    }
    rewritten.is_some()
}

fn show(element: &dyn TextBox, shown: &BoxText) {
    element.set(&shown.value, shown.selection);
}

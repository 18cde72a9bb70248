//! The text box over the note that is being written: a real one, so that input
//! methods, spell checkers and screen keyboards work.

use editor::{
    TextSession,
    text_session::{BoxText, Typed},
};
use shared::{
    board::{Step, TextEdit},
    geometry::Rect,
    id::ObjectId,
    object::sticky_note,
    scene::{NoteLayout, font},
};
use web_sys::HtmlTextAreaElement;

/// A pause in typing longer than this begins a new undo step, milliseconds.
const BURST_MS: u64 = 1_200;

/// The note being written.
pub(super) struct Writing {
    pub(super) id: ObjectId,
    element: HtmlTextAreaElement,
    session: TextSession,
    pub(super) composing: bool,
    /// The note was made for this: the first words belong to that step.
    fresh: bool,
    typed_ms: u64,
}

impl Writing {
    /// Opens the text box with a note's text, the caret at its end.
    pub(super) fn open(
        element: HtmlTextAreaElement,
        id: ObjectId,
        text: &str,
        fresh: bool,
    ) -> Self {
        element.set_value(text);
        let _ = element.style().set_property("display", "block");
        let _ = element.focus();
        let end = element.text_length();
        let _ = element.set_selection_range(end, end);
        Self {
            id,
            element,
            session: TextSession::new(text),
            composing: false,
            fresh,
            typed_ms: 0,
        }
    }

    /// Closes it.
    pub(super) fn close(self) {
        let _ = self.element.style().set_property("display", "none");
        self.element.set_value("");
    }

    /// The text box has changed. Answers the edit for the document and where it
    /// belongs in the undo history.
    pub(super) fn typed(
        &mut self,
        document: &str,
        now_ms: u64,
    ) -> Result<Option<(TextEdit, Step)>, ()> {
        match self
            .session
            .typed(&self.element.value(), document, self.composing)
        {
            Typed::Nothing => Ok(None),
            Typed::TooLong(back) => {
                self.show(&back);
                Err(())
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
    pub(super) fn changed(&mut self, document: &str) {
        let selection = (
            caret(self.element.selection_start()),
            caret(self.element.selection_end()),
        );
        if let Some(shown) =
            self.session
                .changed(document, &self.element.value(), selection, self.composing)
        {
            self.show(&shown);
        }
    }

    /// Characters in the box, counted as people do.
    pub(super) fn length(&self) -> usize {
        unicode_segmentation::UnicodeSegmentation::graphemes(self.element.value().as_str(), true)
            .count()
    }

    /// Whether the text reads from right to left.
    pub(super) fn is_rtl(&self) -> bool {
        shared::scene::text_layout::is_rtl(&self.element.value())
    }

    /// Lays the box over the note. Left alone while an input method composes.
    pub(super) fn place(&self, screen: Rect, layout: &NoteLayout, zoom: f64) {
        let style = self.element.style();
        let px = |value: f64| format!("{value:.2}px");
        let set = |name: &str, value: &str| {
            let _ = style.set_property(name, value);
        };
        set(
            "transform",
            &format!(
                "translate({}, {}) scale({zoom})",
                px(screen.x0),
                px(screen.y0)
            ),
        );
        set("width", &px(sticky_note::SIDE));
        if !self.composing {
            set("height", &px(layout.height));
            set("padding", &px(sticky_note::PADDING));
            set("font-size", &px(layout.text.size));
            set("line-height", &font::LINE_HEIGHT.to_string());
        }
    }

    fn show(&self, shown: &BoxText) {
        self.element.set_value(&shown.value);
        let _ = self
            .element
            .set_selection_range(shown.selection.0, shown.selection.1);
    }
}

fn caret(position: Result<Option<u32>, wasm_bindgen::JsValue>) -> u32 {
    position.ok().flatten().unwrap_or_default()
}

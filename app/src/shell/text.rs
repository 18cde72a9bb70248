//! The text box over the note that is being written: a real one, so that input
//! methods, spell checkers and screen keyboards work.

use std::ops::Range;

use editor::{
    TextSession, list,
    text_session::{BoxText, Typed},
};
use shared::{
    board::{Step, TextEdit},
    draw::{Align, Fitted, TextBox, font, text_layout},
    geometry::Point,
    id::ObjectId,
    scene::Place,
};
use web_sys::HtmlTextAreaElement;

/// A pause in typing longer than this begins a new undo step, milliseconds.
const BURST_MS: u64 = 1_200;
/// The least width of a box whose lines do not break, in board units.
const UNBROKEN_MIN: f64 = 80.0;

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
        if !self.composing {
            self.rewritten(list::begun);
        }
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

    /// What is selected in the box, in UTF-16 units.
    pub(super) fn selection(&self) -> Range<u32> {
        let from = caret(self.element.selection_start());
        from..caret(self.element.selection_end()).max(from)
    }

    /// Enter in a list goes on with it. Answers whether it has.
    pub(super) fn continue_list(&self) -> bool {
        self.rewritten(list::continued)
    }

    fn rewritten(&self, rewrite: impl Fn(&str, u32) -> Option<(String, u32)>) -> bool {
        let Range { start, end } = self.selection();
        let rewritten = rewrite(&self.element.value(), end).filter(|_| start == end);
        if let Some((value, caret)) = &rewritten {
            self.element.set_value(value);
            let _ = self.element.set_selection_range(*caret, *caret);
        }
        rewritten.is_some()
    }

    /// Characters in the box, counted as people do.
    pub(super) fn length(&self) -> usize {
        unicode_segmentation::UnicodeSegmentation::graphemes(self.element.value().as_str(), true)
            .count()
    }

    /// Whether the text reads from right to left.
    pub(super) fn is_rtl(&self) -> bool {
        text_layout::is_rtl(&self.element.value())
    }

    /// Lays the box over the object's text. Left alone while an input method composes.
    pub(super) fn place(
        &self,
        screen: Point,
        place: Place,
        set: &TextBox,
        fitted: &Fitted,
        zoom: f64,
        has_marks: bool,
    ) {
        let style = self.element.style();
        let px = |value: f64| format!("{value:.2}px");
        let put = |name: &str, value: &str| {
            let _ = style.set_property(name, value);
        };
        let size = place.rect.size();
        // A label has the box of what is written, and room for the next word.
        let width = if set.wraps {
            size.width
        } else {
            size.width.max(UNBROKEN_MIN) + 2.0 * fitted.text.size
        };
        let left = if set.wraps || set.align == Align::Start {
            0.0
        } else {
            (size.width - width) / 2.0
        };
        let turn = if place.angle == 0.0 {
            String::new()
        } else {
            format!("rotate({}deg)", place.angle)
        };
        put(
            "transform",
            &format!(
                "translate({}, {}) scale({zoom}) translate({}, 0) {turn}",
                px(screen.x),
                px(screen.y),
                px(left),
            ),
        );
        put("transform-origin", "0 0");
        put("width", &px(width));
        put(
            "text-align",
            match set.align {
                Align::Start => "start",
                Align::Center => "center",
                Align::End => "end",
            },
        );
        put("white-space", if set.wraps { "pre-wrap" } else { "pre" });
        // Marks are painted by the board; the box has the caret.
        let is_behind = has_marks && !self.composing;
        put("color", if is_behind { "transparent" } else { "" });
        if !self.composing {
            let spare = size.height - 2.0 * set.padding_y - fitted.text.height();
            let above = if set.is_centered {
                set.padding_y + spare.max(0.0) / 2.0
            } else {
                set.padding_y
            };
            put("height", &px(size.height.max(fitted.text.height() + above)));
            put("padding", &format!("{} {} 0", px(above), px(set.padding_x)));
            put("font-size", &px(fitted.text.size));
            put("line-height", &font::LINE_HEIGHT.to_string());
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

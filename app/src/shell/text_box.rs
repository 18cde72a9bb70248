//! The text box as the client sees it.

use client::{BoxPlace, TextBox};
use shared::draw::Align;
use web_sys::HtmlTextAreaElement;

/// The page's text box.
pub(super) struct TextElement(pub(super) HtmlTextAreaElement);

impl TextBox for TextElement {
    fn open(&self, text: &str) {
        self.0.set_value(text);
        self.style("display", "block");
        let _ = self.0.focus();
        let end = self.0.text_length();
        let _ = self.0.set_selection_range(end, end);
    }

    fn close(&self) {
        self.style("display", "none");
        self.0.set_value("");
    }

    fn value(&self) -> String {
        self.0.value()
    }

    fn selection(&self) -> (u32, u32) {
        let caret = |position: Result<Option<u32>, wasm_bindgen::JsValue>| {
            position.ok().flatten().unwrap_or_default()
        };
        (
            caret(self.0.selection_start()),
            caret(self.0.selection_end()),
        )
    }

    fn set(&self, value: &str, (from, to): (u32, u32)) {
        self.0.set_value(value);
        let _ = self.0.set_selection_range(from, to);
    }

    fn lay(&self, place: &BoxPlace) {
        let turn = if place.angle == 0.0 {
            String::new()
        } else {
            format!("rotate({}deg)", place.angle)
        };
        self.style(
            "transform",
            &format!(
                "translate({}, {}) scale({}) translate({}, 0) {turn}",
                px(place.screen.x),
                px(place.screen.y),
                place.zoom,
                px(place.left),
            ),
        );
        self.style("transform-origin", "0 0");
        self.style("width", &px(place.width));
        self.style(
            "text-align",
            match place.align {
                Align::Start => "start",
                Align::Center => "center",
                Align::End => "end",
            },
        );
        self.style("white-space", if place.wraps { "pre-wrap" } else { "pre" });
        // The caret stays.
        self.style("color", if place.is_behind { "transparent" } else { "" });
        if let Some(lines) = &place.lines {
            self.style("height", &px(lines.height));
            self.style(
                "padding",
                &format!("{} {} 0", px(lines.above), px(lines.beside)),
            );
            self.style("font-size", &px(lines.font_size));
            self.style("line-height", &lines.line_height.to_string());
        }
    }
}

impl TextElement {
    fn style(&self, name: &str, value: &str) {
        let _ = self.0.style().set_property(name, value);
    }
}

fn px(value: f64) -> String {
    format!("{value:.2}px")
}

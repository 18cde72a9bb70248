//! A layer of the page that is painted anew with every frame: a canvas of the screen's size.

use shared::{draw::tokens::Rgb, geometry::Size};
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::{Painter, Say, opaque, scale};

/// A canvas of the page with its painter.
pub(crate) struct PageLayer {
    canvas: HtmlCanvasElement,
    painter: Painter,
}

impl PageLayer {
    /// Paints on a canvas element; `None` where the browser has no 2D canvas.
    pub(crate) fn new(canvas: HtmlCanvasElement, say: Say) -> Option<Self> {
        Self::of(canvas.get_context("2d").ok()??, canvas, say)
    }

    /// The same on a canvas through which nothing shines.
    pub(super) fn opaque(canvas: HtmlCanvasElement, say: Say) -> Option<Self> {
        let context = canvas.get_context_with_context_options("2d", &opaque()?);
        Self::of(context.ok()??, canvas, say)
    }

    fn of(context: js_sys::Object, canvas: HtmlCanvasElement, say: Say) -> Option<Self> {
        let context = context.dyn_into().ok()?;
        let painter = Painter::new(context, say);
        Some(Self { canvas, painter })
    }

    /// What paints on it.
    pub(crate) fn painter(&mut self) -> &mut Painter {
        &mut self.painter
    }

    /// Begins a frame: fits the bitmap to a screen of this size, in screen pixels, and
    /// clears it.
    pub(crate) fn begin(&mut self, size: Size, ground: Option<Rgb>) {
        self.fit(size);
        match ground {
            Some(color) => {
                self.painter.start();
                let all = self.painter.bitmap.to_rect();
                self.painter.cover(all, color);
            }
            None => self.painter.clear(),
        }
        self.painter.look_at_screen();
    }

    fn fit(&mut self, size: Size) {
        let scale = scale();
        let bitmap = (size * scale).floor();
        let (width, height) = (bitmap.width as u32, bitmap.height as u32);
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
            self.painter.resized(bitmap, scale);
        }
        self.painter.scale = scale;
    }

    /// Takes a layer on which nothing is painted from the screen, which has not to be put
    /// together with it then.
    pub(crate) fn hide_blank(&self) {
        self.set_shown(!self.painter.is_blank);
    }

    /// Shows the layer, or takes it from the screen.
    pub(super) fn set_shown(&self, is_shown: bool) {
        let display = if is_shown { "" } else { "none" };
        let _ = self.canvas.style().set_property("display", display);
    }
}

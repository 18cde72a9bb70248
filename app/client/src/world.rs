//! What a step works with: the time, the browser, and what outlives the canvas.

use crate::{Layer, Platform, Surface, Tab};

/// What a step works with, beside what it changes.
pub(crate) struct World<'a> {
    /// Monotonic time, milliseconds.
    pub(crate) now_ms: u64,
    /// The browser.
    pub(crate) platform: &'a mut dyn Platform,
    /// What outlives the canvas.
    pub(crate) tab: &'a mut Tab,
}

impl World<'_> {
    /// The layer over the board.
    pub(crate) fn overlay(&mut self) -> &mut dyn Surface {
        self.platform.layer(Layer::Overlay)
    }
}

//! Finding words on the canvas.

use editor::Effect;
use leptos::prelude::Set;

use super::{Seek, canvas::Canvas};
use crate::platform::fold::fold;

impl Canvas {
    /// Highlights everything that has these words, and goes to one of it.
    pub(super) fn find(&mut self, words: &str, seek: Seek) {
        let order = self
            .scene
            .reading_order(self.link.copy.view(), self.template);
        let found = editor::finding::matches(self.link.copy.view(), &order, words, &fold);
        self.overlay_dirty = true;
        self.found = found.iter().cloned().collect();
        if found.is_empty() {
            self.ui.found.set((0, 0));
            return;
        }
        let here = found
            .iter()
            .position(|id| self.editor.selection().contains(id));
        let n = found.len();
        let at = match (seek, here) {
            (Seek::First, here) => here.unwrap_or(0),
            (Seek::Next, here) => here.map_or(0, |here| (here + 1) % n),
            (Seek::Previous, here) => here.map_or(n - 1, |here| (here + n - 1) % n),
        };
        let id = found[at].clone();
        let mut effects = self.with_editor(|editor, cx| editor.choose(&id, cx));
        effects.push(Effect::Announce(format!("{} of {n}", at + 1)));
        self.carry_out(effects);
        self.ui.found.set((at + 1, n));
    }
}

//! What the board shows beside what is painted: how much room is left in a text.

use leptos::prelude::*;

use super::page::put;
use crate::shell::Seen;

/// What the board shows beside what is painted.
#[derive(Clone, Copy)]
pub(crate) struct StageState {
    /// Characters left in the text being written, once they become few.
    pub(crate) left: RwSignal<Option<usize>>,
}

impl StageState {
    /// Nothing is written.
    pub(crate) fn new() -> Self {
        Self {
            left: RwSignal::new(None),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if let Some(shown) = &seen.shown {
            put(self.left, shown.left);
        }
    }
}

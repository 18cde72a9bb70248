//! What the parts of the canvas page share: the signals, and a way to send events.

use leptos::prelude::*;

use crate::{
    platform::browser,
    shell::{AppEvent, Shell},
    state::Ui,
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) ui: Ui,
    pub(crate) shell: StoredValue<Option<Shell>, LocalStorage>,
    pub(crate) people_open: RwSignal<bool>,
    pub(crate) share_open: RwSignal<bool>,
}

impl Page {
    /// Puts the focus back on the canvas.
    pub(crate) fn focus_stage(self) {
        browser::focus("#stage");
    }

    /// Sends an event to the canvas, if it is open.
    pub(crate) fn send(self, event: AppEvent) {
        if let Some(shell) = self.shell.try_get_value().flatten() {
            shell.send(event);
        }
    }
}

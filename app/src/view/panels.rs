//! The dialogs of which one is open at a time. Each is a part of its own.

use client::{AppEvent, Dirty, Part};
use editor::Panel;
use leptos::prelude::*;
use shared::text;

use super::{
    find, help, lazy,
    page::{Page, put},
    palette,
};
use crate::shell::Seen;

/// Which dialog is open.
#[derive(Clone, Copy)]
pub(crate) struct DialogState(RwSignal<Option<Panel>>);

impl DialogState {
    /// None.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PANELS) {
            put(self.0, seen.workshop.tab().panels().dialog());
        }
    }
}

/// The dialog that is open, if any.
#[component]
pub(crate) fn Panels() -> impl IntoView {
    let state = expect_context::<DialogState>();
    let page = expect_context::<Page>();
    let close = move || page.send(AppEvent::Closed(Part::Dialog));
    move || {
        let words = RwSignal::new(String::new());
        match state.0.get() {
            Some(Panel::Help) => {
                lazy::panel(text::HELP_TITLE, close, None, help::part, ()).into_any()
            }
            Some(Panel::Palette) => lazy::panel(
                text::ACTION_PALETTE,
                close,
                Some(words),
                palette::part,
                words,
            )
            .into_any(),
            Some(Panel::Find) => {
                lazy::panel(text::ACTION_FIND, close, Some(words), find::part, words).into_any()
            }
            _ => ().into_any(),
        }
    }
}

//! Messages that come and go, and what is said to screen readers.

use client::{AppEvent, Dirty, Part};
use leptos::prelude::*;
use shared::text::{self, Phrase};

use super::{
    icon::Icon,
    page::{Page, put},
    text::{say, t},
};
use crate::shell::Seen;

/// What is told.
#[derive(Clone, Copy)]
pub(crate) struct MessageState {
    /// The message that is shown.
    message: RwSignal<Option<Phrase>>,
    /// For people with a screen reader.
    said: RwSignal<Phrase>,
    /// What others did, for people with a screen reader.
    heard: RwSignal<Phrase>,
}

impl MessageState {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            message: RwSignal::new(None),
            said: RwSignal::new(Phrase::default()),
            heard: RwSignal::new(Phrase::default()),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::SAID) {
            let telling = seen.workshop.tab().telling();
            put(
                self.message,
                telling.message().map(|message| message.text.clone()),
            );
            put(self.said, telling.said().clone());
            put(self.heard, telling.heard().clone());
        }
    }
}

/// The message, if there is one.
#[component]
pub(crate) fn MessageBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<MessageState>();
    view! {
        <div class="message-place">
            {move || state.message.get().map(|message| view! {
                <div class="message" data-testid="message">
                    <span>{t(message)}</span>
                    <button class="icon-button" aria-label=t(text::MESSAGE_CLOSE) on:click=move |_| page.send(AppEvent::Closed(Part::Message))>
                        <Icon name="close"/>
                    </button>
                </div>
            })}
        </div>
        <div class="visually-hidden" aria-live="polite" data-testid="said">{move || say(state.said.get())}</div>
        <div class="visually-hidden" aria-live="polite" data-testid="heard">{move || say(state.heard.get())}</div>
    }
}

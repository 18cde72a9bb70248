//! Messages that come and go, and what is said to screen readers.

use leptos::prelude::*;

use super::{icon::Icon, page::Page};
use crate::platform::browser;

/// How long a message stays, milliseconds.
const SHOWN_MS: i32 = 9_000;

/// The message, if there is one.
#[component]
pub(crate) fn MessageBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let message = page.ui.message;
    Effect::new(move || {
        let Some(shown) = message.get() else { return };
        if !shown.stays {
            browser::after_ms(SHOWN_MS, move || {
                // Only this one: a newer message has its own time.
                if message.try_get_untracked().flatten() == Some(shown) {
                    message.set(None);
                }
            });
        }
    });
    view! {
        <div class="message-place">
            {move || message.get().map(|shown| view! {
                <div class="message" data-testid="message">
                    <span>{shown.text}</span>
                    <button class="icon-button" aria-label="Close the message" on:click=move |_| message.set(None)>
                        <Icon name="close"/>
                    </button>
                </div>
            })}
        </div>
        <div class="visually-hidden" aria-live="polite" data-testid="said">{move || page.ui.said.get()}</div>
        <div class="visually-hidden" aria-live="polite" data-testid="heard">{move || page.ui.heard.get()}</div>
    }
}

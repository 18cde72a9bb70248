//! Finding words on the canvas: jumps to what is found and highlights all of it.

use client::{AppEvent, Dirty, Part, Seek, say::found as matches};
use leptos::{html, prelude::*};
use shared::text;
use wasm_split_helpers::wasm_split;

use super::{
    icon::Icon,
    lazy::Fetched,
    page::{Page, put},
    text::{say, t},
};
use crate::shell::Seen;

/// What the search has found.
#[derive(Clone, Copy)]
pub(crate) struct Found(RwSignal<(usize, usize)>);

impl Found {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new((0, 0)))
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PANELS) {
            put(self.0, seen.workshop.tab().panels().found());
        }
    }
}

/// The search field, with what is typed.
#[wasm_split(find, fallible)]
pub(crate) fn part() -> Fetched<RwSignal<String>> {
    Ok(|words| view! { <Find words/> }.into_any())
}

/// The search field, at the top of the board; `words` is what is typed.
#[component]
fn Find(words: RwSignal<String>) -> impl IntoView {
    let page = expect_context::<Page>();
    let found = expect_context::<Found>();
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let seek = move |seek: Seek| page.send(AppEvent::Find(words.get_untracked(), seek));
    // What was typed before this part was here.
    if !words.with_untracked(String::is_empty) {
        seek(Seek::First);
    }
    let close = move || {
        page.send(AppEvent::Find(String::new(), Seek::First));
        page.send(AppEvent::Closed(Part::Dialog));
        page.focus_stage();
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" if event.shift_key() => seek(Seek::Previous),
            "Enter" => seek(Seek::Next),
            "Escape" => close(),
            _ => return,
        }
        event.prevent_default();
    };
    let said = move || say(words.with(|words| matches(found.0.get(), words)));
    view! {
        <div class="find" role="search" on:keydown=on_key>
            <Icon name="search"/>
            <input
                class="field"
                node_ref=input
                type="search"
                aria-label=t(text::ACTION_FIND)
                placeholder=t(text::ACTION_FIND)
                prop:value=move || words.get()
                on:input=move |event| { words.set(event_target_value(&event)); seek(Seek::First); }
            />
            <span class="muted small" role="status">{said}</span>
            <button class="icon-button" aria-label=t(text::FIND_PREVIOUS) on:click=move |_| seek(Seek::Previous)><Icon name="up"/></button>
            <button class="icon-button" aria-label=t(text::FIND_NEXT) on:click=move |_| seek(Seek::Next)><Icon name="down"/></button>
            <button class="icon-button" aria-label=t(text::FIND_CLOSE) on:click=move |_| close()><Icon name="close"/></button>
        </div>
    }
}

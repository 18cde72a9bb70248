//! Finding words on the canvas: jumps to what is found and highlights all of it.

use leptos::{html, prelude::*};

use super::{icon::Icon, page::Page};
use crate::shell::{AppEvent, Seek};

/// The search field, at the top of the board.
#[component]
pub(crate) fn Find() -> impl IntoView {
    let page = expect_context::<Page>();
    let words = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let seek = move |seek: Seek| page.send(AppEvent::Find(words.get_untracked(), seek));
    let close = move || {
        page.send(AppEvent::Find(String::new(), Seek::First));
        page.ui.panel.set(None);
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
    let said = move || match (page.ui.found.get(), words.get().trim().is_empty()) {
        (_, true) => String::new(),
        ((_, 0), _) => "Nothing found".to_owned(),
        ((at, n), _) => format!("{at} of {n}"),
    };
    view! {
        <div class="find" role="search" on:keydown=on_key>
            <Icon name="search"/>
            <input
                class="field"
                node_ref=input
                type="search"
                aria-label="Find on the canvas"
                placeholder="Find on the canvas"
                on:input=move |event| { words.set(event_target_value(&event)); seek(Seek::First); }
            />
            <span class="muted small" role="status">{said}</span>
            <button class="icon-button" aria-label="Previous" on:click=move |_| seek(Seek::Previous)><Icon name="up"/></button>
            <button class="icon-button" aria-label="Next" on:click=move |_| seek(Seek::Next)><Icon name="down"/></button>
            <button class="icon-button" aria-label="Close the search" on:click=move |_| close()><Icon name="close"/></button>
        </div>
    }
}

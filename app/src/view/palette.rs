//! The command palette: every action by name.

use client::{
    AppEvent, Part,
    lists::{self, ListKey},
};
use editor::action::Listed;
use leptos::{html, prelude::*};
use shared::text;
use wasm_split_helpers::wasm_split;

use super::{
    dialog::Dialog,
    lazy::Fetched,
    page::{Page, put},
    text::{say, t},
};
use crate::platform::fold::fold;

/// All actions, to be found by the letters that are typed.
#[wasm_split(palette, fallible)]
pub(crate) fn part() -> Fetched<RwSignal<String>> {
    Ok(|words| view! { <Palette words/> }.into_any())
}

/// All actions; `words` is what is typed.
#[component]
fn Palette(words: RwSignal<String>) -> impl IntoView {
    let page = expect_context::<Page>();
    let at = RwSignal::new(0_usize);
    let input = NodeRef::<html::Input>::new();
    let close = move || page.send(AppEvent::Closed(Part::Dialog));
    let found = move || words.with(|words| lists::palette(words, page.rights(), say, fold));
    let act = move |listed: &'static Listed| {
        close();
        page.focus_stage();
        page.choose(listed.action);
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let found = found();
        match lists::palette_key(&event.key(), at.get_untracked(), found.len()) {
            Some(ListKey::Go(to)) => put(at, to),
            Some(ListKey::Choose) => {
                if let Some(listed) = found.get(at.get_untracked()) {
                    act(listed);
                }
            }
            Some(ListKey::Close) | None => return,
        }
        event.prevent_default();
    };
    let rows = move || {
        let here = at.get();
        found()
            .into_iter()
            .enumerate()
            .map(|(i, listed)| {
                view! {
                    <li
                        id=format!("palette-{i}")
                        class="menu-item"
                        class:is-here=i == here
                        role="option"
                        aria-selected=(i == here).to_string()
                        on:pointermove=move |_| put(at, i)
                        on:click=move |_| act(listed)
                    >
                        <span>{t(listed.label)}</span>
                        <span class="muted small">{t(listed.part.label())}</span>
                        <span class="keys">{t(listed.key())}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog title=text::ACTION_PALETTE on_close=close field=input>
            <input
                class="field"
                node_ref=input
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=move || format!("palette-{}", at.get())
                aria-label=t(text::PALETTE_FIND)
                placeholder=t(text::PALETTE_ASK)
                autocomplete="off"
                prop:value=move || words.get()
                on:input=move |event| { words.set(event_target_value(&event)); at.set(0); }
                on:keydown=on_key
            />
            <ul id="palette-list" class="palette" role="listbox" aria-label=t(text::MENU_ACTIONS)>{rows}</ul>
        </Dialog>
    }
}

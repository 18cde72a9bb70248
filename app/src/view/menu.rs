//! The context menu: the actions that change the selection, of the one list.

use client::{
    AppEvent, Dirty, Part as Closable,
    lists::{self, ListKey},
    place,
};
use editor::action::ACTIONS;
use leptos::{html, prelude::*};
use shared::text;
use wasm_bindgen::JsCast;

use super::{
    page::{Page, put},
    text::t,
};
use crate::{platform::browser, shell::Seen};

/// The context menu.
#[derive(Clone, Copy)]
pub(crate) struct MenuState(RwSignal<Option<(i32, i32)>>);

impl MenuState {
    /// Closed.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PANELS) {
            put(self.0, seen.workshop.tab().panels().menu());
        }
    }
}

/// The menu, if it is open.
#[component]
pub(crate) fn ContextMenu() -> impl IntoView {
    let state = expect_context::<MenuState>();
    view! { {move || state.0.get().map(|at| view! { <Menu at/> })} }
}

#[component]
fn Menu(at: (i32, i32)) -> impl IntoView {
    let page = expect_context::<Page>();
    let list = NodeRef::<html::Div>::new();
    let close = move || {
        page.send(AppEvent::Closed(Closable::Menu));
        page.focus_stage();
    };
    Effect::new(move || {
        if let Some(list) = list.get() {
            focus_item(&list, 0);
        }
    });
    let now = untrack(|| page.standing());
    let items = ACTIONS
        .iter()
        .filter(|listed| listed.in_menu(&now))
        .map(|listed| {
            let action = listed.action;
            let act = move |_| {
                close();
                page.choose(action);
            };
            view! {
                <button class="menu-item" role="menuitem" tabindex="-1" on:click=act>
                    <span>{t(listed.label)}</span>
                    <span class="keys">{t(listed.key())}</span>
                </button>
            }
        })
        .collect_view();
    let (left, top) = place::menu(at, browser::window_size());
    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        let Some(list) = list.get() else { return };
        let count = list.children().length() as usize;
        match lists::menu_key(&event.key(), focused(&list), count) {
            Some(ListKey::Go(at)) => focus_item(&list, at),
            Some(ListKey::Close) => close(),
            Some(ListKey::Choose) | None => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="menu-back" on:pointerdown=move |_| close() on:contextmenu=move |event| { event.prevent_default(); close(); }></div>
        <div
            class="menu"
            role="menu"
            aria-label=t(text::MENU_ACTIONS)
            node_ref=list
            style:left=format!("{left}px")
            style:top=format!("{top}px")
            on:keydown=on_key
        >
            {items}
        </div>
    }
}

fn focused(list: &web_sys::HtmlElement) -> usize {
    let active = browser::window()
        .document()
        .and_then(|d| d.active_element());
    let children = list.children();
    (0..children.length())
        .find(|i| children.item(*i) == active)
        .map_or(0, |i| i as usize)
}

fn focus_item(list: &web_sys::HtmlElement, at: usize) {
    let item = list.children().item(at as u32);
    if let Some(item) = item.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

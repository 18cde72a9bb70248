//! The context menu: the actions that change the selection, of the one list.

use client::{AppEvent, Dirty, Part as Closable, place};
use editor::{Action, action::ACTIONS};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::page::{Page, put};
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
                page.send(AppEvent::Act(action));
                if matches!(action, Action::Copy | Action::Cut) {
                    browser::ask_to_copy();
                }
            };
            let key = listed
                .shortcuts
                .first()
                .map_or("", |shortcut| shortcut.shown);
            view! {
                <button class="menu-item" role="menuitem" tabindex="-1" on:click=act>
                    <span>{listed.label}</span>
                    <span class="keys">{key}</span>
                </button>
            }
        })
        .collect_view();
    let (left, top) = place::menu(at, browser::window_size());
    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        let Some(list) = list.get() else { return };
        let step = match event.key().as_str() {
            "Escape" | "Tab" => {
                event.prevent_default();
                close();
                return;
            }
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Home" => {
                focus_item(&list, 0);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        focus_item(&list, focused(&list) + step);
    };
    view! {
        <div class="menu-back" on:pointerdown=move |_| close() on:contextmenu=move |event| { event.prevent_default(); close(); }></div>
        <div
            class="menu"
            role="menu"
            aria-label="Actions"
            node_ref=list
            style:left=format!("{left}px")
            style:top=format!("{top}px")
            on:keydown=on_key
        >
            {items}
        </div>
    }
}

fn focused(list: &web_sys::HtmlElement) -> i32 {
    let active = browser::window()
        .document()
        .and_then(|d| d.active_element());
    let children = list.children();
    (0..children.length())
        .find(|i| children.item(*i) == active)
        .map_or(0, |i| i as i32)
}

fn focus_item(list: &web_sys::HtmlElement, at: i32) {
    let n = list.children().length() as i32;
    if n > 0 {
        let item = list.children().item(at.rem_euclid(n) as u32);
        if let Some(item) = item.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = item.focus();
        }
    }
}

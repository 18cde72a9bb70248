//! What is offered where a connector was let go on empty space.

use client::{AppEvent, Dirty, Offer, Part};
use leptos::{html, prelude::*};
use shared::{
    object::{shape, sticky_note},
    text::{self, Text},
};

use super::{
    icon::Icon,
    page::{Page, put},
    text::t,
};
use crate::shell::Seen;

/// The offer.
#[derive(Clone, Copy)]
pub(crate) struct OfferState(RwSignal<Option<Offer>>);

impl OfferState {
    /// Closed.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PANELS) {
            put(self.0, seen.workshop.tab().panels().offer().cloned());
        }
    }
}

/// Kinds to choose from; without one only the connector is drawn.
const KINDS: [(Option<&str>, Text, &str); 3] = [
    (Some(shape::NAME), text::ACTION_SHAPE_TOOL, "shape"),
    (Some(sticky_note::NAME), text::TOOL_NOTE, "note"),
    (None, text::OFFER_CONNECTOR, "connector"),
];

/// The offer, if there is one.
#[component]
pub(crate) fn OfferMenu() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<OfferState>();
    let first = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let (Some(_), Some(list)) = (state.0.get(), first.get())
            && let Ok(Some(button)) = list.query_selector("button")
        {
            use wasm_bindgen::JsCast;
            if let Ok(button) = button.dyn_into::<web_sys::HtmlElement>() {
                let _ = button.focus();
            }
        }
    });
    let close = move || {
        page.send(AppEvent::Closed(Part::Offer));
        page.focus_stage();
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" {
            close();
        }
    };
    let items = move || {
        KINDS
            .into_iter()
            .map(|(kind, label, icon)| {
                view! {
                    <button class="menu-item" role="menuitem" on:click=move |_| page.send(AppEvent::Accept(kind))>
                        <Icon name=icon/>
                        <span>{t(label)}</span>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        {move || state.0.get().map(|offer| view! {
            <div class="menu-back" on:pointerdown=move |_| close()></div>
            <div
                class="menu inside"
                role="menu"
                aria-label=t(text::OFFER_NAME)
                node_ref=first
                style:left=format!("{}px", offer.screen.0.max(8))
                style:top=format!("{}px", offer.screen.1.max(8))
                on:keydown=on_key
            >
                {items}
            </div>
        })}
    }
}

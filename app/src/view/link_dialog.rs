//! Where a link is to lead: asked for in a dialog.

use client::{AppEvent, Dirty, Part};
use editor::LinkAsked;
use leptos::{html, prelude::*};
use shared::text;
use wasm_split_helpers::wasm_split;

use super::{
    dialog::Dialog,
    lazy::Fetched,
    page::{Page, put},
    text::t,
};
use crate::shell::Seen;

/// The dialog that asks for an address.
#[derive(Clone, Copy)]
pub(crate) struct LinkState(RwSignal<Option<LinkAsked>>);

impl LinkState {
    /// Closed.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// What is asked for, while it is.
    pub(crate) fn asked(self) -> Option<LinkAsked> {
        self.0.get()
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PANELS) {
            put(self.0, seen.workshop.tab().panels().link().cloned());
        }
    }
}

/// The dialog that asks for the address of a link.
#[wasm_split(dialogs, fallible)]
pub(crate) fn part() -> Fetched<LinkAsked> {
    Ok(|asked| view! { <LinkDialog asked/> }.into_any())
}

/// The dialog, with the address the link has.
#[component]
fn LinkDialog(asked: LinkAsked) -> impl IntoView {
    let page = expect_context::<Page>();
    let input = NodeRef::<html::Input>::new();
    let address = asked.address.clone();
    let had_link = !address.is_empty();
    let asked = StoredValue::new(asked);
    let save = move |typed: String| page.send(AppEvent::SetLink(asked.get_value(), typed));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(input) = input.get_untracked() {
            save(input.value());
        }
    };
    view! {
        <Dialog title=text::ACTION_LINK on_close=move || page.send(AppEvent::Closed(Part::Link)) field=input>
            <form class="link-form" on:submit=submit>
                <label for="link-address">{t(text::LINK_ADDRESS)}</label>
                <input
                    id="link-address"
                    class="field"
                    node_ref=input
                    value=address
                    inputmode="url"
                    autocomplete="off"
                    placeholder="https://"
                />
                <div class="form-buttons">
                    {had_link.then(|| view! {
                        <button type="button" class="button" on:click=move |_| save(String::new())>
                            {t(text::LINK_REMOVE)}
                        </button>
                    })}
                    <button type="submit" class="button primary">{t(text::LINK_SAVE)}</button>
                </div>
            </form>
        </Dialog>
    }
}

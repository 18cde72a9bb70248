//! A dialog: takes the focus, gives it back, closes on Escape.

use leptos::{html, prelude::*};
use shared::text::{self, Text};

use super::{icon::Icon, text::t};
use crate::platform::focus;

/// A modal dialog with a title.
#[component]
pub(crate) fn Dialog(
    /// Its title.
    title: Text,
    /// Called when it is to close.
    on_close: impl Fn() + Copy + Send + Sync + 'static,
    /// The field that takes the focus; otherwise the heading does.
    #[prop(optional)]
    field: Option<NodeRef<html::Input>>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    let before = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.active_element());
    let before = StoredValue::new_local(before);
    Effect::new(move || match field {
        Some(field) => drop(field.get().map(|field| field.focus())),
        None => drop(heading.get().map(|heading| heading.focus())),
    });
    // Whatever is done in it, the keys go on to be the dialog's.
    let root = NodeRef::<html::Div>::new();
    let kept = StoredValue::new_local(None);
    Effect::new(move || {
        if let (Some(root), Some(heading)) = (root.get(), heading.get()) {
            kept.set_value(focus::keep_in(&root, heading.into()));
        }
    });
    on_cleanup(move || {
        use wasm_bindgen::JsCast;
        let element = before.try_get_value().flatten();
        if let Some(element) =
            element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = element.focus();
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" {
            on_close();
        }
    };
    view! {
        <div class="dialog-back" on:click=move |_| on_close()>
            <div
                class="dialog"
                node_ref=root
                role="dialog"
                aria-modal="true"
                aria-label=t(title)
                on:click=|event| event.stop_propagation()
                on:keydown=on_key
            >
                <div class="dialog-head">
                    <h2 node_ref=heading tabindex="-1">{t(title)}</h2>
                    <button class="icon-button" aria-label=t(text::DIALOG_CLOSE) on:click=move |_| on_close()>
                        <Icon name="close"/>
                    </button>
                </div>
                {children()}
            </div>
        </div>
    }
}

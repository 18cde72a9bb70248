//! The help: a view of the one list of actions.

use editor::action::{ACTIONS, OTHER_KEYS};
use leptos::prelude::*;

use super::{canvas_page::Page, dialog::Dialog};
use crate::platform::device;

/// Keys and gestures.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let page = expect_context::<Page>();
    let actions = ACTIONS
        .iter()
        .map(|listed| {
            let keys: Vec<&str> = listed
                .shortcuts
                .iter()
                .map(|shortcut| shortcut.shown)
                .collect();
            view! { <tr><td>{listed.label}</td><td class="keys">{keys.join(", ")}</td></tr> }
        })
        .collect_view();
    let others = OTHER_KEYS
        .iter()
        .map(|(keys, what)| view! { <tr><td>{*what}</td><td class="keys">{*keys}</td></tr> })
        .collect_view();
    let quiet = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        page.ui.quiet.set(on);
        device::set_preference("quiet", on);
    };
    let toggle = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        page.ui.single_keys.set(on);
        device::set_preference("single_keys", on);
    };
    view! {
        <Dialog title="Help" on_close=move || page.ui.panel.set(None)>
            <p>"Double-click anywhere, or press N, to write a note. Drag it where it belongs. That is all one needs."</p>
            <table class="help-table"><tbody>{actions}{others}</tbody></table>
            <label class="check">
                <input type="checkbox" prop:checked=move || page.ui.single_keys.get() on:change=toggle/>
                "Keys without Ctrl call actions"
            </label>
            <label class="check">
                <input type="checkbox" prop:checked=move || page.ui.quiet.get() on:change=quiet/>
                "Do not read out what others do"
            </label>
        </Dialog>
    }
}

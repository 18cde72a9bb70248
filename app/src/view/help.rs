//! The help: a view of the one list of actions.

use editor::{
    Action,
    action::{ACTIONS, OTHER_KEYS, Part},
};
use leptos::prelude::*;

use super::{dialog::Dialog, page::Page};
use crate::{platform::device, shell::AppEvent};

/// Keys and gestures.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let page = expect_context::<Page>();
    let parts = Part::ALL
        .map(|part| {
            let listed = ACTIONS.iter().filter(|listed| listed.part == part);
            let rows = listed.map(|listed| {
                let keys = listed.shortcuts.iter().map(|shortcut| shortcut.shown);
                (listed.label, keys.collect::<Vec<_>>().join(", "))
            });
            view! { <Keys title=part.label() rows=rows.collect()/> }
        })
        .collect_view();
    let others = OTHER_KEYS
        .iter()
        .map(|(keys, what)| (*what, (*keys).to_owned()));
    view! {
        <Dialog title="Help" on_close=move || page.ui.panel.set(None)>
            <p>"Double-click anywhere, or press N, to write a note. Drag it where it belongs. That is all one needs."</p>
            <h3>"Preferences"</h3>
            <button class="button" on:click=move |_| page.send(AppEvent::Act(Action::Theme))>
                {move || if page.ui.dark.get() { "Light colours" } else { "Dark colours" }}
            </button>
            <Preference name="snaps" label="Snap to what is there (hold Ctrl for the opposite)" on=page.ui.snaps/>
            <Preference name="wheel_zooms" label="The wheel zooms, and with Ctrl it moves the view" on=page.ui.wheel_zooms/>
            <Preference name="single_keys" label="Keys without Ctrl call actions" on=page.ui.single_keys/>
            <Preference name="quiet" label="Do not read out what others do" on=page.ui.quiet/>
            <h3>"Keys"</h3>
            <table class="help-table">
                {parts}
                <Keys title="Also" rows=others.collect()/>
            </table>
        </Dialog>
    }
}

/// What can be done, with the keys that do it.
#[component]
fn Keys(title: &'static str, rows: Vec<(&'static str, String)>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(what, keys)| view! { <tr><td>{what}</td><td class="keys">{keys}</td></tr> })
        .collect_view();
    view! {
        <tbody>
            <tr><th colspan="2" scope="rowgroup">{title}</th></tr>
            {rows}
        </tbody>
    }
}

/// A preference that this device remembers.
#[component]
fn Preference(name: &'static str, label: &'static str, on: RwSignal<bool>) -> impl IntoView {
    let change = move |event: web_sys::Event| {
        on.set(event_target_checked(&event));
        device::set_preference(name, on.get_untracked());
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || on.get() on:change=change/>
            {label}
        </label>
    }
}

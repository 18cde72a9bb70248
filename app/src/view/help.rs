//! The help: a view of the one list of actions.

use client::{AppEvent, Part as Closable, Preference};
use editor::{
    Action,
    action::{ACTIONS, OTHER_KEYS, Part},
};
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{dialog::Dialog, lazy::Fetched, page::Page};

/// Keys and gestures.
#[wasm_split(help, fallible)]
pub(crate) fn part() -> Fetched<()> {
    Ok(|()| view! { <Help/> }.into_any())
}

/// Keys and gestures.
#[component]
fn Help() -> impl IntoView {
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
        <Dialog title="Help" on_close=move || page.send(AppEvent::Closed(Closable::Dialog))>
            <p>"Double-click anywhere, or press N, to write a note. Drag it where it belongs. That's all you need."</p>
            <h3>"Preferences"</h3>
            <button class="button" on:click=move |_| page.send(AppEvent::Act(Action::Theme))>
                {move || if page.prefers(Preference::Dark) { "Light colours" } else { "Dark colours" }}
            </button>
            <Check of=Preference::Snaps label="Snap to what is there (hold Ctrl for the opposite)"/>
            <Check of=Preference::WheelZooms label="The wheel zooms, and with Ctrl it moves the view"/>
            <Check of=Preference::SingleKeys label="Single-key shortcuts"/>
            <Check of=Preference::Quiet label="Do not read out what others do"/>
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
fn Check(of: Preference, label: &'static str) -> impl IntoView {
    let page = expect_context::<Page>();
    let change = move |event: web_sys::Event| {
        page.send(AppEvent::Prefer(of, event_target_checked(&event)));
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || page.prefers(of) on:change=change/>
            {label}
        </label>
    }
}

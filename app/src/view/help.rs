//! The help: a view of the one list of actions.

use client::{AppEvent, Part as Closable, Preference};
use editor::{
    Action,
    action::{ACTIONS, OTHER_KEYS, Part},
};
use leptos::prelude::*;
use shared::text::{self, Phrase, Text};
use wasm_split_helpers::wasm_split;

use super::{
    dialog::Dialog,
    language_choice::LanguageChoice,
    lazy::Fetched,
    page::Page,
    text::{say, t},
};

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
            let rows = listed.map(|listed| (listed.label, listed.keys()));
            view! { <Keys title=part.label() rows=rows.collect()/> }
        })
        .collect_view();
    let others = OTHER_KEYS
        .iter()
        .map(|(keys, what)| (*what, Phrase::from(*keys)));
    view! {
        <Dialog title=text::HELP_TITLE on_close=move || page.send(AppEvent::Closed(Closable::Dialog))>
            <p>{t(text::HELP_START)}</p>
            <h3>{t(text::HELP_PREFERENCES)}</h3>
            <LanguageChoice/>
            <button class="button" on:click=move |_| page.send(AppEvent::Act(Action::Theme))>
                {move || say(if page.prefers(Preference::Dark) { text::HELP_LIGHT } else { text::HELP_DARK })}
            </button>
            <Check of=Preference::Snaps label=text::HELP_SNAP/>
            <Check of=Preference::WheelZooms label=text::HELP_WHEEL/>
            <Check of=Preference::SingleKeys label=text::HELP_SINGLE_KEYS/>
            <Check of=Preference::Quiet label=text::HELP_QUIET/>
            <h3>{t(text::HELP_KEYS)}</h3>
            <table class="help-table">
                {parts}
                <Keys title=text::HELP_OTHER_KEYS rows=others.collect()/>
            </table>
        </Dialog>
    }
}

/// What can be done, with the keys that do it.
#[component]
fn Keys(title: Text, rows: Vec<(Text, Phrase)>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(what, keys)| view! { <tr><td>{t(what)}</td><td class="keys">{t(keys)}</td></tr> })
        .collect_view();
    view! {
        <tbody>
            <tr><th colspan="2" scope="rowgroup">{t(title)}</th></tr>
            {rows}
        </tbody>
    }
}

/// A preference that this device remembers.
#[component]
fn Check(of: Preference, label: Text) -> impl IntoView {
    let page = expect_context::<Page>();
    let change = move |event: web_sys::Event| {
        page.send(AppEvent::Prefer(of, event_target_checked(&event)));
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || page.prefers(of) on:change=change/>
            {t(label)}
        </label>
    }
}

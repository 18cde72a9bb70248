//! What happened lately, for a report: shown where the address has `?debug`.

use leptos::prelude::*;
use shared::text;
use wasm_split_helpers::wasm_split;

use super::{
    lazy::Fetched,
    page::Page,
    text::{say, t},
};
use crate::platform::browser::{self, Interval};

/// How often the log is read, milliseconds.
const EVERY_MS: i32 = 500;

/// The log; it comes with the help.
#[wasm_split(help, fallible)]
pub(crate) fn part() -> Fetched<()> {
    Ok(|()| view! { <DebugPanel/> }.into_any())
}

/// The log, with a button that copies it.
#[component]
fn DebugPanel() -> impl IntoView {
    let page = expect_context::<Page>();
    let log = move || {
        let shell = page.shell.try_get_value().flatten();
        shell.map(|shell| shell.log()).unwrap_or_default()
    };
    let lines = RwSignal::new(String::new());
    let copied = RwSignal::new(false);
    let reading = Interval::new(EVERY_MS, move || drop(lines.try_set(log())));
    let reading = StoredValue::new_local(Some(reading));
    on_cleanup(move || drop(reading.try_update_value(Option::take)));
    let copy = move |_| {
        browser::copy_text(&log());
        copied.set(true);
    };
    view! {
        <aside class="debug" aria-label=t(text::LOG_TITLE)>
            <div class="dialog-head">
                <h2>{t(text::LOG_TITLE)}</h2>
                <button class="button" on:click=copy>
                    {move || say(if copied.get() { text::SHARE_COPIED } else { text::SHARE_COPY })}
                </button>
            </div>
            <pre data-testid="log">{move || lines.get()}</pre>
        </aside>
    }
}

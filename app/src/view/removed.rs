//! What somebody sees who was removed while working: what happened, and their unsaved changes.

use leptos::prelude::*;
use shared::text;
use wasm_split_helpers::wasm_split;

use super::{
    lazy::Fetched,
    page::Page,
    place::Place,
    text::{say, t},
};
use crate::platform::browser;

/// The page in place of the canvas.
#[wasm_split(removed, fallible)]
pub(crate) fn part() -> Fetched<()> {
    Ok(|()| view! { <RemovedPage/> }.into_any())
}

#[component]
fn RemovedPage() -> impl IntoView {
    let page = expect_context::<Page>();
    let place = expect_context::<Place>();
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move || drop(heading.get().map(|heading| heading.focus())));
    let unstored = page.unstored();
    // No key reaches the board below.
    let on_key = move |event: web_sys::KeyboardEvent| event.stop_propagation();
    view! {
        <div class="dialog-back">
            <div class="dialog" role="alertdialog" aria-modal="true" aria-label=t(text::REMOVED_HEADING) on:keydown=on_key>
                <h2 node_ref=heading tabindex="-1">{t(text::REMOVED_HEADING)}</h2>
                <p>{t(text::REMOVED_ABOUT)}</p>
                {unstored.map(|file| {
                    let save = move |_| browser::save_file(&format!("{}.json", say(text::REMOVED_FILE_NAME)), &file);
                    view! {
                        <p>{t(text::REMOVED_UNSAVED)}</p>
                        <p><button class="button primary" on:click=save>{t(text::REMOVED_FILE)}</button></p>
                    }
                })}
                <p><button class="button" on:click=move |_| place.go(client::Route::Start)>{t(text::JOIN_TO_START)}</button></p>
            </div>
        </div>
    }
}

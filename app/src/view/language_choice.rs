//! The choice of the language: for the start page, the join page and the help.

use leptos::prelude::*;
use shared::text::{self, LANGUAGES};

use super::text::{choose, chosen, t};

/// A labelled list of languages, each by its own name.
#[component]
pub(crate) fn LanguageChoice() -> impl IntoView {
    let option = |(code, name): &(&'static str, &'static str)| {
        let code = *code;
        view! { <option value=code lang=code prop:selected=move || chosen() == code>{*name}</option> }
    };
    view! {
        <label class="language-choice">
            <span>{t(text::LANGUAGE_CHOICE)}</span>
            <select on:change=move |event| choose(&event_target_value(&event))>
                {LANGUAGES.iter().map(option).collect_view()}
            </select>
        </label>
    }
}

//! The start page: name a workshop, get its links; and the workshops of this device.

use client::{Route, forms, known::Known, words};
use futures_util::FutureExt;
use leptos::{prelude::*, task::spawn_local};
use shared::{
    canvas,
    protocol::{api::CreatedWorkshop, limits},
    text::{self, Phrase},
};
use wasm_split_helpers::wasm_split;

use super::{
    created,
    icon::{Icon, Mark},
    language_choice::LanguageChoice,
    lazy::{self, Fetched},
    place::Place,
    text::{chosen, say, t},
};
use crate::platform::{browser, device, http};

/// Where a workshop is created.
#[wasm_split(start, fallible)]
pub(crate) fn part() -> Fetched<()> {
    Ok(|()| view! { <StartPage/> }.into_any())
}

#[component]
fn StartPage() -> impl IntoView {
    let made = RwSignal::new(None::<CreatedWorkshop>);
    browser::set_title("Plaza");
    view! {
        <main class="page">
            <header class="brand">
                <Mark size=40/>
                <h1>"Plaza"</h1>
            </header>
            {move || match made.get() {
                None => view! { <NewWorkshop created=made/><Mine/> }.into_any(),
                Some(workshop) => lazy::section(text::SHARE_HEADING, created::part, workshop).into_any(),
            }}
            <p class="muted small">{t(text::START_WARNING)}</p>
            <footer class="page-foot"><LanguageChoice/></footer>
        </main>
    }
}

#[component]
fn NewWorkshop(created: RwSignal<Option<CreatedWorkshop>>) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let prompts = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(Phrase::default());
    // Prompts are in the reader's language unless another is chosen.
    let language = move || {
        let chosen = chosen();
        prompts
            .get()
            .unwrap_or_else(|| canvas::offered(&chosen).to_owned())
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Err(why) = title.with_untracked(|title| forms::check_title(title)) {
            error.set(words::refused(&why));
            return;
        }
        busy.set(true);
        error.set(Phrase::default());
        spawn_local(async move {
            let (title, language) = (title.get_untracked(), untrack(language));
            match http::create_workshop(title.clone(), language).await {
                Ok(workshop) => {
                    let id = workshop.workshop.as_str();
                    device::set_links(id, &workshop.links);
                    device::remember_workshop(id, title.trim());
                    created.set(Some(workshop));
                }
                Err(message) => error.set(message),
            }
            busy.set(false);
        });
    };
    let option = move |(code, name): &(&'static str, &'static str)| {
        let code = *code;
        view! { <option value=code lang=code selected=move || language() == code>{*name}</option> }
    };
    view! {
        <section class="card">
            <h2>{t(text::START_HEADING)}</h2>
            <p class="muted">{t(text::START_ABOUT)}</p>
            <form on:submit=submit>
                <label for="title">{t(text::START_TITLE)}</label>
                <input
                    id="title"
                    autocomplete="off"
                    maxlength=limits::TITLE_CHARS_MAX.to_string()
                    placeholder=t(text::START_EXAMPLE)
                    aria-describedby="start-error"
                    on:input=|_| spawn_local(created::preload().map(drop))
                    bind:value=title
                />
                <label for="prompts">{t(text::START_PROMPTS)}</label>
                <select id="prompts" class="field" on:change=move |event| prompts.set(Some(event_target_value(&event)))>
                    {canvas::LANGUAGES.iter().map(option).collect_view()}
                </select>
                <p id="start-error" class="error" role="alert">{move || say(error.get())}</p>
                <button class="button primary" disabled=move || busy.get()>{t(text::START_CREATE)}</button>
            </form>
        </section>
    }
}

/// The workshops that were created or joined in this browser.
#[component]
fn Mine() -> impl IntoView {
    let place = expect_context::<Place>();
    let mine = RwSignal::new(device::workshops());
    let removed = RwSignal::new(None::<Vec<Known>>);
    // What had the focus goes; what takes it is there once the list is painted anew.
    let focus_on = |selector| browser::after_ms(0, move || browser::focus(selector));
    let remove = move |id: &str| {
        let before = mine.get_untracked();
        let after: Vec<Known> = before.iter().filter(|it| it.id != id).cloned().collect();
        device::set_workshops(&after);
        mine.set(after);
        removed.set(Some(before));
        focus_on(".undo");
    };
    let undo = move |_| {
        if let Some(before) = removed.get_untracked() {
            device::set_workshops(&before);
            mine.set(before);
            removed.set(None);
            focus_on("#mine");
        }
    };
    let row = move |known: Known| {
        let Known { id, title } = known;
        let key = device::links(&id).and_then(|links| {
            let (_, key) = links.facilitator.split_once('#')?;
            Some(key.to_owned())
        });
        // Who has joined goes on as who they are; who only created it, by the link.
        let me = device::person(&id);
        let fragment = key.filter(|_| me.is_none()).unwrap_or_default();
        let route = Route::parse(&format!("/w/{id}"), &fragment);
        let href = match fragment.as_str() {
            "" => route.path(),
            fragment => format!("{}#{fragment}", route.path()),
        };
        let has_links = device::links(&id).is_some();
        let who = match me {
            Some(me) => text::start_as(me.name, client::members::role_name(me.role)),
            None if has_links => text::START_CREATED.into(),
            None => Phrase::default(),
        };
        let label = text::start_remove(title.as_str());
        view! {
            <li class="mine">
                <a href=href on:click=move |event| {
                    event.prevent_default();
                    place.go(route.clone());
                }>{title.clone()}</a>
                <span class="muted small">{t(who)}</span>
                <button class="icon-button" aria-label=t(label) on:click=move |_| remove(&id)><Icon name="close"/></button>
            </li>
        }
    };
    move || {
        (mine.with(|mine| !mine.is_empty()) || removed.with(Option::is_some)).then(|| {
            view! {
                <section class="card">
                    <h2 id="mine" tabindex="-1">{t(text::START_MINE)}</h2>
                    <p class="muted small">{t(text::START_MINE_ABOUT)}</p>
                    <ul class="plain-list" role="list">{mine.get().into_iter().map(row).collect_view()}</ul>
                    {removed.with(Option::is_some).then(|| view! {
                        <p role="status">
                            {t(text::START_REMOVED)} " "
                            <button class="link-button undo" on:click=undo>{t(text::START_UNDO)}</button>
                        </p>
                    })}
                </section>
            }
        })
    }
}

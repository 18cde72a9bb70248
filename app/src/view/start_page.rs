//! The start page: name a workshop, get its links.

use client::{Route, forms, words};
use leptos::prelude::*;
use shared::{
    protocol::{api::CreatedWorkshop, limits},
    text::Phrase,
};

use super::{icon::Mark, links::Links, place::Place, text::say};
use crate::platform::{browser, device, http};

/// Where a workshop is created.
#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let title = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(Phrase::default());
    let created = RwSignal::new(None::<CreatedWorkshop>);
    browser::set_title("Plaza");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Err(why) = title.with_untracked(|title| forms::check_title(title)) {
            error.set(words::refused(&why));
            return;
        }
        busy.set(true);
        error.set(Phrase::default());
        leptos::task::spawn_local(async move {
            match http::create_workshop(title.get_untracked()).await {
                Ok(workshop) => {
                    device::set_links(workshop.workshop.as_str(), &workshop.links);
                    created.set(Some(workshop));
                }
                Err(message) => error.set(message),
            }
            busy.set(false);
        });
    };
    view! {
        <main class="page">
            <header class="brand">
                <Mark size=40/>
                <h1>"Plaza"</h1>
            </header>
            {move || match created.get() {
                None => view! {
                    <section class="card">
                        <h2>"Start a workshop"</h2>
                        <p class="muted">
                            "A whiteboard on which a city's departments write together and talk through the ethics of their data, live. No accounts: people join by a link."
                        </p>
                        <form on:submit=submit>
                            <label for="title">"Workshop title"</label>
                            <input
                                id="title"
                                autocomplete="off"
                                maxlength=limits::TITLE_CHARS_MAX.to_string()
                                placeholder="For example: Parking data, first round"
                                aria-describedby="start-error"
                                bind:value=title
                            />
                            <p id="start-error" class="error" role="alert">{move || say(error.get())}</p>
                            <button class="button primary" disabled=move || busy.get()>"Create workshop"</button>
                        </form>
                    </section>
                }
                .into_any(),
                Some(workshop) => view! { <Created workshop/> }.into_any(),
            }}
            <p class="muted small">
                "Plaza describes data, it does not hold it: never paste personal records onto a board."
            </p>
        </main>
    }
}

/// The links, shown this once by the server and kept on this device.
#[component]
fn Created(workshop: CreatedWorkshop) -> impl IntoView {
    let place = expect_context::<Place>();
    let route = Route::Join {
        workshop: workshop.workshop.to_string(),
        key: workshop.keys.facilitator.clone(),
    };
    let href = workshop.links.facilitator.clone();
    let open = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        place.go(route.clone());
    };
    view! {
        <section class="card">
            <h2>"Your workshop is ready"</h2>
            <p class="muted">
                "Keep these links: they are the keys to the workshop. They stay on this device, and nobody else can look them up."
            </p>
            <Links links=workshop.links/>
            <p><a class="button primary" href=href on:click=open>"Open the workshop"</a></p>
        </section>
    }
}

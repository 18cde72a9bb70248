//! The join page: name and organisation, then straight to the canvas.

use client::{forms, words};
use futures_util::FutureExt;
use leptos::prelude::*;
use shared::{
    protocol::{api::Join, control::Role, limits},
    text::Phrase,
};

use super::{canvas_page, icon::Mark, place::Place, text::say};
use crate::platform::{
    browser,
    device::{self, Identity},
    http,
};

/// Where one joins.
#[component]
pub(crate) fn JoinPage(workshop: String, key: String) -> impl IntoView {
    let place = expect_context::<Place>();
    let known = device::identity();
    let name = RwSignal::new(known.name);
    let organisation = RwSignal::new(known.organisation);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(Phrase::default());
    browser::set_title("Join – Plaza");
    // The canvas comes while the name is typed. If it does not, its own page says so.
    let fetch_canvas = || leptos::task::spawn_local(canvas_page::preload().map(drop));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Err(why) = name.with_untracked(|name| forms::check_name(name)) {
            error.set(words::refused(&why));
            return;
        }
        busy.set(true);
        error.set(Phrase::default());
        fetch_canvas();
        let identity = Identity {
            name: name.get_untracked(),
            organisation: organisation.get_untracked(),
        };
        device::set_identity(&identity);
        let join = Join {
            workshop: workshop.clone(),
            key: key.clone(),
            name: identity.name,
            organisation: identity.organisation,
            ..Join::default()
        };
        leptos::task::spawn_local(async move {
            let key = join.key.clone();
            let first = http::join(join).await.and_then(|joined| {
                let workshop = joined.workshop.id.as_str();
                device::set_session(workshop, &joined.participant);
                remember_link(workshop, joined.participant.role, &key);
                forms::first_canvas(&joined)
            });
            match first {
                Ok(canvas) => place.replace(canvas),
                Err(why) => {
                    error.set(why);
                    busy.set(false);
                }
            }
        });
    };
    view! {
        <main class="page narrow">
            <header class="brand">
                <Mark size=40/>
                <h1>"Join the workshop"</h1>
            </header>
            <section class="card">
                <form on:submit=submit>
                    <label for="name">"Your name"</label>
                    <input
                        id="name"
                        autocomplete="name"
                        maxlength=limits::NAME_CHARS_MAX.to_string()
                        aria-describedby="join-error"
                        on:input=move |_| fetch_canvas()
                        bind:value=name
                    />
                    <label for="organisation">"Organisation or department"</label>
                    <input
                        id="organisation"
                        autocomplete="organization"
                        maxlength=limits::NAME_CHARS_MAX.to_string()
                        bind:value=organisation
                    />
                    <p id="join-error" class="error" role="alert">{move || say(error.get())}</p>
                    <button class="button primary" disabled=move || busy.get()>"Join"</button>
                </form>
            </section>
            <p class="muted small">
                "Others see your name on your notes and beside your pointer. This device remembers it; there is no account."
            </p>
        </main>
    }
}

/// A facilitator's own link is kept, so that it can be shared from the canvas.
fn remember_link(workshop: &str, role: Role, key: &str) {
    let has_links = device::links(workshop).is_some();
    let origin = browser::origin();
    if let Some(links) = forms::links_to_keep(&origin, workshop, role, key, has_links) {
        device::set_links(workshop, &links);
    }
}

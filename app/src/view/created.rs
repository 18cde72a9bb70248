//! What follows when a workshop has been created: its links, and the way in. Fetched while its title is typed.

use client::Route;
use leptos::prelude::*;
use shared::{protocol::api::CreatedWorkshop, text};
use wasm_split_helpers::wasm_split;

use super::{lazy::Fetched, links::Links, place::Place, text::t};

/// The section of the start page.
#[wasm_split(created, fallible, preload(preload))]
pub(crate) fn part() -> Fetched<CreatedWorkshop> {
    Ok(|workshop| view! { <Created workshop/> }.into_any())
}

/// The links, which this device keeps.
#[component]
fn Created(workshop: CreatedWorkshop) -> impl IntoView {
    let place = expect_context::<Place>();
    let (path, fragment) = (
        format!("/w/{}", workshop.workshop),
        format!("k={}", workshop.keys.facilitator),
    );
    let route = Route::parse(&path, &fragment);
    let href = format!("{path}#{fragment}");
    let open = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        place.go(route.clone());
    };
    view! {
        <section class="card">
            <h2>{t(text::START_READY)}</h2>
            <p><a class="button primary" href=href on:click=open>{t(text::START_OPEN)}</a></p>
            <p class="muted">{t(text::SHARE_KEEP)}</p>
            <Links links=workshop.links/>
        </section>
    }
}

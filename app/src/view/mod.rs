//! What one sees. Reads signals and sends events; knows neither the document nor the socket.

mod canvas_page;
mod canvases;
mod created;
mod debug;
mod dialog;
mod face;
mod find;
mod header;
mod header_state;
mod help;
mod icon;
mod join_page;
mod language_choice;
mod lazy;
mod link_dialog;
mod links;
mod listed;
mod menu;
mod message;
mod minimap;
mod offer;
mod outline;
mod page;
mod palette;
mod panels;
mod people;
mod people_state;
mod person;
mod place;
mod properties;
mod removed;
mod renew;
mod share_dialog;
mod stage;
mod stage_state;
mod start_page;
mod tabs;
mod text;
mod toolbar;

use client::Route;
use leptos::prelude::*;
use shared::text as table;

use crate::platform::browser::{self, Listener};
use place::Place;

/// The whole client.
#[component]
pub(crate) fn App() -> impl IntoView {
    text::begin();
    let place = Place::here();
    provide_context(place);
    let back = ["popstate", "hashchange"].map(|name| {
        Listener::new(&browser::window(), name, move |_: web_sys::Event| {
            place.follow()
        })
    });
    // For as long as the page lives.
    std::mem::forget(back);
    move || {
        match place.route() {
        Route::Start => lazy::page(shared::text::START_PAGE, start_page::part, ()).into_any(),
        route @ Route::Join { .. } => {
            lazy::page(shared::text::JOIN_PAGE, join_page::part, route).into_any()
        }
        Route::Canvas { workshop, canvas } => lazy::page(table::CANVAS_THIS, canvas_page::part, (workshop, canvas)).into_any(),
        Route::Unknown => view! {
            <main class="page"><h1>"Plaza"</h1><p>{text::t(table::PAGE_NOT_FOUND)}</p><p><a href="/">{text::t(table::PAGE_TO_START)}</a></p></main>
        }
        .into_any(),
    }
    }
}

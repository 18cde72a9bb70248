//! What one sees. Reads signals and sends events; knows neither the document nor the socket.

mod canvas_page;
mod dialog;
mod find;
mod header;
mod help;
mod icon;
mod join_page;
mod link_dialog;
mod links;
mod menu;
mod message;
mod minimap;
mod offer;
mod outline;
mod page;
mod palette;
mod people;
mod properties;
mod stage;
mod start_page;
mod toolbar;

use leptos::prelude::*;

use crate::{
    platform::browser::{self, Listener},
    route::Route,
};

/// Where one is, for everything below.
#[derive(Clone, Copy)]
pub(crate) struct Place(RwSignal<Route>);

impl Place {
    /// Goes somewhere.
    pub(crate) fn go(self, route: Route) {
        browser::set_address(&route.path(), true);
        self.0.set(route);
    }

    /// Goes somewhere in place of here.
    pub(crate) fn replace(self, route: Route) {
        browser::set_address(&route.path(), false);
        self.0.set(route);
    }
}

fn here() -> Route {
    let (path, fragment) = browser::address();
    Route::parse(&path, &fragment)
}

/// The whole client.
#[component]
pub(crate) fn App() -> impl IntoView {
    let place = Place(RwSignal::new(here()));
    provide_context(place);
    let back = ["popstate", "hashchange"].map(|name| {
        Listener::new(&browser::window(), name, move |_: web_sys::Event| {
            place.0.set(here())
        })
    });
    // For as long as the page lives.
    std::mem::forget(back);
    move || {
        match place.0.get() {
        Route::Start => start_page::StartPage().into_any(),
        Route::Join { workshop, key } => view! { <join_page::JoinPage workshop key/> }.into_any(),
        Route::Canvas { workshop, canvas } => view! { <canvas_page::CanvasPage workshop canvas/> }.into_any(),
        Route::Unknown => view! {
            <main class="page"><h1>"Plaza"</h1><p>"There is no such page."</p><p><a href="/">"To the start"</a></p></main>
        }
        .into_any(),
    }
    }
}

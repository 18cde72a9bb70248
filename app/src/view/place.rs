//! Where one is, and how to go somewhere else.

use client::Route;
use leptos::prelude::*;

use crate::platform::browser;

/// Where one is, for everything below.
#[derive(Clone, Copy)]
pub(crate) struct Place(RwSignal<Route>);

impl Place {
    /// Where the address says.
    pub(crate) fn here() -> Self {
        Self(RwSignal::new(route()))
    }

    /// Where one is.
    pub(crate) fn route(self) -> Route {
        self.0.get()
    }

    /// Whether one is in this workshop, on whichever canvas.
    pub(crate) fn is_in(self, id: &str) -> bool {
        self.0.with_untracked(|route| route.is_canvas_of(id))
    }

    /// Goes somewhere.
    pub(crate) fn go(self, route: Route) {
        browser::set_address(&route.address(is_debugging()), true);
        self.0.set(route);
    }

    /// Goes somewhere in place of here.
    pub(crate) fn replace(self, route: Route) {
        browser::set_address(&route.address(is_debugging()), false);
        self.0.set(route);
    }

    /// The address has changed: goes there.
    pub(crate) fn follow(self) {
        self.0.set(route());
    }
}

/// Whether the address asks for the log.
pub(crate) fn is_debugging() -> bool {
    let (_, query, _) = browser::address();
    Route::asks_to_debug(&query)
}

fn route() -> Route {
    let (path, _, fragment) = browser::address();
    Route::parse(&path, &fragment)
}

//! Where one is, and how to go somewhere else.

use client::Route;
use leptos::prelude::*;

use crate::platform::browser;

/// Where one is, for everything below.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    route: RwSignal<Route>,
    /// Where one goes back to once one has come in again.
    back: RwSignal<Option<Route>>,
}

impl Place {
    /// Where the address says.
    pub(crate) fn here() -> Self {
        Self {
            route: RwSignal::new(route()),
            back: RwSignal::new(None),
        }
    }

    /// Where one is.
    pub(crate) fn route(self) -> Route {
        self.route.get()
    }

    /// Whether one is in this workshop, on whichever canvas.
    pub(crate) fn is_in(self, id: &str) -> bool {
        self.route.with_untracked(|route| route.is_canvas_of(id))
    }

    /// Goes somewhere.
    pub(crate) fn go(self, route: Route) {
        self.back.set(None);
        browser::set_address(&route.address(is_debugging()), true);
        self.route.set(route);
    }

    /// Goes somewhere in place of here.
    pub(crate) fn replace(self, route: Route) {
        browser::set_address(&route.address(is_debugging()), false);
        self.route.set(route);
    }

    /// The session has ended: one comes in again by the join page, and then goes back.
    pub(crate) fn come_in_again(self) {
        let here = self.route.get_untracked();
        let join = Route::join(&here.workshop());
        self.back.set(Some(here));
        self.replace(join);
    }

    /// Whether one goes back to where one was in a workshop.
    pub(crate) fn is_to_return(self, workshop: &str) -> bool {
        let is_there = |back: &Route| back.workshop() == workshop;
        self.back
            .with_untracked(|back| back.as_ref().is_some_and(is_there))
    }

    /// One has come in: goes back to where one was, otherwise to a canvas.
    pub(crate) fn arrive(self, canvas: Route) {
        let back = self.back.try_update(Option::take).flatten();
        let back = back.filter(|back| back.workshop() == canvas.workshop());
        self.replace(back.unwrap_or(canvas));
    }

    /// The address has changed: goes there.
    pub(crate) fn follow(self) {
        self.route.set(route());
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

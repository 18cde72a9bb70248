//! The list of people who are here now.

use client::{Dirty, Present, say::initials};
use leptos::prelude::*;
use shared::draw::tokens;

use super::{icon::Icon, page::put};
use crate::shell::Seen;

/// So many faces are shown in the header.
const FACES_MAX: usize = 4;

/// Who is here.
#[derive(Clone, Copy)]
pub(crate) struct PeopleState {
    /// Everybody, me first.
    present: RwSignal<Vec<Present>>,
    /// The list is open.
    pub(crate) open: RwSignal<bool>,
}

impl PeopleState {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self {
            present: RwSignal::new(Vec::new()),
            open: RwSignal::new(false),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PEOPLE) {
            put(self.present, seen.workshop.present());
        }
    }
}

/// Who is here: up to four in a row, and how many.
#[component]
pub(crate) fn PeopleButton() -> impl IntoView {
    let state = expect_context::<PeopleState>();
    let faces = move || {
        state.present.with(|people| {
            people
                .iter()
                .take(FACES_MAX)
                .map(|person| {
                    let color = tokens::person(person.color).css();
                    view! { <span class="face" style:background-color=color aria-hidden="true">{initials(&person.name)}</span> }
                })
                .collect_view()
        })
    };
    view! {
        <button
            class="bar-button people-button"
            aria-expanded=move || state.open.get().to_string()
            on:click=move |_| state.open.update(|open| *open = !*open)
        >
            <span class="faces">{faces}</span>
            <span class="visually-hidden">"People "</span>
            <span>{move || state.present.with(Vec::len)}</span>
        </button>
    }
}

/// Who is here.
#[component]
pub(crate) fn PeopleList() -> impl IntoView {
    let state = expect_context::<PeopleState>();
    let rows = move || {
        state.present.with(|people| {
            people
                .iter()
                .map(|person| {
                    let color = tokens::person(person.color).css();
                    view! {
                        <li class="person">
                            <span class="face" style:background-color=color aria-hidden="true">{initials(&person.name)}</span>
                            <span class="person-name">
                                <span>{person.shown_name()}</span>
                                <span class="muted small">{person.organisation.clone()}</span>
                            </span>
                            <span class="muted small">{person.doing}</span>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <aside class="panel" aria-label="People here now">
            <div class="dialog-head">
                <h2>"People"</h2>
                <button class="icon-button" aria-label="Close the list of people" on:click=move |_| state.open.set(false)>
                    <Icon name="close"/>
                </button>
            </div>
            <ul class="people" role="list" aria-label="People">{rows}</ul>
        </aside>
    }
}

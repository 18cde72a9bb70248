//! The people of the workshop: the button in the header, and the panel.

use client::{AppEvent, Dirty, Member, header};
use leptos::prelude::*;
use shared::text;
use wasm_split_helpers::wasm_split;

use super::{
    face::face,
    icon::Icon,
    lazy::Fetched,
    page::{Page, put},
    person::{Leave, Person},
    text::t,
};
use crate::{platform::http::Caller, shell::Seen};

/// So many faces are shown in the header.
const FACES_MAX: usize = 4;

/// The people of the workshop.
#[derive(Clone, Copy)]
pub(crate) struct PeopleState {
    /// Everybody, me first.
    members: RwSignal<Vec<Member>>,
    /// The panel is open.
    pub(crate) open: RwSignal<bool>,
}

impl PeopleState {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self {
            members: RwSignal::new(Vec::new()),
            open: RwSignal::new(false),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PEOPLE) || seen.dirty.has(Dirty::WORKSHOP) {
            put(self.members, seen.workshop.members());
        }
    }

    /// Those who are connected.
    fn here(self) -> usize {
        let is_here = |member: &&Member| member.is_here;
        self.members
            .with(|members| members.iter().filter(is_here).count())
    }
}

/// Who is here: up to four in a row, and how many.
#[component]
pub(crate) fn PeopleButton() -> impl IntoView {
    let state = expect_context::<PeopleState>();
    let faces = move || {
        state.members.with(|members| {
            let here = members.iter().filter(|member| member.is_here);
            here.take(FACES_MAX).map(face).collect_view()
        })
    };
    let label = move || super::text::say(text::people_count(state.here()));
    view! {
        <button
            class="bar-button people-button"
            aria-expanded=move || state.open.get().to_string()
            aria-label=label
            title=t(text::PEOPLE_HEADING)
            on:click=move |_| state.open.update(|open| *open = !*open)
        >
            <span class="faces" aria-hidden="true">{faces}</span>
            <span aria-hidden="true">{move || state.here()}</span>
        </button>
    }
}

/// The panel.
#[wasm_split(people, fallible)]
pub(crate) fn part() -> Fetched<Caller> {
    Ok(|caller| view! { <PeoplePanel caller/> }.into_any())
}

#[component]
fn PeoplePanel(caller: Caller) -> impl IntoView {
    let state = expect_context::<PeopleState>();
    let page = expect_context::<Page>();
    let caller = StoredValue::new(caller);
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move || drop(heading.get().map(|heading| heading.focus())));
    let close = move || {
        state.open.set(false);
        page.focus_stage();
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let key = |member: &Member| format!("{member:?}");
    let is_alone = move || state.members.with(|members| members.len() == 1);
    view! {
        <aside class="panel people-panel" aria-label=t(text::PEOPLE_NAME) on:keydown=on_key>
            <div class="dialog-head">
                <h2 node_ref=heading tabindex="-1">{t(text::PEOPLE_HEADING)}</h2>
                <button class="icon-button" aria-label=t(text::PEOPLE_CLOSE) on:click=move |_| close()>
                    <Icon name="close"/>
                </button>
            </div>
            <ul class="people" role="list">
                <For each=move || state.members.get() key children=move |member| view! { <Person member caller/> }/>
            </ul>
            {move || is_alone().then(|| view! { <p class="muted">{t(text::PEOPLE_EMPTY)}</p> })}
            <div class="panel-foot">
                {move || header::can_share(page.own_role()).then(|| {
                    let begin = move |_| {
                        page.send(AppEvent::Try(true));
                        close();
                    };
                    view! { <button class="button" on:click=begin>{t(text::PEOPLE_TRY)}</button> }
                })}
                <Leave caller/>
            </div>
        </aside>
    }
}

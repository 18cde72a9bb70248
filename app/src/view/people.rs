//! The people of the workshop: the button in the header, and the panel.

use client::{AppEvent, Member};
use leptos::prelude::*;
use shared::{authority, text};
use wasm_split_helpers::wasm_split;

use super::{
    face::face,
    icon::Icon,
    lazy::Fetched,
    page::Page,
    people_state::PeopleState,
    person::{Leave, Person},
    text::t,
};
use crate::platform::{browser, focus, http::Caller};

/// So many faces are shown in the header.
const FACES_MAX: usize = 4;

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
    let root = NodeRef::<leptos::html::Aside>::new();
    let kept = StoredValue::new_local(None);
    Effect::new(move || {
        if let (Some(root), Some(heading)) = (root.get(), heading.get()) {
            kept.set_value(focus::keep_in(&root, heading.into()));
        }
    });
    let close = move || {
        state.open.set(false);
        browser::focus(".people-button");
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let key = |member: &Member| member.person.id.clone();
    let is_alone = move || state.members.with(|members| members.len() == 1);
    view! {
        <aside class="panel people-panel" node_ref=root aria-label=t(text::PEOPLE_NAME) on:keydown=on_key>
            <div class="dialog-head">
                <h2 node_ref=heading tabindex="-1">{t(text::PEOPLE_HEADING)}</h2>
                <button class="icon-button" aria-label=t(text::PEOPLE_CLOSE) on:click=move |_| close()>
                    <Icon name="close"/>
                </button>
            </div>
            <ul class="people" role="list">
                <For each=move || state.members.get() key children=move |member: Member| view! { <Person id=member.person.id caller/> }/>
            </ul>
            {move || is_alone().then(|| view! { <p class="muted">{t(text::PEOPLE_EMPTY)}</p> })}
            <div class="panel-foot">
                {move || authority::may_facilitate(page.own_role()).then(|| {
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

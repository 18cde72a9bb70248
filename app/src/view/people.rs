//! The list of people who are here now.

use leptos::prelude::*;
use shared::draw::tokens;

use super::{header::initials, icon::Icon, page::Page};

/// Who is here.
#[component]
pub(crate) fn PeopleList() -> impl IntoView {
    let page = expect_context::<Page>();
    let rows = move || {
        page.ui.people.with(|people| {
            people
                .iter()
                .map(|person| {
                    let color = tokens::person(person.color).css();
                    let name = if person.is_me { format!("{} (you)", person.name) } else { person.name.clone() };
                    view! {
                        <li class="person">
                            <span class="face" style:background-color=color aria-hidden="true">{initials(&person.name)}</span>
                            <span class="person-name">
                                <span>{name}</span>
                                <span class="muted small">{person.department.clone()}</span>
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
                <button class="icon-button" aria-label="Close the list of people" on:click=move |_| page.people_open.set(false)>
                    <Icon name="close"/>
                </button>
            </div>
            <ul class="people" role="list" aria-label="People">{rows}</ul>
        </aside>
    }
}

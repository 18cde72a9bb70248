//! The strip above the board: where one is, whether all is saved, who is here.

use editor::Action;
use leptos::prelude::*;
use shared::{
    draw::tokens,
    protocol::{CloseCode, api::WorkshopInfo, control::Role},
    sync::Status,
};

use super::{
    Place,
    icon::{Icon, Mark},
    page::Page,
};
use crate::{route::Route, shell::AppEvent};

/// The strip above the board.
#[component]
pub(crate) fn Header(info: WorkshopInfo, current: String, can_share: bool) -> impl IntoView {
    let place = expect_context::<Place>();
    let page = expect_context::<Page>();
    let workshop = info.id.to_string();
    let tabs = info
        .canvases
        .iter()
        .map(|canvas| {
            let route = Route::Canvas { workshop: workshop.clone(), canvas: canvas.id.to_string() };
            let is_here = canvas.id.as_str() == current;
            let href = route.path();
            let go = move |event: web_sys::MouseEvent| {
                event.prevent_default();
                place.go(route.clone());
            };
            view! {
                <a href=href class="tab" aria-current=is_here.then_some("page") on:click=go>{canvas.title.clone()}</a>
            }
        })
        .collect_view();
    let is_facilitator = move || page.ui.me.with(|me| me.role == Role::Facilitator);
    view! {
        <header class="bar">
            <span class="bar-mark"><Mark size=28/></span>
            <h1 class="bar-title">{info.title}</h1>
            <nav class="tabs" aria-label="Canvases">{tabs}</nav>
            <span class="bar-space"></span>
            {move || page.ui.read_only().then(|| view! { <span class="badge">"You are watching"</span> })}
            <SavedState/>
            <PeopleButton/>
            {move || {
                (can_share && is_facilitator()).then(|| view! {
                    <button class="bar-button" aria-label="Share" on:click=move |_| page.share_open.set(true)>
                        <Icon name="share"/>
                        <span class="wide" aria-hidden="true">"Share"</span>
                    </button>
                })
            }}
            <button class="bar-button" aria-label="Outline" title="Outline (O)" aria-pressed=move || page.ui.outline.get().to_string() on:click=move |_| page.send(AppEvent::Act(Action::Outline))>
                <Icon name="list"/>
            </button>
            <button class="bar-button" aria-label="Find on the canvas" title="Find on the canvas (Ctrl F)" on:click=move |_| page.send(AppEvent::Act(Action::Find))>
                <Icon name="search"/>
            </button>
            <button class="bar-button theme-button" aria-label="Dark or light" title="Dark or light" aria-pressed=move || page.ui.dark.get().to_string() on:click=move |_| page.send(AppEvent::Act(Action::Theme))>
                <Icon name="moon"/>
            </button>
            <button class="bar-button" aria-label="Help" title="Help (?)" on:click=move |_| page.send(AppEvent::Act(Action::Help))>
                <Icon name="help"/>
            </button>
        </header>
    }
}

/// The three states, in words, all the time.
#[component]
fn SavedState() -> impl IntoView {
    let page = expect_context::<Page>();
    let keeps = page.ui.device_keeps;
    let text = move || words(&page.ui.status.get(), keeps.get());
    let (icon, class) = (
        move || match page.ui.status.get() {
            Status::Saved => "check",
            Status::Saving(..) => "wait",
            Status::Offline(_) | Status::Closed(..) => "away",
        },
        move || match page.ui.status.get() {
            Status::Saved => "saved-state ok",
            Status::Saving(_, None) => "saved-state",
            Status::Saving(_, Some(_)) => "saved-state trouble",
            Status::Offline(_) | Status::Closed(..) => "saved-state away",
        },
    );
    let is_offline = move || matches!(page.ui.status.get(), Status::Offline(_));
    view! {
        <span class=class>
            {move || view! { <Icon name=icon()/> }}
            <span role="status" data-testid="saved-state">{text}</span>
            {move || is_offline().then(|| view! {
                <button class="link-button" on:click=move |_| page.send(AppEvent::Wake)>"Reconnect now"</button>
            })}
        </span>
    }
}

fn changes(n: u32) -> String {
    if n == 1 {
        "1 change".into()
    } else {
        format!("{n} changes")
    }
}

/// What a status says.
fn words(status: &Status, device_keeps: bool) -> String {
    match status {
        Status::Saved => "All changes saved".into(),
        Status::Saving(n, None) => format!("Saving {}", changes(*n)),
        Status::Saving(0, Some(_)) => "The server cannot save at the moment".into(),
        Status::Saving(n, Some(_)) => {
            format!(
                "The server cannot save at the moment: {} kept on this device",
                changes(*n)
            )
        }
        Status::Offline(n) if device_keeps => {
            format!("Offline: {} kept on this device", changes(*n))
        }
        Status::Offline(n) => format!("Offline: {} not saved. Keep this page open", changes(*n)),
        Status::Closed(code, n) => {
            let why = match *code {
                4403 => CloseCode::Forbidden.reason(),
                4404 => CloseCode::NotFound.reason(),
                4413 => CloseCode::TooLarge.reason(),
                4422 => CloseCode::Refused.reason(),
                _ => CloseCode::Unauthenticated.reason(),
            };
            if *n == 0 {
                why.into()
            } else {
                format!("{why} {} kept on this device", changes(*n))
            }
        }
    }
}

/// Who is here: up to four in a row, and how many.
#[component]
fn PeopleButton() -> impl IntoView {
    let page = expect_context::<Page>();
    let faces = move || {
        page.ui.people.with(|people| {
            people
                .iter()
                .take(4)
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
            aria-expanded=move || page.people_open.get().to_string()
            on:click=move |_| page.people_open.update(|open| *open = !*open)
        >
            <span class="faces">{faces}</span>
            <span class="visually-hidden">"People "</span>
            <span>{move || page.ui.people.with(Vec::len)}</span>
        </button>
    }
}

/// The first letters of a name's first and last word.
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

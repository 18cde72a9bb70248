//! The strip above the board: where one is, whether all is saved, who is here.

use client::{
    AppEvent, Dirty, Preference, Route,
    header::{self, Remedy},
    say::status,
};
use editor::{Action, action};
use leptos::prelude::*;
use shared::{board::workshop::CanvasEntry, sync::Status};

use super::{
    icon::{Icon, Mark},
    outline::OutlineState,
    page::{Page, put},
    people::PeopleButton,
    place::Place,
    text::{say, t},
    toolbar::titled,
};
use crate::{platform::browser, shell::Seen};

/// What the strip shows.
#[derive(Clone, Copy)]
pub(crate) struct HeaderState {
    /// The workshop's title.
    title: RwSignal<String>,
    /// Its canvases, in order.
    canvases: RwSignal<Vec<CanvasEntry>>,
    /// The worst of what all links say.
    status: RwSignal<Status>,
    /// Whether this device keeps what is written.
    device_keeps: RwSignal<bool>,
    /// The dialog with the links is open.
    pub(crate) share_open: RwSignal<bool>,
}

impl HeaderState {
    /// Before anything is known.
    pub(crate) fn new() -> Self {
        Self {
            title: RwSignal::new(String::new()),
            canvases: RwSignal::new(Vec::new()),
            status: RwSignal::new(Status::Offline(0)),
            device_keeps: RwSignal::new(true),
            share_open: RwSignal::new(false),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::WORKSHOP) {
            let view = seen.workshop.view();
            put(self.title, view.facts.title.clone());
            put(self.canvases, view.canvases.clone());
        }
        if seen.dirty.has(Dirty::STATUS) {
            put(self.status, seen.workshop.status());
            put(self.device_keeps, seen.workshop.device_keeps());
        }
    }
}

/// The strip above the board.
#[component]
pub(crate) fn Header(workshop: String, current: String, has_links: bool) -> impl IntoView {
    let place = expect_context::<Place>();
    let page = expect_context::<Page>();
    let state = expect_context::<HeaderState>();
    let outline = expect_context::<OutlineState>();
    let tab = move |canvas: CanvasEntry| {
        let is_here = canvas.id.as_str() == current;
        let route = Route::Canvas {
            workshop: workshop.clone(),
            canvas: canvas.id.to_string(),
        };
        let href = route.path();
        let go = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            place.go(route.clone());
        };
        view! {
            <a href=href class="tab" aria-current=is_here.then_some("page") on:click=go>{canvas.title}</a>
        }
    };
    let is_watching = move || {
        state
            .status
            .with(|status| header::is_watching(page.rights(), status))
    };
    view! {
        <header class="bar">
            <span class="bar-mark"><Mark size=28/></span>
            <h1 class="bar-title">{move || state.title.get()}</h1>
            <nav class="tabs" aria-label="Canvases">
                <For each=move || state.canvases.get() key=|canvas| (canvas.id.clone(), canvas.title.clone()) children=tab/>
            </nav>
            <span class="bar-space"></span>
            {move || is_watching().then(|| view! { <span class="badge">"You are watching"</span> })}
            <SavedState/>
            <PeopleButton/>
            {move || {
                header::can_share(page.role(), has_links).then(|| view! {
                    <button class="bar-button" aria-label="Share" on:click=move |_| state.share_open.set(true)>
                        <Icon name="share"/>
                        <span class="wide" aria-hidden="true">"Share"</span>
                    </button>
                })
            }}
            <BarAction action=Action::Outline icon="list" pressed=Signal::derive(move || outline.is_open())/>
            <BarAction action=Action::Find icon="search"/>
            <BarAction action=Action::Theme icon="moon" pressed=Signal::derive(move || page.prefers(Preference::Dark)) class="bar-button theme-button"/>
            <BarAction action=Action::Help icon="help"/>
        </header>
    }
}

/// A button of the strip that does an action of the list.
#[component]
fn BarAction(
    action: Action,
    icon: &'static str,
    #[prop(optional, into)] pressed: Option<Signal<bool>>,
    #[prop(default = "bar-button")] class: &'static str,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let label = action::listed(action).label;
    view! {
        <button
            class=class
            aria-label=t(label)
            title=t(titled(action, label))
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            on:click=move |_| page.send(AppEvent::Act(action))
        >
            <Icon name=icon/>
        </button>
    }
}

/// The three states, in words, all the time.
#[component]
fn SavedState() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<HeaderState>();
    let text = move || say(status(&state.status.get(), state.device_keeps.get()));
    let look = Memo::new(move |_| state.status.with(header::look));
    let class = move || format!("saved-state {}", look.get().class);
    let remedy = move || {
        Some(match look.get().remedy? {
            Remedy::Reconnect => view! {
                <button class="link-button" on:click=move |_| page.send(AppEvent::Wake)>"Reconnect now"</button>
            }
            .into_any(),
            Remedy::Reload => view! {
                <button class="link-button" on:click=move |_| browser::reload()>"Reload"</button>
            }
            .into_any(),
        })
    };
    view! {
        <span class=class>
            {move || view! { <Icon name=look.get().icon/> }}
            <span role="status" data-testid="saved-state">{text}</span>
            {remedy}
        </span>
    }
}

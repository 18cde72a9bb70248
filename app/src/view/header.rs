//! The strip above the board: where one is, whether all is saved, who is here.

use client::{
    AppEvent, Preference,
    header::{self, Remedy},
    say::status,
};
use editor::{Action, action};
use leptos::prelude::*;
use shared::{authority, text};

use super::{
    header_state::HeaderState,
    icon::{Icon, Mark},
    outline::OutlineState,
    page::Page,
    people::PeopleButton,
    tabs::Tabs,
    text::{say, t},
    toolbar::titled,
};
use crate::platform::{browser, device};

/// The strip above the board.
#[component]
pub(crate) fn Header(workshop: String, current: String) -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<HeaderState>();
    let outline = expect_context::<OutlineState>();
    let shown = StoredValue::new(current.clone());
    let inside = workshop.clone();
    Effect::new(move || {
        // The start page lists the workshop by the title that it has now.
        let title = state.facts.with(|facts| facts.title.clone());
        if !title.is_empty() {
            device::remember_workshop(&inside, &title);
        }
    });
    let here = move || {
        state.canvases.with(|canvases| {
            let mut canvases = canvases.iter();
            let here =
                canvases.find(|canvas| shown.with_value(|shown| *shown == canvas.id.as_str()));
            here.map(|canvas| canvas.title.clone())
        })
    };
    let is_watching = move || {
        state
            .status
            .with(|status| header::is_watching(page.rights(), status))
    };
    view! {
        <header class="bar">
            <span class="bar-mark"><Mark size=28/></span>
            <h1 class="bar-title" translate="no" dir="auto" title=move || state.facts.get().title>{move || state.facts.get().title}</h1>
            <Tabs workshop current/>
            <button class="bar-button" aria-label=t(text::CANVASES_MANAGE) title=t(text::CANVASES_MANAGE) on:click=move |_| state.canvases_open.set(true)>
                <Icon name="canvases"/>
                <span class="canvas-here" aria-hidden="true" translate="no">{here}</span>
                <span class="canvas-count" aria-hidden="true">{move || state.canvases.with(Vec::len)}</span>
            </button>
            <span class="bar-space"></span>
            {move || page.is_trial().then(|| view! {
                <span class="trial" role="status">
                    <span>{t(text::PEOPLE_TRYING)}</span>
                    <button class="link-button" on:click=move |_| page.send(AppEvent::Try(false))>{t(text::PEOPLE_TRY_END)}</button>
                </span>
            })}
            {move || is_watching().then(|| view! { <span class="badge">{t(text::HEADER_WATCHING)}</span> })}
            <SavedState/>
            <PeopleButton/>
            {move || {
                authority::may_facilitate(page.role()).then(|| view! {
                    <button class="bar-button" aria-label=t(text::HEADER_SHARE) title=t(text::HEADER_SHARE) on:click=move |_| state.share_open.set(true)>
                        <Icon name="share"/>
                        <span class="wide" aria-hidden="true">{t(text::HEADER_SHARE)}</span>
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
                <button class="link-button" on:click=move |_| page.send(AppEvent::Wake)>{t(text::STATUS_RECONNECT)}</button>
            }
            .into_any(),
            Remedy::Reload => view! {
                <button class="link-button" on:click=move |_| browser::reload()>{t(text::STATUS_RELOAD)}</button>
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

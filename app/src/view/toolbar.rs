//! Tools and zoom: views of the one list of actions.

use client::{
    AppEvent, Preference,
    tools::{self, Offered},
};
use editor::{Action, action};
use leptos::prelude::*;
use shared::text::{self, Phrase, Text};

use super::{
    icon::Icon,
    page::{Page, put},
    text::{say, t},
};
use crate::shell::Seen;

/// What toolbar and zoom bar show.
#[derive(Clone, Copy)]
pub(crate) struct ToolbarState {
    /// Screen pixels for one board unit.
    zoom: RwSignal<f64>,
    /// Whether there is something to take back, and something to do again.
    can_undo_redo: RwSignal<(bool, bool)>,
}

impl ToolbarState {
    /// Before anything is known.
    pub(crate) fn new() -> Self {
        Self {
            zoom: RwSignal::new(1.0),
            can_undo_redo: RwSignal::new((false, false)),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if let Some(shown) = &seen.shown {
            put(self.zoom, shown.zoom);
            put(self.can_undo_redo, shown.can_undo_redo);
        }
    }
}

/// An action's name, or another that is shorter, with its first key.
pub(crate) fn titled(action: Action, name: Text) -> Phrase {
    match action::listed(action).shortcuts.first() {
        Some(shortcut) => text::tool_with_key(shortcut.shown(), name),
        None => name.into(),
    }
}

/// A button that does an action.
#[component]
pub(crate) fn ActionButton(
    action: Action,
    icon: &'static str,
    /// Its name, where that of the action is too long.
    #[prop(optional)]
    name: Option<Text>,
    #[prop(optional, into)] pressed: Option<Signal<bool>>,
    #[prop(optional, into)] disabled: Option<Signal<bool>>,
    /// A press with the mouse leaves the focus in the text that is being written.
    #[prop(optional)]
    keeps_focus: bool,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let listed = action::listed(action);
    let name = name.unwrap_or(listed.label);
    let title = titled(action, name);
    view! {
        <button
            class="tool"
            aria-label=t(name)
            title=t(title)
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            disabled=move || disabled.is_some_and(|disabled| disabled.get())
            on:mousedown=move |event| if keeps_focus { event.prevent_default() }
            on:click=move |_| page.send(AppEvent::Act(action))
        >
            <Icon name=icon/>
        </button>
    }
}

/// The tools, at the bottom of the board.
#[component]
pub(crate) fn Toolbar() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<ToolbarState>();
    let tools = move || {
        tools::offered(page.rights())
            .into_iter()
            .map(|Offered { action, icon, name }| {
                let pressed = Signal::derive(move || action.lit(&page.standing()));
                view! { <ActionButton action name icon pressed=pressed/> }
            })
            .collect_view()
    };
    view! {
        <div class="toolbar" role="toolbar" aria-label=t(text::PART_TOOLS)>
            {tools}
            {move || page.allows(Action::Undo).then(|| view! {
                <ActionButton action=Action::Picture icon="image"/>
                <span class="tool-rule"></span>
                <ActionButton
                    action=Action::Undo
                    icon="undo"
                    disabled=Signal::derive(move || !state.can_undo_redo.get().0)
                />
                <ActionButton
                    action=Action::Redo
                    icon="redo"
                    disabled=Signal::derive(move || !state.can_undo_redo.get().1)
                />
            })}
        </div>
    }
}

/// Zoom, at the corner of the board.
#[component]
pub(crate) fn ZoomBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<ToolbarState>();
    let minimap = Signal::derive(move || page.prefers(Preference::Minimap));
    view! {
        <div class="zoombar" role="group" aria-label=t(text::PART_VIEW)>
            <ActionButton action=Action::Minimap icon="map" pressed=minimap/>
            <ActionButton action=Action::ZoomOut icon="minus"/>
            <button class="zoom-value" title=t(text::ACTION_ZOOM_RESET) on:click=move |_| page.send(AppEvent::Act(Action::ZoomReset))>
                {move || say(text::say_zoom((state.zoom.get() * 100.0).round() as u32))}
            </button>
            <ActionButton action=Action::ZoomIn icon="plus"/>
            <ActionButton action=Action::BackToGroup icon="people"/>
            <ActionButton action=Action::FitCanvas icon="fit"/>
        </div>
    }
}

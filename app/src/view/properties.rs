//! The properties bar: the styles of what is selected, or of what comes next, and the
//! few actions one reaches for most.

use client::{
    AppEvent, Preference,
    bar::{self, Chooser},
};
use editor::Action;
use leptos::{html, prelude::*};
use shared::{geometry::Point, object::stamp, props::Style, text};

use super::{
    icon::Icon,
    page::{Page, put},
    text::t,
    toolbar::ActionButton,
};
use crate::{
    platform::browser,
    shell::{CONTROLS, Seen},
};

/// How far above its button the menu begins.
const MENU_ABOVE_PX: f64 = 48.0;

/// What the bar shows; `None` where it is not shown.
#[derive(Clone, Copy)]
pub(crate) struct BarState(RwSignal<Option<client::Bar>>);

impl BarState {
    /// Before anything is selected.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if let Some(shown) = &seen.shown {
            put(self.0, shown.bar.clone());
        }
    }

    /// What is read of the bar; the default while it is not shown.
    fn read<T: Default>(self, read: impl FnOnce(&client::Bar) -> T) -> T {
        self.0
            .with(|bar| bar.as_ref().map(read).unwrap_or_default())
    }

    /// The same, told only when it changes.
    fn part<T>(self, read: fn(&client::Bar) -> T) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.read(read))
    }
}

/// The bar near the selection, or above the tools while one is in hand.
#[component]
pub(crate) fn PropertiesBar() -> impl IntoView {
    let state = expect_context::<BarState>();
    let is_shown = state.part(|_| true);
    move || is_shown.get().then(|| view! { <Bar/> })
}

#[component]
fn Bar() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<BarState>();
    let at = state.part(|bar| bar.at);
    // Who works in the bar by keyboard goes on at the board when it goes.
    on_cleanup(move || {
        if browser::has_focus(CONTROLS) {
            page.focus_stage();
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            page.focus_stage();
        }
    };
    // The style sheet keeps it within the edges, however wide it is.
    let middle = move || at.get().map(|(x, _)| format!("{x}px"));
    let top = move || at.get().map(|(_, y)| format!("{y}px"));
    let styles = move || {
        let keys = |bar: &client::Bar| bar.styles.iter().map(|(style, _)| *style).collect();
        state.read::<Vec<_>>(keys)
    };
    let has_styles = state.part(|bar| bar.has_styles);
    let has_formats = state.part(|bar| bar.has_formats);
    let has_actions = state.part(|bar| bar.has_actions);
    let can_delete = state.part(|bar| bar.can_delete);
    view! {
        <div
            class="properties"
            class:at-tools=move || at.get().is_none()
            style=("--middle", middle)
            style:top=top
            role="toolbar"
            aria-label=t(text::ACTION_PROPERTIES)
            on:keydown=on_key
        >
            {move || has_styles.get().then(|| view! {
                <For each=styles key=|style| style.key let(style)>
                    <StyleChoice style/>
                </For>
            })}
            {move || has_formats.get().then(|| view! { <Formats/> })}
            {move || has_actions.get().then(|| view! {
                {move || can_delete.get().then(|| view! {
                    <ActionButton action=Action::Delete icon="trash"/>
                })}
                <MoreButton/>
            })}
        </div>
    }
}

/// Marks for the text of what is selected, or for the words that are selected in it.
#[component]
fn Formats() -> impl IntoView {
    let state = expect_context::<BarState>();
    let has_link = state.part(|bar| bar.has_link);
    view! {
        <div class="formats" role="group" aria-label=t(text::BAR_TEXT)>
            <ActionButton action=Action::Bold icon="bold" keeps_focus=true/>
            <ActionButton action=Action::Italic icon="italic" keeps_focus=true/>
            <ActionButton action=Action::List icon="list" keeps_focus=true/>
            <ActionButton action=Action::Link icon="share" keeps_focus=true/>
            {move || has_link.get().then(|| view! {
                <ActionButton action=Action::OpenLink icon="open" keeps_focus=true/>
            })}
        </div>
    }
}

/// A stamp's picture.
#[component]
fn Picture(name: &'static str) -> impl IntoView {
    let shape = move || view! { <path d=stamp::Emoji::from_name(name).picture().to_svg()/> };
    view! {
        <svg class="icon picture" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shape}</svg>
    }
}

#[component]
fn MoreButton() -> impl IntoView {
    let page = expect_context::<Page>();
    let button = NodeRef::<html::Button>::new();
    let open = move |_| {
        if let Some(button) = button.get_untracked() {
            let at = button.get_bounding_client_rect();
            let at = Point::new(at.left(), at.top() - MENU_ABOVE_PX);
            page.send(AppEvent::Menu(at));
        }
    };
    view! {
        <button class="tool" node_ref=button aria-label=t(text::MENU_MORE) aria-haspopup="menu" title=t(text::MENU_MORE) on:click=open>
            <Icon name="more"/>
        </button>
    }
}

/// One style: papers and stamps side by side, the rest as a list to choose from. It stays
/// when another choice is made, and so does the focus in it.
#[component]
fn StyleChoice(style: &'static Style) -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<BarState>();
    let key = style.key;
    let choice = Memo::new(move |_| {
        state.read(|bar| {
            let own = bar.styles.iter().find(|(style, _)| style.key == key);
            own.and_then(|(_, choice)| *choice)
        })
    });
    let pick = move |choice: &'static str| page.send(AppEvent::Style(key, choice));
    let chooser = bar::chooser(style);
    let is_color = chooser == Chooser::Papers;
    if chooser != Chooser::List {
        let buttons = style
            .choices
            .iter()
            .map(|(name, label)| {
                let is_chosen = move || choice.get() == Some(*name);
                let background = move || {
                    is_color.then(|| bar::paper(name, page.prefers(Preference::Dark)).css())
                };
                view! {
                    <button
                        class="paper"
                        aria-label=t(*label)
                        title=t(*label)
                        aria-pressed=move || is_chosen().to_string()
                        style:background-color=background
                        on:click=move |_| pick(name)
                    >
                        {(!is_color).then(|| view! { <Picture name/> })}
                        {move || (is_color && is_chosen()).then(|| view! { <Icon name="check"/> })}
                    </button>
                }
            })
            .collect_view();
        return view! { <div class="papers" role="group" aria-label=t(style.label)>{buttons}</div> }
            .into_any();
    }
    let options = style
        .choices
        .iter()
        .map(|(name, label)| {
            let is_chosen = move || choice.get() == Some(*name);
            view! { <option value=*name prop:selected=is_chosen>{t(*label)}</option> }
        })
        .collect_view();
    let change = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        if let Some((name, _)) = style.choices.iter().find(|(name, _)| *name == value) {
            pick(name);
        }
    };
    view! {
        <label class="choice">
            <span class="choice-label">{t(style.label)}</span>
            <select on:change=change>
                {move || choice.get().is_none().then(|| view! { <option value="" prop:selected=true>{t(text::STYLE_MIXED)}</option> })}
                {options}
            </select>
        </label>
    }
    .into_any()
}

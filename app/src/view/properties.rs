//! The properties bar: the styles of what is selected, or of what comes next, and the
//! few actions one reaches for most.

use client::{AppEvent, Preference, place};
use editor::{Action, Tool};
use leptos::{html, prelude::*};
use shared::{
    draw::{NoteColor, style, tokens},
    geometry::Point,
    object::stamp,
    props::Style,
};

use super::{
    icon::Icon,
    page::{Page, put},
    toolbar::ActionButton,
};
use crate::{
    platform::browser,
    shell::{CONTROLS, Seen},
};

/// How far above its button the menu begins.
const MENU_ABOVE_PX: f64 = 48.0;

/// The present choice of each style.
type Choices = Vec<(&'static Style, Option<&'static str>)>;

/// What the bar shows.
#[derive(Clone, Copy)]
pub(crate) struct BarState {
    /// Where it stands, in screen pixels; `None` while it would be in the way.
    at: RwSignal<Option<(i32, i32)>>,
    /// The styles to choose from.
    styles: RwSignal<Choices>,
    /// All that is selected is locked.
    locked: RwSignal<bool>,
    /// Whether the selection has a text to be marked, and a link to be opened.
    text: RwSignal<(bool, bool)>,
}

impl BarState {
    /// Before anything is selected.
    pub(crate) fn new() -> Self {
        Self {
            at: RwSignal::new(None),
            styles: RwSignal::new(Vec::new()),
            locked: RwSignal::new(false),
            text: RwSignal::new((false, false)),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        let Some(shown) = &seen.shown else { return };
        put(self.at, shown.bar.as_ref().and_then(|bar| bar.at));
        if let Some(bar) = &shown.bar {
            put(self.locked, bar.is_locked);
            put(self.text, (bar.has_text, bar.has_link));
            put(self.styles, bar.styles.clone());
        }
    }
}

/// The bar near the selection, or above the tools while one is in hand.
#[component]
pub(crate) fn PropertiesBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<BarState>();
    let is_shown = Memo::new(move |_| {
        let is_at_selection = page.selected() > 0 && state.at.get().is_some();
        !page.read_only() && (is_tool(page) || is_at_selection)
    });
    move || is_shown.get().then(|| view! { <Bar/> })
}

fn is_tool(page: Page) -> bool {
    matches!(page.tool(), Tool::Place(_) | Tool::Connect | Tool::Draw)
}

#[component]
fn Bar() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<BarState>();
    let at = move || state.at.get().filter(|_| !is_tool(page));
    // Never beyond the edges: it is as wide as its styles are many.
    let bar = NodeRef::<html::Div>::new();
    let half = RwSignal::new(0);
    Effect::new(move || {
        state.styles.track();
        state.locked.track();
        state.text.track();
        let _ = page.is_writing();
        if let Some(bar) = bar.get() {
            put(half, bar.offset_width() / 2);
        }
    });
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
    let left = move || {
        let (width, _) = browser::window_size();
        at().map(|(x, _)| format!("{}px", place::middle(x, half.get(), width)))
    };
    let top = move || at().map(|(_, y)| format!("{y}px"));
    let styles = move || {
        state
            .styles
            .with(|styles| styles.iter().map(|(style, _)| *style).collect::<Vec<_>>())
    };
    let is_open = Memo::new(move |_| !state.locked.get() && !page.is_writing());
    let has_selection = move || page.selected() > 0 && !is_tool(page);
    let has_text = Memo::new(move |_| has_selection() && state.text.get().0 && !state.locked.get());
    let has_actions = Memo::new(move |_| has_selection() && !page.is_writing());
    view! {
        <div
            class="properties"
            class:at-tools=move || is_tool(page)
            node_ref=bar
            style:left=left
            style:top=top
            role="toolbar"
            aria-label="Properties"
            on:keydown=on_key
        >
            {move || is_open.get().then(|| view! {
                <For each=styles key=|style| style.key let(style)>
                    <StyleChoice style/>
                </For>
            })}
            {move || has_text.get().then(|| view! { <Formats/> })}
            {move || has_actions.get().then(|| view! {
                {move || (!state.locked.get()).then(|| view! {
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
    view! {
        <div class="formats" role="group" aria-label="Text">
            <ActionButton action=Action::Bold icon="bold" keeps_focus=true/>
            <ActionButton action=Action::Italic icon="italic" keeps_focus=true/>
            <ActionButton action=Action::List icon="list" keeps_focus=true/>
            <ActionButton action=Action::Link icon="share" keeps_focus=true/>
            {move || state.text.get().1.then(|| view! {
                <ActionButton action=Action::OpenLink icon="open" keeps_focus=true/>
            })}
        </div>
    }
}

/// A stamp's picture.
#[component]
fn Picture(name: &'static str) -> impl IntoView {
    let shape = move || view! { <path d=stamp::Emoji::from_name(name).picture()/> };
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
        <button class="tool" node_ref=button aria-label="More actions" aria-haspopup="menu" title="More actions" on:click=open>
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
        state.styles.with(|styles| {
            let own = styles.iter().find(|(style, _)| style.key == key);
            own.and_then(|(_, choice)| *choice)
        })
    });
    let pick = move |choice: &'static str| page.send(AppEvent::Style(key, choice));
    let is_color = key == style::COLOR.key;
    if is_color || key == stamp::EMOJI.key {
        let buttons = style
            .choices
            .iter()
            .map(|(name, label)| {
                let is_chosen = move || choice.get() == Some(*name);
                let background = move || {
                    is_color.then(|| {
                        let color = tokens::paper(NoteColor::from_name(name));
                        if page.prefers(Preference::Dark) {
                            tokens::dark(color)
                        } else {
                            color
                        }
                        .css()
                    })
                };
                view! {
                    <button
                        class="paper"
                        aria-label=*label
                        title=*label
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
        return view! { <div class="papers" role="group" aria-label=style.label>{buttons}</div> }
            .into_any();
    }
    let options = style
        .choices
        .iter()
        .map(|(name, label)| {
            let is_chosen = move || choice.get() == Some(*name);
            view! { <option value=*name prop:selected=is_chosen>{*label}</option> }
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
            <span class="choice-label">{style.label}</span>
            <select on:change=change>
                {move || choice.get().is_none().then(|| view! { <option value="" prop:selected=true>"Mixed"</option> })}
                {options}
            </select>
        </label>
    }
    .into_any()
}

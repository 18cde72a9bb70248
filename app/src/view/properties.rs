//! The properties bar: the styles of what is selected, or of what comes next, and the
//! few actions one reaches for most.

use editor::{Action, Tool};
use leptos::{html, prelude::*};
use shared::{
    draw::{NoteColor, style, tokens},
    object::stamp,
    props::Style,
};

use super::{canvas_page::Page, icon::Icon, toolbar::ActionButton};
use crate::{platform::browser, shell::AppEvent, state::put};

/// Space between the bar and the edge of the window, in pixels.
const EDGE_PX: i32 = 8;

/// The bar near the selection, or above the tools while one is in hand.
#[component]
pub(crate) fn PropertiesBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let ui = page.ui;
    let is_tool = move || matches!(ui.tool.get(), Tool::Place(_) | Tool::Connect | Tool::Draw);
    let is_shown = move || {
        !ui.read_only() && (is_tool() || (ui.selected.get() > 0 && ui.bar_at.get().is_some()))
    };
    let at = move || ui.bar_at.get().filter(|_| !is_tool());
    // Never beyond the edges: it is as wide as its styles are many.
    let bar = NodeRef::<html::Div>::new();
    let half = RwSignal::new(0);
    Effect::new(move || {
        ui.styles.track();
        ui.locked.track();
        ui.text.track();
        ui.writing.track();
        if let Some(bar) = bar.get() {
            put(half, bar.offset_width() / 2);
        }
    });
    let left = move || {
        let edge = half.get() + EDGE_PX;
        let (width, _) = browser::window_size();
        at().map(|(x, _)| format!("{}px", x.min(width - edge).max(edge)))
    };
    let top = move || at().map(|(_, y)| format!("{y}px"));
    let styles = move || {
        ui.styles.with(|styles| {
            styles
                .iter()
                .map(|(style, choice)| view! { <StyleChoice style=*style choice=*choice/> })
                .collect_view()
        })
    };
    let has_selection = move || ui.selected.get() > 0 && !is_tool();
    view! {
        {move || is_shown().then(|| view! {
            <div
                class="properties"
                class:at-tools=is_tool
                node_ref=bar
                style:left=left
                style:top=top
                role="toolbar"
                aria-label="Properties"
            >
                {move || (!ui.locked.get() && ui.writing.get().is_none()).then_some(styles)}
                {move || (has_selection() && ui.text.get().0 && !ui.locked.get()).then(|| view! { <Formats/> })}
                {move || (has_selection() && ui.writing.get().is_none()).then(|| view! {
                    {move || (!ui.locked.get()).then(|| view! {
                        <ActionButton action=Action::Delete icon="trash"/>
                    })}
                    <MoreButton/>
                })}
            </div>
        })}
    }
}

/// Marks for the text of what is selected, or for the words that are selected in it.
#[component]
fn Formats() -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <div class="formats" role="group" aria-label="Text">
            <ActionButton action=Action::Bold icon="bold" keeps_focus=true/>
            <ActionButton action=Action::Italic icon="italic" keeps_focus=true/>
            <ActionButton action=Action::List icon="list" keeps_focus=true/>
            <ActionButton action=Action::Link icon="share" keeps_focus=true/>
            {move || page.ui.text.get().1.then(|| view! {
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
    let open = move |event: web_sys::MouseEvent| {
        page.ui
            .menu
            .set(Some((event.client_x(), event.client_y() - 60)));
    };
    view! {
        <button class="tool" aria-label="More actions" aria-haspopup="menu" title="More actions" on:click=open>
            <Icon name="more"/>
        </button>
    }
}

/// One style: papers and stamps side by side, the rest as a list to choose from.
#[component]
fn StyleChoice(style: &'static Style, choice: Option<&'static str>) -> impl IntoView {
    let page = expect_context::<Page>();
    let key = style.key;
    let pick = move |choice: &'static str| page.send(AppEvent::Style(key, choice));
    let is_color = key == style::COLOR.key;
    if is_color || key == stamp::EMOJI.key {
        let buttons = style
            .choices
            .iter()
            .map(|(name, label)| {
                let is_chosen = choice == Some(*name);
                let background = is_color.then(|| {
                    let color = tokens::paper(NoteColor::from_name(name));
                    if page.ui.dark.get() {
                        tokens::dark(color)
                    } else {
                        color
                    }
                    .css()
                });
                view! {
                    <button
                        class="paper"
                        aria-label=*label
                        title=*label
                        aria-pressed=is_chosen.to_string()
                        style:background-color=background
                        on:click=move |_| pick(name)
                    >
                        {(!is_color).then(|| view! { <Picture name/> })}
                        {(is_color && is_chosen).then(|| view! { <Icon name="check"/> })}
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
            view! { <option value=*name selected=choice == Some(*name)>{*label}</option> }
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
                {choice.is_none().then(|| view! { <option value="" selected=true>"Mixed"</option> })}
                {options}
            </select>
        </label>
    }
    .into_any()
}

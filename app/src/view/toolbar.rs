//! Tools, papers and zoom: views of the one list of actions.

use editor::{Action, Tool, action};
use leptos::prelude::*;
use shared::{object::NoteColor, scene::tokens};

use super::{canvas_page::Page, icon::Icon};
use crate::shell::AppEvent;

/// A button that does an action.
#[component]
fn ActionButton(
    action: Action,
    name: &'static str,
    icon: &'static str,
    #[prop(optional, into)] pressed: Option<Signal<bool>>,
    #[prop(optional, into)] disabled: Option<Signal<bool>>,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let key = action::listed(action)
        .shortcuts
        .first()
        .map_or("", |shortcut| shortcut.shown);
    view! {
        <button
            class="tool"
            aria-label=name
            title=format!("{name} ({key})")
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            disabled=move || disabled.is_some_and(|disabled| disabled.get())
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
    let ui = page.ui;
    let is = move |tool: Tool| Signal::derive(move || ui.tool.get() == tool);
    let writes = move || !ui.read_only();
    view! {
        <div class="toolbar" role="toolbar" aria-label="Tools">
            <ActionButton action=Action::SelectTool name="Select" icon="select" pressed=is(Tool::Select)/>
            {move || writes().then(|| view! {
                <ActionButton action=Action::NoteTool name="Note" icon="note" pressed=is(Tool::Note)/>
            })}
            <ActionButton action=Action::HandTool name="Hand" icon="hand" pressed=is(Tool::Hand)/>
            {move || writes().then(|| view! {
                <span class="tool-rule"></span>
                <Papers/>
                <span class="tool-rule"></span>
                <ActionButton
                    action=Action::Undo
                    name="Undo"
                    icon="undo"
                    disabled=Signal::derive(move || !ui.can_undo.get().0)
                />
                <ActionButton
                    action=Action::Redo
                    name="Redo"
                    icon="redo"
                    disabled=Signal::derive(move || !ui.can_undo.get().1)
                />
                <ActionButton
                    action=Action::Delete
                    name="Delete"
                    icon="trash"
                    disabled=Signal::derive(move || ui.selected.get() == 0)
                />
            })}
        </div>
    }
}

/// The papers: of what is selected, and of my next note.
#[component]
fn Papers() -> impl IntoView {
    let page = expect_context::<Page>();
    let papers = NoteColor::ALL
        .into_iter()
        .map(|color| {
            view! {
                <button
                    class="paper"
                    aria-label=color.label()
                    title=color.label()
                    aria-pressed=move || (page.ui.color.get() == color).to_string()
                    style:background-color=tokens::paper(color).css()
                    on:click=move |_| page.send(AppEvent::Recolor(color))
                >
                    {move || (page.ui.color.get() == color).then(|| view! { <Icon name="check"/> })}
                </button>
            }
        })
        .collect_view();
    view! { <div class="papers" role="group" aria-label="Paper">{papers}</div> }
}

/// Zoom, at the corner of the board.
#[component]
pub(crate) fn ZoomBar() -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <div class="zoombar" role="group" aria-label="Zoom">
            <ActionButton action=Action::ZoomOut name="Zoom out" icon="minus"/>
            <button class="zoom-value" title="Zoom to 100 %" on:click=move |_| page.send(AppEvent::Act(Action::ZoomReset))>
                {move || format!("{:.0} %", page.ui.zoom.get() * 100.0)}
            </button>
            <ActionButton action=Action::ZoomIn name="Zoom in" icon="plus"/>
            <ActionButton action=Action::FitCanvas name="Show the whole canvas" icon="fit"/>
        </div>
    }
}

//! The outline: the canvas as a list of sections, frames and what lies in them, with
//! texts that can be changed in place. The same document as the board.

use leptos::prelude::*;
use shared::canvas;

use super::{canvas_page::Page, icon::Icon};
use crate::{shell::AppEvent, state::Listed};

/// The outline, if it is open.
#[component]
pub(crate) fn Outline(kind: String) -> impl IntoView {
    let page = expect_context::<Page>();
    let template = canvas::template(&kind);
    let sections = move || {
        let listed = page.ui.reading.get();
        let mut parts: Vec<(Option<&'static str>, Vec<Listed>)> = template
            .sections
            .iter()
            .map(|section| (Some(section.title.as_str()), Vec::new()))
            .collect();
        parts.push((None, Vec::new()));
        for item in listed {
            let at = template
                .sections
                .iter()
                .position(|section| Some(&section.id) == item.section.as_ref())
                .unwrap_or(parts.len() - 1);
            parts[at].1.push(item);
        }
        parts
            .into_iter()
            .filter(|(title, items)| title.is_some() || !items.is_empty())
            .map(|(title, items)| view! { <Part title items/> })
            .collect_view()
    };
    view! {
        <aside class="outline" aria-label="Outline">
            <div class="dialog-head">
                <h2>"Outline"</h2>
                <button class="icon-button" aria-label="Close the outline" on:click=move |_| page.ui.outline.set(false)>
                    <Icon name="close"/>
                </button>
            </div>
            <div class="outline-list">{sections}</div>
        </aside>
    }
}

/// A section: its frames with what lies in them, then the rest.
#[component]
fn Part(title: Option<&'static str>, items: Vec<Listed>) -> impl IntoView {
    let heading = title.unwrap_or("On the board");
    let in_frame = |id: &shared::id::ObjectId| items.iter().any(|item| item.id == *id);
    let rows = items
        .iter()
        .filter(|item| item.frame.as_ref().is_none_or(|frame| !in_frame(frame)))
        .map(|item| {
            let inner: Vec<_> = items
                .iter()
                .filter(|other| other.frame.as_ref() == Some(&item.id))
                .cloned()
                .map(|item| view! { <Row item/> })
                .collect();
            view! {
                <Row item=item.clone()/>
                {(!inner.is_empty()).then(|| view! { <li class="outline-nested"><ul role="list">{inner}</ul></li> })}
            }
        })
        .collect_view();
    let n = items.len();
    view! {
        <section aria-label=heading>
            <h3 class="outline-heading"><span>{heading}</span><span class="muted small">{n}</span></h3>
            <ul role="list">{rows}</ul>
        </section>
    }
}

/// One object: its text in a field, a button that shows it on the board.
#[component]
fn Row(item: Listed) -> impl IntoView {
    let page = expect_context::<Page>();
    let Listed {
        id,
        text,
        kind,
        has_text,
        ends,
        ..
    } = item;
    let (shown, written) = (id.clone(), id);
    let relation = ends.map(|(from, to)| format!("{from} \u{2192} {to}"));
    let label = match &relation {
        Some(relation) => format!("{kind}, {relation}"),
        None => kind.clone(),
    };
    let can_write = has_text && !page.ui.read_only();
    let change = move |event: web_sys::Event| {
        page.send(AppEvent::Rewrite(
            written.clone(),
            event_target_value(&event),
        ));
    };
    let on_key = |event: web_sys::KeyboardEvent| event.stop_propagation();
    let field = if can_write {
        view! {
            <textarea
                class="outline-text"
                rows="1"
                dir="auto"
                aria-label=label.clone()
                placeholder=kind.clone()
                prop:value=text
                on:change=change
                on:keydown=on_key
            ></textarea>
        }
        .into_any()
    } else {
        view! { <span class="outline-text" dir="auto">{if text.is_empty() { kind.clone() } else { text }}</span> }.into_any()
    };
    view! {
        <li class="outline-row">
            {relation.map(|relation| view! { <span class="muted small">{relation}</span> })}
            <span class="outline-line">
                {field}
                <button
                    class="icon-button"
                    aria-label=format!("Show {label} on the board")
                    on:click=move |_| page.send(AppEvent::Choose(shown.clone()))
                >
                    <Icon name="target"/>
                </button>
            </span>
        </li>
    }
}

//! The outline: the canvas as a list of sections, frames and what lies in them, with
//! texts that can be changed in place. The same document as the board.

use std::{collections::BTreeMap, sync::Arc};

use client::{AppEvent, Dirty, LISTED_STEP, Listed, Part as Closable, outline};
use leptos::{html, prelude::*};
use shared::{
    canvas::{Section, Template},
    text::{self, Phrase},
};
use wasm_split_helpers::wasm_split;

use super::{
    icon::Icon,
    lazy::Fetched,
    listed::List,
    page::{Page, put},
    text::t,
};
use crate::{platform::pointer::key_mods, shell::Seen};

/// Whether the outline is open, and what is being written in it.
#[derive(Clone, Copy)]
pub(crate) struct OutlineState {
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What is being written, by section.
    drafts: RwSignal<BTreeMap<Option<String>, String>>,
}

impl OutlineState {
    /// Closed.
    pub(crate) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            drafts: RwSignal::new(BTreeMap::new()),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PANELS) {
            put(self.open, seen.workshop.tab().panels().outline());
        }
    }

    /// Whether it is open.
    pub(crate) fn is_open(self) -> bool {
        self.open.get()
    }
}

/// The outline of a canvas on its ground.
#[wasm_split(outline, fallible)]
pub(crate) fn part() -> Fetched<Arc<Template>> {
    Ok(|template| view! { <Outline template/> }.into_any())
}

/// The outline, if it is open.
#[component]
fn Outline(template: Arc<Template>) -> impl IntoView {
    let page = expect_context::<Page>();
    let list = expect_context::<List>();
    let left = Memo::new(move |_| list.count.get().saturating_sub(list.max.get()));
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move || drop(heading.get().map(|heading| heading.focus())));
    let close = move || {
        page.send(AppEvent::Closed(Closable::Outline));
        page.focus_stage();
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let sections = template.sections.iter().cloned().map(Some);
    let parts = sections
        .chain([None])
        .map(|section| view! { <Part section has_sections={!template.sections.is_empty()}/> })
        .collect_view();
    view! {
        <aside class="outline" aria-label=t(text::ACTION_OUTLINE) on:keydown=on_key>
            <div class="dialog-head">
                <h2 node_ref=heading tabindex="-1">{t(text::ACTION_OUTLINE)}</h2>
                <button class="icon-button" aria-label=t(text::OUTLINE_CLOSE) on:click=move |_| close()>
                    <Icon name="close"/>
                </button>
            </div>
            <div class="outline-list">
                {parts}
                {move || (left.get() > 0).then(|| view! {
                    <button class="button" on:click=move |_| page.send(AppEvent::ListMore)>
                        {t(text::outline_more(left.get().min(LISTED_STEP)))}
                    </button>
                })}
            </div>
        </aside>
    }
}

/// A section: its frames with what lies in them, then the rest. Rows are kept while what
/// they say stays the same, so that nobody loses the field in which they write.
#[component]
fn Part(section: Option<Section>, has_sections: bool) -> impl IntoView {
    let page = expect_context::<Page>();
    let list = expect_context::<List>();
    let (id, heading) = match section {
        Some(Section { id, title, .. }) => (Some(id), Phrase::from(title)),
        None => (None, text::OUTLINE_REST.into()),
    };
    let (here, shown) = (id.clone(), id.clone());
    let label = t(heading.clone());
    let inside = move |listed: &Vec<Listed>| outline::section(listed, here.as_deref());
    let items = Memo::new(move |_| list.items.with(&inside));
    let is_shown =
        move || items.with(|items| outline::is_shown(shown.as_deref(), has_sections, items));
    view! {
        <section aria-label=label hidden=move || !is_shown()>
            <h3 class="outline-heading">
                <span>{label}</span>
                <span class="muted small">{move || items.with(Vec::len)}</span>
            </h3>
            {page.rights().writes.then(|| view! { <Composer id heading/> })}
            <ul role="list">
                <For each=move || items.get() key=|row| row.clone() let((item, depth))>
                    <Row item depth/>
                </For>
            </ul>
        </section>
    }
}

/// A field in which a new note is written: Enter adds it, and the next can be written.
#[component]
fn Composer(
    /// The id of its section.
    id: Option<String>,
    /// What that is called.
    heading: Phrase,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let name = format!("write-in-{}", id.as_deref().unwrap_or("board"));
    let id = StoredValue::new(id);
    let drafts = expect_context::<OutlineState>().drafts;
    let add = move || {
        let id = id.get_value();
        let text = drafts.with_untracked(|drafts| drafts.get(&id).cloned());
        if let Some(text) = text.filter(|text| outline::can_add(text)) {
            drafts.update(|drafts| drop(drafts.remove(&id)));
            page.send(AppEvent::WriteIn(id, text));
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        if outline::adds(&event.key(), key_mods(&event), event.is_composing()) {
            event.prevent_default();
            add();
        }
    };
    view! {
        <span class="outline-line">
            <textarea
                class="outline-text"
                id=name
                rows="1"
                dir="auto"
                aria-label=t(text::outline_write(heading.clone()))
                placeholder=t(text::OUTLINE_ADD)
                prop:value=move || drafts.with(|drafts| drafts.get(&id.get_value()).cloned().unwrap_or_default())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    drafts.update(|drafts| drop(drafts.insert(id.get_value(), text)));
                }
                on:keydown=on_key
            ></textarea>
            <button class="icon-button" aria-label=t(text::outline_add_to(heading)) on:click=move |_| add()>
                <Icon name="plus"/>
            </button>
        </span>
    }
}

/// One object: its text in a field, a button that shows it on the board.
#[component]
fn Row(item: Listed, depth: usize) -> impl IntoView {
    let page = expect_context::<Page>();
    let (relation, label) = (item.relation(), item.label());
    let can_write = item.can_be_written(page.rights().writes);
    let (shown, written) = (item.id.clone(), item.id.clone());
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
                aria-label=t(label.clone())
                placeholder=t(item.kind)
                prop:value=item.text
                on:change=change
                on:keydown=on_key
            ></textarea>
        }
        .into_any()
    } else {
        view! { <span class="outline-text" dir="auto">{t(item.shown_text())}</span> }.into_any()
    };
    view! {
        <li class="outline-row" translate="no" class:outline-nested={depth > 0} class:outline-deeper={depth > 1}>
            {relation.map(|relation| view! { <span class="muted small">{t(relation)}</span> })}
            <span class="outline-line">
                {field}
                <button
                    class="icon-button"
                    aria-label=t(text::outline_show(label))
                    on:click=move |_| page.send(AppEvent::Choose(shown.clone()))
                >
                    <Icon name="target"/>
                </button>
            </span>
        </li>
    }
}

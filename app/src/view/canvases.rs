//! All canvases of the workshop, in a dialog: to open one, and for facilitators to add, rename,
//! move, duplicate, archive and bring back.

use client::Route;
use leptos::{prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    board::workshop::{CanvasEntry, Facts},
    canvas,
    protocol::{
        api::{CanvasChange, NewCanvas, NewCopy, Retitle},
        limits,
    },
    text::{self, Phrase, Text},
};
use wasm_split_helpers::wasm_split;

use super::{
    dialog::Dialog,
    header::HeaderState,
    icon::Icon,
    lazy::Fetched,
    page::Page,
    place::Place,
    text::{say, t},
};
use crate::platform::http::{Caller, Method};

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Desk {
    header: HeaderState,
    place: Place,
    page: Page,
    caller: StoredValue<Caller>,
    /// The canvas that is open.
    current: StoredValue<String>,
    /// What came of the last request.
    said: RwSignal<Phrase>,
}

/// The dialog: who asks, and which canvas is open.
#[wasm_split(canvases, fallible)]
pub(crate) fn part() -> Fetched<(Caller, String)> {
    Ok(|(caller, current)| {
        let header = expect_context::<HeaderState>();
        let desk = Desk {
            header,
            place: expect_context::<Place>(),
            page: expect_context::<Page>(),
            caller: StoredValue::new(caller),
            current: StoredValue::new(current),
            said: RwSignal::new(Phrase::default()),
        };
        view! {
            <Dialog title=text::CANVASES_NAME on_close=move || header.canvases_open.set(false)>
                <Canvases desk/>
            </Dialog>
        }
        .into_any()
    })
}

#[component]
fn Canvases(desk: Desk) -> impl IntoView {
    let key = |canvas: &CanvasEntry| format!("{canvas:?}");
    let archived = move || desk.header.archived.get();
    view! {
        {move || desk.may_manage().then(|| view! { <WorkshopTitle desk/> })}
        <ol class="plain-list canvases" role="list">
            <For each=move || desk.header.canvases.get() key children=move |canvas| view! { <Row desk canvas/> }/>
        </ol>
        <p role="status" class="said">{move || say(desk.said.get())}</p>
        {move || desk.may_manage().then(|| view! { <Add desk/> })}
        {move || (desk.may_manage() && !archived().is_empty()).then(|| view! {
            <section>
                <h3>{t(text::CANVASES_ARCHIVED)}</h3>
                <p class="muted small">{t(text::CANVASES_ARCHIVED_ABOUT)}</p>
                <ul class="plain-list canvases" role="list">
                    {archived().into_iter().map(|canvas| view! { <Archived desk canvas/> }).collect_view()}
                </ul>
            </section>
        })}
    }
}

/// One canvas that is not archived.
#[component]
fn Row(desk: Desk, canvas: CanvasEntry) -> impl IntoView {
    let is_renaming = RwSignal::new(false);
    let is_here = desk
        .current
        .with_value(|current| *current == canvas.id.as_str());
    let route = Route::Canvas {
        workshop: desk.caller.with_value(|caller| caller.workshop.clone()),
        canvas: canvas.id.to_string(),
    };
    let href = route.path();
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        desk.header.canvases_open.set(false);
        desk.place.go(route.clone());
    };
    let stored = StoredValue::new(canvas.clone());
    view! {
        <li class="canvas-row">
            <a class="canvas-name" href=href aria-current=is_here.then_some("page") translate="no" on:click=go>{canvas.title.clone()}</a>
            {is_here.then(|| view! { <span class="muted small">{t(text::CANVASES_HERE)}</span> })}
            {move || (desk.may_manage() && !is_renaming.get()).then(|| view! { <Tools desk canvas=stored.get_value() is_renaming/> })}
            {move || is_renaming.get().then(|| {
                let canvas = stored.get_value();
                let rename = move |title: String| {
                    let canvas = stored.get_value();
                    desk.change(&canvas, CanvasChange { title: Some(title), ..CanvasChange::default() });
                    is_renaming.set(false);
                };
                view! { <Title label=text::CANVASES_TITLE title=canvas.title rename cancel=move || is_renaming.set(false)/> }
            })}
        </li>
    }
}

/// What a facilitator does with a canvas.
#[component]
fn Tools(desk: Desk, canvas: CanvasEntry, is_renaming: RwSignal<bool>) -> impl IntoView {
    let title = canvas.title.clone();
    let places = desk.header.canvases.get_untracked();
    let at = places.iter().position(|place| place.id == canvas.id);
    let at = at.unwrap_or_default();
    let is_last = at + 1 == places.len();
    let stored = StoredValue::new(canvas);
    let move_to = move |place: usize| {
        let place = u32::try_from(place).ok();
        desk.change(
            &stored.get_value(),
            CanvasChange {
                place,
                ..CanvasChange::default()
            },
        );
    };
    let archive = move |_| {
        let archived = Some(true);
        desk.change(
            &stored.get_value(),
            CanvasChange {
                archived,
                ..CanvasChange::default()
            },
        );
    };
    let duplicate = move |_| {
        let canvas = stored.get_value();
        let title = say(text::canvases_copy_title(canvas.title.as_str()));
        desk.ask_canvas(Method::POST, &canvas, "/copies", NewCopy { title });
    };
    view! {
        <span class="canvas-tools">
            <button class="icon-button" disabled=at == 0 aria-label=t(text::canvases_up(title.as_str())) on:click=move |_| move_to(at.saturating_sub(1))><Icon name="up"/></button>
            <button class="icon-button" disabled=is_last aria-label=t(text::canvases_down(title.as_str())) on:click=move |_| move_to(at + 1)><Icon name="down"/></button>
            <button class="link-button" aria-label=t(text::canvases_rename_to(title.as_str())) on:click=move |_| is_renaming.set(true)>{t(text::CANVASES_RENAME)}</button>
            <button class="link-button" aria-label=t(text::canvases_duplicate_of(title.as_str())) on:click=duplicate>{t(text::CANVASES_DUPLICATE)}</button>
            <button class="link-button" aria-label=t(text::canvases_archive_of(title.as_str())) on:click=archive>{t(text::CANVASES_ARCHIVE)}</button>
        </span>
    }
}

/// One canvas that is archived.
#[component]
fn Archived(desk: Desk, canvas: CanvasEntry) -> impl IntoView {
    let label = text::canvases_restore_of(canvas.title.as_str());
    let title = canvas.title.clone();
    let restore = move |_| {
        let archived = Some(false);
        desk.change(
            &canvas,
            CanvasChange {
                archived,
                ..CanvasChange::default()
            },
        );
    };
    view! {
        <li class="canvas-row">
            <span class="canvas-name" translate="no">{title}</span>
            <button class="link-button" aria-label=t(label) on:click=restore>{t(text::CANVASES_RESTORE)}</button>
        </li>
    }
}

/// The title of the workshop, to be changed.
#[component]
fn WorkshopTitle(desk: Desk) -> impl IntoView {
    let facts = desk.header.facts;
    let rename = move |title: String| {
        let version = facts.get_untracked().version;
        desk.ask::<Facts>(Method::PATCH, "", Retitle { version, title });
    };
    move || view! { <Title label=text::CANVASES_WORKSHOP_TITLE title=facts.get().title rename/> }
}

/// A title in a field, to be changed.
#[component]
fn Title(
    label: Text,
    title: String,
    rename: impl Fn(String) + Copy + 'static,
    #[prop(optional, into)] cancel: Option<Callback<()>>,
) -> impl IntoView {
    let typed = RwSignal::new(title);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        rename(typed.get_untracked());
    };
    view! {
        <form class="title-form" on:submit=submit>
            <label>{t(label)}
                <input class="field" maxlength=limits::TITLE_CHARS_MAX.to_string() autocomplete="off" bind:value=typed/>
            </label>
            <button class="button">{t(text::CANVASES_SAVE)}</button>
            {cancel.map(|cancel| view! {
                <button type="button" class="button" on:click=move |_| cancel.run(())>{t(text::CANVASES_CANCEL)}</button>
            })}
        </form>
    }
}

/// A further canvas, from the list of kinds.
#[component]
fn Add(desk: Desk) -> impl IntoView {
    let kind = RwSignal::new(canvas::BLANK.to_owned());
    let title = RwSignal::new(String::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let new = NewCanvas {
            kind: kind.get_untracked(),
            title: title.get_untracked(),
        };
        title.set(String::new());
        desk.ask::<CanvasEntry>(Method::POST, "/canvases", new);
    };
    let option = |kind: &&'static str| view! { <option value=*kind>{t(kind_name(kind))}</option> };
    view! {
        <form class="title-form" on:submit=submit>
            <h3>{t(text::CANVASES_ADD)}</h3>
            <label>{t(text::CANVASES_KIND)}
                <select class="field" on:change=move |event| kind.set(event_target_value(&event))>
                    {canvas::KINDS.iter().map(option).collect_view()}
                </select>
            </label>
            <label>{t(text::CANVASES_TITLE)}
                <input class="field" maxlength=limits::TITLE_CHARS_MAX.to_string() autocomplete="off" bind:value=title/>
            </label>
            <button class="button primary">{t(text::CANVASES_ADD_BUTTON)}</button>
        </form>
    }
}

/// What a kind of canvas is called.
fn kind_name(kind: &str) -> Text {
    match kind {
        canvas::ETHICS_CANVAS => text::CANVASES_KIND_ETHICS,
        _ => text::CANVASES_KIND_BLANK,
    }
}

impl Desk {
    fn may_manage(self) -> bool {
        client::header::can_share(self.page.role())
    }

    /// Changes a canvas of the version that is shown.
    fn change(self, canvas: &CanvasEntry, change: CanvasChange) {
        let version = canvas.version;
        self.ask_canvas(
            Method::PATCH,
            canvas,
            "",
            CanvasChange { version, ..change },
        );
    }

    fn ask_canvas(
        self,
        method: Method,
        canvas: &CanvasEntry,
        rest: &'static str,
        body: impl Serialize + 'static,
    ) {
        let (caller, id) = (self.caller.get_value(), canvas.id.to_string());
        spawn_local(async move {
            let asked = caller.ask_canvas::<CanvasEntry>(method, &id, rest, &body);
            self.tell(asked.await);
        });
    }

    fn ask<T: DeserializeOwned + 'static>(
        self,
        method: Method,
        rest: &'static str,
        body: impl Serialize + 'static,
    ) {
        let caller = self.caller.get_value();
        spawn_local(async move { self.tell(caller.ask::<T>(method, rest, &body).await) });
    }

    fn tell<T>(self, asked: Result<T, Phrase>) {
        let said = asked.map_or_else(|why| why, |_| text::CANVASES_SAVED.into());
        // The dialog may have been closed meanwhile.
        let _ = self.said.try_set(said);
    }
}

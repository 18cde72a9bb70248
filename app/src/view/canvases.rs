//! All canvases of the workshop, in a dialog: to open one, and for facilitators to add, rename,
//! move, duplicate, archive and bring back.

use client::{Route, kinds};
use leptos::{prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    authority,
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
    header_state::HeaderState,
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
    let key = |canvas: &CanvasEntry| canvas.id.clone();
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

/// One canvas that is not archived. The row stays while its canvas is moved and renamed.
#[component]
fn Row(desk: Desk, canvas: CanvasEntry) -> impl IntoView {
    let is_renaming = RwSignal::new(false);
    let id = StoredValue::new(canvas.id.clone());
    let now = Memo::new(move |_| {
        desk.header.canvases.with(|canvases| {
            let mut canvases = canvases.iter();
            canvases
                .find(|now| id.with_value(|id| *id == now.id))
                .cloned()
        })
    });
    let shown = move || now.get().unwrap_or_default();
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
    let titled = Signal::derive(move || {
        let canvas = shown();
        (canvas.title, canvas.version)
    });
    let rename = move |title: String, version, ended: Ended| {
        let change = CanvasChange {
            version,
            title: Some(title),
            ..CanvasChange::default()
        };
        desk.change(&untrack(shown), change, move |is_done| {
            ended(is_done);
            let _ = is_renaming.try_update(|is_renaming| *is_renaming &= !is_done);
        });
    };
    view! {
        <li class="canvas-row">
            <span class="canvas-name">
                <a href=href aria-current=is_here.then_some("page") translate="no" dir="auto" on:click=go>{move || shown().title}</a>
                {is_here.then(|| view! { " " <span class="muted small">{t(text::CANVASES_HERE)}</span> })}
            </span>
            {move || (desk.may_manage() && !is_renaming.get()).then(|| view! { <Tools desk now is_renaming/> })}
            {move || is_renaming.get().then(|| view! {
                <Title label=text::CANVASES_TITLE now=titled rename cancel=move || is_renaming.set(false)/>
            })}
        </li>
    }
}

/// What a facilitator does with a canvas.
#[component]
fn Tools(desk: Desk, now: Memo<Option<CanvasEntry>>, is_renaming: RwSignal<bool>) -> impl IntoView {
    let canvas = move || now.get_untracked().unwrap_or_default();
    let title = move || now.get().unwrap_or_default().title;
    // How many come before it, and after it.
    let around = Memo::new(move |_| {
        let id = now.get().unwrap_or_default().id;
        desk.header.canvases.with(|canvases| {
            let mut places = canvases.iter();
            let at = places.position(|place| place.id == id);
            (at.unwrap_or_default(), places.len())
        })
    });
    let change = move |change: CanvasChange| {
        let canvas = canvas();
        let version = canvas.version;
        desk.change(&canvas, CanvasChange { version, ..change }, |_| {});
    };
    let move_to = move |place: usize| {
        let place = u32::try_from(place).ok();
        change(CanvasChange {
            place,
            ..CanvasChange::default()
        });
    };
    let archive = move |_| {
        change(CanvasChange {
            archived: Some(true),
            ..CanvasChange::default()
        });
    };
    let duplicate = move |_| {
        let canvas = canvas();
        let title = say(text::canvases_copy_title(canvas.title.as_str()));
        desk.ask_canvas(Method::POST, &canvas, "/copies", NewCopy { title }, |_| {});
    };
    view! {
        <span class="canvas-tools">
            <button class="icon-button" disabled=move || around.get().0 == 0 aria-label=move || say(text::canvases_up(title())) on:click=move |_| move_to(around.get_untracked().0.saturating_sub(1))><Icon name="up"/></button>
            <button class="icon-button" disabled=move || around.get().1 == 0 aria-label=move || say(text::canvases_down(title())) on:click=move |_| move_to(around.get_untracked().0 + 1)><Icon name="down"/></button>
            <button class="link-button" aria-label=move || say(text::canvases_rename_to(title())) on:click=move |_| is_renaming.set(true)>{t(text::CANVASES_RENAME)}</button>
            <button class="link-button" aria-label=move || say(text::canvases_duplicate_of(title())) on:click=duplicate>{t(text::CANVASES_DUPLICATE)}</button>
            <button class="link-button" aria-label=move || say(text::canvases_archive_of(title())) on:click=archive>{t(text::CANVASES_ARCHIVE)}</button>
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
        let change = CanvasChange {
            version: canvas.version,
            archived,
            ..CanvasChange::default()
        };
        desk.change(&canvas, change, |_| {});
    };
    view! {
        <li class="canvas-row">
            <span class="canvas-name" translate="no" dir="auto">{title}</span>
            <button class="link-button" aria-label=t(label) on:click=restore>{t(text::CANVASES_RESTORE)}</button>
        </li>
    }
}

/// Told whether a title was changed.
type Ended = Box<dyn FnOnce(bool)>;

/// The title of the workshop, to be changed.
#[component]
fn WorkshopTitle(desk: Desk) -> impl IntoView {
    let facts = desk.header.facts;
    let now = Signal::derive(move || facts.with(|facts| (facts.title.clone(), facts.version)));
    let rename = move |title: String, version, ended: Ended| {
        let retitle = Retitle { version, title };
        desk.ask::<Facts>(Method::PATCH, "", retitle, ended);
    };
    view! { <Title label=text::CANVASES_WORKSHOP_TITLE now rename/> }
}

/// A title in a field, to be changed. `now` is the title that is stored, with its version; `rename` is told the title,
/// the version that it changes and what to call at the end, with whether it was changed.
#[component]
fn Title(
    label: Text,
    now: Signal<(String, u32)>,
    rename: impl Fn(String, u32, Ended) + Copy + 'static,
    #[prop(optional, into)] cancel: Option<Callback<()>>,
) -> impl IntoView {
    let typed = RwSignal::new(untrack(move || now.get().0));
    let is_typing = RwSignal::new(false);
    // The version that was there when typing began; after a refusal that which is there by then.
    let began = RwSignal::new(None::<u32>);
    let version = move || untrack(move || began.get().unwrap_or(now.get().1));
    Effect::new(move || {
        let (title, _) = now.get();
        if !is_typing.get_untracked() {
            typed.set(title);
        }
    });
    let on_input = move |_| {
        is_typing.set(true);
        began.set(Some(version()));
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let sent = typed.get_untracked();
        let title = sent.clone();
        // The form may have been closed meanwhile, or something else typed.
        let ended = move |is_done: bool| {
            let seen = now.try_get_untracked().map(|(_, version)| version);
            let _ = began.try_set(seen.filter(|_| !is_done));
            if is_done && typed.try_get_untracked().as_ref() == Some(&sent) {
                let _ = is_typing.try_set(false);
            }
        };
        rename(title, version(), Box::new(ended));
    };
    view! {
        <form class="title-form" on:submit=submit>
            <label>{t(label)}
                <input class="field" maxlength=limits::TITLE_CHARS_MAX.to_string() autocomplete="off" on:input=on_input bind:value=typed/>
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
        desk.ask::<CanvasEntry>(Method::POST, "/canvases", new, move |is_done| {
            if is_done {
                let _ = title.try_set(String::new());
            }
        });
    };
    let option =
        |kind: &&'static str| view! { <option value=*kind>{kinds::name(kind).map(t)}</option> };
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

impl Desk {
    fn may_manage(self) -> bool {
        authority::may_facilitate(self.page.role())
    }

    /// Changes a canvas. `ended` is told whether it was changed.
    fn change(
        self,
        canvas: &CanvasEntry,
        change: CanvasChange,
        ended: impl FnOnce(bool) + 'static,
    ) {
        self.ask_canvas(Method::PATCH, canvas, "", change, ended);
    }

    fn ask_canvas(
        self,
        method: Method,
        canvas: &CanvasEntry,
        rest: &'static str,
        body: impl Serialize + 'static,
        ended: impl FnOnce(bool) + 'static,
    ) {
        let (caller, id) = (self.caller.get_value(), canvas.id.to_string());
        spawn_local(async move {
            let asked = caller.ask_canvas::<CanvasEntry>(method, &id, rest, &body);
            self.tell(asked.await, ended);
        });
    }

    fn ask<T: DeserializeOwned + 'static>(
        self,
        method: Method,
        rest: &'static str,
        body: impl Serialize + 'static,
        ended: impl FnOnce(bool) + 'static,
    ) {
        let caller = self.caller.get_value();
        spawn_local(async move {
            let asked = caller.ask::<T>(method, rest, &body).await;
            self.tell(asked, ended);
        });
    }

    fn tell<T>(self, asked: Result<T, Phrase>, ended: impl FnOnce(bool)) {
        ended(asked.is_ok());
        let said = match asked {
            Ok(_) => text::CANVASES_SAVED.into(),
            Err(why) => why,
        };
        // The dialog may have been closed meanwhile.
        let _ = self.said.try_set(said);
    }
}

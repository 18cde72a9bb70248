//! The board itself: two layers, the text box, and the list that says the same to a
//! screen reader. In `stage/` browser events become input.

mod clipboard;
mod events;
mod text_box;

use client::{AppEvent, say::counted};
use editor::Input;
use leptos::{html, prelude::*};
use shared::text;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlElement;

use super::{
    listed::List,
    page::Page,
    stage_state::StageState,
    text::{say, t},
};
use crate::platform::browser::{self, Listener};

/// The board.
#[component]
pub(crate) fn Stage(
    stage: NodeRef<html::Div>,
    board: NodeRef<html::Div>,
    overlay: NodeRef<html::Canvas>,
    /// The box in which one writes.
    text_box: NodeRef<html::Textarea>,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let state = expect_context::<StageState>();
    Effect::new(move || {
        if let (Some(stage), Some(text)) = (stage.get(), text_box.get()) {
            let element: HtmlElement = stage.into();
            let kept = StoredValue::new_local(Some((
                events::listen(page, &element),
                clipboard::listen(page, &element),
                text_box::listen(page, &text),
                resizes(page, &element),
            )));
            on_cleanup(move || drop(kept.try_update_value(Option::take)));
        }
    });
    let choose_files = move |event: web_sys::Event| {
        let field: web_sys::HtmlInputElement = event_target(&event);
        clipboard::put_pictures(page, clipboard::files_of(field.files()), None);
        // The same file may be chosen again.
        field.set_value("");
    };
    view! {
        <div
            id="stage"
            class="stage"
            node_ref=stage
            tabindex="0"
            role="application"
            aria-label=t(text::CANVAS_NAME)
            aria-describedby="stage-keys"
        >
            <div class="layer" node_ref=board aria-hidden="true"></div>
            <canvas class="layer" node_ref=overlay aria-hidden="true"></canvas>
            <textarea
                class="note-text"
                node_ref=text_box
                aria-label=t(text::CANVAS_NOTE_TEXT)
                dir="auto"
                spellcheck="true"
                autocomplete="off"
            ></textarea>
        </div>
        <input
            id="picture-file"
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            multiple
            hidden
            on:change=choose_files
        />
        {move || state.left.get().map(|left| view! { <div class="counter" role="status">{t(text::canvas_left(left))}</div> })}
        <p id="stage-keys" class="visually-hidden">
            {t(text::CANVAS_KEYS)}
        </p>
        <ReadingList/>
    }
}

/// What is on the board, for a screen reader.
#[component]
fn ReadingList() -> impl IntoView {
    let page = expect_context::<Page>();
    let list = expect_context::<List>();
    let choose = move |id: shared::id::ObjectId| move |_| page.send(AppEvent::Choose(id.clone()));
    let rows = move || {
        list.items.with(|notes| {
            notes
                .iter()
                .map(|listed| {
                    view! { <li translate="no"><button tabindex="-1" on:click=choose(listed.id.clone())>{t(listed.spoken())}</button></li> }
                })
                .collect_view()
        })
    };
    let count = move || say(counted(list.count.get(), list.max.get()));
    view! {
        <div class="visually-hidden">
            <p>{count}</p>
            <ul role="list" aria-label=t(text::CANVAS_READING_LIST)>{rows}</ul>
        </div>
    }
}

/// Tells the editor how large the board is on screen.
fn resizes(page: Page, stage: &HtmlElement) -> Resizes {
    let element = stage.clone();
    let tell = move || {
        let rect = element.get_bounding_client_rect();
        page.send(AppEvent::Input(Input::Resize(
            (rect.width(), rect.height()).into(),
        )));
    };
    let closure = Closure::<dyn FnMut()>::new(tell.clone());
    let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(stage);
    }
    // Another monitor may have more pixels for the same size, which no observer hears of.
    let window = Listener::new(&browser::window(), "resize", move |_: web_sys::Event| {
        tell()
    });
    let keyboard = browser::visual_viewport().map(|viewport| {
        Listener::new(&viewport, "resize", |_: web_sys::Event| {
            browser::follow_visible_height()
        })
    });
    Resizes {
        observer,
        _closure: closure,
        _window: window,
        _keyboard: keyboard,
    }
}

/// Stops when it is dropped.
struct Resizes {
    observer: Option<web_sys::ResizeObserver>,
    _closure: Closure<dyn FnMut()>,
    _window: Listener,
    _keyboard: Option<Listener>,
}

impl Drop for Resizes {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

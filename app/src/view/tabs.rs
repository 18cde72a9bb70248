//! The canvases in the strip above the board: as many whole tabs as one row has room for, the one that is shown among
//! them.

use client::Route;
use leptos::{html, prelude::*};
use shared::{board::workshop::CanvasEntry, text};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

use super::{header_state::HeaderState, place::Place, text::t};

/// A tab for each canvas.
#[component]
pub(crate) fn Tabs(workshop: String, current: String) -> impl IntoView {
    let place = expect_context::<Place>();
    let state = expect_context::<HeaderState>();
    let tabs = NodeRef::<html::Nav>::new();
    let followed = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(tabs) = tabs.get() {
            followed.set_value(Some(Followed::new(tabs)));
        }
    });
    Effect::new(move || {
        // Once the tabs stand as they do now.
        state.canvases.track();
        followed.with_value(|followed: &Option<Followed>| {
            if let Some(followed) = followed {
                followed.again();
            }
        });
    });
    let tab = move |canvas: CanvasEntry| {
        let is_here = canvas.id.as_str() == current;
        let route = Route::Canvas {
            workshop: workshop.clone(),
            canvas: canvas.id.to_string(),
        };
        let href = route.path();
        let go = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            place.go(route.clone());
        };
        view! {
            <a href=href class="tab" aria-current=is_here.then_some("page") translate="no" dir="auto" on:click=go>{canvas.title}</a>
        }
    };
    view! {
        <nav class="tabs" node_ref=tabs aria-label=t(text::CANVASES_NAME)>
            <For each=move || state.canvases.get() key=|canvas| (canvas.id.clone(), canvas.title.clone()) children=tab/>
        </nav>
    }
}

/// Keeps the tab of the canvas that is shown in view, whatever the strip's size.
struct Followed {
    tabs: HtmlElement,
    observer: Option<ResizeObserver>,
    _closure: Closure<dyn FnMut()>,
}

impl Followed {
    fn new(tabs: HtmlElement) -> Self {
        let strip = tabs.clone();
        let closure = Closure::<dyn FnMut()>::new(move || {
            let here = strip.query_selector("[aria-current]").ok().flatten();
            if let Some(here) = here.and_then(|here| here.dyn_into::<HtmlElement>().ok()) {
                strip.set_scroll_top(here.offset_top() - strip.offset_top());
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        let followed = Self {
            tabs,
            observer,
            _closure: closure,
        };
        followed.again();
        followed
    }

    /// Looks again after the next layout.
    fn again(&self) {
        if let Some(observer) = &self.observer {
            observer.unobserve(&self.tabs);
            observer.observe(&self.tabs);
        }
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

//! The minimap's frame; the shell paints in it.

use client::{AppEvent, Preference};
use leptos::{html, prelude::*};
use shared::geometry::Point;

use super::page::Page;

/// The small map of the whole canvas: a click or drag looks there.
#[component]
pub(crate) fn Minimap(canvas: NodeRef<html::Canvas>) -> impl IntoView {
    let page = expect_context::<Page>();
    let look = move |event: &web_sys::PointerEvent| {
        let at = Point::new(event.offset_x().into(), event.offset_y().into());
        page.send(AppEvent::LookAt(at));
    };
    view! {
        <canvas
            class="minimap"
            class:is-closed=move || !page.prefers(Preference::Minimap)
            node_ref=canvas
            aria-hidden="true"
            on:pointerdown=move |event| look(&event)
            on:pointermove=move |event| if event.buttons() == 1 { look(&event) }
        ></canvas>
    }
}

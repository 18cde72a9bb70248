//! A workshop's links, each with a copy button; the participants' as a QR code too.

use client::links::{self, LinkRow};
use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use shared::protocol::api::ForRoles;

use crate::platform::browser;

/// The links of a workshop.
#[component]
pub(crate) fn Links(links: ForRoles<String>) -> impl IntoView {
    let scanned = links::scanned(&links).map(str::to_owned);
    let rows = links::rows(&links).into_iter();
    let rows = rows.map(|row| view! { <Row row/> }).collect_view();
    view! {
        <div class="links">
            {rows}
            {scanned.map(|link| view! { <Qr link/> })}
        </div>
    }
}

#[component]
fn Row(row: LinkRow) -> impl IntoView {
    let LinkRow {
        label,
        name,
        what,
        link,
    } = row;
    let copied = RwSignal::new(false);
    let id = name.replace(' ', "-");
    let value = link.clone();
    let copy = move |_| {
        browser::copy_text(&link);
        copied.set(true);
        browser::after_ms(2_500, move || copied.set(false));
    };
    let select =
        |event: web_sys::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <div class="link-row">
            <label for=id.clone()>{label}</label>
            <span class="muted">{what}</span>
            <input
                id=id
                readonly
                prop:value=value
                on:focus=select
            />
            <button class="button" aria-label=format!("Copy {name}") on:click=copy>
                {move || if copied.get() { "Copied" } else { "Copy" }}
            </button>
        </div>
    }
}

/// A QR code as one path. Dark on light, with the quiet zone that scanners need.
#[component]
fn Qr(link: String) -> impl IntoView {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(&link, EcLevel::M).ok();
    code.map(|code| {
        let width = code.width();
        let path: String = code
            .to_colors()
            .into_iter()
            .enumerate()
            .filter(|(_, color)| *color == Color::Dark)
            .map(|(i, _)| format!("M{} {}h1v1h-1z", i % width + QUIET, i / width + QUIET))
            .collect();
        let size = width + 2 * QUIET;
        let shape = move || view! { <path d=path.clone()/> };
        view! {
            <figure class="qr">
                <svg viewBox=format!("0 0 {size} {size}") role="img" aria-label="QR code of the participant link">
                    {shape}
                </svg>
                <figcaption class="muted">"Participants can scan this with a phone."</figcaption>
            </figure>
        }
    })
}

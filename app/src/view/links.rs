//! A workshop's links, each with a copy button; the participants' as a QR code too.

use client::links::{self, LinkRow};
use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use shared::{protocol::api::ForRoles, text};

use super::{
    icon::Icon,
    text::{say, t},
};
use crate::platform::browser;

/// The links of a workshop: the participants' first, the facilitators' behind a click.
#[component]
pub(crate) fn Links(links: ForRoles<String>) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let facilitator = links::facilitator_row(&links);
    let only_here = [&links.participant, &links.facilitator]
        .into_iter()
        .any(|link| links::is_only_here(link));
    let participant = Some(links.participant.clone()).filter(|link| !link.is_empty());
    let rows = links::open_rows(&links).into_iter();
    let facilitator = move || {
        facilitator.clone().map(|row| {
            if is_shown.get() {
                view! { <Row row/> }.into_any()
            } else {
                view! {
                    <p><button class="link-button" on:click=move |_| is_shown.set(true)>{t(text::SHARE_SHOW_FACILITATOR)}</button></p>
                }
                .into_any()
            }
        })
    };
    view! {
        <div class="links">
            {participant.map(|link| view! { <Qr link/> })}
            <div>
                {only_here.then(|| view! { <p class="notice">{t(text::SHARE_ONLY_HERE)}</p> })}
                {rows.map(|row| view! { <Row row/> }).collect_view()}
                {facilitator}
            </div>
        </div>
    }
}

#[component]
fn Row(row: LinkRow) -> impl IntoView {
    let LinkRow { name, about, link } = row;
    let copied = RwSignal::new(false);
    let field = NodeRef::<leptos::html::Input>::new();
    let value = link.clone();
    let copy = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        browser::copy_text(&link);
        copied.set(true);
        browser::after_ms(2_500, move || copied.set(false));
    };
    let select =
        |event: web_sys::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <div class="link-row">
            <label>
                <span class="link-name">{t(name)}</span>
                <span class="muted">{t(about)}</span>
                <input node_ref=field readonly dir="ltr" prop:value=value on:focus=select/>
            </label>
            <button class="button" aria-label=t(text::share_copy_link(name)) on:click=copy>
                {move || say(if copied.get() { text::SHARE_COPIED } else { text::SHARE_COPY })}
            </button>
        </div>
    }
}

/// A QR code, and a way to show it on the whole screen.
#[component]
fn Qr(link: String) -> impl IntoView {
    let is_large = RwSignal::new(false);
    let large = link.clone();
    let opener = NodeRef::<leptos::html::Button>::new();
    let shut = move || {
        is_large.set(false);
        drop(opener.get_untracked().map(|opener| opener.focus()));
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" => shut(),
            // There is one thing to go to.
            "Tab" => event.prevent_default(),
            _ => {}
        }
    };
    view! {
        <figure class="qr">
            <QrPicture link/>
            <figcaption class="muted">{t(text::SHARE_QR_ABOUT)}</figcaption>
            <button class="link-button" node_ref=opener on:click=move |_| is_large.set(true)>{t(text::SHARE_QR_LARGE)}</button>
        </figure>
        {move || is_large.get().then(|| {
            let close = NodeRef::<leptos::html::Button>::new();
            Effect::new(move || drop(close.get().map(|close| close.focus())));
            view! {
                <div class="qr-whole" role="dialog" aria-modal="true" aria-label=t(text::SHARE_QR) on:keydown=on_key on:click=move |_| shut()>
                    <QrPicture link=large.clone()/>
                    <p class="qr-address" dir="ltr">{large.clone()}</p>
                    <button class="button" node_ref=close on:click=move |_| shut()><Icon name="close"/> {t(text::SHARE_QR_CLOSE)}</button>
                </div>
            }
        })}
    }
}

/// A QR code as one path. Dark on light, with the quiet zone that scanners need.
#[component]
fn QrPicture(link: String) -> impl IntoView {
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
        view! {
            <svg viewBox=format!("0 0 {size} {size}") role="img" aria-label=t(text::SHARE_QR)>
                <path d=path/>
            </svg>
        }
    })
}

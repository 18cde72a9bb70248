//! A workshop's links, each with a copy button; the participants' as a QR code too.

use client::links::{self, LinkRow};
use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use shared::{
    protocol::{api::ForRoles, control::Role},
    text,
};

use super::{
    icon::Icon,
    text::{say, t},
};
use crate::platform::browser;

/// For so long it says that a link was copied, milliseconds.
const COPIED_MS: i32 = 2_500;

/// The links of a workshop: the participants' first, the facilitators' behind a click. `on_new` has a new link made
/// for a role.
#[component]
pub(crate) fn Links(
    #[prop(into)] links: Signal<ForRoles<String>>,
    #[prop(optional)] on_new: Option<Callback<Role>>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let row_of = move |role| Memo::new(move |_| links.with(|links| links::row(links, role)));
    let participant = row_of(Role::Participant);
    let facilitator = row_of(Role::Facilitator);
    let is_known = Memo::new(move |_| participant.with(|row| !row.link.is_empty()));
    let only_here = move || links.with(links::is_only_here);
    let open = [participant, row_of(Role::Observer)];
    view! {
        <div class="links">
            {move || is_known.get().then(|| view! { <Qr row=participant/> })}
            <div>
                {move || only_here().then(|| view! { <p class="notice">{t(text::SHARE_ONLY_HERE)}</p> })}
                {open.map(|row| view! { <Row row on_new/> })}
                {move || if is_shown.get() {
                    view! { <Row row=facilitator on_new/> }.into_any()
                } else {
                    view! {
                        <p><button class="link-button" on:click=move |_| is_shown.set(true)>{t(text::SHARE_SHOW_FACILITATOR)}</button></p>
                    }
                    .into_any()
                }}
            </div>
        </div>
    }
}

/// One link, and a way to have a new one made.
#[component]
fn Row(row: Memo<LinkRow>, on_new: Option<Callback<Role>>) -> impl IntoView {
    let LinkRow { name, about, .. } = row.get_untracked();
    let is_known = move || row.with(|row| !row.link.is_empty());
    view! {
        <div class="link-row">
            <span class="link-about">
                <span class="link-name">{t(name)}</span>
                <span class="muted">{t(about)}</span>
            </span>
            {move || if is_known() {
                view! { <Field row/> }.into_any()
            } else {
                view! { <span class="muted">{t(text::SHARE_UNKNOWN)}</span> }.into_any()
            }}
            {on_new.map(|on_new| view! { <Renew row on_new/> })}
        </div>
    }
}

/// A link in a field, to be copied.
#[component]
fn Field(row: Memo<LinkRow>) -> impl IntoView {
    let LinkRow { name, .. } = row.get_untracked();
    let copied = RwSignal::new(false);
    let field = NodeRef::<leptos::html::Input>::new();
    let copy = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        row.with_untracked(|row| browser::copy_text(&row.link));
        copied.set(true);
        browser::after_ms(COPIED_MS, move || {
            let _ = copied.try_set(false);
        });
    };
    let select =
        |event: web_sys::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <input class="link-field" node_ref=field readonly dir="ltr" aria-label=t(name) prop:value=move || row.get().link on:focus=select/>
        <button class="button" aria-label=t(text::share_copy_link(name)) on:click=copy>
            {move || say(if copied.get() { text::SHARE_COPIED } else { text::SHARE_COPY })}
        </button>
    }
}

/// A new link for a role, once that is sure.
#[component]
fn Renew(row: Memo<LinkRow>, on_new: Callback<Role>) -> impl IntoView {
    let LinkRow { role, name, .. } = row.get_untracked();
    let is_sure = RwSignal::new(false);
    let make = move |_| {
        is_sure.set(false);
        on_new.run(role);
    };
    move || {
        if !is_sure.get() {
            return view! {
                <button class="link-button renew" on:click=move |_| is_sure.set(true)>{t(text::share_new(name))}</button>
            }
            .into_any();
        }
        view! {
            <div class="notice renew" role="group" tabindex="-1" aria-label=t(text::share_new(name))>
                <p>{t(text::SHARE_NEW_ABOUT)}</p>
                <div class="buttons">
                    <button class="button danger" on:click=make>{t(text::SHARE_NEW_MAKE)}</button>
                    <button class="button" on:click=move |_| is_sure.set(false)>{t(text::PEOPLE_CANCEL)}</button>
                </div>
            </div>
        }
        .into_any()
    }
}

/// A new link for a role, shown once it is made.
#[component]
pub(crate) fn NewLink(row: Memo<LinkRow>, on_new: Callback<Role>) -> impl IntoView {
    let is_made = move || row.with(|row| !row.link.is_empty());
    view! {
        <div class="link-row">
            {move || is_made().then(|| view! { <Field row/> })}
            <Renew row on_new/>
        </div>
    }
}

/// A QR code, and a way to show it on the whole screen.
#[component]
fn Qr(row: Memo<LinkRow>) -> impl IntoView {
    let is_large = RwSignal::new(false);
    let link = move || row.get().link;
    // Another facilitator may have a new link made while it is shown.
    let picture = move || view! { <QrPicture link=link()/> };
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
            {picture}
            <figcaption class="muted">{t(text::SHARE_QR_ABOUT)}</figcaption>
            <button class="link-button" node_ref=opener on:click=move |_| is_large.set(true)>{t(text::SHARE_QR_LARGE)}</button>
        </figure>
        {move || is_large.get().then(|| {
            let close = NodeRef::<leptos::html::Button>::new();
            Effect::new(move || drop(close.get().map(|close| close.focus())));
            view! {
                <div class="qr-whole" role="dialog" aria-modal="true" aria-label=t(text::SHARE_QR) on:keydown=on_key on:click=move |_| shut()>
                    {picture}
                    <p class="qr-address" dir="ltr">{link}</p>
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

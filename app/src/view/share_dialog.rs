//! The workshop's links, in a dialog.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    protocol::api::{ForRoles, NewLink},
    text::{self, Phrase},
};
use wasm_split_helpers::wasm_split;

use super::{
    dialog::Dialog,
    header::HeaderState,
    lazy::Fetched,
    links::Links,
    text::{say, t},
};
use crate::platform::{
    device,
    http::{self, Caller, Method},
};

/// The dialog for a facilitator of a workshop.
#[wasm_split(dialogs, fallible)]
pub(crate) fn part() -> Fetched<Caller> {
    Ok(|caller| {
        let header = expect_context::<HeaderState>();
        view! {
            <Dialog title=text::SHARE_HEADING on_close=move || header.share_open.set(false)>
                <Share caller/>
            </Dialog>
        }
        .into_any()
    })
}

#[component]
fn Share(caller: Caller) -> impl IntoView {
    let links = RwSignal::new(device::links(&caller.workshop).unwrap_or_default());
    let said = RwSignal::new(Phrase::default());
    let stored = StoredValue::new(caller.clone());
    // Another facilitator may have made a new one since.
    spawn_local(async move {
        let known = links.get_untracked();
        if let Some((_, key)) = known.participant.split_once("#k=")
            && http::look(&caller.workshop, key.to_owned()).await
                == Err(text::REFUSAL_LINK_INVALID.into())
        {
            links.set(ForRoles {
                participant: String::new(),
                ..known
            });
        }
    });
    let renew = move |_| {
        let caller = stored.get_value();
        spawn_local(async move {
            match caller
                .ask::<NewLink>(Method::POST, "/participant-link", &())
                .await
            {
                Ok(NewLink { link }) => {
                    links.update(|links| links.participant = link);
                    device::set_links(&caller.workshop, &links.get_untracked());
                    said.set(text::SHARE_REPLACED.into());
                }
                Err(why) => said.set(why),
            }
        });
    };
    let is_unknown = move || links.with(|links| links.participant.is_empty());
    view! {
        {move || is_unknown().then(|| view! { <p class="notice">{t(text::SHARE_UNKNOWN)}</p> })}
        {move || view! { <Links links=links.get()/> }}
        <p role="status">{move || say(said.get())}</p>
        <p class="muted small">
            <button class="button" on:click=renew>{t(text::SHARE_NEW)}</button> " "
            {t(text::SHARE_NEW_ABOUT)}
        </p>
    }
}

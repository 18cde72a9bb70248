//! The workshop's links, in a dialog.

use leptos::{prelude::*, task::spawn_local};
use shared::text::{self, Phrase};
use wasm_split_helpers::wasm_split;

use super::{
    dialog::Dialog, header_state::HeaderState, lazy::Fetched, links::Links, renew, text::say,
};
use crate::platform::{device, http::Caller};

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
    let facts = expect_context::<HeaderState>().facts;
    // They are asked for anew whenever some are replaced.
    let replaced = Memo::new(move |_| facts.with(|facts| facts.links));
    Effect::new(move || {
        // Read, because a memo that is only tracked is not computed.
        let _ = replaced.get();
        let caller = stored.get_value();
        spawn_local(async move {
            match renew::ask(&caller).await {
                Ok(known) => drop(links.try_set(known)),
                Err(why) => drop(said.try_set(why)),
            }
        });
    });
    let on_new = Callback::new(move |role| {
        let caller = stored.get_value();
        spawn_local(async move {
            // The dialog may be closed before it is there.
            match renew::renew(&caller, role).await {
                Ok(made) => {
                    let _ = links.try_set(made);
                    let _ = said.try_set(text::SHARE_REPLACED.into());
                }
                Err(why) => drop(said.try_set(why)),
            }
        });
    });
    view! {
        <Links links on_new/>
        <p role="status">{move || say(said.get())}</p>
    }
}

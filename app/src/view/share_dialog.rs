//! The workshop's links, in a dialog.

use leptos::prelude::*;
use shared::{protocol::api::ForRoles, text};
use wasm_split_helpers::wasm_split;

use super::{dialog::Dialog, header::HeaderState, lazy::Fetched, links::Links};

/// The dialog with these links.
#[wasm_split(dialogs, fallible)]
pub(crate) fn part() -> Fetched<ForRoles<String>> {
    Ok(|links| {
        let header = expect_context::<HeaderState>();
        view! {
            <Dialog title=text::SHARE_TITLE on_close=move || header.share_open.set(false)>
                <Links links/>
            </Dialog>
        }
        .into_any()
    })
}

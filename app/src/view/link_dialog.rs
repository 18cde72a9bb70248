//! Where a link is to lead: asked for in a dialog.

use leptos::{html, prelude::*};

use super::{dialog::Dialog, page::Page};
use crate::shell::AppEvent;

/// The dialog, while an address is asked for.
#[component]
pub(crate) fn LinkDialog() -> impl IntoView {
    let page = expect_context::<Page>();
    move || {
        page.ui.link.get().map(|asked| {
            let input = NodeRef::<html::Input>::new();
            let address = asked.address.clone();
            let asked = StoredValue::new(asked);
            let save = move |typed: String| page.send(AppEvent::SetLink(asked.get_value(), typed));
            let submit = move |event: web_sys::SubmitEvent| {
                event.prevent_default();
                if let Some(input) = input.get_untracked() {
                    save(input.value());
                }
            };
            let had_link = !address.is_empty();
            view! {
                <Dialog title="Link" on_close=move || page.ui.link.set(None) field=input>
                    <form class="link-form" on:submit=submit>
                        <label for="link-address">"Address"</label>
                        <input
                            id="link-address"
                            class="field"
                            node_ref=input
                            value=address
                            inputmode="url"
                            autocomplete="off"
                            placeholder="https://"
                        />
                        <div class="form-buttons">
                            {had_link.then(|| view! {
                                <button type="button" class="button" on:click=move |_| save(String::new())>
                                    "Remove the link"
                                </button>
                            })}
                            <button type="submit" class="button primary">"Save"</button>
                        </div>
                    </form>
                </Dialog>
            }
        })
    }
}

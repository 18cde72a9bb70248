//! The text box: its keys go to the editor where they are not its own.

use client::AppEvent;
use editor::action::{self, WritingKey};
use leptos::prelude::*;
use web_sys::{Event, HtmlTextAreaElement, KeyboardEvent};

use super::super::page::Page;
use crate::platform::{browser::Listener, pointer};

/// The text box.
pub(super) fn listen(page: Page, text: &HtmlTextAreaElement) -> Vec<Listener> {
    let tell = |name, event: fn() -> AppEvent| {
        Listener::new(text, name, move |_: Event| page.send(event()))
    };
    vec![
        tell("input", || AppEvent::Typed),
        tell("compositionstart", || AppEvent::Composing(true)),
        tell("compositionend", || AppEvent::Composing(false)),
        tell("blur", || AppEvent::TextLeft),
        Listener::new(text, "keydown", move |event: KeyboardEvent| {
            event.stop_propagation();
            if !event.is_composing() && is_used(page, &event) {
                event.prevent_default();
            }
        }),
    ]
}

/// Whether a key is used by the editor rather than by the text box.
fn is_used(page: Page, event: &KeyboardEvent) -> bool {
    let (key, mods) = (event.key(), pointer::key_mods(event));
    match action::while_writing(&key, &event.code(), mods) {
        WritingKey::Leaves => page.send(AppEvent::TextKey(key, mods)),
        WritingKey::Line => {
            let shell = page.shell.try_get_value().flatten();
            return shell.is_some_and(|shell| shell.text_enter(mods));
        }
        WritingKey::Acts(action) => page.send(AppEvent::Act(action)),
        WritingKey::Types => return false,
    }
    true
}

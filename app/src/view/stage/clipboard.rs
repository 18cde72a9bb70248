//! What is copied, pasted and dropped.

use client::{AppEvent, Pasted, pictures};
use editor::{Action, clipboard};
use leptos::prelude::*;
use shared::geometry::Point;
use web_sys::{ClipboardEvent, DragEvent, File, FileList, HtmlElement};

use super::{super::page::Page, events::in_text};
use crate::platform::{browser::Listener, pointer};

/// Clipboard, and files that are dropped.
pub(super) fn listen(page: Page, stage: &HtmlElement) -> Vec<Listener> {
    let on_drop = stage.clone();
    vec![
        copies(page, stage, "copy", Action::Copy),
        copies(page, stage, "cut", Action::Cut),
        Listener::new(stage, "paste", move |event: ClipboardEvent| {
            if !in_text(&event) {
                event.prevent_default();
                paste(page, &event);
            }
        }),
        Listener::new(stage, "dragover", move |event: DragEvent| {
            event.prevent_default();
        }),
        Listener::new(stage, "drop", move |event: DragEvent| {
            event.prevent_default();
            let files = event.data_transfer().and_then(|data| data.files());
            let at = pointer::mouse(&event, &on_drop).at;
            put_pictures(page, files_of(files), Some(at));
        }),
    ]
}

/// What the clipboard brings is pasted.
fn paste(page: Page, event: &ClipboardEvent) {
    let data = event.clipboard_data();
    let of = |kind: &str| {
        let data = data.as_ref()?.get_data(kind).ok()?;
        Some(data).filter(|data| !data.is_empty())
    };
    let pasted = Pasted {
        json: of(clipboard::MIME).unwrap_or_default(),
        canvas: of(clipboard::CANVAS_MIME),
        text: of("text/plain").unwrap_or_default(),
    };
    if pasted.has_words() {
        page.send(AppEvent::Paste(pasted));
    } else {
        let files = data.as_ref().and_then(web_sys::DataTransfer::files);
        put_pictures(page, pictures_in(files), None);
    }
}

/// Pictures are to be sent; where, in screen pixels.
pub(super) fn put_pictures(page: Page, files: Vec<File>, at: Option<Point>) {
    if let Some(shell) = page.shell.try_get_value().flatten() {
        shell.put_pictures(files, at);
    }
}

/// The files of a list.
pub(super) fn files_of(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|i| list.get(i)).collect())
        .unwrap_or_default()
}

/// The pictures among them.
fn pictures_in(list: Option<FileList>) -> Vec<File> {
    let mut files = files_of(list);
    files.retain(|file| pictures::is_picture(&file.type_()));
    files
}

/// The browser copies or cuts: it is told what.
fn copies(page: Page, stage: &HtmlElement, name: &'static str, action: Action) -> Listener {
    Listener::new(stage, name, move |event: ClipboardEvent| {
        if in_text(&event) {
            return;
        }
        page.send(AppEvent::Act(action));
        let clip = page
            .shell
            .try_get_value()
            .flatten()
            .and_then(|shell| shell.take_clip());
        if let (Some((clip, canvas)), Some(data)) = (clip, event.clipboard_data()) {
            let _ = data.set_data(clipboard::MIME, &clip.json);
            let _ = data.set_data(clipboard::CANVAS_MIME, &canvas);
            let _ = data.set_data("text/plain", &clip.text);
            event.prevent_default();
        }
    })
}

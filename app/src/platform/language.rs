//! The language of the page: what the person chose or the browser asks for, and its file.
//!
//! `app/build` names the files of the other languages in the page. The device keeps the last
//! one, so that the page opens in that language at once and without the server.

use client::language::{self, asked, files};
use serde::{Deserialize, Serialize};

use super::{
    browser::{address, window},
    device,
};

/// A language's file as the device keeps it.
#[derive(Deserialize, Serialize)]
struct Kept {
    /// Where it came from: the name changes with the content.
    path: String,
    lines: String,
}

/// The list of languages with a file, as the page has it.
fn listed() -> String {
    let listed = window().document().and_then(|document| {
        let meta = document.query_selector("meta[name=plaza-texts]").ok()??;
        meta.get_attribute("content")
    });
    listed.unwrap_or_default()
}

/// The file of a language.
fn path_of(code: &str) -> Option<String> {
    let listed = listed();
    let found = files(&listed).into_iter().find(|(known, _)| *known == code);
    found.map(|(_, path)| path.to_owned())
}

/// The language to begin with, by its code.
pub(crate) fn preferred() -> String {
    let (listed, (_, query, _)) = (listed(), address());
    let files = files(&listed);
    if let Some(code) = asked(&query, &files) {
        device::set_language(code);
    }
    let languages = window().navigator().languages();
    let languages = languages.iter().filter_map(|language| language.as_string());
    language::preferred(device::language(), languages, &files)
}

/// A language's file, if the device keeps it.
pub(crate) fn kept(code: &str) -> Option<String> {
    let path = path_of(code)?;
    let kept: Kept = device::texts()?;
    (kept.path == path).then_some(kept.lines)
}

/// Fetches a language's file, and has the device keep it. `None` where it does not come.
pub(crate) async fn fetch(code: &str) -> Option<String> {
    let path = path_of(code)?;
    let response = gloo_net::http::Request::get(&path).send().await.ok()?;
    let lines = response.ok().then_some(response)?.text().await.ok()?;
    device::set_texts(&Kept {
        path,
        lines: lines.clone(),
    });
    Some(lines)
}

/// Tells the browser which language the page has, and in which direction it runs.
pub(crate) fn set_page(code: &str, direction: &str) {
    if let Some(root) = window().document().and_then(|d| d.document_element()) {
        let _ = root.set_attribute("lang", code);
        let _ = root.set_attribute("dir", direction);
    }
}

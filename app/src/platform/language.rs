//! The language of the page: what the person chose or the browser asks for, and its file.
//!
//! `app/build` names the files of the other languages in the page. The device keeps the last
//! one, so that the page opens in that language at once and without the server.

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

/// The languages with a file: code and path.
fn files() -> Vec<(String, String)> {
    let listed = window().document().and_then(|document| {
        let meta = document.query_selector("meta[name=plaza-texts]").ok()??;
        meta.get_attribute("content")
    });
    let listed = listed.unwrap_or_default();
    let file = |pair: &str| {
        let (code, path) = pair.split_once('=')?;
        Some((code.to_owned(), path.to_owned()))
    };
    listed.split(' ').filter_map(file).collect()
}

/// The language to begin with, by its code: the one in the address (`?lang=`), which is then
/// the person's choice, else their choice, else the first that the browser asks for and that
/// there is.
pub(crate) fn preferred() -> String {
    let (_, query, _) = address();
    let asked = query.trim_start_matches('?').split('&');
    let asked = asked
        .filter_map(|pair| pair.strip_prefix("lang="))
        .find(|code| is_there(code));
    if let Some(code) = asked {
        device::set_language(code);
        return code.to_owned();
    }
    if let Some(code) = device::language().filter(|code| is_there(code)) {
        return code;
    }
    let languages = window().navigator().languages();
    let languages = languages.iter().filter_map(|language| language.as_string());
    let mut codes = languages.map(|language| {
        let (code, _) = language.split_once('-').unwrap_or((&language, ""));
        code.to_lowercase()
    });
    codes
        .find(|code| is_there(code))
        .unwrap_or_else(|| ENGLISH.to_owned())
}

/// The language that the client has inside.
pub(crate) const ENGLISH: &str = "en";

fn is_there(code: &str) -> bool {
    code == ENGLISH || files().iter().any(|(known, _)| known == code)
}

/// A language's file, if the device keeps it.
pub(crate) fn kept(code: &str) -> Option<String> {
    let (_, path) = files().into_iter().find(|(known, _)| known == code)?;
    let kept: Kept = device::texts()?;
    (kept.path == path).then_some(kept.lines)
}

/// Fetches a language's file, and has the device keep it. `None` where it does not come.
pub(crate) async fn fetch(code: &str) -> Option<String> {
    let (_, path) = files().into_iter().find(|(known, _)| known == code)?;
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

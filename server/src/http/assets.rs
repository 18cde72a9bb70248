//! The built client, embedded in the binary (in a debug build read from `dist/`).
//! Names of built files carry a hash: they are cached for ever, the page never.

use std::borrow::Cow;

use axum::{
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

// `Client`, which has the files of `dist/`.
include!(concat!(env!("OUT_DIR"), "/client.rs"));

const PAGE: &str = "index.html";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const NEVER: &str = "no-cache";

/// Serves a built file, or the page, which finds its own way by the path.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let is_file = !path.is_empty() && path != PAGE && Client::get(path).is_some();
    if is_file {
        let cache = if is_hashed(path) { FOR_EVER } else { NEVER };
        return file(path, cache, &headers);
    }
    // A link to a workshop may have got a full stop on its way; the page reads it.
    let is_link = path.starts_with("w/");
    let mut names = path.rsplit('/');
    if !is_link && names.next().is_some_and(|name| name.contains('.')) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if Client::get(PAGE).is_none() {
        return (
            StatusCode::NOT_FOUND,
            "The client is not built. Run `make build`.",
        )
            .into_response();
    }
    file(PAGE, NEVER, &headers)
}

fn file(path: &str, cache: &'static str, headers: &HeaderMap) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let packed = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(accepted, encoding))
        .find_map(|(encoding, suffix)| {
            Client::get(&format!("{path}{suffix}")).map(|file| (Some(encoding), file))
        });
    let Some((encoding, file)) = packed.or_else(|| Client::get(path).map(|file| (None, file)))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let body = match file.data {
        Cow::Borrowed(bytes) => axum::body::Body::from(bytes),
        Cow::Owned(bytes) => axum::body::Body::from(bytes),
    };
    let mut response = (
        [
            (header::CONTENT_TYPE, mime.as_ref()),
            (header::CACHE_CONTROL, cache),
        ],
        body,
    )
        .into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::VARY,
        header::HeaderValue::from_static("accept-encoding"),
    );
    if let Some(encoding) = encoding {
        headers.insert(
            header::CONTENT_ENCODING,
            header::HeaderValue::from_static(encoding),
        );
    }
    response
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        name.trim().eq_ignore_ascii_case(encoding) && quality.trim() != "q=0"
    })
}

/// Whether a file's name carries a hash: `name-0123456789abcdef.ext`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '.', '_'])
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_told_from_plain_ones() {
        assert!(is_hashed("app-3f2a9c81d0b4e6f7_bg.wasm"));
        assert!(!is_hashed("sw.js"));
        assert!(!is_hashed("favicon.svg"));
    }

    #[test]
    fn encodings_are_negotiated() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
    }
}

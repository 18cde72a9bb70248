//! Pictures of a canvas: fetched from the server when one is first painted.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlImageElement;

use super::browser::monotonic_ms;

/// A picture that could not be fetched is asked for again after this long, milliseconds.
const RETRY_MS: u64 = 10_000;

/// What has become of a picture.
enum Picture {
    Coming,
    Here(HtmlImageElement),
    /// It could not be fetched, at this time.
    Missed(u64),
}

/// Pictures by the hash of their content.
#[derive(Clone)]
pub(crate) struct Pictures {
    document: String,
    known: Rc<RefCell<HashMap<String, Picture>>>,
    on_change: Rc<dyn Fn()>,
}

impl Pictures {
    /// Those of a canvas. `on_change` is called when one has come or cannot come.
    pub(crate) fn new(document: String, on_change: impl Fn() + 'static) -> Self {
        Self {
            document,
            known: Rc::default(),
            on_change: Rc::new(on_change),
        }
    }

    /// A picture, if it is here. One that is not known yet is fetched.
    pub(crate) fn get(&self, hash: &str) -> Option<HtmlImageElement> {
        let mut known = self.known.borrow_mut();
        match known.get(hash) {
            Some(Picture::Here(image)) => return Some(image.clone()),
            Some(Picture::Coming) => return None,
            Some(Picture::Missed(ms)) if monotonic_ms().saturating_sub(*ms) < RETRY_MS => {
                return None;
            }
            Some(Picture::Missed(_)) | None => {}
        }
        known.insert(hash.to_owned(), Picture::Coming);
        drop(known);
        self.fetch(hash);
        None
    }

    /// The server will have one soon: until [`Self::arrived`] it is not asked for.
    pub(crate) fn expect(&self, hash: &str) {
        let mut known = self.known.borrow_mut();
        known.entry(hash.to_owned()).or_insert(Picture::Coming);
    }

    /// One that was expected may be asked for.
    pub(crate) fn arrived(&self, hash: &str) {
        let mut known = self.known.borrow_mut();
        if matches!(known.get(hash), Some(Picture::Coming)) {
            known.remove(hash);
        }
        drop(known);
        (self.on_change)();
    }

    /// Whether one that was missed may be asked for again.
    pub(crate) fn may_retry(&self) -> bool {
        let is_due = |picture: &Picture| matches!(picture, Picture::Missed(ms) if monotonic_ms().saturating_sub(*ms) >= RETRY_MS);
        self.known.borrow().values().any(is_due)
    }

    fn fetch(&self, hash: &str) {
        let Ok(image) = HtmlImageElement::new() else {
            return;
        };
        let settle = |picture: fn(HtmlImageElement) -> Picture| {
            let (known, on_change) = (Rc::clone(&self.known), Rc::clone(&self.on_change));
            let (hash, image) = (hash.to_owned(), image.clone());
            Closure::once_into_js(move || {
                known.borrow_mut().insert(hash, picture(image));
                on_change();
            })
        };
        image.set_onload(Some(settle(Picture::Here).unchecked_ref()));
        image.set_onerror(Some(
            settle(|_| Picture::Missed(monotonic_ms())).unchecked_ref(),
        ));
        image.set_src(&format!("/api/canvases/{}/images/{hash}", self.document));
    }
}

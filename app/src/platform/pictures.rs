//! Pictures of a canvas: fetched from the server when one is first painted.

use std::{cell::RefCell, rc::Rc};

use client::pictures::Fetches;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlImageElement;

use super::browser::monotonic_ms;

/// Pictures by the hash of their content.
#[derive(Clone)]
pub(crate) struct Pictures {
    /// The canvas's id.
    document: String,
    /// Who asks for them.
    person: Rc<str>,
    /// What has become of each.
    known: Rc<RefCell<Fetches<HtmlImageElement>>>,
    /// Called when one has come or cannot come.
    on_change: Rc<dyn Fn()>,
}

impl Pictures {
    /// Those of a canvas, for a person. `on_change` is called when one has come or cannot come.
    pub(crate) fn new(document: String, person: Rc<str>, on_change: impl Fn() + 'static) -> Self {
        Self {
            document,
            person,
            known: Rc::default(),
            on_change: Rc::new(on_change),
        }
    }

    /// A picture, if it is here. One that is not known yet is fetched.
    pub(crate) fn get(&self, hash: &str) -> Option<HtmlImageElement> {
        let (picture, is_wanted) = self.known.borrow_mut().get(hash, monotonic_ms());
        if is_wanted {
            self.fetch(hash);
        }
        picture
    }

    /// The server will have one soon: until [`Self::arrived`] it is not asked for.
    pub(crate) fn expect(&self, hash: &str) {
        self.known.borrow_mut().expect(hash);
    }

    /// One that was expected may be asked for.
    pub(crate) fn arrived(&self, hash: &str) {
        self.known.borrow_mut().arrived(hash);
        (self.on_change)();
    }

    /// Whether one that was missed may be asked for again.
    pub(crate) fn may_retry(&self) -> bool {
        self.known.borrow().may_retry(monotonic_ms())
    }

    fn fetch(&self, hash: &str) {
        let Ok(image) = HtmlImageElement::new() else {
            return;
        };
        let settle = |is_here: bool| {
            let (known, on_change) = (Rc::clone(&self.known), Rc::clone(&self.on_change));
            let (hash, image) = (hash.to_owned(), image.clone());
            Closure::once_into_js(move || {
                let mut known = known.borrow_mut();
                if is_here {
                    known.came(hash, image);
                } else {
                    known.missed(hash, monotonic_ms());
                }
                drop(known);
                on_change();
            })
        };
        image.set_onload(Some(settle(true).unchecked_ref()));
        image.set_onerror(Some(settle(false).unchecked_ref()));
        let (document, person) = (&self.document, &self.person);
        image.set_src(&format!(
            "/api/canvases/{document}/images/{hash}?as={person}"
        ));
    }
}

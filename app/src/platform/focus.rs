//! Focus that is not lost: what had it goes, or is moved, and it comes back.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, HtmlElement, MutationObserver, MutationObserverInit};

use super::browser::{Listener, window};

/// Keeps the focus inside an element for as long as it is held.
pub(crate) struct KeptFocus {
    observer: MutationObserver,
    _on_change: Closure<dyn Fn()>,
    _on_focus: Listener,
}

/// Keeps the focus inside `root`: whenever it falls to the page because what had it has gone
/// or was moved, it goes back there, or to `fallback`.
pub(crate) fn keep_in(root: &HtmlElement, fallback: HtmlElement) -> Option<KeptFocus> {
    let last: Rc<RefCell<Option<HtmlElement>>> = Rc::default();
    let seen = Rc::clone(&last);
    let on_focus = Listener::new(root, "focusin", move |event: Event| {
        let target = event.target().and_then(|it| it.dyn_into().ok());
        *seen.borrow_mut() = target;
    });
    let on_change = Closure::<dyn Fn()>::new(move || {
        let page = window().document();
        let active = page.as_ref().and_then(web_sys::Document::active_element);
        let body = page.as_ref().and_then(web_sys::Document::body);
        let is_lost = active.is_none() || active == body.map(Into::into);
        // Let go of before the focus is given: that is heard of at once.
        let before = last.borrow().clone();
        if is_lost && let Some(last) = before {
            let is_there = last.is_connected() && !last.has_attribute("disabled");
            let target = if is_there { last } else { fallback.clone() };
            let _ = target.focus();
        }
    });
    let observer = MutationObserver::new(on_change.as_ref().unchecked_ref::<js_sys::Function>());
    let observer = observer.ok()?;
    let all = MutationObserverInit::new();
    all.set_child_list(true);
    all.set_subtree(true);
    all.set_attribute_filter(&JsValue::from(js_sys::Array::of1(&"disabled".into())));
    observer.observe_with_options(root, &all).ok()?;
    Some(KeptFocus {
        observer,
        _on_change: on_change,
        _on_focus: on_focus,
    })
}

impl Drop for KeptFocus {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

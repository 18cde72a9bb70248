//! Focus that is not lost: what had it goes, or is moved, and it comes back.

use std::{cell::RefCell, iter, rc::Rc};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, HtmlElement, MutationObserver, MutationObserverInit};

use super::browser::{Listener, window};

/// Keeps the focus inside an element for as long as it is held.
pub(crate) struct KeptFocus {
    observer: MutationObserver,
    _on_change: Closure<dyn Fn()>,
    _on_focus: Listener,
}

/// What is given the focus near something that has gone, the first that there is: what asks for a decision, a field, a
/// button.
const NEAR: [&str; 3] = [
    ".notice[tabindex]",
    "input:not([readonly], [disabled]), select:not([disabled])",
    "button:not([disabled])",
];

/// Keeps the focus inside `root`: whenever it falls to the page because what had it has gone or was moved, it goes back
/// there, or near to where that was, or to `fallback`.
pub(crate) fn keep_in(root: &HtmlElement, fallback: HtmlElement) -> Option<KeptFocus> {
    // What had the focus last, and all that it stood in, up to the root.
    let last: Rc<RefCell<Vec<HtmlElement>>> = Rc::default();
    let seen = Rc::clone(&last);
    let inside = root.clone();
    let on_focus = Listener::new(root, "focusin", move |event: Event| {
        let target = event.target().and_then(|it| it.dyn_into().ok());
        let around = iter::successors(target, |element: &HtmlElement| {
            let parent = element.parent_element()?.dyn_into::<HtmlElement>().ok()?;
            (parent != inside).then_some(parent)
        });
        *seen.borrow_mut() = around.collect();
    });
    let on_change = Closure::<dyn Fn()>::new(move || {
        let page = window().document();
        let active = page.as_ref().and_then(web_sys::Document::active_element);
        let body = page.as_ref().and_then(web_sys::Document::body);
        let is_lost = active.is_none() || active == body.map(Into::into);
        // Let go of before the focus is given: that is heard of at once.
        let before = last.borrow().clone();
        if is_lost && !before.is_empty() {
            let _ = near(&before).unwrap_or_else(|| fallback.clone()).focus();
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

/// Where the focus goes: to what had it, else into the innermost of what it stood in.
fn near(before: &[HtmlElement]) -> Option<HtmlElement> {
    let (last, around) = before.split_first()?;
    if last.is_connected() && !last.has_attribute("disabled") {
        return Some(last.clone());
    }
    let around = around.iter().filter(|element| element.is_connected());
    around
        .flat_map(|element| NEAR.map(|kind| element.query_selector(kind).ok().flatten()))
        .flatten()
        .find_map(|element| element.dyn_into().ok())
}

impl Drop for KeptFocus {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

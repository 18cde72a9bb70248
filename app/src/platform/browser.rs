//! Clock, randomness, address, timers and listeners.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{EventTarget, Window};

/// The page's window.
///
/// # Panics
/// Outside a page, where nothing of this can run.
#[expect(clippy::expect_used, reason = "without a window there is no client")]
pub(crate) fn window() -> Window {
    web_sys::window().expect("Plaza's client runs in a page")
}

/// Unix milliseconds.
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Loads the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
}

/// Milliseconds on a clock that is never set.
pub(crate) fn monotonic_ms() -> u64 {
    let performance = window().performance();
    performance.map_or_else(now_ms, |performance| performance.now() as u64)
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        // Ids must differ, not be secret: better a weak one than none.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}

/// A random number.
pub(crate) fn random_u64() -> u64 {
    u64::from_le_bytes(random())
}

/// A random number in `0.0..1.0`.
pub(crate) fn random_unit() -> f64 {
    js_sys::Math::random()
}

/// `https://host` of this page.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The path, the query and the fragment of the address.
pub(crate) fn address() -> (String, String, String) {
    let location = window().location();
    (
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
        location.hash().unwrap_or_default(),
    )
}

/// Changes the address without loading. `keep`: the old one stays in the history.
pub(crate) fn set_address(path: &str, keep: bool) {
    if let Ok(history) = window().history() {
        let _ = if keep {
            history.push_state_with_url(&JsValue::NULL, "", Some(path))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(path))
        };
    }
}

/// The title of the tab.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}

/// Whether the page is in the background.
pub(crate) fn is_hidden() -> bool {
    window()
        .document()
        .is_some_and(|document| document.hidden())
}

/// Whether this is an Apple system, where Command does what Ctrl does elsewhere.
pub(crate) fn is_mac() -> bool {
    window()
        .navigator()
        .user_agent()
        .is_ok_and(|agent| agent.contains("Mac"))
}

/// Offers a text as a file of this name.
pub(crate) fn save_file(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence(&parts).ok();
    let address = blob.and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob).ok());
    let link = window()
        .document()
        .and_then(|page| page.create_element("a").ok());
    if let (Some(address), Some(link)) = (address, link) {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        if let Ok(link) = link.dyn_into::<web_sys::HtmlElement>() {
            link.click();
        }
        after_ms(60_000, move || {
            drop(web_sys::Url::revoke_object_url(&address))
        });
    }
}

/// Puts text on the clipboard. On plain http a browser may have none: then what is selected
/// is copied, as its menu would.
pub(crate) fn copy_text(text: &str) {
    let navigator = window().navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if has_clipboard.is_ok_and(|clipboard| clipboard.is_undefined()) {
        return ask_to_copy();
    }
    let promise = navigator.clipboard().write_text(text);
    wasm_bindgen_futures::spawn_local(async move {
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    });
}

/// Asks the browser to copy, so that its `copy` event can be answered.
pub(crate) fn ask_to_copy() {
    if let Some(document) = window()
        .document()
        .and_then(|d| d.dyn_into::<web_sys::HtmlDocument>().ok())
    {
        let _ = document.exec_command("copy");
    }
}

/// What of the page can be seen beside a screen keyboard.
pub(crate) fn visual_viewport() -> Option<web_sys::VisualViewport> {
    window().visual_viewport()
}

/// Makes the page as high as what can be seen of it. While it is magnified it stays as it is.
pub(crate) fn follow_visible_height() {
    let root = window().document().and_then(|d| d.document_element());
    let root = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok());
    if let (Some(viewport), Some(root)) = (visual_viewport(), root)
        && (viewport.scale() - 1.0).abs() < 0.01
    {
        let height = format!("{}px", viewport.height());
        let _ = root.style().set_property("--visible-height", &height);
    }
}

/// Opens an address in another tab.
pub(crate) fn open_link(link: &str) {
    // The other page learns neither who opened it nor from where.
    let _ = window().open_with_url_and_target_and_features(link, "_blank", "noopener,noreferrer");
}

/// Opens the browser's choice of files, for a file field by its id.
pub(crate) fn ask_file(id: &str) {
    let element = window().document().and_then(|d| d.get_element_by_id(id));
    if let Some(field) = element.and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        field.click();
    }
}

/// Whether an element that a selector finds has the focus.
pub(crate) fn has_focus(selector: &str) -> bool {
    let active = window().document().and_then(|d| d.active_element());
    active.is_some_and(|active| active.matches(selector).unwrap_or(false))
}

/// Puts the focus on the first element that a selector finds.
pub(crate) fn focus(selector: &str) {
    let element = window()
        .document()
        .and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Width and height of the window, in pixels.
pub(crate) fn window_size() -> (i32, i32) {
    let size = |value: Result<JsValue, JsValue>| {
        value
            .ok()
            .and_then(|value| value.as_f64())
            .unwrap_or_default() as i32
    };
    (size(window().inner_width()), size(window().inner_height()))
}

/// Whether the system asks for dark colours.
pub(crate) fn prefers_dark() -> bool {
    let query = window().match_media("(prefers-color-scheme: dark)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Puts the page into dark or light colours.
pub(crate) fn set_theme(dark: bool) {
    if let Some(root) = window().document().and_then(|d| d.document_element()) {
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
}

/// Waits until a font can be painted with, or cannot be had.
pub(crate) async fn load_font(font: &str) {
    if let Some(document) = window().document() {
        let _ = wasm_bindgen_futures::JsFuture::from(document.fonts().load(font)).await;
    }
}

/// A mark for measurements, see `make bench`.
pub(crate) fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.mark(name);
    }
}

/// Calls back before the next frame is painted.
pub(crate) fn next_frame(callback: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(callback);
    let _ = window().request_animation_frame(closure.unchecked_ref());
}

/// Calls back once, later.
pub(crate) fn after_ms(ms: i32, callback: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(callback);
    let _ =
        window().set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), ms);
}

/// A listener that is removed when it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Listens. Not passive, so that the browser's own action can be suppressed.
    pub(crate) fn new<E: JsCast + 'static>(
        target: &EventTarget,
        name: &'static str,
        mut callback: impl FnMut(E) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            callback(event.unchecked_into());
        });
        let options = web_sys::AddEventListenerOptions::new();
        options.set_passive(false);
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            name,
            Self::function(&closure),
            &options,
        );
        Self {
            target: target.clone(),
            name,
            closure,
        }
    }

    fn function(closure: &Closure<dyn FnMut(web_sys::Event)>) -> &Function {
        closure.as_ref().unchecked_ref()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, Self::function(&self.closure));
    }
}

/// Calls back again and again until it is dropped.
pub(crate) struct Interval {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Interval {
    /// Begins.
    pub(crate) fn new(ms: i32, callback: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(callback);
        let id = window()
            .set_interval_with_callback_and_timeout_and_arguments_0(
                closure.as_ref().unchecked_ref(),
                ms,
            )
            .unwrap_or_default();
        Self {
            id,
            _closure: closure,
        }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        window().clear_interval_with_handle(self.id);
    }
}

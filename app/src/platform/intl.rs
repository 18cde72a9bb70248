//! How a language counts and writes numbers and lists: the browser knows.

use js_sys::{
    Array, Function,
    Intl::{ListFormat, NumberFormat, PluralRules},
    Object,
};
use shared::text::{Category, Intl};
use wasm_bindgen::JsValue;

/// The browser's `Intl` for one language.
pub(crate) struct BrowserIntl {
    plurals: PluralRules,
    /// Writes numbers.
    format: Function,
    lists: ListFormat,
}

impl BrowserIntl {
    /// For a locale that the browser knows, such as `de`.
    pub(crate) fn new(locale: &str) -> Self {
        let (locales, options) = (Array::of1(&locale.into()), Object::new());
        Self {
            plurals: PluralRules::new(&locales, &options),
            format: NumberFormat::new(&locales, &options).format(),
            lists: ListFormat::new(&locales, &options),
        }
    }
}

impl Intl for BrowserIntl {
    fn category(&self, n: i64) -> Category {
        Category::named(&String::from(self.plurals.select(n as f64)))
    }

    fn number(&self, n: i64) -> String {
        let written = self.format.call1(&JsValue::NULL, &(n as f64).into());
        let written = written.ok().and_then(|written| written.as_string());
        written.unwrap_or_else(|| n.to_string())
    }

    fn list(&self, items: Vec<String>) -> String {
        let items: Array = items.into_iter().map(JsValue::from).collect();
        self.lists.format(&items).into()
    }
}

//! Texts made comparable for a search.

use js_sys::{JsString, RegExp};

/// In lower case, without accents and other marks.
pub(crate) fn fold(text: &str) -> String {
    thread_local! {
        static MARKS: RegExp = RegExp::new(r"\p{M}", "gu");
    }
    let apart = JsString::from(text).normalize("NFD");
    let plain = MARKS.with(|marks| apart.replace_by_pattern(marks, ""));
    plain.to_lower_case().into()
}

//! Which language the page begins in.

use crate::language::{asked, files, preferred};

const LISTED: &str = "ar-XB=/texts/ar-XB-1.txt de=/texts/de-2.txt";

#[test]
fn the_choice_comes_before_the_browser_and_both_before_english() {
    let files = files(LISTED);
    assert_eq!(files[1], ("de", "/texts/de-2.txt"));
    let of = |chosen: Option<&str>, browser: &[&str]| {
        let browser = browser.iter().map(|code| (*code).to_owned());
        preferred(chosen.map(str::to_owned), browser, &files)
    };
    assert_eq!(of(Some("en"), &["de-AT"]), "en");
    assert_eq!(of(Some("ar-XB"), &["de"]), "ar-XB");
    assert_eq!(of(Some("xx"), &["fr", "DE-at", "en"]), "de");
    assert_eq!(of(None, &["en-US", "de"]), "en");
    assert_eq!(
        of(None, &["fr", "ar"]),
        "en",
        "no pseudo-language by itself"
    );
    assert_eq!(of(None, &[]), "en");
}

#[test]
fn an_address_may_ask_for_a_language_that_there_is() {
    let files = files(LISTED);
    assert_eq!(asked("?debug&lang=ar-XB", &files), Some("ar-XB"));
    assert_eq!(asked("?lang=en", &files), Some("en"));
    assert_eq!(asked("?lang=xx", &files), None);
    assert_eq!(asked("", &files), None);
    assert_eq!(asked("?lang=de", &[]), None);
}

//! The languages in which prompts can be.

/// The language that every kind has, with its ground; it stands in for those that are missing.
pub const ENGLISH: &str = "en";

/// Languages of prompts, each with its own name for itself, in the order in which they are
/// offered (BCP 47).
pub const LANGUAGES: [(&str, &str); 7] = [
    (ENGLISH, "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pt", "Português"),
];

/// The language of prompts for somebody who reads a language: that one where prompts can be
/// in it, otherwise English.
pub fn offered(language: &str) -> &'static str {
    let main = language.split('-').next().unwrap_or_default();
    let found = LANGUAGES.iter().find(|(code, _)| *code == main);
    found.map_or(ENGLISH, |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_offered_is_english() {
        for (read, prompts) in [
            ("de", "de"),
            ("de-AT", "de"),
            ("en-XA", "en"),
            ("ja", "en"),
            ("", "en"),
        ] {
            assert_eq!(offered(read), prompts, "{read}");
        }
    }
}

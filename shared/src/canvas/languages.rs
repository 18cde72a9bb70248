//! Templates in the languages of a workshop's prompts: one ground for each kind, and words
//! for each language.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{ENGLISH, LANGUAGES, Template, offered};

/// What is kept of a kind, as JSON.
struct Content {
    /// A [`Template`] in English.
    english: &'static str,
    /// [`Words`] in the other languages, in their order.
    words: [&'static str; LANGUAGES.len() - 1],
}

macro_rules! template_file {
    ($name:expr) => {
        include_str!(concat!("../../templates/", $name, ".json"))
    };
}

/// The content of a kind.
macro_rules! content {
    ($kind:literal) => {
        Content {
            english: template_file!($kind),
            words: [
                template_file!(concat!($kind, ".de")),
                template_file!(concat!($kind, ".es")),
                template_file!(concat!($kind, ".fr")),
                template_file!(concat!($kind, ".it")),
                template_file!(concat!($kind, ".nl")),
                template_file!(concat!($kind, ".pt")),
            ],
        }
    };
}

/// Of every kind, in the order of [`super::KINDS`].
const CONTENTS: [Content; super::KINDS.len()] = [content!("blank"), content!("ethics_canvas")];

/// The words of a template in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    language: String,
    title: String,
    #[serde(default)]
    edition: String,
    attribution: String,
    license: String,
    /// Titles by id.
    #[serde(default)]
    groups: BTreeMap<String, String>,
    /// By id.
    #[serde(default)]
    sections: BTreeMap<String, SectionWords>,
}

/// The words of a section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionWords {
    title: String,
    prompt: String,
    ask_more: String,
}

/// Every kind in every language.
static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let mut templates = Vec::new();
    for content in &CONTENTS {
        // A test reads every file: none can fail here.
        let Ok(english) = serde_json::from_str::<Template>(content.english) else {
            continue;
        };
        let words = content.words.iter();
        let words = words.filter_map(|json| serde_json::from_str(json).ok());
        let others: Vec<Template> = words.map(|words| said(&english, words)).collect();
        templates.push(english);
        templates.extend(others);
    }
    templates
});

/// The same ground in other words.
fn said(ground: &Template, mut words: Words) -> Template {
    let mut template = Template {
        language: words.language,
        title: words.title,
        edition: words.edition,
        attribution: words.attribution,
        license: words.license,
        ..ground.clone()
    };
    for group in &mut template.groups {
        if let Some(title) = words.groups.remove(&group.id) {
            group.title = title;
        }
    }
    for section in &mut template.sections {
        if let Some(words) = words.sections.remove(&section.id) {
            section.title = words.title;
            section.prompt = words.prompt;
            section.ask_more = words.ask_more;
        }
    }
    template
}

/// The template of a canvas kind in a language, or in English where there is none in that
/// language. `None`: this version does not know the kind.
pub fn template_in(kind: &str, language: &str) -> Option<Template> {
    let find = |language| {
        let mut templates = TEMPLATES.iter();
        templates.find(|template| template.id == kind && template.language == language)
    };
    find(language).or_else(|| find(ENGLISH)).cloned()
}

/// The key under which a workshop's document has that template, e.g. `ethics_canvas@de`.
pub fn key(kind: &str, language: &str) -> String {
    format!("{kind}@{}", offered(language))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::canvas::{ETHICS_CANVAS, KINDS};

    #[test]
    fn every_kind_is_there_in_every_language() {
        let found: Vec<(&str, &str)> = TEMPLATES
            .iter()
            .map(|template| (template.id.as_str(), template.language.as_str()))
            .collect();
        let wanted: Vec<(&str, &str)> = KINDS
            .into_iter()
            .flat_map(|kind| LANGUAGES.iter().map(move |(language, _)| (kind, *language)))
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn words_are_there_for_every_section_and_group_and_for_nothing_else() {
        for content in &CONTENTS {
            let ground: Template = serde_json::from_str(content.english).unwrap();
            let sections: BTreeSet<&String> = ground.sections.iter().map(|s| &s.id).collect();
            let groups: BTreeSet<&String> = ground.groups.iter().map(|group| &group.id).collect();
            assert_eq!(sections.len(), ground.sections.len(), "ids are unique");
            assert_eq!(groups.len(), ground.groups.len(), "ids are unique");
            for json in content.words {
                let words: Words = serde_json::from_str(json).unwrap();
                let at = (&ground.id, &words.language);
                assert_eq!(
                    words.sections.keys().collect::<BTreeSet<_>>(),
                    sections,
                    "{at:?}"
                );
                assert_eq!(
                    words.groups.keys().collect::<BTreeSet<_>>(),
                    groups,
                    "{at:?}"
                );
            }
        }
    }

    #[test]
    fn no_words_are_missing_or_left_in_english() {
        for template in TEMPLATES.iter() {
            let at = (&template.id, &template.language);
            let english = template_in(&template.id, ENGLISH).unwrap();
            assert!(!template.title.is_empty(), "{at:?}");
            for (section, original) in template.sections.iter().zip(&english.sections) {
                assert!(
                    !section.title.is_empty() && !section.prompt.is_empty(),
                    "{at:?}"
                );
                let has_more = !original.ask_more.is_empty();
                assert_eq!(
                    !section.ask_more.is_empty(),
                    has_more,
                    "{at:?} {}",
                    section.id
                );
                if template.language != ENGLISH {
                    assert_ne!(section.title, original.title, "{at:?}");
                    assert_ne!(section.prompt, original.prompt, "{at:?}");
                }
            }
        }
    }

    #[test]
    fn every_language_names_whom_to_thank_and_the_licence() {
        for template in TEMPLATES.iter() {
            let at = (&template.id, &template.language);
            assert_eq!(template.license, "CC BY-SA 4.0", "{at:?}");
            let credit = &template.attribution;
            assert_eq!(credit.is_empty(), template.sections.is_empty(), "{at:?}");
            if !credit.is_empty() {
                let named = [
                    "Open Data Institute",
                    "theodi.org/tools",
                    "CC BY-SA 4.0",
                    "ADAPT",
                ];
                assert!(named.iter().all(|name| credit.contains(name)), "{credit}");
                assert!(credit.contains(&template.edition), "{credit}");
            }
        }
    }

    #[test]
    fn the_ethics_canvas_is_five_by_three() {
        let ethics = template_in(ETHICS_CANVAS, ENGLISH).unwrap();
        assert_eq!(ethics.sections.len(), 15);
        let fits = |section: &crate::canvas::Section| section.column < 5 && section.row < 3;
        assert!(ethics.sections.iter().all(fits));
    }

    #[test]
    fn english_stands_in_for_a_language_that_is_not_there() {
        let german = template_in(ETHICS_CANVAS, "de").unwrap();
        assert_eq!(german.sections[0].title, "Datenquellen");
        assert_eq!(key(ETHICS_CANVAS, "de"), "ethics_canvas@de");
        let welsh = template_in(ETHICS_CANVAS, "cy").unwrap();
        assert_eq!(welsh.sections[0].title, "Data Sources");
        assert_eq!(key(ETHICS_CANVAS, "cy"), "ethics_canvas@en");
        assert_eq!(template_in("no such kind", "de"), None);
    }
}

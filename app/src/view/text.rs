//! Texts in the reader's language: the one place where phrases become strings.

use client::language::ENGLISH;
use leptos::{prelude::*, task::spawn_local};
use shared::text::{Language, Phrase, Text};

use crate::platform::{device, intl::BrowserIntl, language};

/// The language of the page, and how it counts.
struct Reader {
    language: Language,
    intl: BrowserIntl,
}

impl Reader {
    fn new(language: Language) -> Self {
        language::set_page(language.code(), language.direction());
        Self {
            intl: BrowserIntl::new(language.locale()),
            language,
        }
    }
}

thread_local! {
    /// The whole page has one language. It is `None` until [`begin`].
    static READER: ArcRwSignal<Option<Reader>> = ArcRwSignal::new(None);
    /// The code of the language that was chosen, while its file may still be on its way.
    static CHOSEN: ArcRwSignal<String> = ArcRwSignal::new(ENGLISH.to_owned());
}

/// Begins in the language that the person or the browser wants; in English until it is here.
pub(crate) fn begin() {
    show(&language::preferred());
}

/// The person chose a language, by its code. The device remembers it.
pub(crate) fn choose(code: &str) {
    device::set_language(code);
    show(code);
}

/// The code of the language that was chosen.
pub(crate) fn chosen() -> String {
    CHOSEN.with(|chosen| chosen.get())
}

fn show(code: &str) {
    CHOSEN.with(|chosen| chosen.set(code.to_owned()));
    if code == ENGLISH {
        return set(Language::english());
    }
    if let Some(language) = language::kept(code).and_then(Language::read) {
        return set(language);
    }
    if READER.with(|reader| reader.with_untracked(Option::is_none)) {
        set(Language::english());
    }
    let code = code.to_owned();
    spawn_local(async move {
        let lines = language::fetch(&code).await;
        // Another may have been chosen meanwhile.
        if let Some(language) = lines.and_then(Language::read)
            && CHOSEN.with(|chosen| chosen.with_untracked(|chosen| *chosen == code))
        {
            set(language);
        }
    });
}

fn set(language: Language) {
    READER.with(|reader| reader.set(Some(Reader::new(language))));
}

/// A phrase in the reader's language. Where signals are followed, the language is one of them.
pub(crate) fn say(phrase: impl Into<Phrase>) -> String {
    said(&phrase.into())
}

/// Compiled once.
pub(crate) fn said(phrase: &Phrase) -> String {
    READER.with(|reader| {
        reader.with(|reader| match reader {
            Some(Reader { language, intl }) => language.say(phrase, intl),
            None => phrase.english(),
        })
    })
}

/// What runs now runs again when the language changes.
pub(crate) fn track_language() {
    READER.with(ArcRwSignal::track);
}

/// What a place in a view says.
#[derive(Clone, Copy)]
enum Said {
    Text(Text),
    Phrase(StoredValue<Phrase>),
}

/// A text or a phrase as part of a view: it follows the language. Every place has the same
/// type of closure, which is compiled once.
pub(crate) fn t(phrase: impl Into<Phrase>) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    following(phrase.into())
}

fn following(phrase: Phrase) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let said_there = match phrase {
        Phrase::Text(text, values) if values.is_empty() => Said::Text(text),
        phrase => Said::Phrase(StoredValue::new(phrase)),
    };
    move || match said_there {
        Said::Text(text) => said(&text.into()),
        Said::Phrase(phrase) => phrase.with_value(said),
    }
}

//! What the person is told: messages that come and go, and words for screen readers.

use shared::text::Phrase;

use crate::Dirty;

/// How long a message stays, milliseconds.
const SHOWN_MS: u64 = 9_000;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub text: Phrase,
    /// When it goes by itself, milliseconds; `None`: it stays until it is closed.
    until_ms: Option<u64>,
}

/// What is told now.
#[derive(Debug, Default)]
pub struct Telling {
    /// The message that is shown.
    message: Option<Message>,
    /// What was said last to people with a screen reader.
    said: Phrase,
    /// What others did, for people with a screen reader.
    heard: Phrase,
}

impl Telling {
    /// The message that is shown.
    pub fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// What was said last to people with a screen reader.
    pub fn said(&self) -> &Phrase {
        &self.said
    }

    /// What others did, for people with a screen reader.
    pub fn heard(&self) -> &Phrase {
        &self.heard
    }

    /// Shows a message for a while, and says it.
    pub(crate) fn tell(&mut self, text: impl Into<Phrase>, now_ms: u64) -> Dirty {
        self.show(text.into(), Some(now_ms + SHOWN_MS))
    }

    /// Shows a message until it is closed, and says it.
    pub(crate) fn insist(&mut self, text: impl Into<Phrase>) -> Dirty {
        self.show(text.into(), None)
    }

    fn show(&mut self, text: Phrase, until_ms: Option<u64>) -> Dirty {
        self.said.clone_from(&text);
        self.message = Some(Message { text, until_ms });
        Dirty::SAID
    }

    /// Says something to people with a screen reader.
    pub(crate) fn say(&mut self, text: impl Into<Phrase>) -> Dirty {
        self.said = text.into();
        Dirty::SAID
    }

    /// Says what others did to people with a screen reader.
    pub(crate) fn hear(&mut self, text: Phrase) -> Dirty {
        self.heard = text;
        Dirty::SAID
    }

    /// The message is closed.
    pub(crate) fn close(&mut self) -> Dirty {
        Dirty::SAID.when(self.message.take().is_some())
    }

    /// Time passed: a message that has been there long enough goes.
    pub(crate) fn tick(&mut self, now_ms: u64) -> Dirty {
        let until_ms = self.message.as_ref().and_then(|message| message.until_ms);
        if until_ms.is_some_and(|until_ms| now_ms >= until_ms) {
            return self.close();
        }
        Dirty::NOTHING
    }
}

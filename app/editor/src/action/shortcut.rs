//! Keys that call actions, whatever the keyboard's layout and script.

use shared::text::{self, Phrase};

/// A key with modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `KeyboardEvent.key`, letters in lower case. Caps Lock does not matter.
    Key(&'static str),
    /// `KeyboardEvent.code`: a place on the keyboard, for digits with Shift.
    Code(&'static str),
}

/// A way to call an action by keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The key.
    pub key: Key,
    /// With Ctrl (Command on a Mac).
    pub ctrl: bool,
    /// With Shift.
    pub shift: bool,
    /// With Alt (Option on a Mac).
    pub alt: bool,
}

impl Shortcut {
    /// As shown to people: *Ctrl Shift K*.
    pub fn shown(&self) -> Phrase {
        let (key, needs_shift) = match self.key {
            Key::Key("enter") => (text::KEY_ENTER.into(), true),
            Key::Key("delete") => (text::KEY_DELETE.into(), true),
            Key::Key("backspace") => (text::KEY_BACKSPACE.into(), true),
            Key::Key("home") => (text::KEY_HOME.into(), true),
            Key::Key("arrowleft") => (text::KEY_LEFT.into(), true),
            Key::Key("arrowright") => (text::KEY_RIGHT.into(), true),
            Key::Key("arrowup") => (text::KEY_UP.into(), true),
            Key::Key("arrowdown") => (text::KEY_DOWN.into(), true),
            Key::Key(key) => (Phrase::from(key.to_ascii_uppercase()), key != "?"),
            Key::Code(code) => (code.trim_start_matches("Digit").into(), true),
        };
        let held = [
            (self.shift && needs_shift, text::KEY_SHIFT),
            (self.alt, text::KEY_ALT),
            (self.ctrl, text::KEY_CTRL),
        ];
        let held = held.into_iter().filter(|(is_held, _)| *is_held);
        held.fold(key, |key, (_, modifier)| text::key_with(key, modifier))
    }
}

pub(super) const fn plain(key: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: false,
        shift: false,
        alt: false,
    }
}

pub(super) const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: true,
        shift: false,
        alt: false,
    }
}

pub(super) const fn shift_digit(code: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Code(code),
        ctrl: false,
        shift: true,
        alt: false,
    }
}

pub(super) const fn ctrl_shift(key: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: true,
        shift: true,
        alt: false,
    }
}

pub(super) const fn alt(key: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: false,
        shift: false,
        alt: true,
    }
}

pub(super) const fn alt_shift(key: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: false,
        shift: true,
        alt: true,
    }
}

/// The key in lower case. Where the keyboard is set to another script, what
/// its place has in Latin: Ctrl+Z is undone in Hebrew and Greek as well.
pub(super) fn latin(key: &str, code: &str) -> String {
    let is_other_script =
        key.chars().count() == 1 && key.chars().all(|c| c.is_alphabetic() && !is_latin(c));
    match (code.strip_prefix("Key"), code.strip_prefix("Digit")) {
        (Some(letter), _) if is_other_script && letter.len() == 1 => letter.to_ascii_lowercase(),
        // A letter where others have a digit, as French à.
        (_, Some(digit)) if key.chars().all(char::is_alphabetic) => digit.to_owned(),
        // Of other letters no shortcut is made.
        _ => key.to_ascii_lowercase(),
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(u32::from(c), 0x00aa..=0x024f | 0x1e00..=0x1eff)
}

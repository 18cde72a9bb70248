//! Keys that call actions, whatever the keyboard's layout and script.

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
    /// As shown to people.
    pub shown: &'static str,
}

pub(super) const fn plain(key: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: false,
        shift: false,
        alt: false,
        shown,
    }
}

pub(super) const fn ctrl(key: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: true,
        shift: false,
        alt: false,
        shown,
    }
}

pub(super) const fn shift_digit(code: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Code(code),
        ctrl: false,
        shift: true,
        alt: false,
        shown,
    }
}

pub(super) const fn ctrl_shift(key: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: true,
        shift: true,
        alt: false,
        shown,
    }
}

pub(super) const fn alt(key: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: false,
        shift: false,
        alt: true,
        shown,
    }
}

pub(super) const fn alt_shift(key: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: false,
        shift: true,
        alt: true,
        shown,
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

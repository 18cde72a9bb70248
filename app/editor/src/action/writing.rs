//! What a key means while a text is being written.

use super::{Action, list::find, shortcut::latin};
use crate::input::Mods;

/// The actions whose keys count while a text is being written. Undo and redo are among
/// them because the browser would undo its own text behind the document's back.
const WHILE_WRITING: [Action; 6] = [
    Action::Bold,
    Action::Italic,
    Action::List,
    Action::Link,
    Action::Undo,
    Action::Redo,
];

/// What a key means in the text box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WritingKey {
    /// It leaves the text, or goes on in another.
    Leaves,
    /// Another line: in a list with its bullet.
    Line,
    /// It calls an action.
    Acts(Action),
    /// It is the text box's own.
    Types,
}

/// What a key means while a text is being written.
pub fn while_writing(key: &str, code: &str, mods: Mods) -> WritingKey {
    match (key, mods.ctrl) {
        ("Escape" | "Tab", _) | ("Enter", true) => return WritingKey::Leaves,
        ("Enter", false) => return WritingKey::Line,
        _ => {}
    }
    // In a text this is the key for links, as everywhere else on the web.
    if mods.ctrl && !mods.shift && !mods.alt && latin(key, code) == "k" {
        return WritingKey::Acts(Action::Link);
    }
    match find(key, code, mods, false) {
        Some(action) if WHILE_WRITING.contains(&action) => WritingKey::Acts(action),
        _ => WritingKey::Types,
    }
}

impl Action {
    /// Whether the browser tells of its key in an event of its own, which has the clipboard.
    pub fn comes_with_clipboard(self) -> bool {
        matches!(self, Self::Copy | Self::Cut)
    }
}

/// Whether a key pastes: then, whether all as one note.
pub(crate) fn pastes(key: &str, code: &str, mods: Mods) -> Option<bool> {
    (mods.ctrl && !mods.alt && latin(key, code) == "v").then_some(mods.shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CTRL: Mods = Mods {
        shift: false,
        ctrl: true,
        alt: false,
    };
    const CTRL_SHIFT: Mods = Mods {
        shift: true,
        ..CTRL
    };

    #[test]
    fn marks_and_undo_are_keys_of_a_text() {
        for (key, mods, action) in [
            ("b", CTRL, Action::Bold),
            ("I", CTRL, Action::Italic),
            ("k", CTRL, Action::Link),
            ("K", CTRL_SHIFT, Action::Link),
            ("z", CTRL, Action::Undo),
            ("Z", CTRL_SHIFT, Action::Redo),
            ("y", CTRL, Action::Redo),
        ] {
            assert_eq!(
                while_writing(key, "", mods),
                WritingKey::Acts(action),
                "{key}"
            );
        }
        assert_eq!(
            while_writing("ז", "KeyZ", CTRL),
            WritingKey::Acts(Action::Undo)
        );
    }

    #[test]
    fn other_keys_write() {
        let plain = Mods::default();
        for (key, mods) in [
            ("b", plain),
            ("?", plain),
            ("Delete", plain),
            ("c", CTRL),
            ("a", CTRL),
        ] {
            assert_eq!(while_writing(key, "", mods), WritingKey::Types, "{key}");
        }
        assert_eq!(while_writing("Enter", "", plain), WritingKey::Line);
        assert_eq!(while_writing("Enter", "", CTRL), WritingKey::Leaves);
        assert_eq!(while_writing("Tab", "", plain), WritingKey::Leaves);
    }

    #[test]
    fn shift_pastes_as_one() {
        assert_eq!(pastes("v", "", CTRL), Some(false));
        assert_eq!(pastes("V", "", CTRL_SHIFT), Some(true));
        assert_eq!(pastes("v", "", Mods::default()), None);
    }
}

//! The one list of actions: toolbar, help and keyboard are views of it.

use crate::input::Mods;

/// Something that can be done by a key or a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The select tool.
    SelectTool,
    /// The note tool: the next click places a note.
    NoteTool,
    /// The hand tool: dragging moves the view.
    HandTool,
    /// A note at the pointer, or in the middle of the view.
    NewNote,
    /// Writes in the selected note.
    Edit,
    /// Deletes the selection.
    Delete,
    /// Duplicates the selection.
    Duplicate,
    /// Selects everything in the section, then on the canvas.
    SelectAll,
    /// Copies the selection.
    Copy,
    /// Copies the selection and deletes it.
    Cut,
    /// Takes back my last step.
    Undo,
    /// Does it again.
    Redo,
    /// Nearer.
    ZoomIn,
    /// Further away.
    ZoomOut,
    /// 100 %.
    ZoomReset,
    /// The whole canvas.
    FitCanvas,
    /// What is selected.
    FitSelection,
    /// The section of what is selected, or the one in the middle.
    FitSection,
    /// The help.
    Help,
}

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
    /// As shown to people.
    pub shown: &'static str,
}

/// An action as listed.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// What it is.
    pub action: Action,
    /// What it is called.
    pub label: &'static str,
    /// How to call it.
    pub shortcuts: &'static [Shortcut],
}

const fn plain(key: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: false,
        shift: false,
        shown,
    }
}

const fn ctrl(key: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Key(key),
        ctrl: true,
        shift: false,
        shown,
    }
}

const fn shift_digit(code: &'static str, shown: &'static str) -> Shortcut {
    Shortcut {
        key: Key::Code(code),
        ctrl: false,
        shift: true,
        shown,
    }
}

/// Every action.
pub const ACTIONS: &[Listed] = &[
    Listed {
        action: Action::NewNote,
        label: "New note",
        shortcuts: &[plain("n", "N")],
    },
    Listed {
        action: Action::Edit,
        label: "Write in the selected note",
        shortcuts: &[plain("enter", "Enter")],
    },
    Listed {
        action: Action::SelectTool,
        label: "Select",
        shortcuts: &[plain("v", "V")],
    },
    Listed {
        action: Action::NoteTool,
        label: "Place a note",
        shortcuts: &[plain("s", "S")],
    },
    Listed {
        action: Action::HandTool,
        label: "Move the view",
        shortcuts: &[plain("h", "H")],
    },
    Listed {
        action: Action::Delete,
        label: "Delete",
        shortcuts: &[plain("delete", "Delete"), plain("backspace", "Backspace")],
    },
    Listed {
        action: Action::Duplicate,
        label: "Duplicate",
        shortcuts: &[ctrl("d", "Ctrl D")],
    },
    Listed {
        action: Action::SelectAll,
        label: "Select all",
        shortcuts: &[ctrl("a", "Ctrl A")],
    },
    Listed {
        action: Action::Copy,
        label: "Copy",
        shortcuts: &[ctrl("c", "Ctrl C")],
    },
    Listed {
        action: Action::Cut,
        label: "Cut",
        shortcuts: &[ctrl("x", "Ctrl X")],
    },
    Listed {
        action: Action::Undo,
        label: "Undo",
        shortcuts: &[ctrl("z", "Ctrl Z")],
    },
    Listed {
        action: Action::Redo,
        label: "Redo",
        shortcuts: &[
            Shortcut {
                key: Key::Key("z"),
                ctrl: true,
                shift: true,
                shown: "Ctrl Shift Z",
            },
            ctrl("y", "Ctrl Y"),
        ],
    },
    Listed {
        action: Action::ZoomIn,
        label: "Zoom in",
        shortcuts: &[ctrl("+", "Ctrl +"), ctrl("=", "Ctrl =")],
    },
    Listed {
        action: Action::ZoomOut,
        label: "Zoom out",
        shortcuts: &[ctrl("-", "Ctrl -")],
    },
    Listed {
        action: Action::ZoomReset,
        label: "Zoom to 100 %",
        shortcuts: &[ctrl("0", "Ctrl 0")],
    },
    Listed {
        action: Action::FitCanvas,
        label: "Show the whole canvas",
        shortcuts: &[shift_digit("Digit1", "Shift 1"), plain("home", "Home")],
    },
    Listed {
        action: Action::FitSelection,
        label: "Show the selection",
        shortcuts: &[shift_digit("Digit2", "Shift 2")],
    },
    Listed {
        action: Action::FitSection,
        label: "Show the section",
        shortcuts: &[shift_digit("Digit3", "Shift 3")],
    },
    Listed {
        action: Action::Help,
        label: "Help",
        shortcuts: &[
            Shortcut {
                key: Key::Key("?"),
                ctrl: false,
                shift: true,
                shown: "?",
            },
            plain("f1", "F1"),
        ],
    },
];

/// Keys that are no actions of their own, for the help.
pub const OTHER_KEYS: &[(&str, &str)] = &[
    (
        "Tab, Shift Tab",
        "Next or previous note; while writing: a new note to the right or left",
    ),
    (
        "Ctrl Enter, Ctrl Shift Enter",
        "While writing: a new note below or above",
    ),
    (
        "Arrow keys, with Shift",
        "Move the selection by one step, by ten",
    ),
    ("Esc", "Stop writing, then deselect"),
    ("Space and drag", "Move the view"),
    ("Ctrl and wheel", "Zoom"),
    (
        "Ctrl V, Ctrl Shift V",
        "Paste lines as notes, or all as one note",
    ),
];

/// The action of a key, if it has one. `single_keys` off: only those with Ctrl
/// and keys that are no characters.
pub fn find(key: &str, code: &str, mods: Mods, single_keys: bool) -> Option<Action> {
    let key = latin(key, code);
    let matches = |shortcut: &Shortcut| {
        let same = match shortcut.key {
            Key::Key(wanted) => wanted == key,
            Key::Code(wanted) => wanted == code,
        };
        let is_punctuation = key.chars().count() == 1 && !key.chars().all(char::is_alphanumeric);
        // Which characters need Shift depends on the keyboard's layout.
        let shift = is_punctuation || shortcut.shift == mods.shift;
        let allowed = single_keys || shortcut.ctrl || key.chars().count() > 1;
        same && shift && shortcut.ctrl == mods.ctrl && !mods.alt && allowed
    };
    ACTIONS
        .iter()
        .find(|listed| listed.shortcuts.iter().any(matches))
        .map(|listed| listed.action)
}

/// The key in lower case. Where the keyboard is set to another script, what
/// its place has in Latin: Ctrl+Z is undone in Hebrew and Greek as well.
fn latin(key: &str, code: &str) -> String {
    let is_other_script =
        key.chars().count() == 1 && key.chars().all(|c| c.is_alphabetic() && !is_latin(c));
    match (code.strip_prefix("Key"), code.strip_prefix("Digit")) {
        (Some(letter), _) if is_other_script && letter.len() == 1 => letter.to_lowercase(),
        // A letter where others have a digit, as French à.
        (_, Some(digit)) if key.chars().all(char::is_alphabetic) => digit.to_owned(),
        _ => key.to_lowercase(),
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(u32::from(c), 0x00aa..=0x024f | 0x1e00..=0x1eff)
}

/// An action as listed.
pub fn listed(action: Action) -> &'static Listed {
    ACTIONS
        .iter()
        .find(|listed| listed.action == action)
        .unwrap_or(&ACTIONS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_share_a_shortcut() {
        let all: Vec<_> = ACTIONS
            .iter()
            .flat_map(|listed| listed.shortcuts.iter().map(|s| (s.key, s.ctrl, s.shift)))
            .collect();
        for (i, shortcut) in all.iter().enumerate() {
            assert!(!all[i + 1..].contains(shortcut), "{shortcut:?}");
        }
    }

    #[test]
    fn every_shortcut_finds_its_action_whatever_caps_lock_does() {
        for listed in ACTIONS {
            for shortcut in listed.shortcuts {
                let mods = Mods {
                    ctrl: shortcut.ctrl,
                    shift: shortcut.shift,
                    alt: false,
                };
                let (key, code) = match shortcut.key {
                    Key::Key(key) => (key.to_uppercase(), String::new()),
                    Key::Code(code) => ("!".to_owned(), code.to_owned()),
                };
                assert_eq!(
                    find(&key, &code, mods, true),
                    Some(listed.action),
                    "{shortcut:?}"
                );
            }
        }
    }

    #[test]
    fn other_scripts_and_layouts_reach_the_same_actions() {
        let ctrl = Mods {
            ctrl: true,
            ..Mods::default()
        };
        assert_eq!(find("ז", "KeyZ", ctrl, true), Some(Action::Undo));
        assert_eq!(find("я", "KeyZ", ctrl, true), Some(Action::Undo));
        assert_eq!(
            find("ν", "KeyN", Mods::default(), true),
            Some(Action::NewNote)
        );
        // A Latin layout says itself what its keys are: y and z change places.
        assert_eq!(find("z", "KeyY", ctrl, true), Some(Action::Undo));
        assert_eq!(find("ö", "Semicolon", Mods::default(), true), None);
        // French digits need Shift.
        assert_eq!(find("à", "Digit0", ctrl, true), Some(Action::ZoomReset));
    }

    #[test]
    fn every_action_is_listed_once_with_a_way_to_call_it() {
        for (i, listed) in ACTIONS.iter().enumerate() {
            assert!(!listed.label.is_empty() && !listed.shortcuts.is_empty());
            assert!(
                ACTIONS[i + 1..]
                    .iter()
                    .all(|other| other.action != listed.action)
            );
            assert_eq!(super::listed(listed.action).label, listed.label);
        }
        // The last of the list of variants: a new one has to be listed.
        assert_eq!(ACTIONS.len(), Action::Help as usize + 1);
    }

    #[test]
    fn single_keys_can_be_switched_off() {
        assert_eq!(find("n", "KeyN", Mods::default(), false), None);
        assert_eq!(
            find("Delete", "Delete", Mods::default(), false),
            Some(Action::Delete)
        );
    }
}

//! The one list of actions, and how their keys find them.

use shared::text::{self, Phrase, Text};

use super::{
    Action,
    shortcut::{Key, Shortcut, alt, alt_shift, ctrl, ctrl_shift, latin, plain, shift_digit},
};
use crate::input::Mods;

/// Which actions belong together in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What the main button does.
    Tools,
    /// What is done to the selection.
    Edit,
    /// Where the selection lies.
    Arrange,
    /// How large the selection is, and how it is turned.
    Size,
    /// What is shown of the canvas, and how.
    View,
}

impl Part {
    /// Every part, in the order of the help.
    pub const ALL: [Self; 5] = [
        Self::Tools,
        Self::Edit,
        Self::Arrange,
        Self::Size,
        Self::View,
    ];

    /// What it is called.
    pub const fn label(self) -> Text {
        match self {
            Self::Tools => text::PART_TOOLS,
            Self::Edit => text::PART_EDIT,
            Self::Arrange => text::PART_ARRANGE,
            Self::Size => text::PART_SIZE,
            Self::View => text::PART_VIEW,
        }
    }
}

/// An action as listed.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// What it is.
    pub action: Action,
    /// The group it is listed in.
    pub part: Part,
    /// Its name, as shown to people.
    pub label: Text,
    /// How to call it.
    pub shortcuts: &'static [Shortcut],
}

const fn list(action: Action, part: Part, label: Text, shortcuts: &'static [Shortcut]) -> Listed {
    Listed {
        action,
        part,
        label,
        shortcuts,
    }
}

const SHIFT_ENTER: Shortcut = Shortcut {
    key: Key::Key("enter"),
    ctrl: false,
    shift: true,
    alt: false,
};

const LIST_KEY: Shortcut = Shortcut {
    key: Key::Code("Digit8"),
    ctrl: true,
    shift: true,
    alt: false,
};

const QUESTION_MARK: Shortcut = Shortcut {
    key: Key::Key("?"),
    ctrl: false,
    shift: true,
    alt: false,
};

/// Every action: menus, toolbar, palette, help and shortcuts are made of this list.
#[rustfmt::skip]
pub const ACTIONS: &[Listed] = &[
    list(Action::SelectTool, Part::Tools, text::ACTION_SELECT_TOOL, &[plain("v")]),
    list(Action::HandTool, Part::Tools, text::ACTION_HAND_TOOL, &[plain("h")]),
    list(Action::NewNote, Part::Tools, text::ACTION_NEW_NOTE, &[plain("n")]),
    list(Action::NoteTool, Part::Tools, text::ACTION_NOTE_TOOL, &[plain("s")]),
    list(Action::TextTool, Part::Tools, text::ACTION_TEXT_TOOL, &[plain("t")]),
    list(Action::ShapeTool, Part::Tools, text::ACTION_SHAPE_TOOL, &[plain("r")]),
    list(Action::FrameTool, Part::Tools, text::ACTION_FRAME_TOOL, &[plain("f")]),
    list(Action::ConnectTool, Part::Tools, text::ACTION_CONNECT_TOOL, &[plain("c"), plain("a")]),
    list(Action::StampTool, Part::Tools, text::ACTION_STAMP_TOOL, &[plain("e")]),
    list(Action::PenTool, Part::Tools, text::ACTION_PEN_TOOL, &[plain("p")]),
    list(Action::Picture, Part::Tools, text::ACTION_PICTURE, &[plain("i")]),
    list(Action::Edit, Part::Edit, text::ACTION_EDIT, &[plain("enter")]),
    list(Action::Bold, Part::Edit, text::ACTION_BOLD, &[ctrl("b")]),
    list(Action::Italic, Part::Edit, text::ACTION_ITALIC, &[ctrl("i")]),
    list(Action::List, Part::Edit, text::ACTION_LIST, &[LIST_KEY]),
    list(Action::Link, Part::Edit, text::ACTION_LINK, &[ctrl_shift("k")]),
    list(Action::OpenLink, Part::Edit, text::ACTION_OPEN_LINK, &[ctrl("enter")]),
    list(Action::Delete, Part::Edit, text::ACTION_DELETE, &[plain("delete"), plain("backspace")]),
    list(Action::Duplicate, Part::Edit, text::ACTION_DUPLICATE, &[ctrl("d")]),
    list(Action::Properties, Part::Edit, text::ACTION_PROPERTIES, &[alt("enter")]),
    list(Action::Keep, Part::Edit, text::ACTION_KEEP, &[SHIFT_ENTER]),
    list(Action::SelectAll, Part::Edit, text::ACTION_SELECT_ALL, &[ctrl("a")]),
    list(Action::Copy, Part::Edit, text::ACTION_COPY, &[ctrl("c")]),
    list(Action::Cut, Part::Edit, text::ACTION_CUT, &[ctrl("x")]),
    list(Action::Undo, Part::Edit, text::ACTION_UNDO, &[ctrl("z")]),
    list(Action::Redo, Part::Edit, text::ACTION_REDO, &[ctrl_shift("z"), ctrl("y")]),
    list(Action::Group, Part::Arrange, text::ACTION_GROUP, &[ctrl("g")]),
    list(Action::Ungroup, Part::Arrange, text::ACTION_UNGROUP, &[ctrl_shift("g")]),
    list(Action::Lock, Part::Arrange, text::ACTION_LOCK, &[ctrl_shift("l")]),
    list(Action::ToFront, Part::Arrange, text::ACTION_TO_FRONT, &[plain("]")]),
    list(Action::Forward, Part::Arrange, text::ACTION_FORWARD, &[ctrl("]")]),
    list(Action::Backward, Part::Arrange, text::ACTION_BACKWARD, &[ctrl("[")]),
    list(Action::ToBack, Part::Arrange, text::ACTION_TO_BACK, &[plain("[")]),
    list(Action::AlignLeft, Part::Arrange, text::ACTION_ALIGN_LEFT, &[]),
    list(Action::AlignCenter, Part::Arrange, text::ACTION_ALIGN_CENTER, &[]),
    list(Action::AlignRight, Part::Arrange, text::ACTION_ALIGN_RIGHT, &[]),
    list(Action::AlignTop, Part::Arrange, text::ACTION_ALIGN_TOP, &[]),
    list(Action::AlignMiddle, Part::Arrange, text::ACTION_ALIGN_MIDDLE, &[]),
    list(Action::AlignBottom, Part::Arrange, text::ACTION_ALIGN_BOTTOM, &[]),
    list(Action::DistributeAcross, Part::Arrange, text::ACTION_DISTRIBUTE_ACROSS, &[]),
    list(Action::DistributeDown, Part::Arrange, text::ACTION_DISTRIBUTE_DOWN, &[]),
    list(Action::Tidy, Part::Arrange, text::ACTION_TIDY, &[]),
    list(Action::Wider, Part::Size, text::ACTION_WIDER, &[alt_shift("arrowright")]),
    list(Action::Narrower, Part::Size, text::ACTION_NARROWER, &[alt_shift("arrowleft")]),
    list(Action::Taller, Part::Size, text::ACTION_TALLER, &[alt_shift("arrowdown")]),
    list(Action::Shorter, Part::Size, text::ACTION_SHORTER, &[alt_shift("arrowup")]),
    list(Action::TurnRight, Part::Size, text::ACTION_TURN_RIGHT, &[ctrl_shift("arrowright")]),
    list(Action::TurnLeft, Part::Size, text::ACTION_TURN_LEFT, &[ctrl_shift("arrowleft")]),
    list(Action::ZoomIn, Part::View, text::ACTION_ZOOM_IN, &[ctrl("+"), ctrl("=")]),
    list(Action::ZoomOut, Part::View, text::ACTION_ZOOM_OUT, &[ctrl("-")]),
    list(Action::ZoomReset, Part::View, text::ACTION_ZOOM_RESET, &[ctrl("0")]),
    list(Action::FitCanvas, Part::View, text::ACTION_FIT_CANVAS, &[shift_digit("Digit1")]),
    list(Action::BackToGroup, Part::View, text::ACTION_BACK_TO_GROUP, &[plain("home")]),
    list(Action::FitSelection, Part::View, text::ACTION_FIT_SELECTION, &[shift_digit("Digit2")]),
    list(Action::FitSection, Part::View, text::ACTION_FIT_SECTION, &[shift_digit("Digit3")]),
    list(Action::Find, Part::View, text::ACTION_FIND, &[ctrl("f")]),
    list(Action::Outline, Part::View, text::ACTION_OUTLINE, &[plain("o")]),
    list(Action::Minimap, Part::View, text::ACTION_MINIMAP, &[plain("m")]),
    list(Action::Theme, Part::View, text::ACTION_THEME, &[]),
    list(Action::Palette, Part::View, text::ACTION_PALETTE, &[ctrl("k")]),
    list(Action::Help, Part::View, text::ACTION_HELP, &[QUESTION_MARK, plain("f1")]),
];

/// Keys that are no actions of their own, with what they do, for the help.
pub const OTHER_KEYS: &[(Text, Text)] = &[
    (text::KEYS_WALK, text::KEYS_WALK_DO),
    (text::KEYS_WRITE_BESIDE, text::KEYS_WRITE_BESIDE_DO),
    (text::KEYS_MOVE, text::KEYS_MOVE_DO),
    (text::KEYS_NEIGHBOUR, text::KEYS_NEIGHBOUR_DO),
    (text::KEYS_ALONG, text::KEYS_ALONG_DO),
    (text::KEYS_NEAR, text::KEYS_NEAR_DO),
    (text::KEYS_PLACE, text::KEYS_PLACE_DO),
    (text::KEYS_LEAD, text::KEYS_LEAD_DO),
    (text::KEYS_ATTACH, text::KEYS_ATTACH_DO),
    (text::KEYS_STOP, text::KEYS_STOP_DO),
    (text::KEYS_PAN, text::KEYS_PAN_DO),
    (text::KEYS_ZOOM, text::KEYS_ZOOM_DO),
    (text::KEYS_PASTE, text::KEYS_PASTE_DO),
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
        let others = shortcut.ctrl == mods.ctrl && shortcut.alt == mods.alt;
        same && shift && others && allowed
    };
    ACTIONS
        .iter()
        .find(|listed| listed.shortcuts.iter().any(matches))
        .map(|listed| listed.action)
}

impl Listed {
    /// Its first key, as shown to people; nothing where it has none.
    pub fn key(&self) -> Phrase {
        let first = self.shortcuts.first();
        first.map(Shortcut::shown).unwrap_or_default()
    }

    /// All its keys.
    pub fn keys(&self) -> Phrase {
        let mut shown = self.shortcuts.iter().map(Shortcut::shown);
        let first = shown.next().unwrap_or_default();
        shown.fold(first, text::key_or)
    }
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
            .flat_map(|listed| listed.shortcuts)
            .map(|s| (s.key, s.ctrl, s.shift, s.alt))
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
                    alt: shortcut.alt,
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
    fn keys_are_shown_as_they_stand_on_the_keyboard() {
        let shown = |action| listed(action).keys().english();
        for (action, keys) in [
            (Action::NewNote, "N"),
            (Action::Delete, "Delete, Backspace"),
            (Action::Redo, "Ctrl Shift Z, Ctrl Y"),
            (Action::List, "Ctrl Shift 8"),
            (Action::Wider, "Alt Shift Right"),
            (Action::FitCanvas, "Shift 1"),
            (Action::Help, "?, F1"),
            (Action::Theme, ""),
        ] {
            assert_eq!(shown(action), keys);
        }
        let key = listed(Action::Keep).key().english();
        assert_eq!(key, "Shift Enter");
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
    fn every_action_is_listed_once() {
        for (i, listed) in ACTIONS.iter().enumerate() {
            assert!(
                ACTIONS[i + 1..]
                    .iter()
                    .all(|other| other.action != listed.action)
            );
            assert_eq!(super::listed(listed.action).label, listed.label);
        }
        for action in Action::ALL {
            assert_eq!(listed(*action).action, *action);
        }
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

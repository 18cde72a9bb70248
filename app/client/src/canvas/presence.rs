//! Presence on a canvas: what others tell, and what I tell them.

use editor::Editor;
use shared::protocol::{Presence, api::Me};

use crate::people::{self, People};

/// At most so many selected objects are told.
const SELECTED_MAX: usize = 200;

/// Everybody else, and me as they see me.
#[derive(Debug, Default)]
pub(crate) struct Presences {
    /// Everybody else.
    people: People,
    /// The page is in the background.
    is_away: bool,
}

impl Presences {
    /// Everybody else.
    pub(crate) fn people(&self) -> &People {
        &self.people
    }

    /// Everybody else, for what they tell.
    pub(crate) fn people_mut(&mut self) -> &mut People {
        &mut self.people
    }

    /// Whether the page is in the background.
    pub(crate) fn is_away(&self) -> bool {
        self.is_away
    }

    /// The page goes into the background or comes back.
    pub(crate) fn set_away(&mut self, is_away: bool) {
        self.is_away = is_away;
    }

    /// My presence as JSON, if it is time to send it.
    pub(crate) fn due(&mut self, editor: &Editor, me: &Me, now_ms: u64) -> Option<String> {
        let selected = editor.selection().iter().take(SELECTED_MAX);
        let drag = editor.drag_offset().filter(|_| !editor.drags_copies());
        let mine = Presence {
            user: people::user(me),
            canvas: None,
            cursor: editor.cursor().map(people::rounded),
            selection: selected.cloned().collect(),
            drag: drag.map(|offset| people::rounded(offset.to_point())),
            writing: editor.editing().cloned(),
            away: self.is_away,
        };
        self.people.due(mine, now_ms)
    }
}

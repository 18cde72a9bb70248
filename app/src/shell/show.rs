//! What others and the page around the board are shown, and when it is painted.

use leptos::prelude::{Set, WithUntracked};
use shared::{object::sticky_note, protocol::Presence};

use super::{AppEvent, canvas::Canvas, people, text::Writing};
use crate::{
    platform::browser,
    state::{Message, READING_MAX, put},
};

/// The list for screen readers is made anew at most this often, milliseconds.
const READING_EVERY_MS: u64 = 400;

impl Canvas {
    pub(super) fn tell(&mut self, text: String, stays: bool) {
        self.ui.said.set(text.clone());
        self.ui.message.set(Some(Message { text, stays }));
    }

    pub(super) fn fit(&mut self) {
        let camera = self.editor.camera();
        self.with_editor(|editor, cx| editor.first_view(cx));
        self.board_dirty |= camera != self.editor.camera();
        self.overlay_dirty |= self.board_dirty;
    }

    pub(super) fn send_presence(&mut self) {
        if !self.link.is_open() {
            return;
        }
        let mine = Presence {
            user: self.ui.me.with_untracked(people::user),
            cursor: self.editor.cursor().map(people::rounded),
            selection: self.editor.selection().iter().take(200).cloned().collect(),
            drag: self
                .editor
                .drag_offset()
                .filter(|_| !self.editor.drags_copies())
                .map(|offset| people::rounded(offset.to_point())),
            writing: self.editor.editing().cloned(),
            away: self.hidden,
        };
        if let Some(state) = self.people.due(mine, browser::now_ms()) {
            let client = self.link.copy.replica().client_id();
            self.link.send_presence(client, state);
        }
    }

    /// Puts what has changed into the signals, and asks for a frame if something is to be painted.
    pub(super) fn show(&mut self) {
        put(self.ui.status, self.link.status());
        put(self.ui.tool, self.editor.tool());
        put(self.ui.color, self.editor.color());
        put(self.ui.zoom, self.editor.camera().zoom);
        put(self.ui.selected, self.editor.selection().len());
        put(self.ui.can_undo, self.link.copy.can_undo_redo());
        put(
            self.ui.writing,
            self.writing.as_ref().map(|writing| writing.id.clone()),
        );
        let left = self
            .writing
            .as_ref()
            .map(Writing::length)
            .filter(|length| *length >= sticky_note::TEXT_COUNTER_FROM);
        put(
            self.ui.left,
            left.map(|length| sticky_note::TEXT_MAX.saturating_sub(length)),
        );
        put(
            self.ui.people,
            self.ui.me.with_untracked(|me| self.people.list(me)),
        );
        let now_ms = browser::now_ms();
        if self.reading_due && now_ms.saturating_sub(self.reading_ms) >= READING_EVERY_MS {
            self.reading_due = false;
            self.reading_ms = now_ms;
            self.list_notes();
        }
        if (self.board_dirty || self.overlay_dirty) && !self.frame_asked {
            self.frame_asked = true;
            let shell = self.shell.clone();
            browser::next_frame(move || shell.send(AppEvent::Frame));
        }
    }

    pub(super) fn list_notes(&mut self) {
        let view = self.link.copy.view();
        let mut order = self.scene.reading_order(self.template);
        put(self.ui.notes, order.len());
        order.truncate(READING_MAX);
        let list = order
            .into_iter()
            .filter_map(|id| {
                view.get(&id)
                    .map(|object| (id.clone(), object.text().to_owned()))
            })
            .collect();
        put(self.ui.reading, list);
    }

    pub(super) fn frame(&mut self) {
        self.frame_asked = false;
        if std::mem::take(&mut self.board_dirty) {
            self.paint_board();
        }
        if std::mem::take(&mut self.overlay_dirty) {
            self.paint_overlay();
        }
        self.place_text();
        let _ = self
            .elements
            .stage
            .style()
            .set_property("cursor", self.editor.cursor_style());
        if !self.marked_open && self.link.is_caught_up() {
            self.marked_open = true;
            browser::mark("plaza-open");
        }
    }
}

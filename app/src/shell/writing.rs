//! Writing in a note: between the text box, the document and the editor.

use editor::{Side, input::Mods};
use shared::{
    board::Command,
    draw::marks,
    id::ObjectId,
    object::{Object, sticky_note},
};

use super::{canvas::Canvas, text::Writing};
use crate::platform::browser;

/// Whether a text has marks that a text box cannot show.
pub(super) fn has_marks(object: &Object) -> bool {
    !marks::with_found_links(&object.text, &object.marks).is_empty()
}

impl Canvas {
    pub(super) fn write(&mut self, id: ObjectId, append: &str) {
        let Some(object) = self.link.copy.view().get(&id) else {
            return;
        };
        let text = object.text.clone();
        let fresh = self.editor.first_words_continue();
        self.writing = Some(Writing::open(self.elements.text.clone(), id, &text, fresh));
        self.place_text();
        if !append.is_empty() {
            self.elements.text.set_value(&format!("{text}{append}"));
            self.typed();
        }
    }

    pub(super) fn typed(&mut self) {
        let Some(writing) = &mut self.writing else {
            return;
        };
        let id = writing.id.clone();
        let document = self
            .link
            .copy
            .view()
            .get(&id)
            .map(|object| object.text.clone())
            .unwrap_or_default();
        match writing.typed(&document, browser::now_ms()) {
            Ok(Some((edit, step))) => self.command(&Command::EditText(id, edit), step),
            Ok(None) => {}
            Err(()) => self.tell(
                format!("A note takes at most {} characters.", sticky_note::TEXT_MAX),
                false,
            ),
        }
    }

    pub(super) fn composing(&mut self, composing: bool) {
        if let Some(writing) = &mut self.writing {
            writing.composing = composing;
        }
        // What has marks is painted by the board, except while it is composed.
        self.board_dirty = true;
        self.content_dirty = true;
        if !composing {
            self.typed();
            // What others wrote meanwhile was held back from the box.
            if let Some(writing) = &mut self.writing
                && let Some(object) = self.link.copy.view().get(&writing.id)
            {
                writing.changed(&object.text);
            }
            self.place_text();
        }
    }

    pub(super) fn text_key(&mut self, key: &str, mods: Mods) {
        self.used = false;
        let Some(writing) = &self.writing else { return };
        if writing.composing {
            return;
        }
        let rtl = writing.is_rtl();
        let side = match (key, mods.ctrl, mods.shift) {
            ("Escape", ..) => {
                self.stop_writing();
                let _ = self.elements.stage.focus();
                return;
            }
            ("Enter", false, false) => {
                self.used = writing.continue_list();
                if self.used {
                    self.typed();
                }
                return;
            }
            ("Tab", false, false) => Side::Next,
            ("Tab", false, true) => Side::Previous,
            ("Enter", true, false) => Side::Below,
            ("Enter", true, true) => Side::Above,
            _ => return,
        };
        let reply = self.with_editor(|editor, cx| editor.go_beside(side, rtl, cx));
        self.board_dirty = true;
        self.content_dirty = true;
        self.reply(reply);
    }

    pub(super) fn stop_writing(&mut self) {
        let effects = self.with_editor(|editor, cx| editor.stop_editing(cx));
        self.carry_out(effects);
    }

    pub(super) fn close_text(&mut self) {
        if let Some(writing) = self.writing.take() {
            writing.close();
        }
        self.board_dirty = true;
        self.content_dirty = true;
    }

    pub(super) fn place_text(&self) {
        let Some(writing) = &self.writing else { return };
        let view = self.link.copy.view();
        if let (Some(object), Some(place), Some(fitted)) = (
            view.get(&writing.id),
            self.scene.place(&writing.id),
            self.scene.fitted(&writing.id),
        ) && let Some(set) = object.kind.text_box(place.rect.size())
        {
            let camera = self.editor.camera();
            let screen = camera.screen_from_board(place.rect.origin());
            let has_marks = has_marks(object);
            writing.place(screen, place, &set, fitted, camera.zoom, has_marks);
        }
    }
}

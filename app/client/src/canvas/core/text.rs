//! The text that is written, between the text box and the document.

use shared::{
    board::{Command, text_edit},
    draw::marks,
    id::ObjectId,
    object::{Object, sticky_note},
    text,
};

use super::Core;
use crate::{Dirty, TextBox, text_place, world::World, writing, writing::Writing};

/// Whether a text has marks that a text box cannot show.
pub(crate) fn has_marks(object: &Object) -> bool {
    !marks::with_found_links(&object.text, &object.marks).is_empty()
}

impl Core {
    /// The right to write may have ended, or the document have become newer than this
    /// page: the text that is open is closed. What was typed before stays.
    pub(crate) fn heed_rights(&mut self, world: &mut World<'_>) -> Dirty {
        if self.writing.is_none() || self.rights(world).writes {
            return Dirty::NOTHING;
        }
        self.edit(world, |editor, cx| editor.stop_editing(cx)) | Self::refuse(world)
    }

    /// Opens an object's text for writing, with what is to be added to it.
    pub(super) fn write(&mut self, id: ObjectId, append: &str, world: &mut World<'_>) -> Dirty {
        let Some(object) = self.documents.view().get(&id) else {
            return Dirty::NOTHING;
        };
        let text = object.text.clone();
        let fresh = self.editor.first_words_continue();
        self.writing = Some(Writing::open(world.platform.text(), id, &text, fresh));
        self.place_text(world.platform.text());
        // What is written is not painted, but for its marks.
        let mut dirty = Dirty::VIEW;
        if !append.is_empty() {
            let text = format!("{text}{append}");
            let end = text_edit::utf16_len(&text);
            world.platform.text().set(&text, (end, end));
            dirty |= self.typed(world);
        }
        dirty
    }

    /// The text box has new text.
    pub(crate) fn typed(&mut self, world: &mut World<'_>) -> Dirty {
        let Some(writing) = &mut self.writing else {
            return Dirty::NOTHING;
        };
        let id = writing.id().clone();
        let object = self.documents.view().get(&id);
        let document = object.map(|object| object.text.clone()).unwrap_or_default();
        match writing.typed(world.platform.text(), &document, world.now_ms) {
            Ok(Some((edit, step))) => self.command(&Command::EditText(id, edit), step, world),
            Ok(None) => Dirty::EDITOR,
            Err(writing::TooLong) => {
                let text = text::say_too_long(sticky_note::TEXT_MAX);
                Dirty::EDITOR | world.tab.telling.tell(text, world.now_ms)
            }
        }
    }

    /// An input method begins or ends composing.
    pub(crate) fn composing(&mut self, composing: bool, world: &mut World<'_>) -> Dirty {
        if let Some(writing) = &mut self.writing {
            writing.set_composing(composing);
        }
        // What has marks is painted by the board, except while it is composed.
        let mut dirty = Dirty::BOARD;
        if !composing {
            dirty |= self.typed(world);
            // What others wrote meanwhile was held back from the box.
            if let Some(writing) = &mut self.writing
                && let Some(object) = self.documents.view().get(writing.id())
            {
                writing.changed(world.platform.text(), &object.text);
            }
            self.place_text(world.platform.text());
        }
        dirty
    }

    /// Takes the text box away.
    pub(super) fn close_text(&mut self, world: &World<'_>) -> Dirty {
        if self.writing.take().is_some() {
            world.platform.text().close();
        }
        Dirty::BOARD
    }

    /// Lays the text box over the text that is written.
    pub(crate) fn place_text(&self, element: &dyn TextBox) {
        let Some(writing) = &self.writing else { return };
        let scene = self.documents.scene();
        if let (Some(object), Some(place), Some(fitted)) = (
            self.documents.view().get(writing.id()),
            scene.place(writing.id()),
            scene.fitted(writing.id()),
        ) && let Some(set) = object.kind.text_box(place.rect.size())
        {
            let camera = self.editor.camera();
            let screen = camera.screen_from_board(place.rect.origin());
            let written = text_place::Written {
                place,
                set: &set,
                fitted,
                has_marks: has_marks(object),
                is_composing: writing.is_composing(),
            };
            element.lay(&text_place::lay(screen, camera.zoom, &written));
        }
    }
}

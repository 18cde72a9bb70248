//! The parts of the page around the board: which are open, what they ask for.

use editor::{LinkAsked, Panel};
use leptos::prelude::{GetUntracked, Set, Update};
use shared::{
    board::{Command, Step, TextEdit},
    geometry::Point,
    id::ObjectId,
    object::{End, sticky_note},
};
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use crate::{
    platform::{browser, device},
    state::{CONTROLS, Offer},
};

impl Canvas {
    pub(super) fn open_panel(&mut self, panel: Panel) {
        match panel {
            Panel::Help | Panel::Palette | Panel::Find => self.ui.panel.set(Some(panel)),
            Panel::Properties => browser::focus(CONTROLS),
            Panel::Outline => self.ui.outline.update(|open| *open = !*open),
            Panel::Minimap => {
                self.ui.minimap.update(|open| *open = !*open);
                device::set_preference("minimap", self.ui.minimap.get_untracked());
                self.overlay_dirty = true;
            }
            Panel::Theme => {
                self.ui.dark.update(|dark| *dark = !*dark);
                device::set_preference("dark", self.ui.dark.get_untracked());
                self.set_theme();
            }
        }
    }

    pub(super) fn set_theme(&mut self) {
        let dark = self.ui.dark.get_untracked();
        browser::set_theme(dark);
        self.board.set_dark(dark);
        self.minimap.set_dark(dark);
        self.board_dirty = true;
        self.content_dirty = true;
        self.overlay_dirty = true;
    }

    /// Offers objects where a connector was let go.
    pub(super) fn offer(&self, from: End, at: Point) {
        let screen = self.editor.camera().screen_from_board(at);
        self.ui.offer.set(Some(Offer {
            from,
            at,
            screen: (screen.x as i32, screen.y as i32),
        }));
    }

    pub(super) fn accept(&mut self, kind: Option<&'static str>) {
        let Some(Offer { from, at, .. }) = self.ui.offer.get_untracked() else {
            return;
        };
        self.ui.offer.set(None);
        let effects = self.with_editor(|editor, cx| editor.accept_offer(from, at, kind, cx));
        self.carry_out(effects);
    }

    /// Puts a link on words, or says why not.
    pub(super) fn set_link(&mut self, asked: LinkAsked, typed: &str) {
        match self.with_editor(|editor, cx| editor.set_link(asked, typed, cx)) {
            Ok(effects) => {
                self.ui.link.set(None);
                self.carry_out(effects);
            }
            Err(why) => self.tell(why.into(), false),
        }
    }

    /// Another text for an object, from the outline.
    pub(super) fn rewrite(&mut self, id: ObjectId, text: &str) {
        let Some(object) = self.link.copy.view().get(&id) else {
            self.tell("Somebody deleted this meanwhile.".into(), false);
            return;
        };
        if object.is_locked {
            self.tell("This is locked.".into(), false);
            return;
        }
        let most = sticky_note::TEXT_MAX;
        let text: String = text.graphemes(true).take(most).collect();
        if let Some(edit) = TextEdit::between(&object.text, &text) {
            self.command(&Command::EditText(id, edit), Step::New);
        }
    }
}

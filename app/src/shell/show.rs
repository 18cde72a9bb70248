//! What others and the page around the board are shown, and when it is painted.

use editor::Input;
use leptos::prelude::{GetUntracked, Set, Update, WithUntracked};
use shared::{
    geometry::Point,
    id::ObjectId,
    object::{End, Object, sticky_note},
    protocol::Presence,
    scene::section_of,
};

use super::{AppEvent, canvas::Canvas, people, text::Writing};
use crate::{
    platform::browser,
    state::{LISTED_STEP, Listed, Message, put},
};

/// The list for screen readers is made anew at most this often, milliseconds.
const READING_EVERY_MS: u64 = 400;
/// Space that the properties bar needs above the selection, in pixels.
const BAR_ROOM_PX: f64 = 130.0;
/// How far above the selection it stands.
const BAR_ABOVE_PX: f64 = 112.0;
/// How far below.
const BAR_BELOW_PX: f64 = 28.0;

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
        put(self.ui.zoom, self.editor.camera().zoom);
        let selected = self.editor.selection();
        put(self.ui.selected, selected.len());
        if !self.editor.is_at_rest() && self.writing.is_none() {
            // The bar is out of the way while something is dragged.
            put(self.ui.bar_at, None);
        } else {
            self.show_bar();
        }
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

    /// What the properties bar shows.
    fn show_bar(&mut self) {
        let selected = self.editor.selection();
        let view = self.link.copy.view();
        let is_locked = |id: &ObjectId| view.get(id).is_some_and(|object| object.is_locked);
        put(
            self.ui.locked,
            !selected.is_empty() && selected.iter().all(is_locked),
        );
        let styles = self.with_editor(|editor, cx| editor.styles(cx));
        put(self.ui.styles, styles);
        put(self.ui.bar_at, self.bar_at());
        let view = self.link.copy.view();
        let has_text = |id: &ObjectId| {
            let features = view.get(id).map(|object| object.kind.features());
            features.is_some_and(|features| features.has_text)
        };
        let text = self.editor.selection().iter().any(has_text);
        let link = self.with_editor(|editor, cx| editor.has_link(cx));
        put(self.ui.text, (text, link));
    }

    /// Lists more of the canvas in the outline.
    pub(super) fn list_more(&mut self) {
        self.ui.listed_max.update(|max| *max += LISTED_STEP);
        self.list_notes();
    }

    pub(super) fn list_notes(&mut self) {
        let view = self.link.copy.view();
        let mut order = self.scene.reading_order(view, self.template);
        put(self.ui.notes, order.len());
        order.truncate(self.ui.listed_max.get_untracked());
        let list = order
            .into_iter()
            .filter_map(|id| {
                let object = view.get(&id)?;
                let section = section_of(object, self.template).map(str::to_owned);
                Some(Listed {
                    id: id.clone(),
                    text: object.text.clone(),
                    kind: object.kind.label().to_owned(),
                    has_text: object.kind.features().has_text,
                    section,
                    frame: self.scene.container_of(view, &id),
                    ends: self.ends_of(object),
                })
            })
            .collect();
        put(self.ui.reading, list);
    }

    /// What a connector goes from and to, in words.
    fn ends_of(&self, object: &Object) -> Option<(String, String)> {
        let view = self.link.copy.view();
        let name = |end: &End| match end.object().and_then(|id| view.get(id)) {
            Some(object) if object.text.is_empty() => object.kind.label().to_owned(),
            Some(object) => object.text.clone(),
            None => "nothing".to_owned(),
        };
        let ends = object.kind.ends()?;
        Some((name(&ends.from), name(&ends.to)))
    }

    /// Where the properties bar stands: over the selection, in screen space.
    fn bar_at(&self) -> Option<(i32, i32)> {
        let is_still = self.editor.is_at_rest() || self.writing.is_some();
        let is_free = is_still && !self.editor.selection().is_empty();
        let bounds = self
            .editor
            .selection()
            .iter()
            .filter_map(|id| self.scene.bounds(id))
            .reduce(|a, b| a.union(b))
            .filter(|_| is_free)?;
        let camera = self.editor.camera();
        let top = camera.screen_from_board(Point::new(bounds.center().x, bounds.y0));
        let bottom = camera.screen_from_board(Point::new(bounds.center().x, bounds.y1));
        // Above it, clear of the handle that turns it; below where there is no room.
        let y = if top.y > BAR_ROOM_PX {
            top.y - BAR_ABOVE_PX
        } else {
            bottom.y + BAR_BELOW_PX
        };
        let height = self.editor.viewport().height;
        Some((
            top.x.round() as i32,
            y.clamp(8.0, (height - 140.0).max(8.0)).round() as i32,
        ))
    }

    /// A drag rests at the edge of the screen: the view moves on with every frame.
    fn scroll_on(&mut self) {
        let now_ms = browser::now_ms();
        let ms = now_ms.saturating_sub(self.scrolled_ms).min(50);
        self.scrolled_ms = now_ms;
        let reply = self.with_editor(|editor, cx| editor.handle(Input::Scroll(ms as f64), cx));
        self.carry_out(reply.effects);
    }

    pub(super) fn frame(&mut self) {
        self.frame_asked = false;
        if std::mem::take(&mut self.board_dirty) {
            self.paint_board();
        }
        if std::mem::take(&mut self.overlay_dirty) {
            self.paint_overlay();
            self.paint_minimap();
        }
        if self.editor.scrolls_at_edge() {
            self.scroll_on();
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

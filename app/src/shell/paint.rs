//! The board's layer: ground and objects in view, with less detail further away.

use std::collections::BTreeMap;

use shared::{
    geometry::Vec2,
    id::ObjectId,
    scene::{Detail, ground, paint, tokens},
};

use super::canvas::Canvas;

/// Names at the foot of notes are drawn from this zoom on.
const AUTHOR_ZOOM: f64 = 0.45;

impl Canvas {
    /// Paints what is in view.
    pub(super) fn paint_board(&mut self) {
        let camera = self.editor.camera();
        let viewport = self.editor.viewport();
        let visible = camera.visible(viewport);
        let offsets = self.offsets();
        self.board.begin(viewport, Some(tokens::BOARD));
        self.board.look(&camera);
        if self.ground.0 != Detail::of_text(16.0, camera.zoom) || self.ground.1.is_empty() {
            self.ground = (
                Detail::of_text(16.0, camera.zoom),
                ground::primitives(self.template, camera.zoom),
            );
        }
        self.board.paint(&self.ground.1, camera.zoom);
        let detail = Detail::of_notes(camera.zoom);
        let mut ids = self.scene.touching(visible);
        // What is being dragged may come from outside.
        ids.retain(|id| !offsets.contains_key(id));
        ids.extend(offsets.keys().cloned());
        let mut list = std::mem::take(&mut self.list);
        list.clear();
        let view = self.link.copy.view();
        for id in &ids {
            let (Some(object), Some(layout)) = (view.get(id), self.scene.layout(id)) else {
                continue;
            };
            let offset = offsets.get(id).copied().unwrap_or(Vec2::ZERO);
            let author = object
                .author
                .as_ref()
                .filter(|_| camera.zoom >= AUTHOR_ZOOM);
            let author = author
                .and_then(|author| self.names.get(author))
                .map(String::as_str);
            if self
                .writing
                .as_ref()
                .is_some_and(|writing| writing.id == *id)
            {
                // Its text is in the text box.
                paint::object(
                    &mut list,
                    object,
                    &without_lines(layout),
                    detail,
                    offset,
                    author,
                );
            } else {
                paint::object(&mut list, object, layout, detail, offset, author);
            }
        }
        self.board.paint(&list, camera.zoom);
        self.list = list;
    }

    /// How far each object appears from where the document has it.
    pub(super) fn offsets(&self) -> BTreeMap<ObjectId, Vec2> {
        let mut offsets: BTreeMap<ObjectId, Vec2> = self
            .people
            .drags()
            .map(|(id, offset)| (id.clone(), offset))
            .collect();
        if let Some(offset) = self.editor.drag_offset() {
            offsets.extend(
                self.editor
                    .selection()
                    .iter()
                    .map(|id| (id.clone(), offset)),
            );
        }
        offsets
    }
}

fn without_lines(layout: &shared::scene::NoteLayout) -> shared::scene::NoteLayout {
    let mut layout = layout.clone();
    layout.text.lines.clear();
    layout
}

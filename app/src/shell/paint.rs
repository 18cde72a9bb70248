//! The board's layer: ground and objects in view, with less detail further away.

use std::collections::BTreeMap;

use editor::Camera;
use shared::{
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    scene::{Detail, ground, paint, tokens},
};

use super::canvas::Canvas;

/// Names at the foot of notes are drawn from this zoom on.
const AUTHOR_ZOOM: f64 = 0.45;

impl Canvas {
    /// Paints what is in view. Where only the view has moved, what is painted
    /// is moved along, and only the edges that were out of view are painted.
    pub(super) fn paint_board(&mut self) {
        let camera = self.editor.camera();
        let viewport = self.editor.viewport();
        let screen = viewport.to_rect();
        match self.painted_edges(&camera) {
            Some((pixels, edges)) => {
                self.board.shift(pixels);
                for edge in edges {
                    self.board.clip(edge, tokens::BOARD);
                    self.paint_part(&camera, edge);
                    self.board.unclip();
                }
            }
            None => {
                self.board.begin(viewport, Some(tokens::BOARD));
                self.paint_part(&camera, screen);
            }
        }
        self.painted = Some((camera, viewport));
        // What is dragged looks different in the next frame, and once it is let go.
        self.content_dirty = self.editor.drag_offset().is_some();
    }

    /// For a view that has only moved: by how many pixels, and the parts of the
    /// screen that came into view.
    fn painted_edges(&self, camera: &Camera) -> Option<((f64, f64), Vec<Rect>)> {
        let (before, viewport) = self.painted?;
        let is_same = before.zoom == camera.zoom && viewport == self.editor.viewport();
        let is_dragging = self.editor.drag_offset().is_some();
        if !is_same || self.content_dirty || is_dragging || self.writing.is_some() {
            return None;
        }
        let moved = (before.origin - camera.origin) * camera.zoom;
        let pixels = self.board.whole_pixels(moved)?;
        let (width, height) = (viewport.width, viewport.height);
        if moved.x.abs() > width / 2.0 || moved.y.abs() > height / 2.0 {
            return None;
        }
        let mut edges = Vec::new();
        if moved.x != 0.0 {
            let (from, to) = if moved.x > 0.0 {
                (0.0, moved.x)
            } else {
                (width + moved.x, width)
            };
            edges.push(Rect::new(from.floor(), 0.0, to.ceil(), height));
        }
        if moved.y != 0.0 {
            let (from, to) = if moved.y > 0.0 {
                (0.0, moved.y)
            } else {
                (height + moved.y, height)
            };
            edges.push(Rect::new(0.0, from.floor(), width, to.ceil()));
        }
        Some((pixels, edges))
    }

    /// Paints what lies in a part of the screen.
    fn paint_part(&mut self, camera: &Camera, screen: Rect) {
        let offsets = self.offsets();
        self.board.look(camera);
        let detail = Detail::of_text(16.0, camera.zoom);
        if self.ground.0 != detail || self.ground.1.is_empty() {
            self.ground = (detail, ground::primitives(self.template, camera.zoom));
        }
        self.board.paint(&self.ground.1, camera.zoom);
        let from = camera.board_from_screen(screen.origin());
        let to = camera.board_from_screen(Point::new(screen.x1, screen.y1));
        // Shadows reach a little beyond what casts them.
        let mut ids = self
            .scene
            .touching(Rect::from_points(from, to).inflate(12.0, 12.0));
        if !offsets.is_empty() {
            // What is being dragged may come from outside.
            ids.retain(|id| !offsets.contains_key(id));
            ids.extend(offsets.keys().cloned());
        }
        let detail = Detail::of_notes(camera.zoom);
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
        if let Some(offset) = self
            .editor
            .drag_offset()
            .filter(|_| self.editor.drags_copies())
        {
            for id in self.editor.selection() {
                if let (Some(object), Some(layout)) = (view.get(id), self.scene.layout(id)) {
                    paint::object(&mut list, object, layout, detail, offset, None);
                }
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
        if let Some(offset) = self
            .editor
            .drag_offset()
            .filter(|_| !self.editor.drags_copies())
        {
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

//! The small map of the whole canvas: what is there, and what of it one sees.

use leptos::prelude::GetUntracked;
use shared::{
    draw::tokens,
    geometry::{Affine, Rect, Size},
};

use super::canvas::Canvas;

/// Width and height of the minimap, in pixels.
pub(crate) const SIZE: Size = Size::new(200.0, 130.0);
/// With more objects than this only every so many is drawn.
const OBJECTS_MAX: usize = 3_000;

impl Canvas {
    /// How the board is shown on the minimap.
    pub(super) fn minimap_from_board(&mut self) -> Affine {
        let whole = self.with_editor(|_, cx| cx.canvas_bounds());
        let visible = self.editor.camera().visible(self.editor.viewport());
        let whole = whole.union(visible).inflate(40.0, 40.0);
        let scale = (SIZE.width / whole.width()).min(SIZE.height / whole.height());
        let spare = SIZE.to_vec2() - whole.size().to_vec2() * scale;
        Affine::translate(spare / 2.0)
            * Affine::scale(scale)
            * Affine::translate(-whole.origin().to_vec2())
    }

    pub(super) fn paint_minimap(&mut self) {
        if !self.ui.minimap.get_untracked() {
            return;
        }
        let to = self.minimap_from_board();
        let camera = self.editor.camera();
        let visible = to.transform_rect_bbox(camera.visible(self.editor.viewport()));
        let mut sections: Vec<Rect> = Vec::new();
        for section in &self.template.sections {
            sections.push(to.transform_rect_bbox(self.template.section_rect(section)));
        }
        let view = self.link.copy.view();
        let every = view.len() / OBJECTS_MAX + 1;
        let boxes: Vec<(Rect, tokens::Rgb)> = view
            .iter()
            .step_by(every)
            .filter(|object| object.kind.ends().is_none())
            .filter_map(|object| {
                let rect = to.transform_rect_bbox(self.scene.bounds(&object.id)?);
                let is_note = matches!(object.kind, shared::object::Kind::StickyNote(_));
                let color = if is_note {
                    tokens::HIGHLIGHT
                } else {
                    tokens::INK_MUTED
                };
                Some((rect, color))
            })
            .collect();
        self.minimap.begin(SIZE, Some(tokens::BOARD));
        for rect in sections {
            self.minimap.fill_box(rect, 0.0, tokens::SURFACE);
        }
        for (rect, color) in boxes {
            let (width, height) = (rect.width().max(1.5), rect.height().max(1.5));
            let rect = Rect::from_origin_size(rect.origin(), (width, height));
            self.minimap.tint(rect, color, 0.6);
        }
        self.minimap
            .stroke_rect(visible, 2.0, 1.5, tokens::ACCENT, &[]);
    }
}

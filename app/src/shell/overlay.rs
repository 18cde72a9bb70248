//! The layer above the board: selections, the marquee, highlights, cursors.

use shared::{
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    scene::tokens,
};

use super::canvas::Canvas;

/// Space between an object and the outline around it, in pixels.
const OUTLINE_PX: f64 = 3.0;

impl Canvas {
    /// Paints what lies over the board.
    pub(super) fn paint_overlay(&mut self) {
        let camera = self.editor.camera();
        let viewport = self.editor.viewport();
        let offsets = self.offsets();
        self.overlay.begin(viewport, None);
        let screen = |id: &ObjectId| {
            let bounds = self.scene.bounds(id)? + offsets.get(id).copied().unwrap_or(Vec2::ZERO);
            let corner = |point: Point| camera.screen_from_board(point);
            let rect = Rect::from_points(
                corner(bounds.origin()),
                corner(Point::new(bounds.x1, bounds.y1)),
            );
            Some(rect.inflate(OUTLINE_PX, OUTLINE_PX))
        };
        for id in &self.highlights {
            if let Some(rect) = screen(id) {
                self.overlay.stroke_rect(
                    rect.inflate(2.0, 2.0),
                    8.0,
                    3.0,
                    tokens::HIGHLIGHT,
                    &[8.0, 4.0],
                );
            }
        }
        for presence in self.people.others() {
            let color = tokens::person(presence.user.color_index);
            let rects: Vec<Rect> = presence
                .selection
                .iter()
                .take(200)
                .filter_map(screen)
                .collect();
            for rect in &rects {
                self.overlay.stroke_rect(*rect, 7.0, 2.0, color, &[]);
            }
            if let (Some(rect), Some(_)) = (rects.first(), &presence.writing) {
                let text = format!("{} is writing", presence.user.name);
                self.overlay
                    .label(Point::new(rect.x0, rect.y0 - 24.0), &text, color);
            }
        }
        let mine: Vec<Rect> = self
            .editor
            .selection()
            .iter()
            .take(5_000)
            .filter_map(screen)
            .collect();
        for rect in mine {
            self.overlay
                .stroke_rect(rect, 7.0, 2.5, tokens::ACCENT, &[]);
        }
        if let Some(brush) = self.editor.brush() {
            let a = camera.screen_from_board(brush.origin());
            let b = camera.screen_from_board(Point::new(brush.x1, brush.y1));
            let rect = Rect::from_points(a, b);
            self.overlay.tint(rect, tokens::ACCENT, 0.08);
            self.overlay
                .stroke_rect(rect, 2.0, 1.0, tokens::ACCENT, &[]);
        }
        for presence in self.people.others().filter(|presence| !presence.away) {
            if let Some([x, y]) = presence.cursor {
                let at = camera.screen_from_board(Point::new(x, y));
                if Rect::from_origin_size((-20.0, -20.0), viewport)
                    .inflate(40.0, 40.0)
                    .contains(at)
                {
                    let color = tokens::person(presence.user.color_index);
                    self.overlay.cursor(at, &presence.user.name, color);
                }
            }
        }
    }
}

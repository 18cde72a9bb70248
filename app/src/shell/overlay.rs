//! The layer above the board: selections, the marquee, highlights, cursors.

use editor::{
    Handle,
    handles::FRAME_PX,
    snap::{Axis, Guide},
};
use shared::{
    draw::{Dash, tokens},
    geometry::{Affine, BezPath, Point, Rect, Shape as _},
    id::ObjectId,
};

use leptos::prelude::GetUntracked;

use super::canvas::Canvas;

/// Space between an object and the outline around it, in pixels.
const OUTLINE_PX: f64 = 3.0;
/// More selected objects than this are tinted rather than outlined.
const OUTLINES_MAX: usize = 200;
/// Half the side of a handle, in pixels.
const HANDLE_PX: f64 = 4.5;

impl Canvas {
    /// Paints what lies over the board.
    pub(super) fn paint_overlay(&mut self) {
        let camera = self.editor.camera();
        let viewport = self.editor.viewport();
        let elsewhere = self.elsewhere();
        let accent = self.accent();
        self.overlay.begin(viewport, None);
        self.paint_lifted(&elsewhere);
        let to_screen = Affine::scale(camera.zoom) * Affine::translate(-camera.origin.to_vec2());
        let screen = |id: &ObjectId| {
            let bounds = match elsewhere.get(id) {
                Some(place) => place.bounds(),
                None if self.scene.line(id).is_some() => self.scene.place(id)?.rect,
                None => self.scene.bounds(id)?,
            };
            let rect = to_screen.transform_rect_bbox(bounds);
            Some(rect.inflate(OUTLINE_PX, OUTLINE_PX))
        };
        // The outline of what is selected: turned as it is turned, along a connector's line.
        let outline = |id: &ObjectId| -> Option<BezPath> {
            if let Some(line) = self.scene.line(id) {
                // The words are not struck through.
                return Some(to_screen * line.broken_path());
            }
            let place = elsewhere
                .get(id)
                .copied()
                .or_else(|| self.scene.place(id))?;
            let grown = place
                .rect
                .inflate(OUTLINE_PX / camera.zoom, OUTLINE_PX / camera.zoom);
            Some(to_screen * (place.turn() * grown.to_path(0.1)))
        };
        for id in self.highlights.iter().chain(&self.found) {
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
        let selection = self.editor.selection();
        if selection.len() > OUTLINES_MAX {
            let rects: Vec<Rect> = selection.iter().filter_map(screen).collect();
            self.overlay.tint_all(&rects, accent, 0.4);
        } else {
            let mine: Vec<BezPath> = selection.iter().filter_map(outline).collect();
            for path in mine {
                self.overlay
                    .draw_path(&path, None, Some((accent, 2.0)), Dash::Solid);
            }
        }
        if let Some(path) = self.editor.connect_target().and_then(outline) {
            self.overlay
                .draw_path(&path, None, Some((accent, 4.0)), Dash::Solid);
        }
        if let Some(spot) = self.with_editor(|editor, cx| editor.pinned_spot(cx)) {
            let at = camera.screen_from_board(spot);
            self.overlay.dot(at, HANDLE_PX, accent);
        }
        if let Some(frame) = self.with_editor(|editor, cx| editor.frame_of_several(cx))
            && elsewhere.is_empty()
        {
            let frame = to_screen.transform_rect_bbox(frame);
            let frame = frame.inflate(FRAME_PX, FRAME_PX);
            self.overlay.stroke_rect(frame, 2.0, 1.0, accent, &[]);
        }
        self.paint_guides();
        self.paint_handles();
        if let Some(brush) = self.editor.brush() {
            let a = camera.screen_from_board(brush.origin());
            let b = camera.screen_from_board(Point::new(brush.x1, brush.y1));
            let rect = Rect::from_points(a, b);
            self.overlay.tint(rect, accent, 0.08);
            self.overlay.stroke_rect(rect, 2.0, 1.0, accent, &[]);
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
        self.overlay.hide_blank();
    }

    fn accent(&self) -> tokens::Rgb {
        if self.ui.dark.get_untracked() {
            tokens::dark(tokens::ACCENT)
        } else {
            tokens::ACCENT
        }
    }

    fn paint_handles(&mut self) {
        let accent = self.accent();
        let handles = self.with_editor(|editor, cx| editor.handles(cx));
        for (handle, at) in handles {
            match handle {
                Handle::Resize(_) => {
                    let side = HANDLE_PX * 2.0;
                    let rect = Rect::from_center_size(at, (side, side));
                    self.overlay.fill_box(rect, 2.0, tokens::SURFACE);
                    self.overlay.stroke_rect(rect, 2.0, 1.5, accent, &[]);
                }
                Handle::Turn | Handle::From | Handle::To => {
                    self.overlay.dot(at, HANDLE_PX + 1.5, tokens::SURFACE);
                    self.overlay.ring(at, HANDLE_PX, accent);
                }
                Handle::Dot(_) => self.overlay.dot(at, HANDLE_PX, accent),
            }
        }
    }

    fn paint_guides(&mut self) {
        let camera = self.editor.camera();
        let to = |x: f64, y: f64| camera.screen_from_board(Point::new(x, y));
        let mut lines = Vec::new();
        for guide in self.editor.guides() {
            match guide {
                Guide::Line {
                    axis: Axis::X,
                    at,
                    from,
                    to: end,
                } => lines.push((to(*at, *from), to(*at, *end))),
                Guide::Line {
                    axis: Axis::Y,
                    at,
                    from,
                    to: end,
                } => lines.push((to(*from, *at), to(*end, *at))),
                Guide::Gaps {
                    axis,
                    across,
                    spans,
                } => {
                    for (from, end) in spans {
                        lines.push(match axis {
                            Axis::X => (to(*from, *across), to(*end, *across)),
                            Axis::Y => (to(*across, *from), to(*across, *end)),
                        });
                    }
                }
            }
        }
        for (from, to) in lines {
            self.overlay.segment(from, to, tokens::HIGHLIGHT);
        }
    }
}

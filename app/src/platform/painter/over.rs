//! What is painted over the board, in screen space.

use shared::{
    draw::{
        font,
        tokens::{self, Rgb},
    },
    geometry::{Point, Rect, Vec2},
};

use super::Painter;

/// What names are written in, in light and in dark.
const WHITE: Rgb = Rgb(0xff_ff_ff);
/// Width of the line around dots, rings and cursors, in pixels.
const RIM_PX: f64 = 1.5;
/// Width of a segment, in pixels.
const SEGMENT_PX: f64 = 1.0;
/// The corners of a cursor after its tip, in pixels from there.
const CURSOR_PX: [(f64, f64); 3] = [(0.0, 17.0), (4.6, 12.9), (12.0, 12.4)];
/// From a cursor's tip to its name, in pixels.
const NAME_OFFSET_PX: Vec2 = Vec2::new(12.0, 16.0);
/// Size of the text of a label, in pixels.
const LABEL_TEXT_PX: f64 = 13.0;
/// Weight of the text of a label.
const LABEL_WEIGHT: u16 = 400;
/// Height of a label, in pixels.
const LABEL_HEIGHT_PX: f64 = 21.0;
/// Corner radius of a label, in pixels.
const LABEL_RADIUS_PX: f64 = 10.0;
/// Space left and right of the text of a label, in pixels.
const LABEL_INSET_PX: f64 = 7.0;
/// From the upper edge of a label to the baseline of its text, in pixels.
const LABEL_BASELINE_PX: f64 = 15.0;

impl Painter {
    /// A filled rectangle. Call in screen space.
    pub(crate) fn fill_box(&mut self, rect: Rect, radius: f64, color: Rgb) {
        self.set_fill(color);
        self.fill_rect(rect, radius, 1.0);
    }

    /// A circle's line. Call in screen space.
    pub(crate) fn ring(&mut self, at: Point, radius: f64, color: Rgb) {
        self.set_line(color, RIM_PX, &[]);
        self.context.begin_path();
        let _ = self
            .context
            .arc(at.x, at.y, radius, 0.0, std::f64::consts::TAU);
        self.context.stroke();
    }

    /// A small filled circle with a white rim. Call in screen space.
    pub(crate) fn dot(&mut self, at: Point, radius: f64, color: Rgb) {
        self.context.begin_path();
        let _ = self
            .context
            .arc(at.x, at.y, radius, 0.0, std::f64::consts::TAU);
        self.set_fill(color);
        self.context.fill();
        self.set_line(tokens::SURFACE, RIM_PX, &[]);
        self.context.stroke();
    }

    /// A line. Call in screen space.
    pub(crate) fn segment(&mut self, from: Point, to: Point, color: Rgb) {
        self.set_line(color, SEGMENT_PX, &[]);
        self.context.begin_path();
        self.context.move_to(from.x, from.y);
        self.context.line_to(to.x, to.y);
        self.context.stroke();
    }

    /// Many rectangles at once: as translucent marks.
    pub(crate) fn tint_all(&mut self, rects: &[Rect], color: Rgb, alpha: f64) {
        self.context.set_global_alpha(alpha);
        self.set_fill(color);
        self.context.begin_path();
        for rect in rects {
            self.context
                .rect(rect.x0, rect.y0, rect.width(), rect.height());
        }
        self.context.fill();
        self.context.set_global_alpha(1.0);
    }

    /// A translucent rectangle.
    pub(crate) fn tint(&mut self, rect: Rect, color: Rgb, alpha: f64) {
        self.context.set_global_alpha(alpha);
        self.set_fill(color);
        self.context
            .fill_rect(rect.x0, rect.y0, rect.width(), rect.height());
        self.context.set_global_alpha(1.0);
    }

    /// A person's cursor with their name. Call in screen space.
    pub(crate) fn cursor(&mut self, at: Point, name: &str, color: Rgb) {
        self.set_fill(color);
        self.context.begin_path();
        self.context.move_to(at.x, at.y);
        for (x, y) in CURSOR_PX {
            self.context.line_to(at.x + x, at.y + y);
        }
        self.context.close_path();
        self.context.fill();
        self.set_line(WHITE, RIM_PX, &[]);
        self.context.stroke();
        self.label(at + NAME_OFFSET_PX, name, color);
    }

    /// White text on a pill. Call in screen space.
    pub(crate) fn label(&mut self, at: Point, text: &str, color: Rgb) {
        let width = font::width(text) * LABEL_TEXT_PX + 2.0 * LABEL_INSET_PX;
        let pill = Rect::from_origin_size(at, (width, LABEL_HEIGHT_PX));
        self.set_fill(color);
        self.context.begin_path();
        self.path(pill, LABEL_RADIUS_PX);
        self.context.fill();
        self.set_fill(WHITE);
        self.set_font(LABEL_TEXT_PX, LABEL_WEIGHT);
        self.context.set_text_align("left");
        self.set("direction", "ltr");
        let (x, y) = (at.x + LABEL_INSET_PX, at.y + LABEL_BASELINE_PX);
        let _ = self.context.fill_text(text, x, y);
    }
}

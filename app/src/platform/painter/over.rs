//! What is painted over the board, in screen space.

use shared::{
    draw::{
        font,
        tokens::{self, Rgb},
    },
    geometry::{Point, Rect},
};

use super::Painter;

impl Painter {
    /// A filled rectangle. Call in screen space.
    pub(crate) fn fill_box(&mut self, rect: Rect, radius: f64, color: Rgb) {
        self.set_fill(color);
        self.fill_rect(rect, radius, 1.0);
    }

    /// A circle's line. Call in screen space.
    pub(crate) fn ring(&mut self, at: Point, radius: f64, color: Rgb) {
        self.set_line(color, 1.5, &[]);
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
        self.set_line(tokens::SURFACE, 1.5, &[]);
        self.context.stroke();
    }

    /// A line. Call in screen space.
    pub(crate) fn segment(&mut self, from: Point, to: Point, color: Rgb) {
        self.set_line(color, 1.0, &[]);
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
        for (i, (x, y)) in [(0.0, 0.0), (0.0, 17.0), (4.6, 12.9), (12.0, 12.4)]
            .into_iter()
            .enumerate()
        {
            if i == 0 {
                self.context.move_to(at.x, at.y)
            } else {
                self.context.line_to(at.x + x, at.y + y)
            }
        }
        self.context.close_path();
        self.context.fill();
        self.set_line(Rgb(0xff_ff_ff), 1.5, &[]);
        self.context.stroke();
        self.label(Point::new(at.x + 12.0, at.y + 16.0), name, color);
    }

    /// White text on a pill. Call in screen space.
    pub(crate) fn label(&mut self, at: Point, text: &str, color: Rgb) {
        let size = 13.0;
        let width = font::width(text) * size + 14.0;
        self.set_fill(color);
        self.context.begin_path();
        self.path(Rect::from_origin_size(at, (width, 21.0)), 10.0);
        self.context.fill();
        self.set_fill(Rgb(0xff_ff_ff));
        self.set_font(size, 400);
        self.context.set_text_align("left");
        self.set("direction", "ltr");
        let _ = self.context.fill_text(text, at.x + 7.0, at.y + 15.0);
    }
}

//! Text with its marks, and pictures.

use shared::{
    draw::{
        Accent, font,
        tokens::{self, Rgb},
    },
    geometry::{Point, Rect},
};

use super::Painter;

/// How far italic letters lean, as a share of their height.
const SLANT: f64 = 0.21;
/// Width of the line around bold letters, as a share of the text size.
const BOLD_LINE: f64 = 0.055;
/// Space between the baseline and the line under a text, as a share of the text size.
const UNDERLINE_BELOW: f64 = 0.14;
/// Width of the line under a text, as a share of the text size.
const UNDERLINE: f64 = 0.06;
/// Corner radius of the frame in place of a picture, in board units.
const FRAME_RADIUS: f64 = 4.0;
/// Width of its line, in board units.
const FRAME_LINE: f64 = 1.5;
/// Dashes of its line and the gaps between them, in board units.
const FRAME_DASHES: [f64; 2] = [6.0, 4.0];

impl Painter {
    /// Text with its marks, in the font and direction that are set.
    pub(super) fn words(&mut self, text: &str, at: Point, size: f64, accent: Accent, color: Rgb) {
        if accent.italic {
            self.context.save();
            let _ = self
                .context
                .transform(1.0, 0.0, -SLANT, 1.0, SLANT * at.y, 0.0);
        }
        let _ = self.context.fill_text(text, at.x, at.y);
        if accent.bold {
            self.set_line(color, size * BOLD_LINE, &[]);
            let _ = self.context.stroke_text(text, at.x, at.y);
        }
        if accent.italic {
            self.context.restore();
            self.forget_state();
            self.set_fill(color);
        }
        if accent.underlined {
            let below = size * UNDERLINE_BELOW;
            let width = font::width(text);
            let is_rtl = self.context.text_align() == "right";
            let to = at.x + if is_rtl { -width } else { width } * size;
            let (from, y) = (at.x.min(to), at.y + below);
            self.context
                .fill_rect(from, y, (to - at.x).abs(), size * UNDERLINE);
        }
    }

    /// A picture, or an empty frame until it is here.
    pub(super) fn picture(&mut self, rect: Rect, hash: &str) {
        let known = self.pictures.as_ref().filter(|_| !hash.is_empty());
        let image = known.and_then(|known| known.get(hash));
        let Some(image) = image else {
            self.set_fill(tokens::SURFACE);
            self.fill_rect(rect, FRAME_RADIUS, 1.0);
            self.stroke_rect(
                rect,
                FRAME_RADIUS,
                FRAME_LINE,
                tokens::INK_MUTED,
                &FRAME_DASHES,
            );
            return;
        };
        self.is_blank = false;
        let (x, y, size) = (rect.x0, rect.y0, rect.size());
        let _ = self
            .context
            .draw_image_with_html_image_element_and_dw_and_dh(
                &image,
                x,
                y,
                size.width,
                size.height,
            );
    }
}

//! Paints primitives on a 2D canvas.

mod board;
mod over;
mod page_layer;
mod words;

use std::borrow::Cow;

use editor::Camera;
use shared::{
    draw::{
        Dash, Primitive, font,
        tokens::{self, Rgb},
    },
    geometry::{BezPath, PathEl, Rect, Size},
    text::Phrase,
};
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use super::{browser::window, pictures::Pictures};

pub(crate) use board::Board;
pub(crate) use page_layer::PageLayer;

/// Corners below this radius on screen are drawn square.
const ROUND_PX: f64 = 1.5;
/// Corner radius of a note's paper, in board units.
const PAPER_RADIUS: f64 = 4.0;
/// A note's shadow, below its paper: how far each layer reaches, in board units, and its
/// opacity. Translucent layers look like a shadow and cost no blur.
const SHADOW: [(f64, f64); 2] = [(1.0, 0.07), (4.0, 0.05)];
/// How far the shadow falls below the paper, as a share of the reach of its layer.
const SHADOW_FALL: f64 = 1.5;
/// More bitmap pixels per screen pixel than this cannot be told apart, and cost memory.
const SCALE_MAX: f64 = 3.0;

/// Bitmap pixels for each pixel of the screen that the page speaks of.
fn scale() -> f64 {
    window().device_pixel_ratio().clamp(1.0, SCALE_MAX)
}

/// Options of a canvas through which nothing shines.
fn opaque() -> Option<JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"alpha".into(), &JsValue::FALSE).ok()?;
    Some(options.into())
}

/// Says a phrase in the reader's language.
pub(crate) type Say = fn(&Phrase) -> String;

/// Paints on one canvas.
pub(crate) struct Painter {
    context: CanvasRenderingContext2d,
    /// Width and height of the canvas, whole bitmap pixels.
    bitmap: Size,
    /// Bitmap pixels per screen pixel.
    scale: f64,
    /// What the canvas was told last: colours, width, dashes, and size and weight of the font.
    fill: Option<Rgb>,
    stroke: Option<Rgb>,
    line_width: Option<f64>,
    dash: Option<Vec<f64>>,
    font: Option<(u64, u16)>,
    dark: bool,
    alpha: f64,
    pictures: Option<Pictures>,
    /// Says a phrase in the reader's language.
    say: Say,
    /// Nothing has been painted since it was cleared.
    is_blank: bool,
}

impl Painter {
    /// Paints on the canvas that this is the context of.
    fn new(context: CanvasRenderingContext2d, say: Say) -> Self {
        Self {
            context,
            bitmap: Size::ZERO,
            scale: 1.0,
            fill: None,
            stroke: None,
            line_width: None,
            dash: None,
            font: None,
            dark: false,
            alpha: 1.0,
            pictures: None,
            say,
            is_blank: false,
        }
    }

    /// A phrase in the reader's language.
    pub(crate) fn said<'a>(&self, phrase: &'a Phrase) -> Cow<'a, str> {
        match phrase {
            Phrase::Words(words) => words.into(),
            phrase => (self.say)(phrase).into(),
        }
    }

    /// The canvas has another size now, and nothing on it.
    fn resized(&mut self, bitmap: Size, scale: f64) {
        (self.bitmap, self.scale) = (bitmap, scale);
        self.is_blank = true;
    }

    /// Empties the bitmap. What is empty already is left alone: to hand a large one to
    /// the screen again costs as much as to paint it.
    fn clear(&mut self) {
        self.start();
        if !self.is_blank {
            self.context
                .clear_rect(0.0, 0.0, self.bitmap.width, self.bitmap.height);
            self.is_blank = true;
        }
    }

    /// From here to [`Self::release`] only this part of the bitmap, in whole bitmap pixels,
    /// is painted on.
    fn confine(&mut self, part: Rect) {
        self.context.save();
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.context.begin_path();
        self.context
            .rect(part.x0, part.y0, part.width(), part.height());
        self.context.clip();
    }

    /// The whole bitmap is painted on again.
    fn release(&mut self) {
        self.context.restore();
        self.forget_state();
    }

    /// Covers a part of the bitmap, in bitmap pixels, with a colour: nothing of what was
    /// painted there is left.
    fn cover(&mut self, part: Rect, color: Rgb) {
        self.set_fill(color);
        self.context
            .fill_rect(part.x0, part.y0, part.width(), part.height());
    }

    /// The settings that everything is painted with, in bitmap pixels.
    fn start(&mut self) {
        self.forget_state();
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.fade(1.0);
        // Widths must be those of shared::draw::font on every system.
        self.set("fontKerning", "none");
    }

    /// From here on everything is painted with this opacity.
    pub(crate) fn fade(&mut self, alpha: f64) {
        self.alpha = alpha;
        self.context.set_global_alpha(alpha);
    }

    /// From here on coordinates are in screen space.
    pub(crate) fn look_at_screen(&self) {
        let scale = self.scale;
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    }

    /// From here on coordinates are in board space.
    pub(crate) fn look(&mut self, camera: &Camera) {
        let zoom = camera.zoom * self.scale;
        let origin = camera.origin.to_vec2() * zoom;
        let _ = self
            .context
            .set_transform(zoom, 0.0, 0.0, zoom, -origin.x, -origin.y);
    }

    /// Paints lists of primitives as a camera sees them, from back to front, each with its
    /// opacity.
    fn paint_all(&mut self, camera: &Camera, lists: &[(f64, &[Primitive])]) {
        self.look(camera);
        for (alpha, list) in lists {
            self.fade(*alpha);
            self.paint(list, camera.zoom);
        }
        self.fade(1.0);
    }

    /// Paints primitives, from back to front.
    pub(crate) fn paint(&mut self, list: &[Primitive], zoom: f64) {
        let mut rest = list;
        while let Some((primitive, after)) = rest.split_first() {
            rest = after;
            if let Some((color, run)) = Self::flat_run(primitive, rest, zoom) {
                self.set_fill(color);
                self.context.begin_path();
                for rect in std::iter::once(primitive)
                    .chain(&rest[..run])
                    .filter_map(rect_of)
                {
                    self.context
                        .rect(rect.x0, rect.y0, rect.width(), rect.height());
                }
                self.context.fill();
                rest = &rest[run..];
                continue;
            }
            match primitive {
                Primitive::Fill {
                    rect,
                    radius,
                    color,
                } => {
                    self.set_fill(*color);
                    self.fill_rect(*rect, *radius, zoom);
                }
                Primitive::Paper { rect, color } => self.paper(*rect, *color, zoom),
                Primitive::Stroke {
                    rect,
                    radius,
                    width,
                    color,
                } => {
                    self.stroke_rect(*rect, *radius, *width, *color, &[]);
                }
                Primitive::Text {
                    at,
                    size,
                    weight,
                    accent,
                    color,
                    rtl,
                    text,
                } => {
                    self.set_fill(*color);
                    self.set_font(*size, *weight);
                    self.context
                        .set_text_align(if *rtl { "right" } else { "left" });
                    self.set("direction", if *rtl { "rtl" } else { "ltr" });
                    self.words(&self.said(text), *at, *size, *accent, *color);
                }
                Primitive::Path {
                    path,
                    fill,
                    stroke,
                    dash,
                } => {
                    self.draw_path(path, *fill, *stroke, *dash);
                }
                Primitive::Picture { rect, hash } => self.picture(*rect, hash),
                Primitive::Turned {
                    center,
                    degrees,
                    list,
                } => {
                    self.context.save();
                    let _ = self.context.translate(center.x, center.y);
                    let _ = self.context.rotate(degrees.to_radians());
                    let _ = self.context.translate(-center.x, -center.y);
                    self.paint(list, zoom);
                    self.context.restore();
                    self.forget_state();
                }
            }
        }
    }

    /// From where pictures come.
    pub(crate) fn set_pictures(&mut self, pictures: Pictures) {
        self.pictures = Some(pictures);
    }

    /// Square fills of one colour that follow each other: the colour, and how many follow
    /// the first. They are filled at once.
    fn flat_run(first: &Primitive, rest: &[Primitive], zoom: f64) -> Option<(Rgb, usize)> {
        let flat = |primitive: &Primitive| match primitive {
            Primitive::Fill { radius, color, .. } if radius * zoom < ROUND_PX => Some(*color),
            _ => None,
        };
        let color = flat(first)?;
        let run = rest.iter().take_while(|next| flat(next) == Some(color));
        Some((color, run.count())).filter(|(_, run)| *run > 0)
    }

    /// A shape: filled, its line drawn.
    pub(crate) fn draw_path(
        &mut self,
        path: &BezPath,
        fill: Option<Rgb>,
        stroke: Option<(Rgb, f64)>,
        dash: Dash,
    ) {
        self.context.begin_path();
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => self.context.move_to(to.x, to.y),
                PathEl::LineTo(to) => self.context.line_to(to.x, to.y),
                PathEl::QuadTo(a, to) => self.context.quadratic_curve_to(a.x, a.y, to.x, to.y),
                PathEl::CurveTo(a, b, to) => {
                    self.context.bezier_curve_to(a.x, a.y, b.x, b.y, to.x, to.y);
                }
                PathEl::ClosePath => self.context.close_path(),
            }
        }
        if let Some(color) = fill {
            self.set_fill(color);
            self.context.fill();
        }
        if let Some((color, width)) = stroke {
            let pattern = dash.pattern(width);
            self.set_line(
                color,
                width,
                if dash == Dash::Solid { &[] } else { &pattern },
            );
            self.context.stroke();
        }
    }

    /// In which colours everything is painted from here on.
    pub(crate) fn set_dark(&mut self, dark: bool) {
        self.dark = dark;
        self.forget_state();
    }

    fn css(&self, color: Rgb) -> String {
        if self.dark {
            tokens::dark(color).css()
        } else {
            color.css()
        }
    }

    /// The canvas has other settings than were made here last.
    fn forget_state(&mut self) {
        self.fill = None;
        self.stroke = None;
        self.line_width = None;
        self.dash = None;
        self.font = None;
    }

    /// Colour, width and dashes of the lines to come. Telling the canvas what it knows
    /// already would cost as much as a line.
    fn set_line(&mut self, color: Rgb, width: f64, dash: &[f64]) {
        self.is_blank = false;
        if self.stroke != Some(color) {
            self.stroke = Some(color);
            self.context.set_stroke_style_str(&self.css(color));
        }
        if self.line_width != Some(width) {
            self.line_width = Some(width);
            self.context.set_line_width(width);
        }
        if self.dash.as_deref() != Some(dash) {
            self.dash = Some(dash.to_vec());
            let pattern: js_sys::Array = dash
                .iter()
                .map(|length| JsValue::from_f64(*length))
                .collect();
            let _ = self.context.set_line_dash(&pattern);
            self.context.set_line_join("round");
        }
    }

    /// The outline of a rectangle, dashed where `dash` is not empty.
    pub(crate) fn stroke_rect(
        &mut self,
        rect: Rect,
        radius: f64,
        width: f64,
        color: Rgb,
        dash: &[f64],
    ) {
        self.set_line(color, width, dash);
        self.context.begin_path();
        self.path(rect, radius);
        self.context.stroke();
    }

    fn paper(&mut self, rect: Rect, color: Rgb, zoom: f64) {
        for (spread, alpha) in SHADOW {
            let shade = Rect::new(
                rect.x0 - spread / 2.0,
                rect.y0 + spread,
                rect.x1 + spread / 2.0,
                rect.y1 + spread * SHADOW_FALL,
            );
            self.context.set_global_alpha(alpha * self.alpha);
            self.set_fill(tokens::INK);
            self.fill_rect(shade, PAPER_RADIUS, zoom);
        }
        self.context.set_global_alpha(self.alpha);
        self.set_fill(color);
        self.fill_rect(rect, PAPER_RADIUS, zoom);
    }

    fn fill_rect(&mut self, rect: Rect, radius: f64, zoom: f64) {
        if radius * zoom < ROUND_PX {
            self.context
                .fill_rect(rect.x0, rect.y0, rect.width(), rect.height());
        } else {
            self.context.begin_path();
            self.path(rect, radius);
            self.context.fill();
        }
    }

    fn path(&self, rect: Rect, radius: f64) {
        let _ =
            self.context
                .round_rect_with_f64(rect.x0, rect.y0, rect.width(), rect.height(), radius);
    }

    /// Properties that web-sys does not name.
    fn set(&self, name: &str, value: &str) {
        let _ = js_sys::Reflect::set(&self.context, &name.into(), &value.into());
    }

    fn set_fill(&mut self, color: Rgb) {
        self.is_blank = false;
        if self.fill != Some(color) {
            self.fill = Some(color);
            self.context.set_fill_style_str(&self.css(color));
        }
    }

    fn set_font(&mut self, size: f64, weight: u16) {
        let key = (size.to_bits(), weight);
        if self.font != Some(key) {
            self.font = Some(key);
            self.context
                .set_font(&format!("{weight} {size}px {}", font::FAMILY));
        }
    }
}

fn rect_of(primitive: &Primitive) -> Option<Rect> {
    match primitive {
        Primitive::Fill { rect, .. } => Some(*rect),
        _ => None,
    }
}

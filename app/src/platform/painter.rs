//! Paints primitives on a 2D canvas.

mod over;
mod words;

use editor::Camera;
use shared::{
    draw::{
        Dash, Primitive, font,
        tokens::{self, Rgb},
    },
    geometry::{BezPath, PathEl, Rect, Size, Vec2},
};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{browser::window, pictures::Pictures};

/// Corners below this radius on screen are drawn square.
const ROUND_PX: f64 = 1.5;
const PAPER_RADIUS: f64 = 4.0;

/// One layer of the board.
pub(crate) struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    scale: f64,
    fill: Option<Rgb>,
    stroke: Option<Rgb>,
    line_width: Option<f64>,
    dash: Option<Vec<f64>>,
    font: Option<(u64, u16)>,
    dark: bool,
    alpha: f64,
    pictures: Option<Pictures>,
}

impl Painter {
    /// Paints on a canvas element.
    pub(crate) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self {
            canvas,
            context,
            scale: 1.0,
            fill: None,
            stroke: None,
            line_width: None,
            dash: None,
            font: None,
            dark: false,
            alpha: 1.0,
            pictures: None,
        })
    }

    /// Begins a frame: fits the bitmap to the screen and clears it.
    pub(crate) fn begin(&mut self, size: Size, ground: Option<Rgb>) {
        self.scale = window().device_pixel_ratio().clamp(1.0, 3.0);
        let (width, height) = (
            (size.width * self.scale) as u32,
            (size.height * self.scale) as u32,
        );
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        self.forget_state();
        self.look_at_screen();
        self.context.set_global_alpha(1.0);
        match ground {
            Some(color) => {
                self.set_fill(color);
                self.context.fill_rect(0.0, 0.0, size.width, size.height);
            }
            None => self.context.clear_rect(0.0, 0.0, size.width, size.height),
        }
        // Widths must be those of shared::draw::font on every system.
        self.set("fontKerning", "none");
    }

    /// How far, in whole bitmap pixels, this layer would have to be moved for a
    /// view that moved by so much of the screen; `None` where it falls between.
    pub(crate) fn whole_pixels(&self, screen: Vec2) -> Option<(f64, f64)> {
        let moved = screen * self.scale;
        let whole = moved.round();
        ((moved - whole).hypot() < 1e-3).then_some((whole.x, whole.y))
    }

    /// Moves what is painted by so many bitmap pixels.
    pub(crate) fn shift(&self, (x, y): (f64, f64)) {
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let _ = self.context.set_global_composite_operation("copy");
        let _ = self
            .context
            .draw_image_with_html_canvas_element(&self.canvas, x, y);
        let _ = self.context.set_global_composite_operation("source-over");
    }

    /// Until [`Self::unclip`], paints only inside a rectangle of the screen, which begins empty.
    pub(crate) fn clip(&mut self, screen: Rect, ground: Rgb) {
        self.context.save();
        self.look_at_screen();
        self.context.begin_path();
        self.context
            .rect(screen.x0, screen.y0, screen.width(), screen.height());
        self.context.clip();
        self.forget_state();
        self.set_fill(ground);
        self.context
            .fill_rect(screen.x0, screen.y0, screen.width(), screen.height());
    }

    /// Paints everywhere again.
    pub(crate) fn unclip(&mut self) {
        self.context.restore();
        self.forget_state();
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
                    self.words(text, *at, *size, *accent, *color);
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
                .map(|length| wasm_bindgen::JsValue::from_f64(*length))
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
        // Two translucent layers below look like a shadow and cost no blur.
        for (spread, alpha) in [(1.0, 0.07), (4.0, 0.05)] {
            let shade = Rect::new(
                rect.x0 - spread / 2.0,
                rect.y0 + spread,
                rect.x1 + spread / 2.0,
                rect.y1 + spread * 1.5,
            );
            self.context.set_global_alpha(alpha * self.alpha);
            self.set_fill(Rgb(0x23_2a_31));
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

//! A platform that notes what it is told.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
};

use editor::Camera;
use shared::{
    draw::{
        Dash, Primitive,
        tiles::{PlacedTile, Spoiled, Tiles, View},
        tokens::Rgb,
    },
    geometry::{BezPath, Point, Rect, Size},
    id::ObjectId,
    text::Phrase,
};

use crate::{BoardSurface, BoxPlace, Effect, Layer, Platform, StalePart, Surface, TextBox};

/// A text box.
#[derive(Default)]
pub(super) struct FakeText {
    value: RefCell<String>,
    selection: Cell<(u32, u32)>,
    pub(super) is_open: Cell<bool>,
    pub(super) laid: RefCell<Option<BoxPlace>>,
}

impl FakeText {
    /// Somebody types at the end.
    pub(super) fn types(&self, text: &str) {
        let value = format!("{}{text}", self.value.borrow());
        let end = value.encode_utf16().count() as u32;
        self.set(&value, (end, end));
    }

    pub(super) fn text(&self) -> String {
        self.value.borrow().clone()
    }
}

impl TextBox for FakeText {
    fn open(&self, text: &str) {
        let end = text.encode_utf16().count() as u32;
        self.set(text, (end, end));
        self.is_open.set(true);
    }
    fn close(&self) {
        self.set("", (0, 0));
        self.is_open.set(false);
    }
    fn value(&self) -> String {
        self.text()
    }
    fn selection(&self) -> (u32, u32) {
        self.selection.get()
    }
    fn set(&self, value: &str, selection: (u32, u32)) {
        *self.value.borrow_mut() = value.to_owned();
        self.selection.set(selection);
    }
    fn lay(&self, place: &BoxPlace) {
        *self.laid.borrow_mut() = Some(place.clone());
    }
}

/// A layer that counts.
#[derive(Default)]
pub(super) struct FakeLayer {
    /// How often it was begun anew.
    pub(super) begun: usize,
    /// Outlines with the colour they have.
    pub(super) outlined: Vec<Rgb>,
    /// Names that were written.
    pub(super) names: Vec<String>,
}

impl Surface for FakeLayer {
    fn begin(&mut self, _: Size, _: Option<Rgb>) {
        self.begun += 1;
        self.outlined.clear();
        self.names.clear();
    }
    fn hide_blank(&mut self) {}
    fn look_at_screen(&mut self) {}
    fn look(&mut self, _: &Camera) {}
    fn paint(&mut self, _: &[Primitive], _: f64) {}
    fn draw_path(&mut self, _: &BezPath, _: Option<Rgb>, stroke: Option<(Rgb, f64)>, _: Dash) {
        self.outlined.extend(stroke.map(|(color, _)| color));
    }
    fn set_dark(&mut self, _: bool) {}
    fn stroke_rect(&mut self, _: Rect, _: f64, _: f64, color: Rgb, _: &[f64]) {
        self.outlined.push(color);
    }
    fn fill_box(&mut self, _: Rect, _: f64, _: Rgb) {}
    fn ring(&mut self, _: Point, _: f64, _: Rgb) {}
    fn dot(&mut self, _: Point, _: f64, _: Rgb) {}
    fn segment(&mut self, _: Point, _: Point, _: Rgb) {}
    fn tint_all(&mut self, _: &[Rect], _: Rgb, _: f64) {}
    fn tint(&mut self, _: Rect, _: Rgb, _: f64) {}
    fn cursor(&mut self, _: Point, name: &str, _: Rgb) {
        self.names.push(name.to_owned());
    }
    fn label(&mut self, _: Point, words: &Phrase, _: Rgb) {
        self.names.push(words.english());
    }
}

/// A board that paints nothing.
#[derive(Default)]
pub(super) struct FakeBoard {
    /// How often a view was shown.
    pub(super) shown: usize,
    /// What had to be painted last, in board units.
    pub(super) stale: Vec<Rect>,
    /// How often a view was sketched.
    pub(super) sketched: usize,
    /// The lines of text that were painted then.
    pub(super) words: Vec<String>,
    tiles: Option<Tiles>,
    /// Whether it is dark.
    pub(super) is_dark: bool,
}

impl BoardSurface for FakeBoard {
    fn set_dark(&mut self, dark: bool) {
        self.is_dark = dark;
    }
    fn show(&mut self, camera: &Camera, size: Size, spoiled: &Spoiled) -> Vec<StalePart> {
        let view = View {
            origin: camera.origin,
            zoom: camera.zoom,
            size,
            scale: 1.0,
        };
        let placed = Tiles::show(&mut self.tiles, view, spoiled);
        self.shown += 1;
        self.words.clear();
        self.stale = placed
            .iter()
            .filter_map(|it| it.stale)
            .map(|it| it.rect)
            .collect();
        let part = |it: PlacedTile| {
            Some(StalePart {
                tile: it.tile,
                zoom: camera.zoom,
                stale: it.stale?,
            })
        };
        placed.into_iter().filter_map(part).collect()
    }
    fn sketch(&mut self, _: &Camera, _: Size, _: &[(f64, &[Primitive])]) {
        self.sketched += 1;
    }
    fn paint(&mut self, _: StalePart, lists: &[(f64, &[Primitive])]) {
        for primitive in lists.iter().flat_map(|(_, list)| *list) {
            if let Primitive::Text { text, .. } = primitive {
                self.words.push(text.english());
            }
        }
    }
}

/// The platform.
pub(super) struct Fake {
    /// What is to be carried out, in order.
    pub(super) effects: VecDeque<Effect>,
    pub(super) text: FakeText,
    pub(super) board: FakeBoard,
    pub(super) overlay: FakeLayer,
    pub(super) minimap: FakeLayer,
    pub(super) width: f64,
    drawn: u64,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            effects: VecDeque::new(),
            text: FakeText::default(),
            board: FakeBoard::default(),
            overlay: FakeLayer::default(),
            minimap: FakeLayer::default(),
            width: 1_280.0,
            drawn: 0,
        }
    }
}

impl Platform for Fake {
    fn carry_out(&mut self, effect: Effect) {
        self.effects.push_back(effect);
    }
    fn random(&mut self) -> [u8; ObjectId::RANDOM_BYTES] {
        self.drawn += 1;
        let mut bytes = [0; ObjectId::RANDOM_BYTES];
        bytes[..8].copy_from_slice(&self.drawn.to_le_bytes());
        bytes
    }
    fn random_u64(&mut self) -> u64 {
        self.drawn += 1;
        1_000 + self.drawn
    }
    fn random_unit(&mut self) -> f64 {
        0.5
    }
    fn fold(&self) -> fn(&str) -> String {
        str::to_lowercase
    }
    fn window_width(&self) -> f64 {
        self.width
    }
    fn text(&self) -> &dyn TextBox {
        &self.text
    }
    fn board(&mut self) -> &mut dyn BoardSurface {
        &mut self.board
    }
    fn layer(&mut self, layer: Layer) -> &mut dyn Surface {
        match layer {
            Layer::Overlay => &mut self.overlay,
            Layer::Minimap => &mut self.minimap,
        }
    }
}

//! The painter as the client sees it.

use client::{BoardSurface, StalePart, Surface};
use editor::Camera;
use shared::{
    draw::{Dash, Primitive, tiles::Spoiled, tokens::Rgb},
    geometry::{BezPath, Point, Rect, Size},
    text::Phrase,
};

use crate::platform::painter::{Board, PageLayer};

impl Surface for PageLayer {
    fn begin(&mut self, size: Size, ground: Option<Rgb>) {
        Self::begin(self, size, ground);
    }
    fn hide_blank(&mut self) {
        Self::hide_blank(self);
    }
    fn look_at_screen(&mut self) {
        self.painter().look_at_screen();
    }
    fn look(&mut self, camera: &Camera) {
        self.painter().look(camera);
    }
    fn paint(&mut self, list: &[Primitive], zoom: f64) {
        self.painter().paint(list, zoom);
    }
    fn draw_path(
        &mut self,
        path: &BezPath,
        fill: Option<Rgb>,
        stroke: Option<(Rgb, f64)>,
        dash: Dash,
    ) {
        self.painter().draw_path(path, fill, stroke, dash);
    }
    fn set_dark(&mut self, dark: bool) {
        self.painter().set_dark(dark);
    }
    fn stroke_rect(&mut self, rect: Rect, radius: f64, width: f64, color: Rgb, dash: &[f64]) {
        self.painter().stroke_rect(rect, radius, width, color, dash);
    }
    fn fill_box(&mut self, rect: Rect, radius: f64, color: Rgb) {
        self.painter().fill_box(rect, radius, color);
    }
    fn ring(&mut self, at: Point, radius: f64, color: Rgb) {
        self.painter().ring(at, radius, color);
    }
    fn dot(&mut self, at: Point, radius: f64, color: Rgb) {
        self.painter().dot(at, radius, color);
    }
    fn segment(&mut self, from: Point, to: Point, color: Rgb) {
        self.painter().segment(from, to, color);
    }
    fn tint_all(&mut self, rects: &[Rect], color: Rgb, alpha: f64) {
        self.painter().tint_all(rects, color, alpha);
    }
    fn tint(&mut self, rect: Rect, color: Rgb, alpha: f64) {
        self.painter().tint(rect, color, alpha);
    }
    fn cursor(&mut self, at: Point, name: &str, color: Rgb) {
        self.painter().cursor(at, name, color);
    }
    fn label(&mut self, at: Point, words: &Phrase, color: Rgb) {
        let painter = self.painter();
        painter.label(at, &painter.said(words), color);
    }
}

impl BoardSurface for Board {
    fn set_dark(&mut self, dark: bool) {
        Self::set_dark(self, dark);
    }
    fn show(&mut self, camera: &Camera, size: Size, spoiled: &Spoiled) -> Vec<StalePart> {
        Self::show(self, camera, size, spoiled)
    }
    fn paint(&mut self, part: StalePart, lists: &[(f64, &[Primitive])]) {
        Self::paint(self, part, lists);
    }
    fn sketch(&mut self, camera: &Camera, size: Size, lists: &[(f64, &[Primitive])]) {
        Self::sketch(self, camera, size, lists);
    }
}

//! The painter as the client sees it.

use client::{BoardSurface, StalePart, Surface};
use editor::Camera;
use shared::{
    draw::{Dash, Primitive, tokens::Rgb},
    geometry::{BezPath, Point, Rect, Size},
};

use crate::platform::painter::{Board, Painter};

impl Surface for Painter {
    fn begin(&mut self, size: Size, ground: Option<Rgb>) {
        Self::begin(self, size, ground);
    }
    fn hide_blank(&mut self) {
        Self::hide_blank(self);
    }
    fn look_at_screen(&mut self) {
        Self::look_at_screen(self);
    }
    fn look(&mut self, camera: &Camera) {
        Self::look(self, camera);
    }
    fn paint(&mut self, list: &[Primitive], zoom: f64) {
        Self::paint(self, list, zoom);
    }
    fn draw_path(
        &mut self,
        path: &BezPath,
        fill: Option<Rgb>,
        stroke: Option<(Rgb, f64)>,
        dash: Dash,
    ) {
        Self::draw_path(self, path, fill, stroke, dash);
    }
    fn set_dark(&mut self, dark: bool) {
        Self::set_dark(self, dark);
    }
    fn stroke_rect(&mut self, rect: Rect, radius: f64, width: f64, color: Rgb, dash: &[f64]) {
        Self::stroke_rect(self, rect, radius, width, color, dash);
    }
    fn fill_box(&mut self, rect: Rect, radius: f64, color: Rgb) {
        Self::fill_box(self, rect, radius, color);
    }
    fn ring(&mut self, at: Point, radius: f64, color: Rgb) {
        Self::ring(self, at, radius, color);
    }
    fn dot(&mut self, at: Point, radius: f64, color: Rgb) {
        Self::dot(self, at, radius, color);
    }
    fn segment(&mut self, from: Point, to: Point, color: Rgb) {
        Self::segment(self, from, to, color);
    }
    fn tint_all(&mut self, rects: &[Rect], color: Rgb, alpha: f64) {
        Self::tint_all(self, rects, color, alpha);
    }
    fn tint(&mut self, rect: Rect, color: Rgb, alpha: f64) {
        Self::tint(self, rect, color, alpha);
    }
    fn cursor(&mut self, at: Point, name: &str, color: Rgb) {
        Self::cursor(self, at, name, color);
    }
    fn label(&mut self, at: Point, text: &str, color: Rgb) {
        Self::label(self, at, text, color);
    }
}

impl BoardSurface for Board {
    fn set_dark(&mut self, dark: bool) {
        Self::set_dark(self, dark);
    }
    fn show(&mut self, camera: &Camera, size: Size, keeps: bool) -> Vec<StalePart> {
        Self::show(self, camera, size, keeps)
    }
    fn paint(&mut self, part: StalePart, lists: &[(f64, &[Primitive])]) {
        Self::paint(self, part, lists);
    }
}

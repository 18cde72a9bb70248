//! The board's layer: tiles that move with the view, each a canvas of its own.

use client::StalePart;
use editor::Camera;
use shared::{
    draw::{
        Primitive,
        tiles::{Placed, Tiles, View},
        tokens,
    },
    geometry::Size,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::{Painter, scale};
use crate::platform::{browser::window, pictures::Pictures};

/// The board as it is painted. Panning moves its tiles and paints those that come into view.
pub(crate) struct Board {
    /// What holds the tiles' elements.
    element: HtmlElement,
    /// Where the tiles lie and which are painted, once there was a view.
    tiles: Option<Tiles>,
    /// A painter for each tile, in the order of `tiles`.
    painters: Vec<Painter>,
    /// Width and height of each tile, in bitmap pixels, and bitmap pixels per screen pixel.
    fitted: (Size, f64),
    pictures: Pictures,
    is_dark: bool,
}

impl Board {
    /// Paints in an element, with pictures from there.
    pub(crate) fn new(element: HtmlElement, pictures: Pictures) -> Self {
        Self {
            element,
            tiles: None,
            painters: Vec::new(),
            fitted: (Size::ZERO, 0.0),
            pictures,
            is_dark: false,
        }
    }

    /// In which colours everything is painted from here on.
    pub(crate) fn set_dark(&mut self, is_dark: bool) {
        self.is_dark = is_dark;
        for painter in &mut self.painters {
            painter.set_dark(is_dark);
        }
    }

    /// Shows a view. Returns what of it must be painted: with `keeps` only what came into
    /// view, where the rest could be moved along.
    pub(crate) fn show(&mut self, camera: &Camera, size: Size, keeps: bool) -> Vec<StalePart> {
        let view = View {
            origin: camera.origin,
            zoom: camera.zoom,
            size,
            scale: scale(),
        };
        let mut tiles = self.tiles.take().filter(|_| keeps);
        let placed = match tiles.as_mut().and_then(|tiles| tiles.follow(view)) {
            Some(placed) => placed,
            None => tiles
                .insert(Tiles::new(view))
                .follow(view)
                .unwrap_or_default(),
        };
        if let Some(tiles) = &tiles {
            self.fit(tiles, view.scale);
        }
        self.tiles = tiles;
        for Placed { tile, at, .. } in &placed {
            if let Some(painter) = self.painters.get_mut(*tile) {
                painter.lie_at(*at / view.scale);
            }
        }
        let part = |placed: Placed| {
            let (tile, zoom) = (placed.tile, camera.zoom);
            placed.stale.map(|rect| StalePart { tile, zoom, rect })
        };
        placed.into_iter().filter_map(part).collect()
    }

    /// Paints a part: lists of primitives from back to front, each with its opacity.
    pub(crate) fn paint(&mut self, part: StalePart, lists: &[(f64, &[Primitive])]) {
        let Some(painter) = self.painters.get_mut(part.tile) else {
            return;
        };
        painter.cover(tokens::BOARD);
        painter.look(&Camera {
            origin: part.rect.origin(),
            zoom: part.zoom,
        });
        for (alpha, list) in lists {
            painter.fade(*alpha);
            painter.paint(list, part.zoom);
        }
    }

    /// Has as many canvases as there are tiles, each of their size.
    fn fit(&mut self, tiles: &Tiles, scale: f64) {
        let fitted = (tiles.size(), scale);
        if self.painters.len() == tiles.count() && self.fitted == fitted {
            return;
        }
        self.fitted = fitted;
        for gone in self
            .painters
            .drain(tiles.count().min(self.painters.len())..)
        {
            gone.canvas.remove();
        }
        while self.painters.len() < tiles.count() {
            let Some(painter) = self.new_tile() else {
                break;
            };
            self.painters.push(painter);
        }
        let shown = tiles.size() / scale;
        for painter in &mut self.painters {
            painter.fit(tiles.size(), scale);
            painter.style("width", &format!("{}px", shown.width));
            painter.style("height", &format!("{}px", shown.height));
        }
    }

    fn new_tile(&self) -> Option<Painter> {
        let element = window().document()?.create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = element.dyn_into().ok()?;
        canvas.set_class_name("tile");
        self.element.append_child(&canvas).ok()?;
        let mut painter = Painter::new(canvas)?;
        painter.set_pictures(self.pictures.clone());
        painter.set_dark(self.is_dark);
        Some(painter)
    }
}

//! The board's layer: tiles that move with the view, painted on an easel before they are shown;
//! and a sketch over them while the zoom changes.

use client::StalePart;
use editor::Camera;
use shared::{
    draw::{
        Primitive,
        tiles::{PlacedTile, Spoiled, Tiles, View},
        tokens,
    },
    geometry::{Rect, Size, Vec2},
};
use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, ImageBitmapRenderingContext,
    OffscreenCanvas,
};

use super::{PageLayer, Painter, Say, opaque, scale};
use crate::platform::{browser::window, pictures::Pictures};

/// The board as it is painted. Panning moves its tiles and paints those that come into view.
/// While the zoom changes no tile would last: the whole view is painted at once instead.
pub(crate) struct Board {
    /// What holds the tiles' elements, and moves with the view.
    holder: HtmlElement,
    /// Where that is, in screen pixels.
    moved: Option<Vec2>,
    /// Where the tiles lie and which are painted, once there was a view.
    tiles: Option<Tiles>,
    /// Each tile on the page, in the order of `tiles`.
    canvases: Vec<Tile>,
    /// Where each tile is painted before it is shown.
    easel: Easel,
    /// Where a view is painted that does not last.
    sketch: PageLayer,
    /// For how many tiles of which size, in bitmap pixels, at how many of them per screen pixel.
    fitted: (usize, Size, f64),
}

/// A tile on the page: it shows a picture that is complete. A canvas that is painted on itself
/// is copied for every frame, whether it has changed or not.
struct Tile {
    canvas: HtmlCanvasElement,
    context: ImageBitmapRenderingContext,
    /// Where it lies in what holds it, in screen pixels.
    at: Option<Vec2>,
}

/// A canvas of a tile's size that is not on the page.
struct Easel {
    canvas: OffscreenCanvas,
    painter: Painter,
}

impl Board {
    /// Paints in an element; `None` where the browser cannot.
    pub(crate) fn new(element: &HtmlElement, say: Say) -> Option<Self> {
        let holder = append(element, "div", "layer")?;
        let sketch = append(element, "canvas", "layer sketch")?;
        Some(Self {
            // One is made at once, to see that the browser can.
            canvases: vec![Tile::new(&holder)?],
            holder,
            moved: None,
            tiles: None,
            easel: Easel::new(say)?,
            sketch: PageLayer::opaque(sketch, say)?,
            fitted: (0, Size::ZERO, 0.0),
        })
    }

    /// From where pictures come.
    pub(crate) fn set_pictures(&mut self, pictures: Pictures) {
        self.sketch.painter().set_pictures(pictures.clone());
        self.easel.painter.set_pictures(pictures);
    }

    /// In which colours everything is painted from here on.
    pub(crate) fn set_dark(&mut self, is_dark: bool) {
        self.sketch.painter().set_dark(is_dark);
        self.easel.painter.set_dark(is_dark);
    }

    /// Shows a view. Returns what of it must be painted: what is spoiled and what came into
    /// view, where the rest could be moved along.
    pub(crate) fn show(
        &mut self,
        camera: &Camera,
        size: Size,
        spoiled: &Spoiled,
    ) -> Vec<StalePart> {
        let view = View {
            origin: camera.origin,
            zoom: camera.zoom,
            size,
            scale: scale(),
        };
        let placed = Tiles::show(&mut self.tiles, view, spoiled);
        self.fit(view.scale);
        self.sketch.set_shown(false);
        self.place(&placed, view.scale);
        let part = |placed: PlacedTile| {
            let (tile, zoom) = (placed.tile, camera.zoom);
            placed.stale.map(|stale| StalePart { tile, zoom, stale })
        };
        placed.into_iter().filter_map(part).collect()
    }

    /// Moves what holds the tiles. Where a tile lies in there changes only when another
    /// becomes the first: a browser looks at every element that is moved.
    fn place(&mut self, placed: &[PlacedTile], scale: f64) {
        let Some(first) = placed.first() else {
            return;
        };
        move_to(&self.holder, &mut self.moved, first.at / scale);
        for PlacedTile { tile, at, .. } in placed {
            if let Some(tile) = self.canvases.get_mut(*tile) {
                move_to(&tile.canvas, &mut tile.at, (*at - first.at) / scale);
            }
        }
    }

    /// Paints a part: lists of primitives from back to front, each with its opacity.
    pub(crate) fn paint(&mut self, part: StalePart, lists: &[(f64, &[Primitive])]) {
        let Some(tile) = self.canvases.get(part.tile) else {
            return;
        };
        self.easel.begin(tile, part.stale.pixels);
        let camera = Camera {
            origin: part.stale.origin,
            zoom: part.zoom,
        };
        self.easel.painter.paint_all(&camera, lists);
        self.easel.end(tile);
    }

    /// Paints all of a view that will not last, in front of the tiles.
    pub(crate) fn sketch(&mut self, camera: &Camera, size: Size, lists: &[(f64, &[Primitive])]) {
        self.sketch.begin(size, Some(tokens::BOARD));
        self.sketch.painter().paint_all(camera, lists);
        self.sketch.set_shown(true);
    }

    /// Has as many canvases as there are tiles, each of their size.
    fn fit(&mut self, scale: f64) {
        let Some(tiles) = &self.tiles else {
            return;
        };
        let (count, size) = (tiles.count(), tiles.size());
        if self.fitted == (count, size, scale) {
            return;
        }
        self.fitted = (count, size, scale);
        for gone in self.canvases.drain(count.min(self.canvases.len())..) {
            gone.canvas.remove();
        }
        while self.canvases.len() < count {
            let Some(tile) = Tile::new(&self.holder) else {
                break;
            };
            self.canvases.push(tile);
        }
        self.easel.fit(size, scale);
        for Tile { canvas, .. } in &self.canvases {
            canvas.set_width(size.width as u32);
            canvas.set_height(size.height as u32);
            let style = canvas.style();
            let _ = style.set_property("width", &format!("{}px", size.width / scale));
            let _ = style.set_property("height", &format!("{}px", size.height / scale));
        }
    }
}

impl Tile {
    fn new(holder: &HtmlElement) -> Option<Self> {
        let canvas: HtmlCanvasElement = append(holder, "canvas", "tile")?;
        // What lies below a tile is not painted where nothing shines through.
        let context = canvas.get_context_with_context_options("bitmaprenderer", &opaque()?);
        let context = context.ok()??.dyn_into().ok()?;
        Some(Self {
            canvas,
            context,
            at: None,
        })
    }
}

impl Easel {
    fn new(say: Say) -> Option<Self> {
        let canvas = OffscreenCanvas::new(1, 1).ok()?;
        let context = canvas.get_context_with_context_options("2d", &opaque()?);
        // It has all that a canvas of the page has, but for what is about elements.
        let context: CanvasRenderingContext2d = context.ok()??.unchecked_into();
        let painter = Painter::new(context, say);
        Some(Self { canvas, painter })
    }

    fn fit(&mut self, size: Size, scale: f64) {
        self.canvas.set_width(size.width as u32);
        self.canvas.set_height(size.height as u32);
        self.painter.resized(size, scale);
    }

    /// Begins to paint a part of a tile, in bitmap pixels; the rest stays as it is shown.
    fn begin(&mut self, tile: &Tile, part: Rect) {
        let painter = &mut self.painter;
        painter.start();
        if part != painter.bitmap.to_rect() {
            let _ = painter
                .context
                .draw_image_with_html_canvas_element(&tile.canvas, 0.0, 0.0);
        }
        painter.confine(part);
        painter.cover(part, tokens::BOARD);
    }

    /// What has been painted is shown.
    fn end(&mut self, tile: &Tile) {
        self.painter.release();
        if let Ok(picture) = self.canvas.transfer_to_image_bitmap() {
            tile.context.transfer_from_image_bitmap(&picture);
        }
    }
}

/// Appends a new element with a tag and classes.
fn append<T: JsCast>(to: &HtmlElement, tag: &str, classes: &str) -> Option<T> {
    let element = window().document()?.create_element(tag).ok()?;
    element.set_class_name(classes);
    to.append_child(&element).ok()?;
    element.dyn_into().ok()
}

/// Puts an element at a place of what holds it, in screen pixels, if it is not there.
fn move_to(element: &HtmlElement, at: &mut Option<Vec2>, place: Vec2) {
    if *at != Some(place) {
        *at = Some(place);
        let transform = format!("translate({}px, {}px)", place.x, place.y);
        let _ = element.style().set_property("transform", &transform);
    }
}

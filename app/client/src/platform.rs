//! What the client needs of the browser: randomness, the text box, layers to paint on,
//! and somebody who carries out effects. Tests have a fake.

use editor::Camera;
use shared::{
    draw::{
        Dash, Primitive,
        tiles::{Spoiled, Stale},
        tokens::Rgb,
    },
    geometry::{BezPath, Point, Rect, Size},
    id::ObjectId,
    text::Phrase,
};

use crate::{BoxPlace, Effect};

/// The browser, as far as decisions need it.
pub trait Platform {
    /// Carries out an effect, now or soon. What comes of it comes back as an event.
    fn carry_out(&mut self, effect: Effect);
    /// Random bytes, for ids.
    fn random(&mut self) -> [u8; ObjectId::RANDOM_BYTES];
    /// A random number, for the ids of copies of documents.
    fn random_u64(&mut self) -> u64;
    /// A random number in `0.0..1.0`.
    fn random_unit(&mut self) -> f64;
    /// Makes a text comparable for a search: in lower case, without accents.
    fn fold(&self) -> fn(&str) -> String;
    /// Width of the window, in pixels.
    fn window_width(&self) -> f64;
    /// The text box over the object that is being written.
    fn text(&self) -> &dyn TextBox;
    /// The layer of the board.
    fn board(&mut self) -> &mut dyn BoardSurface;
    /// Another layer to paint on.
    fn layer(&mut self, layer: Layer) -> &mut dyn Surface;
}

/// The layers over the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Selections, cursors, and what is being moved.
    Overlay,
    /// The small map of the whole canvas.
    Minimap,
}

/// The text box: a real one, so that input methods, spell checkers and screen keyboards work.
pub trait TextBox {
    /// Shows the box with a text, takes the focus, and puts the caret at the end.
    fn open(&self, text: &str);
    /// Empties and hides the box.
    fn close(&self);
    /// The text in the box.
    fn value(&self) -> String;
    /// What is selected in the box, in UTF-16 units.
    fn selection(&self) -> (u32, u32);
    /// Puts a text into the box and selects a part of it, in UTF-16 units.
    fn set(&self, value: &str, selection: (u32, u32));
    /// Lays the box over the object's text.
    fn lay(&self, place: &BoxPlace);
}

/// The layer of the board: ground and objects, in tiles that move with the view.
pub trait BoardSurface {
    /// From here on in dark colours, or in light ones.
    fn set_dark(&mut self, dark: bool);
    /// Shows a view of this size, in screen pixels. Returns what of it must be painted:
    /// what is spoiled and what came into view, where the rest could be moved along.
    fn show(&mut self, camera: &Camera, size: Size, spoiled: &Spoiled) -> Vec<StalePart>;
    /// Paints a part: lists of primitives from back to front, each with its opacity.
    fn paint(&mut self, part: StalePart, lists: &[(f64, &[Primitive])]);
    /// Paints all of a view that will not last, at once: until [`Self::show`] it is what is
    /// seen.
    fn sketch(&mut self, camera: &Camera, size: Size, lists: &[(f64, &[Primitive])]);
}

/// A part of the board that must be painted, and on which tile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StalePart {
    /// The number of the tile.
    pub tile: usize,
    /// Screen pixels for one board unit.
    pub zoom: f64,
    /// What of the tile, and where that lies.
    pub stale: Stale,
}

/// A layer that can be painted on.
pub trait Surface {
    /// Begins a frame of this size, in pixels, on a ground or on nothing.
    fn begin(&mut self, size: Size, ground: Option<Rgb>);
    /// Takes the layer from the screen where nothing is painted on it.
    fn hide_blank(&mut self);
    /// From here on coordinates are in screen space.
    fn look_at_screen(&mut self);
    /// From here on coordinates are in board space.
    fn look(&mut self, camera: &Camera);
    /// Paints a display list.
    fn paint(&mut self, list: &[Primitive], zoom: f64);
    /// A path, filled or with a line of a colour and width.
    fn draw_path(
        &mut self,
        path: &BezPath,
        fill: Option<Rgb>,
        stroke: Option<(Rgb, f64)>,
        dash: Dash,
    );
    /// From here on in dark colours, or in light ones.
    fn set_dark(&mut self, dark: bool);
    /// The outline of a rectangle with round corners.
    fn stroke_rect(&mut self, rect: Rect, radius: f64, width: f64, color: Rgb, dash: &[f64]);
    /// A filled rectangle with round corners.
    fn fill_box(&mut self, rect: Rect, radius: f64, color: Rgb);
    /// A circle's line.
    fn ring(&mut self, at: Point, radius: f64, color: Rgb);
    /// A filled circle.
    fn dot(&mut self, at: Point, radius: f64, color: Rgb);
    /// A thin line.
    fn segment(&mut self, from: Point, to: Point, color: Rgb);
    /// Rectangles with a little colour, 0 to 1.
    fn tint_all(&mut self, rects: &[Rect], color: Rgb, alpha: f64);
    /// A rectangle with a little colour, 0 to 1.
    fn tint(&mut self, rect: Rect, color: Rgb, alpha: f64);
    /// Somebody's pointer with their name.
    fn cursor(&mut self, at: Point, name: &str, color: Rgb);
    /// Words on a colour.
    fn label(&mut self, at: Point, words: &Phrase, color: Rgb);
}

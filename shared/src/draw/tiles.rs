//! The board's layer in tiles that move with the view: which are in view and where, and
//! which of them must be painted.
//!
//! A large screen has millions of pixels, and whoever changes a picture of its size pays
//! for all of them. Tiles that only move cost nothing but being put together.

use std::ops::Range;

use crate::geometry::{Point, Rect, Size, Vec2};

/// About how wide and how high a tile is, in bitmap pixels.
const TILE_PX: f64 = 384.0;
/// Tiles are moved by whole bitmap pixels; what differs less from them is rounding, in pixels.
const ROUNDING_PX: f64 = 1e-3;

/// What of the board is on a screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The board point at the top left of the screen.
    pub origin: Point,
    /// Screen pixels per board unit.
    pub zoom: f64,
    /// The screen's width and height, in screen pixels.
    pub size: Size,
    /// Bitmap pixels per screen pixel.
    pub scale: f64,
}

impl View {
    /// Bitmap pixels per board unit.
    fn density(&self) -> f64 {
        self.zoom * self.scale
    }

    /// The screen's width and height, in bitmap pixels.
    fn pixels(&self) -> Size {
        self.size * self.scale
    }
}

/// What of a board looks different from how it was painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Spoiled {
    /// These parts, in board units. May be none.
    Parts(Vec<Rect>),
    /// All of it.
    Everything,
}

impl Default for Spoiled {
    fn default() -> Self {
        Self::Parts(Vec::new())
    }
}

impl Spoiled {
    /// More parts than this are as much work as everything.
    const PARTS_MAX: usize = 256;

    /// Whether all is as it was painted.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Parts(parts) if parts.is_empty())
    }

    /// More is spoiled.
    pub fn add(&mut self, more: Self) {
        match (&mut *self, more) {
            (Self::Parts(parts), Self::Parts(more))
                if parts.len() + more.len() <= Self::PARTS_MAX =>
            {
                parts.extend(more);
            }
            (_, Self::Parts(more)) if more.is_empty() => {}
            _ => *self = Self::Everything,
        }
    }
}

/// Where a tile lies in the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedTile {
    /// Which of the tiles, from 0 to [`Tiles::count`].
    pub tile: usize,
    /// Its top left, in bitmap pixels from that of the screen. Whole numbers.
    pub at: Vec2,
    /// What must be painted on it. `None` where it is painted, or out of view.
    pub stale: Option<Stale>,
}

/// What must be painted of a tile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stale {
    /// The board point at the tile's top left.
    pub origin: Point,
    /// What of the tile, in bitmap pixels from its top left. Whole numbers.
    pub pixels: Rect,
    /// The same on the board, in board units.
    pub rect: Rect,
}

/// What a tile shows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shown {
    column: i64,
    row: i64,
    /// What of it looks different by now, in board units.
    spoiled: Option<Rect>,
}

/// Tiles of one size that cover a view, wherever it is moved: one more each way than fit.
///
/// The plane is divided into cells of a tile's size. Each cell has one tile that it is
/// painted on, which it shares with cells that are never in view at the same time.
#[derive(Clone, Debug)]
pub struct Tiles {
    /// The view in whose top left the first cell begins.
    anchor: View,
    /// Width and height of each tile, whole bitmap pixels.
    size: Size,
    columns: i64,
    rows: i64,
    /// What each tile shows.
    shown: Vec<Option<Shown>>,
}

impl Tiles {
    /// Tiles for a view, none of them painted, whose edges are those of the screen.
    pub fn new(view: View) -> Self {
        let screen = view.pixels();
        let fit = |length: f64| (length / TILE_PX).round().max(1.0);
        let (across, down) = (fit(screen.width), fit(screen.height));
        let (columns, rows) = (across as i64 + 1, down as i64 + 1);
        Self {
            anchor: view,
            size: Size::new(
                (screen.width / across).ceil().max(1.0),
                (screen.height / down).ceil().max(1.0),
            ),
            columns,
            rows,
            shown: vec![None; (columns * rows) as usize],
        }
    }

    /// Shows a view: keeps the tiles where they can be used, and has them painted where they
    /// are spoiled or new. The tiles become others where none can be used.
    pub fn show(tiles: &mut Option<Self>, view: View, spoiled: &Spoiled) -> Vec<PlacedTile> {
        match (&mut *tiles, spoiled) {
            (Some(tiles), Spoiled::Parts(parts)) => tiles.spoil(parts),
            _ => *tiles = None,
        }
        if let Some(placed) = tiles.as_mut().and_then(|tiles| tiles.follow(view)) {
            return placed;
        }
        let fresh = tiles.insert(Self::new(view));
        fresh.follow(view).unwrap_or_default()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// Width and height of each, whole bitmap pixels.
    pub fn size(&self) -> Size {
        self.size
    }

    /// These parts of the board, in board units, look different from how they were painted.
    fn spoil(&mut self, parts: &[Rect]) {
        let cell = self.size / self.anchor.density();
        let anchor = self.anchor.origin;
        for shown in self.shown.iter_mut().flatten() {
            let offset = Vec2::new(
                shown.column as f64 * cell.width,
                shown.row as f64 * cell.height,
            );
            let whole = Rect::from_origin_size(anchor + offset, cell);
            let spoiled = parts.iter().filter(|part| part.overlaps(whole));
            shown.spoiled = spoiled
                .copied()
                .chain(shown.spoiled)
                .reduce(|a, b| a.union(b));
        }
    }

    /// Goes where the view has moved. What has to be painted counts as painted from then on.
    ///
    /// `None` where none of them can be used in this view: it is nearer or farther, of
    /// another size, elsewhere altogether, or has moved by a part of a pixel.
    fn follow(&mut self, view: View) -> Option<Vec<PlacedTile>> {
        let is_same = View {
            origin: self.anchor.origin,
            ..view
        } == self.anchor;
        let moved = (self.anchor.origin - view.origin) * view.density();
        let first = moved.round();
        if !is_same || (moved - first).hypot() > ROUNDING_PX {
            return None;
        }
        let screen = view.pixels();
        let from = (-first.x / self.size.width, -first.y / self.size.height);
        let columns = cells(from.0, self.columns);
        let rows = cells(from.1, self.rows);
        let is_blank = self.shown.iter().all(Option::is_none);
        let mut shown = vec![None; self.count()];
        let mut placed = Vec::with_capacity(self.count());
        let mut kept = 0;
        for row in rows {
            for column in columns.clone() {
                let tile = self.tile_of(column, row);
                let offset = Vec2::new(
                    column as f64 * self.size.width,
                    row as f64 * self.size.height,
                );
                let at = first + offset;
                let is_seen = at.x < screen.width && at.y < screen.height;
                let before = self.shown[tile].filter(|it| (it.column, it.row) == (column, row));
                kept += usize::from(is_seen && before.is_some());
                let stale = match before {
                    _ if !is_seen => None,
                    None => Some(self.stale(offset, None)),
                    Some(before) => before.spoiled.map(|part| self.stale(offset, Some(part))),
                };
                // What ends where a tile begins is not on it.
                let stale = stale.filter(|stale| stale.pixels.area() > 0.0);
                let painted = Shown {
                    column,
                    row,
                    spoiled: None,
                };
                shown[tile] = if is_seen { Some(painted) } else { before };
                placed.push(PlacedTile { tile, at, stale });
            }
        }
        if kept == 0 && !is_blank {
            // Anew there are fewer to paint: their edges are those of the screen.
            return None;
        }
        self.shown = shown;
        Some(placed)
    }

    /// What to paint of the tile this many bitmap pixels from the first cell: a part of the
    /// board, or all of it.
    fn stale(&self, offset: Vec2, part: Option<Rect>) -> Stale {
        let density = self.anchor.density();
        let origin = self.anchor.origin + offset / density;
        let whole = self.size.to_rect();
        let pixels = part.map_or(whole, |part| {
            let on_tile = (part - origin.to_vec2()).scale_from_origin(density);
            on_tile.expand().intersect(whole)
        });
        let rect = pixels.scale_from_origin(1.0 / density) + origin.to_vec2();
        Stale {
            origin,
            pixels,
            rect,
        }
    }

    fn tile_of(&self, column: i64, row: i64) -> usize {
        (row.rem_euclid(self.rows) * self.columns + column.rem_euclid(self.columns)) as usize
    }
}

/// So many cells, beginning with the one in which a place lies.
fn cells(place: f64, count: i64) -> Range<i64> {
    let first = place.floor() as i64;
    first..first + count
}

#[cfg(test)]
mod tests;

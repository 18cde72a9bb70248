//! What of the canvas is painted, and when: the board, the layer over it, the minimap.

mod board;
mod list;
mod minimap;
mod overlay;

use std::collections::BTreeSet;

use editor::Camera;
use shared::{
    draw::{Detail, Primitive, tiles::Spoiled},
    geometry::Size,
    id::ObjectId,
};

use super::core::Core;
use crate::{Dirty, world::World};

#[cfg(test)]
pub(crate) use minimap::minimap_from_board;
pub(crate) use minimap::of_canvas as minimap_of_canvas;

/// What the layers show, and what is to be painted in the next frame.
#[derive(Debug)]
pub(crate) struct Painting {
    /// What is to be painted in the next frame.
    due: Dirty,
    /// Where the board looks different from how it was painted.
    spoiled: Spoiled,
    /// The next frame has been asked for.
    is_asked: bool,
    /// The view that the board's layer shows.
    painted: Option<(Camera, Size)>,
    /// The ground, and at which zoom it looks so; `None`: it is to be made anew.
    ground: (Option<f64>, Vec<Primitive>),
    /// A list to be used again.
    list: Vec<Primitive>,
    /// How much of each object is drawn.
    detail: Detail,
    /// That is less than could be seen.
    is_coarse: bool,
    /// When the zoom changed last, milliseconds.
    zoomed_ms: Option<u64>,
    /// What is shown is a sketch, because the zoom changes.
    is_sketch: bool,
    /// What is painted over the board at the moment, not on it.
    lifted: BTreeSet<ObjectId>,
    /// What is in focus as it was painted last.
    focus_mark: Option<(ObjectId, u8)>,
    /// The object whose words are left out, because they are in the text box.
    hidden_text: Option<ObjectId>,
}

impl Default for Painting {
    fn default() -> Self {
        Self {
            due: Dirty::LAYERS,
            spoiled: Spoiled::Everything,
            is_asked: false,
            painted: None,
            ground: (None, Vec::new()),
            list: Vec::new(),
            detail: Detail::Full,
            is_coarse: false,
            zoomed_ms: None,
            is_sketch: false,
            lifted: BTreeSet::new(),
            focus_mark: None,
            hidden_text: None,
        }
    }
}

impl Painting {
    /// Takes note of what became dirty. Returns whether a frame is to be asked for.
    pub(crate) fn note(&mut self, dirty: Dirty) -> bool {
        self.due |= dirty.layers();
        if dirty.has(Dirty::CONTENT) {
            self.spoiled = Spoiled::Everything;
            self.ground.0 = None;
        }
        self.due.paints() && !std::mem::replace(&mut self.is_asked, true)
    }

    /// Paints what is due. `marked`: what is highlighted.
    pub(crate) fn frame(
        &mut self,
        core: &mut Core,
        marked: &[&BTreeSet<ObjectId>],
        world: &mut World<'_>,
    ) {
        self.is_asked = false;
        let due = std::mem::take(&mut self.due);
        if due.has(Dirty::BOARD) {
            self.paint_board(core, world);
        }
        if due.has(Dirty::OVERLAY) {
            self.paint_overlay(core, marked, world);
            minimap::paint(core, world);
        }
    }
}

//! Mouse, pen and fingers, as they are now.

use std::collections::BTreeMap;

use shared::geometry::Point;

use crate::input::{Mods, Pointer, PointerKind};

/// What points, where, and which of them holds the gesture under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pointers {
    /// Where the last one is over the canvas, in screen space.
    at: Option<Point>,
    /// The fingers on the screen, in screen space.
    fingers: BTreeMap<i32, Point>,
    /// The pointer whose gesture is under way.
    holder: Option<Pointer>,
    /// A pen has drawn here: fingers move the view.
    has_pen: bool,
    /// The space bar is held.
    space: bool,
    /// Modifier keys of the last pointer event.
    mods: Mods,
}

impl Pointers {
    /// Where the pointer is, in screen space.
    pub(crate) fn at(&self) -> Option<Point> {
        self.at
    }

    /// Modifier keys of the last pointer event.
    pub(crate) fn mods(&self) -> Mods {
        self.mods
    }

    /// The space bar is held.
    pub(crate) fn space(&self) -> bool {
        self.space
    }

    pub(crate) fn set_space(&mut self, held: bool) {
        self.space = held;
    }

    /// Whether fingers move the view where a pen draws.
    pub(crate) fn has_pen(&self) -> bool {
        self.has_pen
    }

    /// Something has been drawn with this.
    pub(crate) fn has_drawn(&mut self, kind: PointerKind) {
        self.has_pen |= kind == PointerKind::Pen;
    }

    /// How many fingers are on the screen.
    pub(crate) fn fingers(&self) -> usize {
        self.fingers.len()
    }

    /// The first two fingers, in screen space.
    pub(crate) fn two_fingers(&self) -> Option<[Point; 2]> {
        let mut fingers = self.fingers.values().copied();
        Some([fingers.next()?, fingers.next()?])
    }

    /// Whether a pointer is the palm of the hand that writes with the pen.
    pub(crate) fn is_palm(&self, pointer: &Pointer) -> bool {
        let pen_holds = self
            .holder
            .is_some_and(|holder| holder.kind == PointerKind::Pen);
        pointer.kind == PointerKind::Touch && pen_holds
    }

    /// Whether another pointer holds the gesture.
    pub(crate) fn is_held_by_another(&self, pointer: &Pointer) -> bool {
        self.holder.is_some_and(|holder| holder.id != pointer.id)
    }

    /// A pointer goes down.
    pub(crate) fn press(&mut self, pointer: &Pointer) {
        self.at = Some(pointer.at);
        self.mods = pointer.mods;
        if pointer.kind == PointerKind::Touch {
            self.fingers.insert(pointer.id, pointer.at);
        }
    }

    /// The gesture that begins is this pointer's.
    pub(crate) fn hold(&mut self, pointer: Pointer) {
        self.holder = Some(pointer);
    }

    /// No gesture is under way.
    pub(crate) fn let_go(&mut self) {
        self.holder = None;
    }

    /// A finger moves: whether it is one that is on the screen.
    pub(crate) fn finger_moves(&mut self, pointer: &Pointer) -> bool {
        let finger = self.fingers.get_mut(&pointer.id);
        let is_finger = finger.is_some();
        if let Some(finger) = finger {
            *finger = pointer.at;
        }
        is_finger
    }

    /// A pointer moves.
    pub(crate) fn moves(&mut self, pointer: &Pointer) {
        self.at = Some(pointer.at);
        self.mods = pointer.mods;
    }

    /// A pointer goes up: whether it is a finger that was on the screen.
    pub(crate) fn lift(&mut self, pointer: &Pointer) -> bool {
        self.fingers.remove(&pointer.id).is_some()
    }

    /// Nothing points at the canvas.
    pub(crate) fn leave(&mut self) {
        self.at = None;
    }

    /// The window lost focus, or the system took the pointers.
    pub(crate) fn cancel(&mut self) {
        self.space = false;
        self.fingers.clear();
    }
}

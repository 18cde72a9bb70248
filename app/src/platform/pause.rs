//! Notices when a pointer that is pressed pauses.

use std::{cell::Cell, rc::Rc};

use shared::geometry::Point;

use super::browser;

/// So long without moving is a pause, milliseconds.
const PAUSE_MS: i32 = 700;
/// A hand is never quite still, pixels.
const STILL_PX: f64 = 4.0;

/// Watches one pointer.
#[derive(Clone, Default)]
pub(crate) struct PauseWatch {
    /// Changes with every move: who waited meanwhile gives up.
    moves: Rc<Cell<u32>>,
    at: Rc<Cell<Point>>,
}

impl PauseWatch {
    /// The pointer has moved. Calls back once it has paused there.
    pub(crate) fn moved(&self, at: Point, paused: impl FnOnce() + 'static) {
        if (at - self.at.get()).hypot() <= STILL_PX {
            return;
        }
        self.at.set(at);
        self.lifted();
        let (number, moves) = (self.moves.get(), Rc::clone(&self.moves));
        browser::after_ms(PAUSE_MS, move || {
            if moves.get() == number {
                paused();
            }
        });
    }

    /// The pointer is not pressed any more.
    pub(crate) fn lifted(&self) {
        self.moves.set(self.moves.get().wrapping_add(1));
    }
}

//! What happens, as data. Points are in screen space.

use shared::geometry::{Point, Size, Vec2};

pub use shared::draw::stroke::NO_PRESSURE;

/// Modifier keys. `ctrl` is Command on a Mac.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mods {
    /// Shift.
    pub shift: bool,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
}

/// Mouse, pen or finger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse or trackpad.
    Mouse,
    /// A finger.
    Touch,
    /// A pen.
    Pen,
}

/// Which button is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Left button, finger or pen tip.
    Main,
    /// Middle button.
    Middle,
    /// Right button.
    Right,
}

/// A pointer event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Where, in screen space.
    pub at: Point,
    /// Which pointer: fingers have a number each.
    pub id: i32,
    /// Mouse, pen or finger.
    pub kind: PointerKind,
    /// Which button.
    pub button: Button,
    /// Modifier keys.
    pub mods: Mods,
    /// How hard a pen presses, 0 to 1; [`NO_PRESSURE`] where the device does not say.
    pub pressure: f32,
    /// When, in milliseconds of a clock that only goes forward.
    pub now_ms: u64,
}

/// Everything that can happen to the canvas.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A button went down, a finger touched.
    Down(Pointer),
    /// A pointer moved, pressed or not.
    Move(Pointer),
    /// A pointer moved, and was read more often than the screen is painted: all places
    /// since the last event, the newest last.
    Trail(Vec<Pointer>),
    /// A button went up, a finger left.
    Up(Pointer),
    /// The pointer left the canvas.
    Leave,
    /// The system reports two clicks in quick succession. Taps are counted by the editor.
    DoubleClick(Pointer),
    /// Time has passed, in milliseconds of the pointers' clock: wanted at
    /// [`crate::Editor::wakes_at`].
    Tick(u64),
    /// The wheel turned: where, how far in screen pixels, with which keys.
    Wheel(Point, Vec2, Mods),
    /// A key went down.
    Key {
        /// `KeyboardEvent.key`.
        key: String,
        /// `KeyboardEvent.code`.
        code: String,
        /// Modifier keys.
        mods: Mods,
        /// Held down.
        repeat: bool,
    },
    /// The space bar went up.
    SpaceUp,
    /// Another key went up: `KeyboardEvent.key`.
    KeyUp(String),
    /// A frame passed while [`crate::Editor::scrolls_at_edge`]: milliseconds.
    Scroll(f64),
    /// The gesture under way is off: the window lost focus, the system took the pointer.
    Cancel,
    /// The canvas has this size now, in screen pixels.
    Resize(Size),
}

impl Input {
    /// When it happened, if it says so, in milliseconds of the pointers' clock.
    pub(crate) fn now_ms(&self) -> Option<u64> {
        match self {
            Self::Down(pointer) | Self::Move(pointer) | Self::Up(pointer) => Some(pointer.now_ms),
            Self::Trail(trail) => trail.first().map(|pointer| pointer.now_ms),
            Self::Tick(now_ms) => Some(*now_ms),
            _ => None,
        }
    }
}

//! Pointer gestures: a chart whose states are named by what is going on.
//!
//! While something is dragged only the overlay and presence change; the
//! document gets one command on release. `Cancel` leaves nothing behind.

mod pinch;
mod press;
mod release;

use shared::{board::BoardView, geometry::Point, id::ObjectId};

use crate::{Camera, Context, Editor, Effect, Input, Reply};

/// A mouse that moves less than this between down and up has clicked, in pixels.
pub(crate) const DRAG_MOUSE_PX: f64 = 4.0;
/// The same for a finger or pen.
pub(crate) const DRAG_TOUCH_PX: f64 = 6.0;

/// What the pointer is doing. Points are in board space unless they say otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// Pressed, not yet moved: a click or the start of a drag.
    Pointing {
        screen: Point,
        on: Option<ObjectId>,
        shift: bool,
        alt: bool,
        threshold_px: f64,
        /// A drag from here moves the view.
        pans: bool,
    },
    /// The note tool is down: a note goes where it is let go.
    Placing,
    /// Moving the selection.
    Translating {
        start: Point,
        now: Point,
        copies: bool,
    },
    /// Drawing a rectangle; `with` was selected before.
    Brushing {
        start: Point,
        now: Point,
        with: Vec<ObjectId>,
    },
    /// Moving the view; the last point is in screen space.
    Panning { screen: Point },
    /// Two fingers move and zoom the view.
    Pinching {
        from: Camera,
        fingers_screen: [Point; 2],
    },
}

impl Gesture {
    /// What others deleted is not pointed at any more.
    pub(crate) fn forget_missing(&mut self, view: &BoardView) {
        match self {
            Self::Pointing { on, .. } => *on = on.take().filter(|id| view.get(id).is_some()),
            Self::Brushing { with, .. } => with.retain(|id| view.get(id).is_some()),
            _ => {}
        }
    }

    /// Whether keys would get in its way.
    pub(crate) fn is_drag(&self) -> bool {
        !matches!(self, Self::Idle | Self::Pointing { .. })
    }
}

impl Editor {
    pub(crate) fn point(&mut self, input: Input, cx: &mut Context<'_>) -> Reply {
        match input {
            Input::Down(pointer) => self.press(pointer, cx),
            Input::Move(pointer) => self.drag(pointer, cx),
            Input::Up(pointer) => self.release(pointer, cx),
            Input::Leave => {
                self.pointer = None;
                Reply::used([Effect::Presence])
            }
            Input::DoubleClick(pointer) => self.double_click(pointer, cx),
            Input::LongPress(pointer) => self.long_press(pointer, cx),
            Input::Wheel(at, delta, mods) => {
                self.camera = if mods.ctrl {
                    self.camera.zoomed_at(
                        at,
                        self.camera.zoom * (-delta.y * 0.01).clamp(-0.5, 0.5).exp(),
                    )
                } else if mods.shift {
                    self.camera
                        .panned(-shared::geometry::Vec2::new(delta.y + delta.x, 0.0))
                } else {
                    self.camera.panned(-delta)
                };
                Reply::used([Effect::Repaint, Effect::Presence])
            }
            Input::SpaceUp => {
                self.space = false;
                Reply::used([Effect::RepaintOverlay])
            }
            Input::Cancel => {
                self.space = false;
                self.fingers.clear();
                self.abandon()
            }
            Input::Key { .. } | Input::Resize(_) => Reply::unused(),
        }
    }

    /// Ends a gesture without a trace.
    pub(crate) fn abandon(&mut self) -> Reply {
        self.holder = None;
        if let Gesture::Brushing { with, .. } = std::mem::take(&mut self.gesture) {
            self.select(with);
        }
        Reply::used([Effect::Repaint, Effect::Presence])
    }
}

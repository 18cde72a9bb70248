//! Pointer gestures: a chart whose states are named by what is going on.
//!
//! While something is dragged only the overlay and presence change; the
//! document gets one command on release. `Cancel` leaves nothing behind.

mod drag;
pub mod handles;
mod pinch;
mod press;
mod preview;
mod release;
mod resize;
pub(crate) mod transform;

use std::collections::BTreeSet;

use shared::{
    board::BoardView,
    draw::stroke::InkPoint,
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::Ends,
    scene::Place,
};

use crate::{Camera, Context, Editor, Effect, Input, Reply, snap::Guide};

pub use preview::Preview;
pub(crate) use resize::Resizing;

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
    Pointing(Pointing),
    /// A tool is down: an object goes where it is let go, or into the box drawn.
    Placing {
        name: &'static str,
        start: Point,
        now: Point,
        is_drawn: bool,
    },
    /// An object to be placed from the keyboard, shown where it would go.
    Pending { name: &'static str, rect: Rect },
    /// Moving objects.
    Translating(Box<Translating>),
    /// Drawing a rectangle; `with` stays selected, `before` was when it began.
    Brushing {
        start: Point,
        now: Point,
        with: Vec<ObjectId>,
        before: Vec<ObjectId>,
    },
    /// Resizing by a handle.
    Resizing(Box<Resizing>),
    /// Turning, by so many degrees clockwise from upright.
    Turning {
        id: ObjectId,
        before: Place,
        degrees: f64,
    },
    /// Drawing a connector, or binding an end of one anew.
    Connecting(Connecting),
    /// Moving a connector's label along its line.
    Sliding { id: ObjectId, share: f64 },
    /// Drawing freehand.
    Drawing { points: Vec<InkPoint> },
    /// Moving the view; the last point is in screen space.
    Panning { screen: Point },
    /// Two fingers move and zoom the view.
    Pinching {
        from: Camera,
        fingers_screen: [Point; 2],
    },
}

/// Pressed, not yet moved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pointing {
    pub(crate) screen: Point,
    pub(crate) on: Option<ObjectId>,
    pub(crate) shift: bool,
    pub(crate) alt: bool,
    /// Ctrl: reaches inside a group.
    pub(crate) deep: bool,
    pub(crate) threshold_px: f64,
    /// A drag from here moves the view.
    pub(crate) pans: bool,
    /// Many objects of others would move: only after holding still.
    pub(crate) asks_hold: bool,
}

/// Moving objects.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Translating {
    pub(crate) start: Point,
    /// How far, snapped.
    pub(crate) by: Vec2,
    pub(crate) copies: bool,
    /// What moves: the selection, with what frames carry.
    pub(crate) moved: BTreeSet<ObjectId>,
    /// The box around what moves, before it moved.
    pub(crate) bounds: Rect,
    /// What it snaps to.
    pub(crate) others: Vec<Rect>,
    pub(crate) guides: Vec<Guide>,
}

/// Drawing a connector.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Connecting {
    /// The connector whose end is moved; none for a new one.
    pub(crate) line: Option<ObjectId>,
    /// Both ends, with the moving one where it is now.
    pub(crate) ends: Ends,
    /// Whether the beginning moves; else the end.
    pub(crate) moves_from: bool,
    /// The dot it was drawn from, where it was.
    pub(crate) dot: Option<handles::Edge>,
    /// It has been dragged, not only pressed.
    pub(crate) is_drawn: bool,
    /// The object on which the pointer has paused: the end is pinned to the spot.
    pub(crate) pins: Option<ObjectId>,
    /// Where it was pressed, in screen space.
    pub(crate) screen: Point,
}

impl Gesture {
    /// What others deleted is not pointed at any more.
    pub(crate) fn forget_missing(&mut self, view: &BoardView) {
        let is_gone = |id: &ObjectId| view.get(id).is_none();
        let is_over = match self {
            Self::Pointing(pointing) => {
                pointing.on = pointing.on.take().filter(|id| !is_gone(id));
                false
            }
            Self::Brushing { with, before, .. } => {
                with.retain(|id| !is_gone(id));
                before.retain(|id| !is_gone(id));
                false
            }
            Self::Translating(translating) => {
                translating.moved.retain(|id| !is_gone(id));
                translating.moved.is_empty()
            }
            Self::Resizing(resizing) => resizing.forget(is_gone),
            Self::Turning { id, .. } | Self::Sliding { id, .. } => is_gone(id),
            Self::Connecting(connecting) => {
                connecting.line.as_ref().is_some_and(is_gone)
                    || connecting.ends.objects().any(is_gone)
            }
            _ => false,
        };
        if is_over {
            *self = Self::Idle;
        }
    }

    /// Whether keys would get in its way.
    pub(crate) fn is_drag(&self) -> bool {
        !matches!(self, Self::Idle | Self::Pointing(_) | Self::Pending { .. })
    }

    /// Whether the view moves on when the pointer rests at the edge of the screen.
    pub(crate) fn scrolls(&self) -> bool {
        matches!(
            self,
            Self::Placing { .. }
                | Self::Translating(_)
                | Self::Brushing { .. }
                | Self::Resizing(_)
                | Self::Connecting(_)
        )
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
                let zooms = mods.ctrl != self.wheel_zooms;
                self.camera = if zooms {
                    let by = (-delta.y * 0.01).clamp(-0.5, 0.5).exp();
                    self.camera.zoomed_at(at, self.camera.zoom * by)
                } else if mods.shift {
                    self.camera.panned(-Vec2::new(delta.y + delta.x, 0.0))
                } else {
                    self.camera.panned(-delta)
                };
                Reply::used([Effect::Repaint, Effect::Presence])
            }
            Input::Pause => self.pause(cx),
            Input::SpaceUp => {
                self.space = false;
                Reply::used([Effect::RepaintOverlay])
            }
            Input::Cancel => {
                self.space = false;
                self.fingers.clear();
                self.abandon()
            }
            Input::Scroll(ms) => self.scroll_at_edge(ms),
            Input::Key { .. } | Input::KeyUp(_) | Input::Resize(_) => Reply::unused(),
        }
    }

    /// Ends a gesture without a trace.
    pub(crate) fn abandon(&mut self) -> Reply {
        self.holder = None;
        if let Gesture::Brushing { before, .. } = std::mem::take(&mut self.gesture) {
            self.select(before);
        }
        Reply::used([Effect::Repaint, Effect::Presence])
    }
}

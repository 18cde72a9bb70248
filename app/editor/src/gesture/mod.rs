//! Pointer gestures: a chart whose states are named by what is going on.
//!
//! While something is dragged only the overlay and presence change; the
//! document gets one command on release. `Cancel` leaves nothing behind.

pub(crate) mod drag;
pub mod handles;
pub(crate) mod pinch;
pub(crate) mod press;
mod preview;
pub(crate) mod recogniser;
pub(crate) mod release;
mod resize;
pub(crate) mod scroll;
mod transform;
pub(crate) mod wheel;

use std::collections::BTreeSet;

use shared::{
    board::BoardView,
    draw::stroke::InkPoint,
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::Ends,
    scene::Place,
};

use crate::{Camera, edge::Edge, snap::Guide};

pub use preview::Preview;
pub(crate) use resize::Resizing;

/// More objects of others than this are moved or resized only after pressing and holding.
const OTHERS_MAX: usize = 5;
/// A mouse that moves less than this between down and up has clicked, in pixels.
const DRAG_MOUSE_PX: f64 = 4.0;
/// The same for a finger or pen.
const DRAG_TOUCH_PX: f64 = 6.0;

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
    /// Turning; degrees clockwise from upright.
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
    pub(crate) dot: Option<Edge>,
    /// It has been dragged, not only pressed.
    pub(crate) is_drawn: bool,
    /// The object on which the pointer has paused: the end is pinned to the spot.
    pub(crate) pins: Option<ObjectId>,
    /// Where it was pressed, in screen space.
    pub(crate) screen: Point,
}

impl Connecting {
    /// Pressed, not yet dragged: a new connector, whose end moves.
    fn new(ends: Ends, screen: Point) -> Self {
        Self {
            line: None,
            ends,
            moves_from: false,
            dot: None,
            is_drawn: false,
            pins: None,
            screen,
        }
    }
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

    /// Whether something is pressed.
    pub(crate) fn is_pointed(&self) -> bool {
        !matches!(self, Self::Idle | Self::Pending { .. })
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

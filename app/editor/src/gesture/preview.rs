//! What is under way as it looks: where objects appear, what would be placed.

use std::collections::BTreeMap;

use shared::{
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{Connector, End, Ends, Kind, ObjectKind as _, ink},
    scene::Place,
    sort,
};

use super::Gesture;
use crate::{
    Context,
    part::{hand::Hand, models::is_drawn_to_size},
    plan::connect::new_connector,
    snap::Guide,
};

/// Something that is not on the board yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Preview {
    /// A box of a kind.
    Box(Kind, Rect),
    /// A connector.
    Line(Connector),
}

impl Gesture {
    /// The CSS cursor that fits it; `None` where that of the tool does.
    pub(crate) fn cursor_style(&self) -> Option<&'static str> {
        Some(match self {
            Self::Panning { .. } | Self::Pinching { .. } | Self::Turning { .. } => "grabbing",
            Self::Translating(_) => "move",
            Self::Resizing(resizing) => {
                let shares = resizing.shares;
                match (shares.x == 0.5, shares.y == 0.5) {
                    (true, _) => "ns-resize",
                    (_, true) => "ew-resize",
                    _ if shares.x == shares.y => "nwse-resize",
                    _ => "nesw-resize",
                }
            }
            Self::Placing { .. } => "crosshair",
            _ => return None,
        })
    }

    /// How far what is moved has been dragged, in board space.
    pub(crate) fn drag_offset(&self) -> Option<Vec2> {
        match self {
            Self::Translating(moving) => Some(moving.by),
            _ => None,
        }
    }

    /// Whether what is being dragged are copies: the originals stay where they are.
    pub(crate) fn drags_copies(&self) -> bool {
        matches!(self, Self::Translating(moving) if moving.copies)
    }

    /// Where objects appear while they are moved, resized or turned.
    pub(crate) fn elsewhere(&self, cx: &Context<'_>) -> BTreeMap<ObjectId, Place> {
        match self {
            Self::Translating(moving) => {
                let moved = |id: &ObjectId| {
                    let place = cx.scene.place(id)?;
                    let rect = place.rect + moving.by;
                    Some((id.clone(), Place { rect, ..place }))
                };
                let boxes = moving.moved.iter().filter(|id| cx.scene.line(id).is_none());
                sort::map(boxes.filter_map(moved))
            }
            Self::Resizing(resizing) => sort::map(resizing.now.iter().cloned()),
            Self::Turning {
                id,
                before,
                degrees,
            } => {
                let angle = *degrees;
                sort::map([(id.clone(), Place { angle, ..*before })])
            }
            _ => BTreeMap::new(),
        }
    }

    /// The rectangle being drawn to select, in board space.
    pub(crate) fn brush(&self) -> Option<Rect> {
        match *self {
            Self::Brushing { start, now, .. } => Some(Rect::from_points(start, now)),
            _ => None,
        }
    }

    /// What is about to be placed, drawn or bound anew.
    pub(crate) fn preview(&self, hand: &Hand) -> Option<Preview> {
        match self {
            Self::Placing {
                name,
                start,
                now,
                is_drawn,
            } => {
                let kind = hand.model(name);
                let rect = if *is_drawn && is_drawn_to_size(&kind) {
                    Rect::from_points(*start, *now)
                } else {
                    Rect::from_center_size(*now, kind.default_size())
                };
                Some(Preview::Box(kind, rect))
            }
            Self::Pending { name, rect } => Some(Preview::Box(hand.model(name), *rect)),
            Self::Drawing { points } => match hand.model(ink::NAME) {
                Kind::Ink(pen) => {
                    let (corner, ink) = pen.drawn(points);
                    let rect = Rect::from_origin_size(corner, ink.default_size());
                    Some(Preview::Box(Kind::Ink(ink), rect))
                }
                _ => None,
            },
            Self::Connecting(connecting) if connecting.is_drawn => {
                let Ends { from, to } = connecting.ends.clone();
                match new_connector(hand, from, to) {
                    Kind::Connector(line) => Some(Preview::Line(line)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The object to which a connector would be bound: it lights up.
    pub(crate) fn connect_target(&self) -> Option<&ObjectId> {
        self.moving_end()?.object()
    }

    /// The spot to which a connector would be pinned.
    pub(crate) fn pinned_spot(&self, cx: &Context<'_>) -> Option<Point> {
        match self.moving_end()? {
            End::Bound { id, pin } => Some(cx.scene.place(id)?.at((*pin)?)),
            End::Free(_) => None,
        }
    }

    /// The end of a connector that is being drawn or bound anew.
    fn moving_end(&self) -> Option<&End> {
        match self {
            Self::Connecting(connecting) if connecting.moves_from => Some(&connecting.ends.from),
            Self::Connecting(connecting) => Some(&connecting.ends.to),
            _ => None,
        }
    }

    /// The connector whose end is being moved: it is drawn as a preview instead.
    pub(crate) fn redrawn_line(&self) -> Option<&ObjectId> {
        match self {
            Self::Connecting(connecting) => connecting.line.as_ref(),
            _ => None,
        }
    }

    /// A connector's label that is being moved along it, and to which share.
    pub(crate) fn sliding_label(&self) -> Option<(&ObjectId, f64)> {
        match self {
            Self::Sliding { id, share } => Some((id, *share)),
            _ => None,
        }
    }

    /// The guides that show what something snaps to.
    pub(crate) fn guides(&self) -> &[Guide] {
        match self {
            Self::Translating(moving) => &moving.guides,
            Self::Resizing(resizing) => &resizing.guides,
            _ => &[],
        }
    }
}

//! Making notes: at a place, beside another.

use shared::{
    board::{Command, NewObject},
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{Kind, sticky_note},
};

use super::{Deed, Plan, frames, write};
use crate::{
    Context,
    part::{Parts, writing::Editing},
};

/// Two objects whose corners are nearer than this cover each other, in board units.
const COVERED: f64 = 5.0;
/// How far from what it would cover a new object is put, in board units.
const ASIDE: f64 = 20.0;

/// Which side of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where reading goes on in the line.
    Next,
    /// Where it came from.
    Previous,
    /// Below.
    Below,
    /// Above.
    Above,
}

/// Creates a note with its corner at a point, and opens it for writing.
pub(crate) fn new_note(pos: Point, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let kind = parts.hand.model(sticky_note::NAME);
    note_like(kind, pos, parts, cx)
}

fn note_like(kind: Kind, pos: Point, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let id = (cx.new_id)();
    let place = free_place(pos, cx);
    let note = NewObject::new(id.clone(), place, kind, String::new(), parts.me.clone());
    let editing = Editing {
        id,
        goes_if_empty: true,
        is_new: true,
    };
    Plan::of([
        Deed::StopWriting,
        Deed::PutAway,
        Deed::Write(add(vec![note], cx)),
        Deed::Open(editing, String::new()),
    ])
}

/// While writing: the note on a side. One that is there already is opened, else a new one
/// is made.
pub(crate) fn go_beside(side: Side, rtl: bool, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let Some(id) = parts.writing.id() else {
        return Plan::unused();
    };
    let (Some(bounds), Some(object)) = (cx.scene.bounds(id), cx.view.get(id)) else {
        return Plan::unused();
    };
    let Kind::StickyNote(_) = object.kind else {
        return Plan::unused();
    };
    let is_empty = object.text.trim().is_empty();
    let kind = object.kind.clone();
    let pos = beside(bounds, side, rtl);
    let slot = Rect::from_origin_size(pos, (sticky_note::SIDE, sticky_note::SIDE));
    let there = cx
        .scene
        .touching(slot.inflate(-sticky_note::SIDE / 4.0, -sticky_note::SIDE / 4.0))
        .pop();
    let is_note = |there: &ObjectId| {
        let object = cx.view.get(there);
        there != id && object.is_some_and(|object| matches!(object.kind, Kind::StickyNote(_)))
    };
    match there.filter(is_note) {
        Some(there) => {
            let plan = write::edit(&there, String::new(), parts, cx);
            match cx.scene.bounds(&there) {
                Some(bounds) => plan.then(Deed::Reveal(bounds)),
                None => plan,
            }
        }
        // An empty note would go away and come back: nothing to go on from.
        None if is_empty => Plan::nothing(),
        None => Plan::of([Deed::Remember(kind.clone())])
            .and(note_like(kind, pos, parts, cx))
            .then(Deed::Reveal(slot)),
    }
}

/// The commands that add objects. Frames among them come to lie where they belong.
pub(crate) fn add(new: Vec<NewObject>, cx: &Context<'_>) -> Vec<Command> {
    let placed = new
        .iter()
        .filter(|object| object.kind.features().is_container);
    let places = placed.map(|frame| {
        let size = frame.size.unwrap_or_else(|| frame.kind.default_size());
        (frame.id.clone(), Rect::from_origin_size(frame.pos, size))
    });
    let order = frames::settled(&places.collect::<Vec<_>>(), cx);
    let add = [Command::Add(new)].into_iter();
    add.chain(order).collect()
}

fn beside(bounds: Rect, side: Side, rtl: bool) -> Point {
    let step = sticky_note::SIDE + sticky_note::GAP;
    let forward = if rtl { -step } else { step };
    match side {
        Side::Next => Point::new(bounds.x0 + forward, bounds.y0),
        Side::Previous => Point::new(bounds.x0 - forward, bounds.y0),
        Side::Below => Point::new(bounds.x0, bounds.y1 + sticky_note::GAP),
        Side::Above => Point::new(bounds.x0, bounds.y0 - step),
    }
}

/// A place near `pos` where a new object does not exactly cover another.
pub(crate) fn free_place(pos: Point, cx: &Context<'_>) -> Point {
    let mut place = pos.round();
    let taken = |place: Point| {
        let corner = Rect::from_origin_size(place, (1.0, 1.0));
        cx.scene.touching(corner).iter().any(|id| {
            cx.view
                .get(id)
                .is_some_and(|object| (object.pos - place).hypot() < COVERED)
        })
    };
    while taken(place) {
        place += Vec2::new(ASIDE, ASIDE);
    }
    place
}

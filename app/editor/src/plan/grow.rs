//! Neighbours that are grown from an object, connected to it.

use shared::{
    board::NewObject,
    geometry::{Point, Rect, Vec2},
    object::{End, sticky_note},
    text,
};

use super::{Deed, Plan, connect, note};
use crate::{
    Context, Effect,
    edge::Edge,
    part::{Parts, growing::Growing},
};

/// Space between an object and the neighbour that is grown from it, in board units.
const GROW_GAP: f64 = 100.0;
/// So many places beside each other are tried.
const SLOTS_MAX: i32 = 40;

/// A connected neighbour on a side of the selected object, of its kind and look.
/// Repeated, it adds siblings beside the first.
pub(crate) fn grow(edge: Edge, row: Option<&Growing>, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let Some(selected) = parts.sel.one(cx) else {
        return Plan::unused();
    };
    let from = match row.and_then(|row| row.goes_on(edge, selected)) {
        Some(from) => from,
        None if selected.kind.ends().is_none() => selected.id.clone(),
        None => return Plan::unused(),
    };
    let (Some(object), Some(place)) = (cx.view.get(&from), cx.scene.place(&from)) else {
        return Plan::unused();
    };
    let slot = free_slot(place.rect, edge, cx);
    let me = || parts.me.clone();
    let (id, line_id) = ((cx.new_id)(), (cx.new_id)());
    let (kind, corner) = (object.kind.clone(), slot.origin());
    let mut new = NewObject::new(id.clone(), corner, kind, String::new(), me());
    new.size = object.size;
    let line = connect::new_connector(&parts.hand, End::to(&from), End::to(&id));
    let line = NewObject::new(line_id, Point::ZERO, line, String::new(), me());
    Plan::of([
        Deed::StopWriting,
        Deed::Grow(Some(Growing::new(from, edge, id.clone()))),
        Deed::select_one(id),
        Deed::Write(note::add(vec![new, line], cx)),
        Effect::Presence.into(),
        Deed::say(text::SAY_NEIGHBOUR),
        Deed::Reveal(slot),
    ])
}

/// A free place for a box of the same size on a side: beside it, then alternately
/// after and before that.
fn free_slot(rect: Rect, edge: Edge, cx: &Context<'_>) -> Rect {
    let direction = edge.direction();
    let across = Vec2::new(direction.y.abs(), direction.x.abs());
    let step = |along: Vec2, gap: f64| {
        Vec2::new(
            along.x * (rect.width() + gap),
            along.y * (rect.height() + gap),
        )
    };
    let first = rect + step(direction, GROW_GAP);
    (0..SLOTS_MAX)
        .map(|n| {
            let side = if n % 2 == 0 { -1.0 } else { 1.0 };
            let away = f64::from((n + 1) / 2) * side;
            first + step(across * away, sticky_note::GAP)
        })
        .find(|slot| {
            let boxes = cx.scene.touching(slot.inset(-1.0));
            boxes.iter().all(|id| {
                cx.view.get(id).is_none_or(|object| {
                    object.kind.ends().is_some() || object.kind.features().is_container
                })
            })
        })
        .unwrap_or(first)
}

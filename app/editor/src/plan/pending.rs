//! From the keyboard an object is placed as something pending that the arrow keys move
//! until Enter puts it down; and a connector is made between what Tab goes to.

use shared::{
    geometry::{Point, Rect, Size, Vec2},
    id::ObjectId,
    object::End,
    text,
};

use super::{Deed, Plan, connect, nudge, place, size::say_size};
use crate::{
    Context, Effect, Tool,
    gesture::Gesture,
    input::Mods,
    part::{Parts, models::is_drawn_to_size},
};

/// One step of the arrow keys, in board units; ten with Shift resizes.
const STEP: f64 = 20.0;

/// Keys while a tool that places is in hand. `None`: not for it.
pub(crate) fn key(
    key: &str,
    mods: Mods,
    gesture: &Gesture,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Option<Plan> {
    match parts.hand.tool() {
        Tool::Connect if key == "Enter" => link(parts.hand.linking()?, mods, parts, cx),
        Tool::Place(name) => place_key(name, key, mods, gesture, parts, cx),
        _ => None,
    }
}

/// Connects what the connector begins at with what Tab has come to.
fn link(from: &ObjectId, mods: Mods, parts: &Parts, cx: &mut Context<'_>) -> Option<Plan> {
    let to = parts
        .sel
        .one(cx)
        .filter(|object| object.kind.ends().is_none());
    let to = End::to(&to?.id);
    let plan = match cx.view.get(from)?.kind.ends() {
        Some(ends) => {
            let mut ends = ends.clone();
            if mods.shift {
                ends.from = to;
            } else {
                ends.to = to;
            }
            connect::lead(from, ends, cx)
        }
        None => connect::connect(End::to(from), to, parts, cx),
    };
    Some(Plan::of([Deed::LinkFrom(None)]).and(plan))
}

fn place_key(
    name: &'static str,
    key: &str,
    mods: Mods,
    gesture: &Gesture,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Option<Plan> {
    let rect = pending_rect(name, gesture, parts);
    let kind = parts.hand.model(name);
    if key == "Enter" {
        let sized = rect.size() != kind.default_size();
        let drawn = (sized && is_drawn_to_size(&kind)).then_some(rect);
        let placed = place::place(name, rect.center(), drawn, parts, cx);
        return Some(Plan::of([Deed::Gesture(Gesture::Idle)]).and(placed));
    }
    let direction = nudge::direction(key).filter(|_| !mods.ctrl && !mods.alt)?;
    let rect = if mods.shift && is_drawn_to_size(&kind) {
        let size = rect.size() + Size::new(direction.x * STEP, direction.y * STEP);
        let size = Size::new(
            size.width.max(place::DRAWN_MIN),
            size.height.max(place::DRAWN_MIN),
        );
        Rect::from_origin_size(rect.origin(), size)
    } else {
        rect + direction * STEP
    };
    let Point { x, y } = rect.origin().round();
    let place = text::say_place_at(x as i64, y as i64);
    let said = text::say_and(place, say_size(rect.size()));
    Some(Plan::of([
        Deed::Gesture(Gesture::Pending { name, rect }),
        Deed::Reveal(rect),
        Effect::Repaint.into(),
        Deed::say(said),
    ]))
}

/// Where the pending object would go: the middle of the view to begin with.
fn pending_rect(name: &str, gesture: &Gesture, parts: &Parts) -> Rect {
    if let Gesture::Pending { rect, .. } = gesture {
        return *rect;
    }
    let size = parts.hand.model(name).default_size();
    let origin = parts.screen.visible().center() - size.to_vec2() / 2.0;
    let grid: Vec2 = (origin.to_vec2() / STEP).round() * STEP;
    Rect::from_origin_size(grid.to_point(), size)
}

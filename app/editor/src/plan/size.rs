//! Resizing and turning by keys: what handles do, step by step.

use shared::{
    board::Command,
    geometry::{Point, Size, Vec2},
    text::{self, Phrase},
};

use super::{Deed, Plan, nudge::NUDGE};
use crate::{Context, gesture::Resizing, part::Parts};

/// One step of the keys that turn, in degrees.
const TURN: f64 = 15.0;

/// Makes the selection larger or smaller by a step: across, or down.
pub(crate) fn grow_by(across: f64, down: f64, parts: &Parts, cx: &Context<'_>) -> Plan {
    let Some(mut resizing) = Resizing::of_selected(Point::new(1.0, 1.0), parts, cx) else {
        return Plan::unused();
    };
    let size = resizing.step(Vec2::new(across, down) * NUDGE).round();
    let commands = resizing.commands(parts.sel.ids(), cx);
    if commands.is_empty() {
        return Plan::of([Deed::say(text::SAY_CANNOT_RESIZE)]);
    }
    let said = say_size(size);
    Plan::of([Deed::WriteOn(commands), Deed::say(said)])
}

/// Turns each of what is selected about its own middle, clockwise or back.
pub(crate) fn turn_by(steps: f64, parts: &Parts, cx: &Context<'_>) -> Plan {
    let mut boxes = parts.sel.free_boxes(cx);
    boxes.retain(|object| object.kind.features().turns);
    let turns: Vec<_> = boxes
        .iter()
        .map(|object| {
            let stop = (object.angle / TURN).round() * TURN;
            (object.id.clone(), (stop + steps * TURN).rem_euclid(360.0))
        })
        .collect();
    let said = match &turns[..] {
        [] => {
            return Plan::of([Deed::show(text::SAY_CANNOT_TURN)]);
        }
        [(_, degrees)] => text::say_turned_to(*degrees as u32),
        several => text::say_turned(text::object_objects(several.len())),
    };
    Plan::of([Deed::WriteOn(vec![Command::Turn(turns)]), Deed::say(said)])
}

/// Says how large something is, in whole board units.
pub(crate) fn say_size(size: Size) -> Phrase {
    text::say_size(size.height.round() as u32, size.width.round() as u32)
}

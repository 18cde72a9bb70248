//! Arrow keys: they nudge the selection, or the view where nothing is selected.

use shared::{board::Command, geometry::Vec2, object::Kind, object::connector, props::Value, text};

use super::{Deed, Plan, connect, grow, moves};
use crate::{Context, Effect, edge::Edge, input::Mods, part::Parts};

/// One nudge, in board units; ten with Shift.
pub(crate) const NUDGE: f64 = 10.0;
/// How many nudges Shift makes of one.
const FAR: f64 = 10.0;
/// How far an arrow key moves the view, in screen pixels.
const PAN_PX: f64 = 60.0;
/// One step of a label along its connector, as a share of its length.
const SLIDE: f64 = 0.05;
/// A line that runs less than this in a direction, in board units, leads across it.
const ALONG_MIN: f64 = 1.0;

/// Where an arrow key points.
pub(crate) fn direction(key: &str) -> Option<Vec2> {
    Some(match key {
        "ArrowLeft" => Vec2::new(-1.0, 0.0),
        "ArrowRight" => Vec2::new(1.0, 0.0),
        "ArrowUp" => Vec2::new(0.0, -1.0),
        "ArrowDown" => Vec2::new(0.0, 1.0),
        _ => return None,
    })
}

/// An arrow key. Nudges that follow each other are one undo step.
pub(crate) fn arrow(direction: Vec2, mods: Mods, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    match (mods.ctrl, mods.alt) {
        (true, false) => {
            let edge = Edge::ALL
                .into_iter()
                .find(|edge| edge.direction() == direction);
            edge.map_or_else(Plan::unused, |edge| {
                grow::grow(edge, parts.growing.as_ref(), parts, cx)
            })
        }
        (true, true) => Plan::unused(),
        (false, true) => connect::walk_along(direction, parts, cx),
        (false, false) if parts.sel.ids().is_empty() || !cx.rights.writes => {
            let camera = parts.screen.camera().panned(-direction * PAN_PX);
            Plan::of([Deed::Look(camera), Effect::Repaint.into()])
        }
        (false, false) => nudge(direction, mods, parts, cx),
    }
}

fn nudge(direction: Vec2, mods: Mods, parts: &Parts, cx: &Context<'_>) -> Plan {
    let step = if mods.shift { NUDGE * FAR } else { NUDGE };
    let mut moved = parts.sel.moved_along(cx);
    moved.extend(parts.sel.lines(cx).cloned());
    let commands = moves::moved_by(&moved, direction * step, cx);
    if !commands.is_empty() {
        return Plan::of([Deed::WriteOn(commands)]);
    }
    Plan::of([Deed::KeepRow]).and(slide_label(direction, parts, cx).unwrap_or_default())
}

/// Moves the label of the selected connector along its line.
fn slide_label(direction: Vec2, parts: &Parts, cx: &Context<'_>) -> Option<Plan> {
    let object = parts.sel.one(cx)?;
    let (Kind::Connector(connector), false) = (&object.kind, object.is_locked) else {
        return None;
    };
    let line = cx
        .scene
        .line(&object.id)
        .filter(|line| line.label.area() > 0.0)?;
    let to = |by: f64| connector::label_share(connector.label_at + by);
    let (back, on) = (to(-SLIDE), to(SLIDE));
    let forward = (line.route.at(on) - line.route.at(back)).dot(direction);
    if forward.abs() < ALONG_MIN {
        return None;
    }
    let share = if forward > 0.0 { on } else { back };
    let properties = vec![(connector::LABEL_AT, Value::Number(share))];
    let said = text::say_label_at((share * 100.0).round() as u32);
    Some(Plan::of([
        Deed::WriteOn(vec![Command::Set(object.id.clone(), properties)]),
        Deed::say(said),
    ]))
}

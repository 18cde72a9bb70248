//! Order, groups, locks, alignment: what is done to several objects at once.

use std::collections::BTreeSet;

use shared::{
    board::Command,
    geometry::{Rect, Vec2},
    id::ObjectId,
    object::{Object, sticky_note},
    text,
};

use super::{Deed, Plan};
use crate::{
    Context,
    align::{self, Alignment},
    part::Parts,
    say::count,
    snap::Axis,
};

/// To where in the stacking order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    Front,
    Forward,
    Backward,
    Back,
}

/// Between objects that come to lie just past another, in stacking order.
const Z_STEP: f64 = 1e-4;
/// How far past the last object the middle of two places is taken, in stacking order.
const Z_BEYOND: f64 = 2.0;

/// Moves the selection in the stacking order, past what it overlaps.
pub(crate) fn reorder(depth: Depth, parts: &Parts, cx: &Context<'_>) -> Plan {
    let mut selected: Vec<&Object> = parts.sel.objects(cx);
    selected.retain(|object| !object.is_locked);
    let (back, front) = cx.view.z_range();
    let (base, step) = match depth {
        Depth::Front => (front + 1.0, 1.0),
        Depth::Back => (back - selected.len() as f64, 1.0),
        Depth::Forward | Depth::Backward => match next_depth(depth, &selected, parts, cx) {
            Some(base) => (base, Z_STEP),
            None => return Plan::nothing(),
        },
    };
    let order = selected
        .iter()
        .enumerate()
        .map(|(i, object)| (object.id.clone(), base + i as f64 * step))
        .collect();
    let said = match depth {
        Depth::Front => text::SAY_TO_FRONT,
        Depth::Forward => text::SAY_FORWARD,
        Depth::Backward => text::SAY_BACKWARD,
        Depth::Back => text::SAY_TO_BACK,
    };
    Plan::of([Deed::Write(vec![Command::Order(order)]), Deed::say(said)])
}

/// Just past the next object that overlaps the selection.
fn next_depth(depth: Depth, selected: &[&Object], parts: &Parts, cx: &Context<'_>) -> Option<f64> {
    let bounds = parts.sel.bounds(cx)?;
    let lowest = selected.first()?.z;
    let highest = selected.last()?.z;
    let mut others: Vec<f64> = cx
        .scene
        .touching(bounds)
        .into_iter()
        .filter(|id| !parts.sel.contains(id))
        .filter_map(|id| cx.view.get(&id).map(|object| object.z))
        .collect();
    others.sort_by(f64::total_cmp);
    let (past, beyond) = if depth == Depth::Forward {
        let past = others.iter().position(|z| *z >= highest)?;
        let after = others.get(past + 1).copied();
        (past, after.unwrap_or(others[past] + Z_BEYOND))
    } else {
        let past = others.iter().rposition(|z| *z <= lowest)?;
        let before = past.checked_sub(1).map(|before| others[before]);
        (past, before.unwrap_or(others[past] - Z_BEYOND))
    };
    Some(f64::midpoint(others[past], beyond))
}

/// Puts what is selected and free into a group.
pub(crate) fn group(parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let free = parts.sel.objects(cx).into_iter();
    let free = free.filter(|object| !object.is_locked);
    let ids: Vec<ObjectId> = free.map(|object| object.id.clone()).collect();
    if ids.len() < 2 {
        return Plan::unused();
    }
    let mark = (cx.new_id)().to_string();
    let said = text::say_grouped(count(&ids, cx));
    Plan::of([
        Deed::Write(vec![Command::Group(ids, Some(mark))]),
        Deed::say(said),
    ])
}

/// Dissolves the groups of what is selected.
pub(crate) fn ungroup(parts: &Parts, cx: &Context<'_>) -> Plan {
    let grouped: Vec<ObjectId> = parts
        .sel
        .objects(cx)
        .into_iter()
        .filter(|object| object.group.is_some())
        .map(|object| object.id.clone())
        .collect();
    if grouped.is_empty() {
        return Plan::unused();
    }
    Plan::of([
        Deed::Write(vec![Command::Group(grouped, None)]),
        Deed::say(text::SAY_UNGROUPED),
    ])
}

/// Locks the selection, or unlocks it if all of it is locked.
pub(crate) fn lock(parts: &Parts, cx: &Context<'_>) -> Plan {
    let locks = !parts.sel.is_locked(cx.view);
    let ids = parts.sel.ids().iter().cloned().collect();
    Plan::of([
        Deed::Write(vec![Command::Lock(ids, locks)]),
        Deed::say(if locks {
            text::SAY_LOCKED
        } else {
            text::SAY_UNLOCKED
        }),
    ])
}

/// Puts the selected boxes on one line.
pub(crate) fn align(to: Alignment, parts: &Parts, cx: &Context<'_>) -> Plan {
    rearrange(2, parts, cx, |rects| align::align(rects, to))
}

/// Makes the gaps between the selected boxes equal.
pub(crate) fn distribute(axis: Axis, parts: &Parts, cx: &Context<'_>) -> Plan {
    rearrange(3, parts, cx, |rects| align::distribute(rects, axis))
}

/// Puts the selected boxes into a grid.
pub(crate) fn tidy(parts: &Parts, cx: &Context<'_>) -> Plan {
    rearrange(2, parts, cx, |rects| align::tidy(rects, sticky_note::GAP))
}

/// Moves the selected boxes by what `arranged` returns for their bounds, each with
/// what it carries.
fn rearrange(
    at_least: usize,
    parts: &Parts,
    cx: &Context<'_>,
    arranged: impl FnOnce(&[Rect]) -> Vec<Vec2>,
) -> Plan {
    let boxes = parts.sel.free_boxes(cx);
    if boxes.len() < at_least {
        return Plan::unused();
    }
    let rects: Vec<Rect> = boxes
        .iter()
        .filter_map(|object| cx.scene.bounds(&object.id))
        .collect();
    let offsets = arranged(&rects);
    let mut done: BTreeSet<ObjectId> = parts.sel.ids().clone();
    let mut moves = Vec::new();
    for (object, by) in boxes.iter().zip(offsets) {
        moves.push((object.id.clone(), object.pos + by));
        if !object.kind.features().is_container {
            continue;
        }
        for id in cx.scene.carried(cx.view, &object.id) {
            if done.insert(id.clone())
                && let Some(carried) = cx.view.get(&id).filter(|carried| !carried.is_locked)
            {
                moves.push((id, carried.pos + by));
            }
        }
    }
    let counted = count(boxes.iter().map(|object| &object.id), cx);
    Plan::of([
        Deed::Write(vec![Command::Move(moves)]),
        Deed::say(text::say_arranged(counted)),
    ])
}

//! A pointer moves while something is under way.

use shared::{
    draw::stroke::InkPoint,
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{Kind, connector},
    sort,
    text::{self, Text},
};

use super::{DRAG_TOUCH_PX, Gesture, Pointing, Translating, pinch, transform};
use crate::{
    Context, Effect,
    input::Pointer,
    part::{
        Parts,
        selection::{Selection, add_groups},
    },
    plan::{Deed, Plan, connect::end_at},
    snap::{SNAP_PX, snap_move},
};

/// With more objects in view than this, nothing snaps: there is too much to snap to.
const SNAP_OTHERS_MAX: usize = 1_500;

const HOLD_FIRST: Text = text::SAY_HOLD_FIRST;

/// A pointer has moved.
pub(crate) fn moved(
    pointer: &Pointer,
    gesture: &mut Gesture,
    parts: &Parts,
    cx: &Context<'_>,
) -> Plan {
    let mut plan = Plan::nothing();
    match gesture {
        Gesture::Idle | Gesture::Pending { .. } => return plan.then(Effect::Presence),
        Gesture::Pointing(pointing) => {
            if (pointer.at - pointing.screen).hypot() < pointing.threshold_px {
                return plan.then(Effect::Presence);
            }
            if pointing.asks_hold {
                return plan.then(Deed::show(HOLD_FIRST));
            }
            let (begun, selected) = begin_drag(pointing, parts, cx);
            *gesture = begun;
            plan.deeds.extend(selected);
        }
        Gesture::Resizing(resizing) if resizing.asks_hold => {
            let has_moved = (pointer.at - resizing.screen).hypot() >= DRAG_TOUCH_PX;
            plan.deeds.extend(has_moved.then(|| Deed::show(HOLD_FIRST)));
            return plan;
        }
        Gesture::Panning { screen } => {
            let moved = pointer.at - *screen;
            *screen = pointer.at;
            plan = plan.then(Deed::Look(parts.screen.camera().panned(moved)));
        }
        Gesture::Drawing { points } => {
            let at = parts.screen.board(pointer.at);
            if points.last().is_none_or(|last| last.at != at) {
                points.push(InkPoint::new(at, pointer.pressure));
            }
        }
        Gesture::Pinching {
            from,
            fingers_screen,
        } => return pinch::moved(*from, *fingers_screen, parts),
        _ => {}
    }
    plan.deeds.extend(on(gesture, parts, cx));
    plan.then(Effect::Repaint).then(Effect::Presence)
}

/// Takes what is under way to where the pointer is now on the board. Returns what it
/// selects on its way.
pub(crate) fn on(gesture: &mut Gesture, parts: &Parts, cx: &Context<'_>) -> Option<Deed> {
    let at = parts.cursor()?;
    let mods = parts.pointers.mods();
    let snaps = parts.prefs.snaps != mods.ctrl;
    match gesture {
        Gesture::Placing {
            start,
            now,
            is_drawn,
            ..
        } => {
            *now = at;
            *is_drawn |= (at - *start).hypot() * parts.screen.zoom() > DRAG_TOUCH_PX;
        }
        Gesture::Translating(moving) => {
            moving.by = (at - moving.start).round();
            moving.guides.clear();
            if snaps && !moving.others.is_empty() {
                let threshold = SNAP_PX / parts.screen.zoom();
                let snapped = snap_move(moving.bounds + moving.by, &moving.others, threshold);
                moving.by += snapped.by;
                moving.guides = snapped.guides;
            }
        }
        Gesture::Brushing {
            start, now, with, ..
        } => {
            *now = at;
            let inside = cx.scene.in_marquee(Rect::from_points(*start, at));
            let mut found = sort::set(inside);
            if !mods.ctrl {
                add_groups(&mut found, cx);
            }
            found.extend(with.iter().cloned());
            return Some(Deed::Change(found));
        }
        Gesture::Resizing(resizing) => resizing.drag_on(at, snaps, parts, cx),
        Gesture::Turning {
            before, degrees, ..
        } => {
            *degrees = transform::turned(*before, at, mods);
        }
        Gesture::Connecting(connecting) => {
            let screen = parts.screen.camera().screen_from_board(at);
            connecting.is_drawn |= (screen - connecting.screen).hypot() > DRAG_TOUCH_PX;
            let end = end_at(at, mods, connecting.pins.as_ref(), &parts.screen, cx);
            connecting.pins = connecting.pins.take().filter(|id| end.object() == Some(id));
            if connecting.moves_from {
                connecting.ends.from = end;
            } else {
                connecting.ends.to = end;
            }
        }
        Gesture::Sliding { id, share } => {
            if let Some(line) = cx.scene.line(id) {
                *share = connector::label_share(line.route.nearest(at).0);
            }
        }
        _ => {}
    }
    None
}

/// A pause on an object while a connector is drawn attaches its end to this exact point.
pub(crate) fn paused(gesture: &mut Gesture, parts: &Parts, cx: &Context<'_>) -> Plan {
    let target = gesture.connect_target().cloned();
    match gesture {
        Gesture::Connecting(connecting) if connecting.is_drawn => connecting.pins = target,
        _ => return Plan::unused(),
    }
    let selected = on(gesture, parts, cx);
    let said = gesture
        .pinned_spot(cx)
        .map(|_| Deed::say(text::SAY_EXACT_POINT));
    let plan = Plan::of([Effect::Repaint.into()]);
    Plan {
        deeds: plan.deeds.into_iter().chain(selected).chain(said).collect(),
        used: true,
    }
}

/// The pointer has moved far enough: what it points at decides what moves. With the gesture
/// comes what it selects.
fn begin_drag(pointing: &Pointing, parts: &Parts, cx: &Context<'_>) -> (Gesture, Option<Deed>) {
    let screen = pointing.screen;
    let start = parts.screen.board(screen);
    let object = pointing.on.as_ref().and_then(|id| cx.view.get(id));
    match object {
        None if pointing.pans => (Gesture::Panning { screen }, None),
        Some(_) if !cx.rights.writes => (Gesture::Panning { screen }, None),
        Some(object) if !object.is_locked => {
            let is_label = cx
                .scene
                .line(&object.id)
                .is_some_and(|line| line.label.contains(start));
            if matches!(object.kind, Kind::Connector(_)) && is_label && parts.sel.ids().len() == 1 {
                let (id, share) = (object.id.clone(), connector::LABEL_MIDDLE);
                return (Gesture::Sliding { id, share }, None);
            }
            let mut ids = parts.sel.ids().clone();
            ids.insert(object.id.clone());
            let mut sel = parts.sel.clone();
            sel.change(ids.clone());
            let moving = translating(start, pointing.alt, &sel, parts, cx);
            (moving, Some(Deed::Change(ids)))
        }
        _ => {
            let before: Vec<ObjectId> = parts.sel.ids().iter().cloned().collect();
            let with = if pointing.shift {
                before.clone()
            } else {
                Vec::new()
            };
            let brushing = Gesture::Brushing {
                start,
                now: start,
                with,
                before,
            };
            (brushing, None)
        }
    }
}

fn translating(
    start: Point,
    copies: bool,
    sel: &Selection,
    parts: &Parts,
    cx: &Context<'_>,
) -> Gesture {
    let mut moved = sel.moved_along(cx);
    moved.extend(sel.lines(cx).cloned());
    let bounds = moved
        .iter()
        .filter(|id| cx.scene.line(id).is_none())
        .filter_map(|id| cx.scene.bounds(id))
        .reduce(|a, b| a.union(b))
        .unwrap_or_default();
    let others = others_in(parts.screen.visible(), cx, |id| moved.contains(id));
    Gesture::Translating(Box::new(Translating {
        start,
        by: Vec2::ZERO,
        copies,
        moved,
        bounds,
        others,
        guides: Vec::new(),
    }))
}

/// The boxes in view to snap to.
pub(super) fn others_in(
    visible: Rect,
    cx: &Context<'_>,
    is_moved: impl Fn(&ObjectId) -> bool,
) -> Vec<Rect> {
    let in_view = cx.scene.touching(visible);
    if in_view.len() > SNAP_OTHERS_MAX {
        return Vec::new();
    }
    in_view
        .iter()
        .filter(|id| !is_moved(id) && cx.scene.line(id).is_none())
        .filter_map(|id| cx.scene.bounds(id))
        .collect()
}

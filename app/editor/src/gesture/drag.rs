//! A pointer moves while something is under way.

use std::collections::BTreeSet;

use shared::{
    draw::stroke::InkPoint,
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::Kind,
};

use super::{Gesture, Pointing, Translating};
use crate::{
    Context, Editor, Effect, Reply,
    gesture::transform,
    input::Pointer,
    snap::{SNAP_PX, snap_move},
};

/// With more objects in view than this, nothing snaps: there is too much to snap to.
const SNAP_OTHERS_MAX: usize = 1_500;
/// The view scrolls when a drag comes this near to the edge of the screen, in pixels.
const SCROLL_EDGE_PX: f64 = 24.0;
/// How fast it scrolls there, in screen pixels a millisecond.
const SCROLL_SPEED: f64 = 0.6;

const HOLD_FIRST: &str = "Press and hold first: this would change many notes of others.";

impl Editor {
    pub(super) fn drag(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        if let Some(finger) = self.fingers.get_mut(&pointer.id) {
            *finger = pointer.at;
        } else if self.is_anothers_gesture(&pointer) {
            return Reply::used([]);
        }
        self.pointer = Some(pointer.at);
        self.mods = pointer.mods;
        match &mut self.gesture {
            Gesture::Idle | Gesture::Pending { .. } => return Reply::used([Effect::Presence]),
            Gesture::Pointing(pointing) => {
                if (pointer.at - pointing.screen).hypot() < pointing.threshold_px {
                    return Reply::used([Effect::Presence]);
                }
                if pointing.asks_hold {
                    return Reply::used([Effect::Toast(HOLD_FIRST.into())]);
                }
                let pointing = pointing.clone();
                self.begin_drag(pointing, cx);
            }
            Gesture::Resizing(resizing) if resizing.asks_hold => {
                let has_moved = (pointer.at - resizing.screen).hypot() >= super::DRAG_TOUCH_PX;
                let said = has_moved.then(|| Effect::Toast(HOLD_FIRST.into()));
                return Reply::used(said.into_iter().collect::<Vec<_>>());
            }
            Gesture::Panning { screen } => {
                let moved = pointer.at - *screen;
                *screen = pointer.at;
                self.camera = self.camera.panned(moved);
            }
            Gesture::Drawing { points } => {
                let at = self.camera.board_from_screen(pointer.at);
                if points.last().is_none_or(|last| last.at != at) {
                    points.push(InkPoint::new(at, pointer.pressure));
                }
            }
            Gesture::Pinching {
                from,
                fingers_screen,
            } => {
                let (from, start) = (*from, *fingers_screen);
                return self.pinch(from, start);
            }
            _ => {}
        }
        self.drag_on(cx);
        Reply::used([Effect::Repaint, Effect::Presence])
    }

    /// Takes what is under way to where the pointer is now on the board.
    pub(crate) fn drag_on(&mut self, cx: &Context<'_>) {
        let Some(at) = self.cursor() else { return };
        let mods = self.mods;
        let threshold = SNAP_PX / self.camera.zoom;
        let snaps = self.snaps != mods.ctrl;
        match &mut self.gesture {
            Gesture::Placing {
                start,
                now,
                is_drawn,
                ..
            } => {
                *now = at;
                *is_drawn |= (at - *start).hypot() * self.camera.zoom > super::DRAG_TOUCH_PX;
            }
            Gesture::Translating(moving) => {
                moving.by = (at - moving.start).round();
                moving.guides.clear();
                if snaps && !moving.others.is_empty() {
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
                let mut found: BTreeSet<ObjectId> = inside.into_iter().collect();
                if !mods.ctrl {
                    Self::add_groups(&mut found, cx);
                }
                found.extend(with.iter().cloned());
                self.selection = found;
            }
            Gesture::Resizing(_) => self.resize_on(at, snaps, threshold, cx),
            Gesture::Turning {
                before, degrees, ..
            } => {
                *degrees = transform::turned(*before, at, mods);
            }
            Gesture::Connecting(connecting) => {
                let screen = self.camera.screen_from_board(at);
                connecting.is_drawn |= (screen - connecting.screen).hypot() > super::DRAG_TOUCH_PX;
                let connecting = connecting.clone();
                let end = self.end_at(at, mods, connecting.pins.as_ref(), cx);
                if let Gesture::Connecting(now) = &mut self.gesture {
                    now.pins = connecting.pins.filter(|id| end.object() == Some(id));
                    if connecting.moves_from {
                        now.ends.from = end;
                    } else {
                        now.ends.to = end;
                    }
                }
            }
            Gesture::Sliding { id, share } => {
                if let Some(line) = cx.scene.line(id) {
                    *share = line.route.nearest(at).0.clamp(0.05, 0.95);
                }
            }
            _ => {}
        }
    }

    /// Who pauses on an object while drawing a connector means this very spot of it.
    pub(super) fn pause(&mut self, cx: &Context<'_>) -> Reply {
        let target = self.connect_target().cloned();
        match &mut self.gesture {
            Gesture::Connecting(connecting) if connecting.is_drawn => connecting.pins = target,
            _ => return Reply::unused(),
        }
        self.drag_on(cx);
        let said = self
            .pinned_spot(cx)
            .map(|_| Effect::Announce("Pinned to this spot".into()));
        let effects = [Effect::Repaint].into_iter().chain(said);
        Reply::used(effects.collect::<Vec<_>>())
    }

    /// Whether a gesture is under way that another pointer began.
    pub(super) fn is_anothers_gesture(&self, pointer: &Pointer) -> bool {
        let is_pointed = !matches!(self.gesture, Gesture::Idle | Gesture::Pending { .. });
        is_pointed && self.holder.is_some_and(|holder| holder.id != pointer.id)
    }

    /// The pointer has moved far enough: what it points at decides what moves.
    fn begin_drag(&mut self, pointing: Pointing, cx: &Context<'_>) {
        let Pointing {
            screen,
            on,
            shift,
            alt,
            pans,
            ..
        } = pointing;
        let start = self.camera.board_from_screen(screen);
        let object = on.as_ref().and_then(|id| cx.view.get(id));
        self.gesture = match object {
            None if pans => Gesture::Panning { screen },
            Some(_) if cx.read_only => Gesture::Panning { screen },
            Some(object) if !object.is_locked => {
                let is_label = cx
                    .scene
                    .line(&object.id)
                    .is_some_and(|line| line.label.contains(start));
                if matches!(object.kind, Kind::Connector(_))
                    && is_label
                    && self.selection.len() == 1
                {
                    let (id, share) = (object.id.clone(), 0.5);
                    Gesture::Sliding { id, share }
                } else {
                    self.selection.insert(object.id.clone());
                    self.translating(start, alt, cx)
                }
            }
            _ => {
                let before: Vec<ObjectId> = self.selection.iter().cloned().collect();
                let with = if shift { before.clone() } else { Vec::new() };
                Gesture::Brushing {
                    start,
                    now: start,
                    with,
                    before,
                }
            }
        };
    }

    fn translating(&self, start: Point, copies: bool, cx: &Context<'_>) -> Gesture {
        let mut moved = self.moved_along(cx);
        let lines = self
            .selection
            .iter()
            .filter(|id| cx.scene.line(id).is_some());
        moved.extend(lines.cloned());
        let bounds = moved
            .iter()
            .filter(|id| cx.scene.line(id).is_none())
            .filter_map(|id| cx.scene.bounds(id))
            .reduce(|a, b| a.union(b))
            .unwrap_or_default();
        let others = others_in(self.camera.visible(self.viewport), cx, |id| {
            moved.contains(id)
        });
        Gesture::Translating(Box::new(Translating {
            start,
            copies,
            moved,
            bounds,
            others,
            ..Translating::default()
        }))
    }

    /// While a drag rests at the edge of the screen, the view moves on.
    pub(super) fn scroll_at_edge(&mut self, ms: f64) -> Reply {
        let (Some(at), true) = (self.pointer, self.gesture.scrolls()) else {
            return Reply::unused();
        };
        let pull = |at: f64, length: f64| {
            let over = (SCROLL_EDGE_PX - at).max(0.0) - (at - (length - SCROLL_EDGE_PX)).max(0.0);
            (over / SCROLL_EDGE_PX).clamp(-1.0, 1.0)
        };
        let pull = Vec2::new(
            pull(at.x, self.viewport.width),
            pull(at.y, self.viewport.height),
        );
        if pull == Vec2::ZERO {
            return Reply::unused();
        }
        self.camera = self
            .camera
            .panned(pull * SCROLL_SPEED * ms.clamp(0.0, 64.0));
        Reply::used([Effect::Repaint, Effect::Presence])
    }

    /// Whether [`crate::Input::Scroll`] would move the view: ask for frames meanwhile.
    pub fn scrolls_at_edge(&self) -> bool {
        let inner = self.viewport.to_rect().inset(-SCROLL_EDGE_PX);
        self.gesture.scrolls() && self.pointer.is_some_and(|at| !inner.contains(at))
    }
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

//! A pointer goes down, or is held.

use shared::{
    draw::stroke::InkPoint,
    geometry::Point,
    id::ObjectId,
    object::{End, Ends, Kind},
    text,
};

use super::{
    Connecting, DRAG_MOUSE_PX, DRAG_TOUCH_PX, Gesture, OTHERS_MAX, Pointing, Resizing,
    handles::{Handle, handle_at},
};
use crate::{
    Context, Effect, Tool,
    input::{Button, Pointer, PointerKind},
    part::{Parts, selection},
    plan::{Deed, Plan, connect::end_at},
};

/// How near a line or a border is caught, in screen pixels: by mouse or pen, by finger.
const SLACK_PX: (f64, f64) = (6.0, 14.0);

/// The front object at a pointer.
pub(crate) fn hit(pointer: &Pointer, parts: &Parts, cx: &Context<'_>) -> Option<ObjectId> {
    let px = if pointer.kind == PointerKind::Touch {
        SLACK_PX.1
    } else {
        SLACK_PX.0
    };
    let at = parts.screen.board(pointer.at);
    cx.scene.hit(cx.view, at, px / parts.screen.zoom())
}

/// What a pointer has come down on.
pub(crate) struct Met {
    /// It only moves the view, whatever is there.
    pans: bool,
    handle: Option<Handle>,
    on: Option<ObjectId>,
}

impl Met {
    /// What is at a pointer that goes down.
    pub(crate) fn at(
        pointer: &Pointer,
        gesture: &Gesture,
        parts: &Parts,
        cx: &Context<'_>,
    ) -> Self {
        let pans = parts.pointers.space()
            || parts.hand.tool() == Tool::Hand
            || pointer.button == Button::Middle;
        let takes = pointer.button == Button::Main && !pans;
        let handle = handle_at(pointer.at, pointer.kind, gesture, parts, cx);
        Self {
            pans,
            handle: handle.filter(|_| takes),
            on: hit(pointer, parts, cx),
        }
    }

    /// What ends before the gesture begins: one that was under way, and writing elsewhere.
    pub(crate) fn ends(&self, parts: &Parts) -> Plan {
        let stays_open = self.handle.is_none() && parts.writing.id() == self.on.as_ref();
        let mut plan = Plan::of([Deed::Abandon]);
        if parts.writing.is_open() && !stays_open {
            plan = plan.then(Deed::StopWriting);
        }
        plan.then(Deed::LinkFrom(None))
    }
}

/// The gesture that begins with a press, and what it selects.
pub(crate) fn begin(pointer: &Pointer, met: Met, parts: &Parts, cx: &Context<'_>) -> Plan {
    let gesture = if met.pans {
        let screen = pointer.at;
        Plan::of([Deed::Gesture(Gesture::Panning { screen })])
    } else if let Some(handle) = met.handle {
        let gesture = press_handle(handle, pointer.at, parts, cx);
        Plan::of(gesture.map(Deed::Gesture))
    } else if pointer.button == Button::Main {
        match press_tool(pointer, parts, cx) {
            Some(gesture) => Plan::of([Deed::Gesture(gesture)]),
            None => press_object(pointer, met.on, parts, cx),
        }
    } else {
        Plan::nothing()
    };
    gesture.then(Effect::Repaint).then(Effect::Presence)
}

/// What a tool that makes something begins with.
fn press_tool(pointer: &Pointer, parts: &Parts, cx: &Context<'_>) -> Option<Gesture> {
    let at = parts.screen.board(pointer.at);
    if !cx.rights.writes {
        return None;
    }
    Some(match parts.hand.tool() {
        Tool::Place(name) => Gesture::Placing {
            name,
            start: at,
            now: at,
            is_drawn: false,
        },
        Tool::Connect => {
            let from = end_at(at, pointer.mods, None, &parts.screen, cx);
            let to = End::Free(at);
            Gesture::Connecting(Connecting::new(Ends { from, to }, pointer.at))
        }
        // Where a pen draws, fingers move the view.
        Tool::Draw if pointer.kind == PointerKind::Touch && parts.pointers.has_pen() => {
            Gesture::Panning { screen: pointer.at }
        }
        Tool::Draw => Gesture::Drawing {
            points: vec![InkPoint::new(at, pointer.pressure)],
        },
        Tool::Select | Tool::Hand => return None,
    })
}

fn press_object(pointer: &Pointer, on: Option<ObjectId>, parts: &Parts, cx: &Context<'_>) -> Plan {
    let is_touch = pointer.kind == PointerKind::Touch;
    let threshold_px = if pointer.kind == PointerKind::Mouse {
        DRAG_MOUSE_PX
    } else {
        DRAG_TOUCH_PX
    };
    let (shift, deep) = (pointer.mods.shift, pointer.mods.ctrl);
    let mut sel = parts.sel.clone();
    let mut plan = Plan::nothing();
    if let Some(id) = on.as_ref().filter(|id| !sel.contains(id) && !shift) {
        let ids = selection::group_of(id, deep, cx);
        sel.only(ids.clone());
        plan = plan.then(Deed::Select(ids));
    }
    let asks_hold = on.is_some() && {
        let moved = sel.moved_along(cx);
        selection::of_others(&moved, &parts.me, cx) > OTHERS_MAX
    };
    plan.then(Deed::Gesture(Gesture::Pointing(Pointing {
        screen: pointer.at,
        // A tap beside everything deselects, a drag there moves the view.
        pans: on.is_none() && (is_touch || !cx.rights.writes),
        on,
        shift,
        alt: pointer.mods.alt,
        deep,
        threshold_px,
        asks_hold,
    })))
}

fn press_handle(handle: Handle, screen: Point, parts: &Parts, cx: &Context<'_>) -> Option<Gesture> {
    let at = parts.screen.board(screen);
    if let Handle::Resize(shares) = handle {
        let mut resizing = Resizing::of_selected(shares, parts, cx)?;
        resizing.caught(at, screen);
        return Some(Gesture::Resizing(Box::new(resizing)));
    }
    let object = parts.sel.one(cx)?;
    let place = cx.scene.place(&object.id)?;
    let id = object.id.clone();
    Some(match (handle, &object.kind) {
        (Handle::Turn, _) => Gesture::Turning {
            id,
            before: place,
            degrees: place.angle,
        },
        (Handle::Dot(edge), _) => {
            let (from, to) = (End::to(&id), End::Free(at));
            Gesture::Connecting(Connecting {
                dot: Some(edge),
                ..Connecting::new(Ends { from, to }, screen)
            })
        }
        (Handle::From | Handle::To, Kind::Connector(connector)) => {
            Gesture::Connecting(Connecting {
                line: Some(id),
                moves_from: handle == Handle::From,
                ..Connecting::new(connector.ends.clone(), screen)
            })
        }
        _ => return None,
    })
}

/// A finger that stays begins to draw a selection; what asks to be held may be moved.
pub(crate) fn hold(
    pointer: &Pointer,
    gesture: &mut Gesture,
    parts: &Parts,
    cx: &Context<'_>,
) -> Plan {
    let asks_hold = match gesture {
        Gesture::Pointing(pointing) => std::mem::take(&mut pointing.asks_hold),
        Gesture::Resizing(resizing) => std::mem::take(&mut resizing.asks_hold),
        _ => false,
    };
    if asks_hold {
        return Plan::of([Deed::show(text::SAY_DRAG_NOW)]);
    }
    let rests = match gesture {
        Gesture::Pointing(pointing) => pointing.on.is_none() && pointing.pans,
        Gesture::Panning { .. } => parts.hand.tool() == Tool::Select,
        _ => false,
    };
    if !rests || parts.pointers.fingers() != 1 || !cx.rights.writes {
        return Plan::unused();
    }
    let start = parts.screen.board(pointer.at);
    *gesture = Gesture::Brushing {
        start,
        now: start,
        with: Vec::new(),
        before: parts.sel.ids().iter().cloned().collect(),
    };
    Plan::of([
        Effect::RepaintOverlay.into(),
        Deed::say(text::SAY_SELECTING),
    ])
}

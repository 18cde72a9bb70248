//! A pointer goes up: now, and only now, the document is written.

use shared::{
    board::{Command, NewObject},
    draw::stroke::InkPoint,
    geometry::{Rect, Vec2},
    object::{End, Ends, Kind, connector, ink, sticky_note},
    props::Value,
};

use super::{Connecting, Gesture, Pointing, Translating, press};
use crate::{
    Context, Effect, Tool,
    input::Pointer,
    part::{Parts, selection},
    plan::{Deed, Plan, connect, copy, grow, moves, note, place, select, write},
};

/// What a gesture comes to when its pointer goes up.
pub(crate) fn done(gesture: Gesture, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let plan = match gesture {
        Gesture::Pointing(pointing) => click(&pointing, parts, cx),
        Gesture::Brushing { .. } => Plan::of([select::say_selected(parts.sel.ids(), cx)]),
        _ if !cx.rights.writes => Plan::nothing(),
        Gesture::Translating(moving) => drop_objects(&moving, parts, cx),
        Gesture::Placing {
            name,
            start,
            now,
            is_drawn,
        } => {
            let drawn = is_drawn.then(|| Rect::from_points(start, now));
            place::place(name, now, drawn, parts, cx)
        }
        Gesture::Resizing(resizing) => {
            Plan::of([Deed::Write(resizing.commands(parts.sel.ids(), cx))])
        }
        Gesture::Turning {
            id,
            before,
            degrees,
        } if before.angle != degrees => {
            Plan::of([Deed::Write(vec![Command::Turn(vec![(id, degrees)])])])
        }
        Gesture::Connecting(connecting) => drop_connector(connecting, parts, cx),
        Gesture::Sliding { id, share } => {
            let properties = vec![(connector::LABEL_AT, Value::Number(share))];
            Plan::of([Deed::Write(vec![Command::Set(id, properties)])])
        }
        Gesture::Drawing { points } => drop_ink(&points, parts, cx),
        // Of two fingers the one that is left must not suddenly drag something.
        _ => Plan::nothing(),
    };
    plan.then(Effect::Repaint).then(Effect::Presence)
}

fn click(pointing: &Pointing, parts: &Parts, cx: &Context<'_>) -> Plan {
    let Pointing {
        on, shift, deep, ..
    } = pointing;
    let at = parts.screen.board(pointing.screen);
    if let (true, Some((id, link))) = (*deep, cx.scene.link_at(cx.view, at)) {
        return Plan::of([Deed::select_one(id), Effect::OpenLink(link).into()]);
    }
    let selected = match on.as_ref().filter(|id| cx.view.get(id).is_some()) {
        Some(id) => {
            let ids = selection::group_of(id, *deep, cx);
            let before = parts.sel.ids();
            if !shift {
                Deed::Select(ids)
            } else if parts.sel.contains(id) {
                Deed::Change(before.difference(&ids).cloned().collect())
            } else {
                Deed::Change(before.union(&ids).cloned().collect())
            }
        }
        None if !shift => Deed::Select([].into()),
        None => return Plan::nothing(),
    };
    Plan::of([selected])
}

fn drop_objects(moving: &Translating, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    if moving.copies {
        return copy::duplicate(moving.by, parts, cx);
    }
    if moving.by == Vec2::ZERO {
        return Plan::nothing();
    }
    let mut commands = moves::moved_by(&moving.moved, moving.by, cx);
    if !commands.is_empty() {
        commands.push(moves::raised(&parts.sel, cx));
    }
    Plan::of([Deed::Write(commands)])
}

/// The pen is lifted: what it drew is an object. The pen stays in hand.
fn drop_ink(points: &[InkPoint], parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let Kind::Ink(pen) = parts.hand.model(ink::NAME) else {
        return Plan::nothing();
    };
    let (corner, ink) = pen.finished(points);
    let (id, text) = ((cx.new_id)(), String::new());
    let new = NewObject::new(id, corner, Kind::Ink(ink), text, parts.me.clone());
    Plan::of([Deed::Write(note::add(vec![new], cx))])
}

fn drop_connector(connecting: Connecting, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let Connecting {
        line,
        ends,
        dot,
        is_drawn,
        ..
    } = connecting;
    match (line, is_drawn, dot) {
        (Some(line), true, _) => connect::rebind(&line, ends, cx),
        (Some(_), false, _) | (None, false, None) => Plan::nothing(),
        // A dot that is only clicked grows one neighbour, not a row.
        (None, false, Some(edge)) => grow::grow(edge, None, parts, cx).then(Deed::Grow(None)),
        (None, true, _) => match ends {
            // With Ctrl it is meant to be bound to nothing.
            Ends {
                from: from @ End::Bound { .. },
                to: End::Free(at),
            } if !parts.pointers.mods().ctrl => {
                Plan::of([Deed::PutAway, Effect::Offer(from, at).into()])
            }
            Ends { from, to } => connect::connect(from, to, parts, cx),
        },
    }
}

/// Two clicks: what is there is opened for writing, elsewhere a note is made.
pub(crate) fn double_click(pointer: &Pointer, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    match press::hit(pointer, parts, cx) {
        Some(id) => {
            let is_grouped = cx
                .view
                .get(&id)
                .is_some_and(|object| object.group.is_some());
            let within = is_grouped.then(|| Deed::select_one(id.clone()));
            Plan::of(within).and(write::edit(&id, String::new(), parts, cx))
        }
        // The hand only moves the view, however often it clicks.
        None if parts.hand.tool() == Tool::Hand => Plan::unused(),
        None => {
            let at = parts.screen.board(pointer.at);
            place::place(sticky_note::NAME, at, None, parts, cx)
        }
    }
}

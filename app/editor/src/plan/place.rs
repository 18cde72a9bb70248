//! Placing objects, and taking tools in hand that do.

use shared::{
    board::NewObject,
    geometry::{Point, Rect, Vec2},
    object::{End, Features, Kind, sticky_note},
    text,
};

use super::{Deed, Plan, connect, note};
use crate::{
    Context, Effect, Tool,
    part::{Parts, models::is_drawn_to_size, writing::Editing},
    say,
};

/// What is drawn smaller than this has its kind's size, in board units.
pub(crate) const DRAWN_MIN: f64 = 24.0;

/// Places an object of a kind around a point, or into the box drawn.
pub(crate) fn place(
    name: &str,
    at: Point,
    drawn: Option<Rect>,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Plan {
    if name == sticky_note::NAME {
        let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
        return note::new_note(at - half, parts, cx);
    }
    let kind = parts.hand.model(name);
    let is_drawn =
        |rect: &Rect| is_drawn_to_size(&kind) && rect.width().min(rect.height()) >= DRAWN_MIN;
    match drawn.filter(is_drawn) {
        Some(rect) => put(kind, rect, true, parts, cx),
        None => {
            let rect = Rect::from_center_size(at, kind.default_size());
            put(kind, rect, false, parts, cx)
        }
    }
}

/// Puts an object down and, if it has a text, opens it for writing.
pub(crate) fn put(
    kind: Kind,
    rect: Rect,
    sized: bool,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Plan {
    let id = (cx.new_id)();
    let pos = if sized {
        rect.origin()
    } else {
        note::free_place(rect.origin(), cx)
    };
    let features = kind.features();
    let said = text::say_placed(kind.label());
    let text = String::new();
    let mut new = NewObject::new(id.clone(), pos.round(), kind, text, parts.me.clone());
    new.size = sized.then(|| rect.size().round());
    let plan = Plan::of([
        Deed::StopWriting,
        Deed::PutAway,
        Deed::Write(note::add(vec![new], cx)),
    ]);
    let plan = if new_has_cursor(features) {
        let editing = Editing {
            id,
            goes_if_empty: features.lives_by_text,
            is_new: true,
        };
        plan.then(Deed::Open(editing, String::new()))
    } else {
        plan.then(Deed::select_one(id)).then(Effect::Presence)
    };
    plan.then(Deed::say(said))
}

/// A frame is drawn around what is there: its title waits until it is asked for.
fn new_has_cursor(kind: Features) -> bool {
    kind.has_text && !kind.is_container
}

/// Takes a tool in hand, or puts one away that is in hand already. With two objects
/// selected the connect tool has nothing to ask.
pub(crate) fn take(chosen: Tool, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let tool = parts.hand.next(chosen);
    if tool == Tool::Connect
        && let Some(connected) = connect::connect_selected(parts, cx)
    {
        return connected;
    }
    let linking = parts
        .sel
        .one(cx)
        .filter(|object| tool == Tool::Connect && !object.is_locked);
    let said = match (tool, linking) {
        (Tool::Select, _) => text::ACTION_SELECT_TOOL.into(),
        (Tool::Hand, _) => text::ACTION_HAND_TOOL.into(),
        (Tool::Connect, Some(line)) if line.kind.ends().is_some() => text::SAY_LEADING.into(),
        (Tool::Connect, Some(from)) => text::say_connecting(say::name_of(&from.id, cx.view)),
        (Tool::Connect, None) => text::SAY_CONNECT.into(),
        (Tool::Draw, _) => text::SAY_PEN.into(),
        (Tool::Place(name), _) => text::say_place(parts.hand.model(name).label()),
    };
    Plan::of([
        Deed::Take(tool),
        Deed::LinkFrom(linking.map(|object| object.id.clone())),
        Effect::RepaintOverlay.into(),
        Deed::say(said),
    ])
}

/// Places an object at the end of a connector that was let go on empty space, and
/// connects it. Without a name only the connector is drawn.
pub(crate) fn accept_offer(
    from: End,
    at: Point,
    name: Option<&str>,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Plan {
    let Some(name) = name else {
        return connect::connect(from, End::Free(at), parts, cx);
    };
    let kind = parts.hand.model(name);
    let rect = Rect::from_center_size(at, kind.default_size());
    let (id, line_id) = ((cx.new_id)(), (cx.new_id)());
    let line = connect::new_connector(&parts.hand, from, End::to(&id));
    let me = parts.me.clone();
    let corner = rect.origin().round();
    let new = vec![
        NewObject::new(id.clone(), corner, kind, String::new(), me.clone()),
        NewObject::new(line_id, Point::ZERO, line, String::new(), me),
    ];
    let editing = Editing {
        id,
        goes_if_empty: false,
        is_new: true,
    };
    Plan::of([
        Deed::Write(note::add(new, cx)),
        Deed::Open(editing, String::new()),
    ])
}

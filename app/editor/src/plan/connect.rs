//! Connectors: from object to object, bound anew, walked along.

use shared::{
    board::{Command, NewObject},
    geometry::{Point, Vec2},
    id::ObjectId,
    object::{Connector, End, Ends, Kind, connector},
    text,
};

use super::{Deed, Plan, select};
use crate::{
    Context, Effect,
    input::Mods,
    part::{Parts, hand::Hand, screen::Screen},
    say::{name_of, name_of_end},
};

/// How near an object is caught by the end of a connector, in screen pixels.
const CATCH_PX: f64 = 15.0;
/// From far away it is caught from at most this, in screen pixels at a zoom of 1; it
/// shrinks with the root of the zoom, as objects on screen shrink faster.
const CATCH_FAR_PX: f64 = 30.0;
/// A pause this near the middle means the object as a whole: a share of its sides.
const MIDDLE: f64 = 0.15;
/// A connector between nothing and nothing shorter than this is none, in board units.
const FREE_MIN: f64 = 20.0;
/// A neighbour lies in a direction if the cosine of the angle to it is greater than this.
const TOWARDS_MIN: f64 = 0.3;

/// The end that is meant at a point: bound to the object there, with Alt or where the
/// pointer `paused` to the very spot, with Ctrl to nothing.
pub(crate) fn end_at(
    at: Point,
    mods: Mods,
    paused: Option<&ObjectId>,
    screen: &Screen,
    cx: &Context<'_>,
) -> End {
    let zoom = screen.zoom();
    let slack = (CATCH_PX / zoom).min(CATCH_FAR_PX / zoom.sqrt());
    match cx.scene.target(cx.view, at, slack).filter(|_| !mods.ctrl) {
        Some(id) => {
            let spot = shares(&id, at, cx);
            let is_aside = |share: f64| (share - 0.5).abs() > MIDDLE;
            let is_meant = |spot: &Point| {
                mods.alt || paused == Some(&id) && (is_aside(spot.x) || is_aside(spot.y))
            };
            let pin = spot.filter(is_meant);
            End::Bound { id, pin }
        }
        None => End::Free(at.round()),
    }
}

/// A connector that looks like my last one.
pub(crate) fn new_connector(hand: &Hand, from: End, to: End) -> Kind {
    match hand.model(connector::NAME) {
        Kind::Connector(last) => Kind::Connector(Connector {
            ends: Ends { from, to },
            label_at: connector::LABEL_MIDDLE,
            ..last
        }),
        _ => Kind::Connector(Connector::new(from, to)),
    }
}

/// Creates a connector and selects it.
pub(crate) fn connect(from: End, to: End, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let is_nothing = match (&from, &to) {
        (End::Free(a), End::Free(b)) => (*a - *b).hypot() < FREE_MIN,
        _ => false,
    };
    if is_nothing {
        return Plan::nothing();
    }
    let said = match (&from, &to) {
        (End::Bound { id: a, .. }, End::Bound { id: b, .. }) => {
            text::say_connected(name_of(a, cx.view), name_of(b, cx.view))
        }
        _ => text::SAY_CONNECTOR_DRAWN.into(),
    };
    let id = (cx.new_id)();
    let kind = new_connector(&parts.hand, from, to);
    let (text, me) = (String::new(), parts.me.clone());
    let new = NewObject::new(id.clone(), Point::ZERO, kind, text, me);
    Plan::of([
        Deed::PutAway,
        Deed::select_one(id),
        Deed::Write(super::note::add(vec![new], cx)),
        Effect::Presence.into(),
        Deed::say(said),
    ])
}

/// Connects two that are selected.
pub(crate) fn connect_selected(parts: &Parts, cx: &mut Context<'_>) -> Option<Plan> {
    let boxes: Vec<ObjectId> = parts
        .sel
        .free_boxes(cx)
        .iter()
        .map(|object| object.id.clone())
        .collect();
    match &boxes[..] {
        [from, to] => Some(connect(End::to(from), End::to(to), parts, cx)),
        _ => None,
    }
}

/// Binds a connector anew by keyboard, and selects it again.
pub(crate) fn lead(id: &ObjectId, ends: Ends, cx: &Context<'_>) -> Plan {
    let (from, to) = (
        name_of_end(&ends.from, cx.view),
        name_of_end(&ends.to, cx.view),
    );
    let said = text::say_connector_leads(from, to);
    rebind(id, ends, cx)
        .then(Deed::PutAway)
        .then(Deed::select_one(id.clone()))
        .then(Effect::Repaint)
        .then(Deed::say(said))
}

/// Binds an end of a connector anew.
pub(crate) fn rebind(id: &ObjectId, ends: Ends, cx: &Context<'_>) -> Plan {
    let before = cx.view.get(id).and_then(|line| line.kind.ends());
    if before.is_none_or(|before| *before == ends) {
        return Plan::nothing();
    }
    let properties = connector::end_properties(&ends);
    Plan::of([Deed::Write(vec![Command::Set(id.clone(), properties)])])
}

/// Walks along a connector to the neighbour that lies most in a direction.
pub(crate) fn walk_along(direction: Vec2, parts: &Parts, cx: &Context<'_>) -> Plan {
    let Some(object) = parts.sel.one(cx) else {
        return Plan::unused();
    };
    let here = cx.scene.bounds(&object.id).map(|rect| rect.center());
    let nearby = match object.kind.ends() {
        Some(ends) => ends.objects().cloned().collect(),
        None => neighbours(&object.id, cx),
    };
    let towards = |id: &ObjectId| {
        let away = cx.scene.bounds(id)?.center() - here?;
        let share = away.dot(direction) / away.hypot().max(1.0);
        (share > TOWARDS_MIN).then_some((share, away.hypot()))
    };
    let best = nearby
        .into_iter()
        .filter_map(|id| Some((towards(&id)?, id)))
        .max_by(|(a, _), (b, _)| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
    match best {
        Some((_, id)) => select::choose(&id, parts, cx),
        None => Plan::of([Deed::say(text::SAY_NO_CONNECTOR)]),
    }
}

/// The objects that connectors lead to from here, or come from.
fn neighbours(id: &ObjectId, cx: &Context<'_>) -> Vec<ObjectId> {
    cx.scene
        .connectors_of(id)
        .filter_map(|line| cx.view.get(line)?.kind.ends().cloned())
        .flat_map(|ends| ends.objects().cloned().collect::<Vec<_>>())
        .filter(|other| other != id)
        .collect()
}

/// A spot of an object as shares of its width and height.
fn shares(id: &ObjectId, at: Point, cx: &Context<'_>) -> Option<Point> {
    let place = cx.scene.place(id)?;
    let at = place.upright(at) - place.rect.origin();
    Some(Point::new(
        (at.x / place.rect.width().max(1.0)).clamp(0.0, 1.0),
        (at.y / place.rect.height().max(1.0)).clamp(0.0, 1.0),
    ))
}

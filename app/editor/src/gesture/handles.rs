//! The handles of what is selected: corners and sides to resize by, one to turn by,
//! dots from which connectors are drawn, the ends of a connector.

use shared::{
    geometry::{Point, Rect, Vec2},
    object::{Object, Resize},
    scene::Place,
};

pub use crate::edge::Edge;

use super::Gesture;
use crate::{Camera, Context, Tool, input::PointerKind, part::Parts};

/// How near a handle is caught, in screen pixels: by mouse or pen, by finger.
const CATCH_PX: (f64, f64) = (9.0, 22.0);
/// How far above an object the handle to turn it is, in screen pixels.
const TURN_PX: f64 = 28.0;
/// How far outside an object the dots of its sides are, in screen pixels.
const DOT_PX: f64 = 16.0;
/// Space between several objects and the frame around them, in screen pixels.
pub const FRAME_PX: f64 = 8.0;
/// Objects smaller than this on screen have no dots, nor handles at their sides.
const SMALL_PX: f64 = 48.0;

/// Something to drag an object by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Handle {
    /// Resizes: where it is, as shares of width and height: 0, 0.5 or 1.
    Resize(Point),
    /// Turns the selected object.
    Turn,
    /// A connector is drawn from here.
    Dot(Edge),
    /// The beginning of a connector.
    From,
    /// The end of a connector.
    To,
}

/// The handles that can be seen, with where they are on screen.
pub(crate) fn handles(gesture: &Gesture, parts: &Parts, cx: &Context<'_>) -> Vec<(Handle, Point)> {
    let is_idle = parts.hand.tool() == Tool::Select && !parts.writing.is_open();
    if !is_idle || !cx.rights.writes || gesture.is_drag() {
        return Vec::new();
    }
    let camera = parts.screen.camera();
    let Some(object) = parts.sel.one(cx) else {
        let frame = parts.sel.frame_of_several(cx).into_iter();
        return frame.flat_map(|frame| of_several(frame, camera)).collect();
    };
    if object.is_locked {
        return Vec::new();
    }
    if let Some(line) = cx.scene.line(&object.id) {
        return [
            (Handle::From, line.route.start),
            (Handle::To, line.route.end),
        ]
        .map(|(handle, at)| (handle, camera.screen_from_board(at)))
        .into();
    }
    match cx.scene.place(&object.id) {
        Some(place) => of_box(object, place, camera),
        None => Vec::new(),
    }
}

/// The handle at a point of the screen.
pub(crate) fn handle_at(
    screen: Point,
    kind: PointerKind,
    gesture: &Gesture,
    parts: &Parts,
    cx: &Context<'_>,
) -> Option<Handle> {
    let catch = if kind == PointerKind::Touch {
        CATCH_PX.1
    } else {
        CATCH_PX.0
    };
    handles(gesture, parts, cx)
        .into_iter()
        .map(|(handle, at)| (handle, (at - screen).hypot()))
        .filter(|(_, distance)| *distance <= catch)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(handle, _)| handle)
}

const CORNERS: [(f64, f64); 4] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];

fn of_several(frame: Rect, camera: Camera) -> impl Iterator<Item = (Handle, Point)> {
    CORNERS.into_iter().map(move |(x, y)| {
        let corner = frame.origin() + Vec2::new(frame.width() * x, frame.height() * y);
        let outward = Vec2::new(x - 0.5, y - 0.5) * 2.0 * FRAME_PX;
        let at = camera.screen_from_board(corner) + outward;
        (Handle::Resize(Point::new(x, y)), at)
    })
}

fn of_box(object: &Object, place: Place, camera: Camera) -> Vec<(Handle, Point)> {
    let features = object.kind.features();
    let on_screen = place.rect.size() * camera.zoom;
    let is_large = on_screen.width >= SMALL_PX && on_screen.height >= SMALL_PX;
    let at = |shares: Point| camera.screen_from_board(place.at(shares));
    let outside = |shares: Point, px: f64| {
        let away = (at(shares) - at(Point::new(0.5, 0.5))).normalize();
        at(shares) + away * px
    };
    let mut handles = Vec::new();
    let sides = [(0.0, 0.5), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0)];
    let shares: Vec<(f64, f64)> = match features.resize {
        Resize::No => Vec::new(),
        Resize::Ratio => CORNERS.into(),
        Resize::Width => sides[..2].into(),
        Resize::Free if is_large => [CORNERS, sides].concat(),
        Resize::Free => CORNERS.into(),
    };
    let resize = shares.into_iter().map(|(x, y)| Point::new(x, y));
    handles.extend(resize.map(|shares| (Handle::Resize(shares), at(shares))));
    if features.turns {
        handles.push((
            Handle::Turn,
            outside(Point::new(0.5, 0.0), TURN_PX + DOT_PX),
        ));
    }
    if is_large {
        let dot = |edge: Edge| (Handle::Dot(edge), outside(edge.middle(), DOT_PX));
        handles.extend(Edge::ALL.map(dot));
    }
    handles
}

//! The wheel moves the view or zooms.

use shared::geometry::{Point, Vec2};

use crate::{
    input::Mods,
    part::Parts,
    plan::{Plan, look},
};

/// How much a turn zooms: the logarithm of the factor, for a screen pixel.
const ZOOM_PER_PX: f64 = 0.01;
/// How much one turn zooms at most: the logarithm of the factor.
const ZOOM_MAX: f64 = 0.5;

/// The wheel turned: where, how far in screen pixels, with which keys.
pub(crate) fn turned(at: Point, delta: Vec2, mods: Mods, parts: &Parts) -> Plan {
    let camera = parts.screen.camera();
    let zooms = mods.ctrl != parts.prefs.wheel_zooms;
    look::at(if zooms {
        let by = (-delta.y * ZOOM_PER_PX).clamp(-ZOOM_MAX, ZOOM_MAX).exp();
        camera.zoomed_at(at, camera.zoom * by)
    } else if mods.shift {
        camera.panned(-Vec2::new(delta.y + delta.x, 0.0))
    } else {
        camera.panned(-delta)
    })
}

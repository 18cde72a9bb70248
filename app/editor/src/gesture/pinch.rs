//! Two fingers always move and zoom, and never draw.

use shared::geometry::Point;

use super::Gesture;
use crate::{
    Camera, Effect,
    part::Parts,
    plan::{Deed, Plan},
};

/// The second finger touched: whatever the first was doing is off.
pub(crate) fn begin(parts: &Parts) -> Plan {
    let pinching = parts.pointers.two_fingers().map(|fingers_screen| {
        Deed::Gesture(Gesture::Pinching {
            from: parts.screen.camera(),
            fingers_screen,
        })
    });
    let end = [Effect::Repaint.into(), Effect::Presence.into()];
    Plan::of([Deed::Abandon].into_iter().chain(pinching).chain(end))
}

/// The fingers have moved from where they touched.
pub(super) fn moved(from: Camera, start: [Point; 2], parts: &Parts) -> Plan {
    let Some([a, b]) = parts.pointers.two_fingers() else {
        return Plan::of([Effect::Repaint.into()]);
    };
    let scale = (a - b).hypot() / (start[0] - start[1]).hypot().max(1.0);
    let moved = a.midpoint(b) - start[0].midpoint(start[1]);
    let camera = from
        .panned(moved)
        .zoomed_at(a.midpoint(b), from.zoom * scale);
    Plan::of([Deed::Look(camera), Effect::Repaint.into()])
}

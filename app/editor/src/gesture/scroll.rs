//! While a drag rests at the edge of the screen, the view moves on.

use shared::geometry::Vec2;

use super::Gesture;
use crate::{
    part::Parts,
    plan::{Plan, look},
};

/// The view scrolls when a drag comes this near to the edge of the screen, in pixels.
const EDGE_PX: f64 = 24.0;
/// How fast it scrolls there, in screen pixels a millisecond.
const SPEED: f64 = 0.6;
/// A frame that took longer than this, in milliseconds, scrolls no further.
const FRAME_MAX_MS: f64 = 64.0;

/// So many milliseconds have passed at the edge.
pub(crate) fn scroll(ms: f64, gesture: &Gesture, parts: &Parts) -> Plan {
    let (Some(at), true) = (parts.pointers.at(), gesture.scrolls()) else {
        return Plan::unused();
    };
    let pull = |at: f64, length: f64| {
        let over = (EDGE_PX - at).max(0.0) - (at - (length - EDGE_PX)).max(0.0);
        (over / EDGE_PX).clamp(-1.0, 1.0)
    };
    let size = parts.screen.viewport();
    let pull = Vec2::new(pull(at.x, size.width), pull(at.y, size.height));
    if pull == Vec2::ZERO {
        return Plan::unused();
    }
    let moved = pull * SPEED * ms.clamp(0.0, FRAME_MAX_MS);
    look::at(parts.screen.camera().panned(moved))
}

/// Whether the view would scroll now.
pub(crate) fn scrolls(gesture: &Gesture, parts: &Parts) -> bool {
    let inner = parts.screen.viewport().to_rect().inset(-EDGE_PX);
    gesture.scrolls() && parts.pointers.at().is_some_and(|at| !inner.contains(at))
}

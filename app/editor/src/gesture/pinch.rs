//! Two fingers always move and zoom, and never draw.

use shared::geometry::Point;

use super::Gesture;
use crate::{Camera, Editor, Effect, Reply};

impl Editor {
    /// The second finger touched: whatever the first was doing is off.
    pub(super) fn begin_pinch(&mut self) -> Reply {
        self.abandon();
        let mut fingers = self.fingers.values().copied();
        if let (Some(a), Some(b)) = (fingers.next(), fingers.next()) {
            self.gesture = Gesture::Pinching {
                from: self.camera,
                fingers_screen: [a, b],
            };
        }
        Reply::used([Effect::Repaint, Effect::Presence])
    }

    pub(super) fn pinch(&mut self, from: Camera, start: [Point; 2]) -> Reply {
        let mut fingers = self.fingers.values().copied();
        if let (Some(a), Some(b)) = (fingers.next(), fingers.next()) {
            let middle = |a: Point, b: Point| a.midpoint(b);
            let scale = (a - b).hypot() / (start[0] - start[1]).hypot().max(1.0);
            let moved = middle(a, b) - middle(start[0], start[1]);
            self.camera = from
                .panned(moved)
                .zoomed_at(middle(a, b), from.zoom * scale);
        }
        Reply::used([Effect::Repaint])
    }
}

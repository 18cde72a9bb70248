//! Where the properties bar stands, in screen pixels.

use editor::Camera;
use shared::geometry::{Point, Rect, Size};

/// Space that the properties bar needs above the selection, in pixels.
const BAR_ROOM_PX: f64 = 130.0;
/// How far above the selection it stands.
const BAR_ABOVE_PX: f64 = 112.0;
/// How far below.
const BAR_BELOW_PX: f64 = 28.0;
/// How high it may be.
const BAR_HEIGHT_PX: f64 = 140.0;
/// Space between it and the top of the board.
const BAR_EDGE_PX: f64 = 8.0;

/// Over the selection's bounds in board space, clear of the handle that turns it; below
/// where there is no room.
pub(crate) fn place(bounds: Rect, camera: &Camera, viewport: Size) -> (i32, i32) {
    let top = camera.screen_from_board(Point::new(bounds.center().x, bounds.y0));
    let bottom = camera.screen_from_board(Point::new(bounds.center().x, bounds.y1));
    let y = if top.y > BAR_ROOM_PX {
        top.y - BAR_ABOVE_PX
    } else {
        bottom.y + BAR_BELOW_PX
    };
    let lowest = (viewport.height - BAR_HEIGHT_PX).max(BAR_EDGE_PX);
    (
        top.x.round() as i32,
        y.clamp(BAR_EDGE_PX, lowest).round() as i32,
    )
}

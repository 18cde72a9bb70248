//! Where things lie in the window that must not reach beyond its edges, in pixels.

/// Room that the context menu needs.
const MENU_PX: (i32, i32) = (260, 430);
/// Space between what floats and the edge of the window.
const EDGE_PX: i32 = 8;

/// The top left corner of the context menu that is asked for at a place of the window.
pub fn menu(at: (i32, i32), window: (i32, i32)) -> (i32, i32) {
    let inside = |at: i32, room: i32, length: i32| at.min(length - room).max(EDGE_PX);
    (
        inside(at.0, MENU_PX.0, window.0),
        inside(at.1, MENU_PX.1, window.1),
    )
}

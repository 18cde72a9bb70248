//! Pointer and wheel events as the editor's input.

use editor::{
    Input,
    input::{Button, Mods, NO_PRESSURE, Pointer, PointerKind},
};
use shared::geometry::{Point, Vec2};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::browser::is_mac;

/// Lines to pixels, for wheels that count lines.
const LINE_PX: f64 = 20.0;

/// A pointer event, relative to the canvas element.
pub(crate) fn pointer(event: &PointerEvent, canvas: &HtmlElement) -> Pointer {
    let kind = match event.pointer_type().as_str() {
        "touch" => PointerKind::Touch,
        "pen" => PointerKind::Pen,
        _ => PointerKind::Mouse,
    };
    let pressure = match kind {
        PointerKind::Pen => event.pressure(),
        // Fingers and mice say the same all the time.
        PointerKind::Mouse | PointerKind::Touch => NO_PRESSURE,
    };
    Pointer {
        id: event.pointer_id(),
        kind,
        pressure,
        ..mouse(event, canvas)
    }
}

/// A move: with all places since the last event, where there were several.
pub(crate) fn moved(event: &PointerEvent, canvas: &HtmlElement) -> Input {
    let last = pointer(event, canvas);
    let between = event.get_coalesced_events();
    // Whatever only hovers leaves no trail.
    if between.length() < 2 || event.buttons() == 0 {
        return Input::Move(last);
    }
    let between = between
        .iter()
        .filter_map(|event| event.dyn_into::<PointerEvent>().ok())
        .map(|event| pointer(&event, canvas));
    Input::Trail(between.chain([last]).collect())
}

/// A mouse event, relative to the canvas element.
pub(crate) fn mouse(event: &MouseEvent, canvas: &HtmlElement) -> Pointer {
    let button = match event.button() {
        1 => Button::Middle,
        2 => Button::Right,
        _ => Button::Main,
    };
    Pointer {
        at: at(event, canvas),
        id: 0,
        kind: PointerKind::Mouse,
        button,
        mods: mouse_mods(event),
        pressure: NO_PRESSURE,
        now_ms: event.time_stamp() as u64,
    }
}

fn at(event: &MouseEvent, canvas: &HtmlElement) -> Point {
    let rect = canvas.get_bounding_client_rect();
    Point::new(
        f64::from(event.client_x()) - rect.left(),
        f64::from(event.client_y()) - rect.top(),
    )
}

/// A turn of the wheel: where, how far in pixels, with which keys.
pub(crate) fn wheel(event: &WheelEvent, canvas: &HtmlElement) -> (Point, Vec2, Mods) {
    let unit = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE {
        LINE_PX
    } else {
        1.0
    };
    let mut mods = mouse_mods(event);
    // A pinch on a trackpad comes as a wheel with Ctrl, on a Mac too.
    mods.ctrl |= event.ctrl_key();
    (
        at(event, canvas),
        Vec2::new(event.delta_x(), event.delta_y()) * unit,
        mods,
    )
}

/// Modifier keys of a key event.
pub(crate) fn key_mods(event: &KeyboardEvent) -> Mods {
    mods(
        event.shift_key(),
        event.alt_key(),
        event.ctrl_key(),
        event.meta_key(),
    )
}

fn mouse_mods(event: &MouseEvent) -> Mods {
    mods(
        event.shift_key(),
        event.alt_key(),
        event.ctrl_key(),
        event.meta_key(),
    )
}

#[expect(clippy::fn_params_excessive_bools, reason = "as browsers tell it")]
fn mods(shift: bool, alt: bool, ctrl: bool, meta: bool) -> Mods {
    Mods {
        shift,
        ctrl: if is_mac() { meta } else { ctrl },
        alt,
    }
}

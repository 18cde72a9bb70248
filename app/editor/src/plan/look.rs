//! Where the view is: zoom, the whole canvas, a section, the others.

use shared::{
    geometry::{Point, Rect, Size},
    text,
};

use super::{Deed, Plan};
use crate::{
    Camera, Context, Effect,
    part::{
        Parts,
        screen::{FIT_PADDING_PX, Screen},
    },
};

/// Below this zoom a canvas's section titles cannot be read.
const READABLE_ZOOM: f64 = 0.2;
/// What is shown around each of the others, in board units.
const GROUP_ROOM: Size = Size::new(900.0, 600.0);
/// A section or a selection is shown no nearer than this.
const NEAR_ZOOM: f64 = 1.5;

/// Zooms about the middle of the view.
pub(crate) fn zoom(zoom: f64, screen: &Screen) -> Plan {
    let camera = screen.camera().zoomed_at(screen.middle(), zoom);
    Plan::of([
        Deed::Look(camera),
        Effect::Repaint.into(),
        Deed::say(text::say_zoom((camera.zoom * 100.0).round() as u32)),
    ])
}

/// Shows something else.
pub(crate) fn at(camera: Camera) -> Plan {
    Plan::of([
        Deed::Look(camera),
        Effect::Repaint.into(),
        Effect::Presence.into(),
    ])
}

/// The camera that shows the whole canvas.
pub(crate) fn whole(screen: &Screen, cx: &Context<'_>) -> Camera {
    let is_blank = cx.template.sections.is_empty() && cx.view.is_empty();
    let zoom_min = if is_blank { 1.0 } else { 0.0 };
    let fitted = screen.fitted(cx.canvas_bounds(), 1.0);
    // There is nothing to be seen whole on an empty board: notes should be readable.
    fitted.zoomed_at(screen.middle(), fitted.zoom.max(zoom_min))
}

/// The camera of a first visit: over the whole canvas, or on a screen too small to read it
/// over the section where one begins.
pub(crate) fn first(screen: &Screen, cx: &Context<'_>) -> Camera {
    let whole = whole(screen, cx);
    match cx.template.sections.first() {
        Some(section) if whole.zoom < READABLE_ZOOM => {
            let rect = cx.template.section_rect(section);
            Camera::fit(rect, screen.viewport(), FIT_PADDING_PX / 2.0, 1.0)
        }
        _ => whole,
    }
}

/// To where the others point; the whole canvas where nobody does.
pub(crate) fn group(screen: &Screen, cx: &Context<'_>) -> Camera {
    let around = cx
        .others_at
        .iter()
        .map(|at: &Point| Rect::from_center_size(*at, GROUP_ROOM))
        .reduce(|a, b| a.union(b));
    match around {
        Some(around) => screen.fitted(around, 1.0),
        None => whole(screen, cx),
    }
}

/// Shows what is selected.
pub(crate) fn selection(parts: &Parts, cx: &Context<'_>) -> Plan {
    let fitted = parts
        .sel
        .bounds(cx)
        .map(|bounds| Deed::Look(parts.screen.fitted(bounds, NEAR_ZOOM)));
    Plan::of(fitted.into_iter().chain([Effect::Repaint.into()]))
}

/// Shows the section of what is selected, or the one looked at.
pub(crate) fn section(parts: &Parts, cx: &Context<'_>) -> Plan {
    match current_section(parts, cx) {
        Some(section) => at(parts.screen.fitted(section, NEAR_ZOOM)),
        None => Plan::of([Effect::Repaint.into(), Effect::Presence.into()]),
    }
}

/// Where the section of what is selected lies, else the one in the middle
/// of the view.
pub(crate) fn current_section(parts: &Parts, cx: &Context<'_>) -> Option<Rect> {
    let middle = parts.screen.visible().center();
    let selected = parts.sel.ids().iter().find_map(|id| cx.view.get(id));
    let section = match selected {
        Some(object) => {
            let id = shared::scene::section_of(object, cx.template)?;
            cx.template.sections.iter().find(|section| section.id == id)
        }
        None => cx.template.section_at(middle),
    };
    section.map(|section| cx.template.section_rect(section))
}

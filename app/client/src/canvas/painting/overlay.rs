//! The layer above the board: selections, the marquee, highlights, cursors.

use std::collections::BTreeSet;

use editor::{
    Handle,
    handles::FRAME_PX,
    snap::{Axis, Guide},
};
use shared::{
    draw::{Dash, tokens},
    geometry::{Affine, BezPath, Point, Rect, Shape as _},
    id::ObjectId,
};

use super::{Painting, board};
use crate::{Preference, canvas::core::Core, world::World};

/// Space between an object and the outline around it, in pixels.
const OUTLINE_PX: f64 = 3.0;
/// More selected objects than this are tinted rather than outlined.
const OUTLINES_MAX: usize = 200;
/// Half the side of a handle, in pixels.
const HANDLE_PX: f64 = 4.5;

impl Painting {
    /// Paints what lies over the board.
    pub(super) fn paint_overlay(
        &mut self,
        core: &mut Core,
        marked: &[&BTreeSet<ObjectId>],
        world: &mut World<'_>,
    ) {
        let camera = core.editor().camera();
        let viewport = core.editor().viewport();
        let elsewhere = board::elsewhere(core, world);
        let accent = accent(world);
        world.overlay().begin(viewport, None);
        self.paint_lifted(&elsewhere, core, world);
        let to_screen = Affine::scale(camera.zoom) * Affine::translate(-camera.origin.to_vec2());
        let screen = |id: &ObjectId| {
            let bounds = match elsewhere.get(id) {
                Some(place) => place.bounds(),
                None if core.documents().scene().line(id).is_some() => {
                    core.documents().scene().place(id)?.rect
                }
                None => core.documents().scene().bounds(id)?,
            };
            let rect = to_screen.transform_rect_bbox(bounds);
            Some(rect.inflate(OUTLINE_PX, OUTLINE_PX))
        };
        // The outline of what is selected: turned as it is turned, along a connector's line.
        let outline = |id: &ObjectId| -> Option<BezPath> {
            if let Some(line) = core.documents().scene().line(id) {
                // The words are not struck through.
                return Some(to_screen * line.broken_path());
            }
            let place = elsewhere
                .get(id)
                .copied()
                .or_else(|| core.documents().scene().place(id))?;
            let grown = place
                .rect
                .inflate(OUTLINE_PX / camera.zoom, OUTLINE_PX / camera.zoom);
            Some(to_screen * (place.turn() * grown.to_path(0.1)))
        };
        for id in marked.iter().copied().flatten() {
            if let Some(rect) = screen(id) {
                world.overlay().stroke_rect(
                    rect.inflate(2.0, 2.0),
                    8.0,
                    3.0,
                    tokens::HIGHLIGHT,
                    &[8.0, 4.0],
                );
            }
        }
        for presence in core.presences().people().others() {
            let color = tokens::person(presence.user.color_index);
            let rects: Vec<Rect> = presence
                .selection
                .iter()
                .take(200)
                .filter_map(screen)
                .collect();
            for rect in &rects {
                world.overlay().stroke_rect(*rect, 7.0, 2.0, color, &[]);
            }
            if let (Some(rect), Some(_)) = (rects.first(), &presence.writing) {
                let text = format!("{} is writing", presence.user.name);
                world
                    .overlay()
                    .label(Point::new(rect.x0, rect.y0 - 24.0), &text, color);
            }
        }
        let selection = core.editor().selection();
        if selection.len() > OUTLINES_MAX {
            let rects: Vec<Rect> = selection.iter().filter_map(screen).collect();
            world.overlay().tint_all(&rects, accent, 0.4);
        } else {
            let mine: Vec<BezPath> = selection.iter().filter_map(outline).collect();
            for path in mine {
                world
                    .overlay()
                    .draw_path(&path, None, Some((accent, 2.0)), Dash::Solid);
            }
        }
        if let Some(path) = core.editor().connect_target().and_then(outline) {
            world
                .overlay()
                .draw_path(&path, None, Some((accent, 4.0)), Dash::Solid);
        }
        if let Some(spot) = core.with_editor(world, |editor, cx| editor.pinned_spot(cx)) {
            let at = camera.screen_from_board(spot);
            world.overlay().dot(at, HANDLE_PX, accent);
        }
        if let Some(frame) = core.with_editor(world, |editor, cx| editor.frame_of_several(cx))
            && elsewhere.is_empty()
        {
            let frame = to_screen.transform_rect_bbox(frame);
            let frame = frame.inflate(FRAME_PX, FRAME_PX);
            world.overlay().stroke_rect(frame, 2.0, 1.0, accent, &[]);
        }
        paint_guides(core, world);
        paint_handles(core, world);
        if let Some(brush) = core.editor().brush() {
            let a = camera.screen_from_board(brush.origin());
            let b = camera.screen_from_board(Point::new(brush.x1, brush.y1));
            let rect = Rect::from_points(a, b);
            world.overlay().tint(rect, accent, 0.08);
            world.overlay().stroke_rect(rect, 2.0, 1.0, accent, &[]);
        }
        for presence in core
            .presences()
            .people()
            .others()
            .filter(|presence| !presence.away)
        {
            if let Some([x, y]) = presence.cursor {
                let at = camera.screen_from_board(Point::new(x, y));
                if Rect::from_origin_size((-20.0, -20.0), viewport)
                    .inflate(40.0, 40.0)
                    .contains(at)
                {
                    let color = tokens::person(presence.user.color_index);
                    world.overlay().cursor(at, &presence.user.name, color);
                }
            }
        }
        world.overlay().hide_blank();
    }
}

fn accent(world: &World<'_>) -> tokens::Rgb {
    if world.tab.preferences.is_on(Preference::Dark) {
        tokens::dark(tokens::ACCENT)
    } else {
        tokens::ACCENT
    }
}

fn paint_handles(core: &mut Core, world: &mut World<'_>) {
    let accent = accent(world);
    let handles = core.with_editor(world, |editor, cx| editor.handles(cx));
    for (handle, at) in handles {
        match handle {
            Handle::Resize(_) => {
                let side = HANDLE_PX * 2.0;
                let rect = Rect::from_center_size(at, (side, side));
                world.overlay().fill_box(rect, 2.0, tokens::SURFACE);
                world.overlay().stroke_rect(rect, 2.0, 1.5, accent, &[]);
            }
            Handle::Turn | Handle::From | Handle::To => {
                world.overlay().dot(at, HANDLE_PX + 1.5, tokens::SURFACE);
                world.overlay().ring(at, HANDLE_PX, accent);
            }
            Handle::Dot(_) => world.overlay().dot(at, HANDLE_PX, accent),
        }
    }
}

fn paint_guides(core: &Core, world: &mut World<'_>) {
    let camera = core.editor().camera();
    let to = |x: f64, y: f64| camera.screen_from_board(Point::new(x, y));
    let mut lines = Vec::new();
    for guide in core.editor().guides() {
        match guide {
            Guide::Line {
                axis: Axis::X,
                at,
                from,
                to: end,
            } => lines.push((to(*at, *from), to(*at, *end))),
            Guide::Line {
                axis: Axis::Y,
                at,
                from,
                to: end,
            } => lines.push((to(*from, *at), to(*end, *at))),
            Guide::Gaps {
                axis,
                across,
                spans,
            } => {
                for (from, end) in spans {
                    lines.push(match axis {
                        Axis::X => (to(*from, *across), to(*end, *across)),
                        Axis::Y => (to(*across, *from), to(*across, *end)),
                    });
                }
            }
        }
    }
    for (from, to) in lines {
        world.overlay().segment(from, to, tokens::HIGHLIGHT);
    }
}

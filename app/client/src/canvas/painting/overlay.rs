//! The layer above the board: selections, the marquee, highlights, cursors.

use std::collections::{BTreeMap, BTreeSet};

use editor::{
    Camera, Handle,
    handles::FRAME_PX,
    snap::{Axis, Guide},
};
use shared::{
    draw::{Dash, tokens},
    geometry::{Affine, BezPath, Point, Rect, Shape as _},
    id::ObjectId,
    protocol::presence::PresenceUser,
    scene::Place,
    text,
};

use super::{Painting, board};
use crate::{Preference, canvas::core::Core, world::World};

/// Space between an object and the outline around it, in pixels.
const OUTLINE_PX: f64 = 3.0;
/// More selected objects than this are tinted rather than outlined.
const OUTLINES_MAX: usize = 200;
/// Half the side of a handle, in pixels.
const HANDLE_PX: f64 = 4.5;
/// Corner radius of handles, frames and the marquee, in pixels.
const CORNER_PX: f64 = 2.0;
/// Width of thin lines: frames and the marquee, in pixels.
const THIN_PX: f64 = 1.0;
/// Width of the line around a handle, in pixels.
const HANDLE_LINE_PX: f64 = 1.5;
/// Width of the outline of what is selected, by this person or by others, in pixels.
const SELECTED_PX: f64 = 2.0;
/// Width of the outline of what a connector would be bound to, in pixels.
const TARGET_PX: f64 = 4.0;
/// Opacity of the tint of what is selected, where it has no outline.
const TINT_ALPHA: f64 = 0.4;
/// Opacity of the ground of the marquee.
const MARQUEE_ALPHA: f64 = 0.08;
/// The outline of what is marked lies this much further out than others, in pixels.
const MARK_OUT_PX: f64 = 2.0;
/// Corner radius of the outline of what is marked, in pixels.
const MARK_RADIUS_PX: f64 = 8.0;
/// Width of the outline of what is marked, in pixels.
const MARK_LINE_PX: f64 = 3.0;
/// Dashes of the outline of what is marked, and the gaps between them, in pixels.
const MARK_DASHES_PX: [f64; 2] = [8.0, 4.0];
/// At most this many objects are outlined of what each other person has selected.
const OTHERS_OUTLINES_MAX: usize = 200;
/// Corner radius of the outline of what others have selected, in pixels.
const OTHERS_RADIUS_PX: f64 = 7.0;
/// "... is writing" stands this far above the object, in pixels.
const WRITING_ABOVE_PX: f64 = 24.0;
/// A cursor is painted up to this far beyond the right and lower edge of the view, where
/// nothing of it is seen, in pixels.
const CURSOR_BEYOND_PX: f64 = 20.0;
/// A cursor is painted up to this far beyond the left and upper edge of the view, from
/// where its name may reach into it, in pixels.
const CURSOR_BEFORE_PX: f64 = 60.0;
/// How far the flattened outline of an object may be from the true one, in board units.
const OUTLINE_TOLERANCE: f64 = 0.1;

/// Where everything is on the screen while this frame is painted.
struct Shown {
    camera: Camera,
    to_screen: Affine,
    /// Where objects appear other than the document has them.
    elsewhere: BTreeMap<ObjectId, Place>,
    accent: tokens::Rgb,
}

impl Shown {
    /// The box around an object, in pixels; `None` where the object is not there.
    fn around(&self, id: &ObjectId, core: &Core) -> Option<Rect> {
        let scene = core.documents().scene();
        let bounds = match self.elsewhere.get(id) {
            Some(place) => place.bounds(),
            None if scene.line(id).is_some() => scene.place(id)?.rect,
            None => scene.bounds(id)?,
        };
        let rect = self.to_screen.transform_rect_bbox(bounds);
        Some(rect.inflate(OUTLINE_PX, OUTLINE_PX))
    }

    /// The outline of what is selected, in pixels: turned as it is turned, along a
    /// connector's line.
    fn outline(&self, id: &ObjectId, core: &Core) -> Option<BezPath> {
        let scene = core.documents().scene();
        if let Some(line) = scene.line(id) {
            // The words are not struck through.
            return Some(self.to_screen * line.broken_path());
        }
        let place = self
            .elsewhere
            .get(id)
            .copied()
            .or_else(|| scene.place(id))?;
        let space = OUTLINE_PX / self.camera.zoom;
        let grown = place.rect.inflate(space, space);
        Some(self.to_screen * (place.turn() * grown.to_path(OUTLINE_TOLERANCE)))
    }
}

impl Painting {
    /// Paints what lies over the board.
    pub(super) fn paint_overlay(
        &mut self,
        core: &mut Core,
        marked: &[&BTreeSet<ObjectId>],
        world: &mut World<'_>,
    ) {
        let camera = core.editor().camera();
        let shown = Shown {
            camera,
            to_screen: Affine::scale(camera.zoom) * Affine::translate(-camera.origin.to_vec2()),
            elsewhere: board::elsewhere(core, world),
            accent: accent(world),
        };
        world.overlay().begin(core.editor().viewport(), None);
        self.paint_lifted(&shown.elsewhere, core, world);
        paint_marked(&shown, marked, core, world);
        paint_others(&shown, core, world);
        paint_selection(&shown, core, world);
        paint_guides(core, world);
        paint_handles(shown.accent, core, world);
        paint_marquee(&shown, core, world);
        paint_cursors(&shown, core, world);
        world.overlay().hide_blank();
    }
}

/// What was found, and what others changed while this person was away.
fn paint_marked(shown: &Shown, marked: &[&BTreeSet<ObjectId>], core: &Core, world: &mut World<'_>) {
    for id in marked.iter().copied().flatten() {
        if let Some(rect) = shown.around(id, core) {
            world.overlay().stroke_rect(
                rect.inflate(MARK_OUT_PX, MARK_OUT_PX),
                MARK_RADIUS_PX,
                MARK_LINE_PX,
                tokens::HIGHLIGHT,
                &MARK_DASHES_PX,
            );
        }
    }
}

/// What others have selected, and who of them is writing.
fn paint_others(shown: &Shown, core: &Core, world: &mut World<'_>) {
    for presence in core.presences().people().others() {
        let color = tokens::person(presence.user.color_index);
        let rects: Vec<Rect> = presence
            .selection
            .iter()
            .take(OTHERS_OUTLINES_MAX)
            .filter_map(|id| shown.around(id, core))
            .collect();
        for rect in &rects {
            world
                .overlay()
                .stroke_rect(*rect, OTHERS_RADIUS_PX, SELECTED_PX, color, &[]);
        }
        if let (Some(rect), Some(_)) = (rects.first(), &presence.writing) {
            let text = text::people_writing(name_of(&presence.user, world));
            let at = Point::new(rect.x0, rect.y0 - WRITING_ABOVE_PX);
            world.overlay().label(at, &text, color);
        }
    }
}

/// What this person has selected, and what a connector that is being drawn would be
/// bound to.
fn paint_selection(shown: &Shown, core: &mut Core, world: &mut World<'_>) {
    let accent = shown.accent;
    let selection = core.editor().selection();
    if selection.len() > OUTLINES_MAX {
        let around = selection.iter().filter_map(|id| shown.around(id, core));
        let rects: Vec<Rect> = around.collect();
        world.overlay().tint_all(&rects, accent, TINT_ALPHA);
    } else {
        for path in selection.iter().filter_map(|id| shown.outline(id, core)) {
            let line = Some((accent, SELECTED_PX));
            world.overlay().draw_path(&path, None, line, Dash::Solid);
        }
    }
    let target = core.editor().connect_target();
    if let Some(path) = target.and_then(|id| shown.outline(id, core)) {
        let line = Some((accent, TARGET_PX));
        world.overlay().draw_path(&path, None, line, Dash::Solid);
    }
    if let Some(spot) = core.with_editor(world, |editor, cx| editor.pinned_spot(cx)) {
        let at = shown.camera.screen_from_board(spot);
        world.overlay().dot(at, HANDLE_PX, accent);
    }
    if let Some(frame) = core.with_editor(world, |editor, cx| editor.frame_of_several(cx))
        && shown.elsewhere.is_empty()
    {
        let frame = shown.to_screen.transform_rect_bbox(frame);
        let frame = frame.inflate(FRAME_PX, FRAME_PX);
        world
            .overlay()
            .stroke_rect(frame, CORNER_PX, THIN_PX, accent, &[]);
    }
}

/// The box in which everything is being selected.
fn paint_marquee(shown: &Shown, core: &Core, world: &mut World<'_>) {
    let Some(brush) = core.editor().brush() else {
        return;
    };
    let a = shown.camera.screen_from_board(brush.origin());
    let b = shown
        .camera
        .screen_from_board(Point::new(brush.x1, brush.y1));
    let rect = Rect::from_points(a, b);
    world.overlay().tint(rect, shown.accent, MARQUEE_ALPHA);
    world
        .overlay()
        .stroke_rect(rect, CORNER_PX, THIN_PX, shown.accent, &[]);
}

/// The pointers of others, with their names.
fn paint_cursors(shown: &Shown, core: &Core, world: &mut World<'_>) {
    let view = core.editor().viewport().to_rect();
    let near = Rect::new(
        view.x0 - CURSOR_BEFORE_PX,
        view.y0 - CURSOR_BEFORE_PX,
        view.x1 + CURSOR_BEYOND_PX,
        view.y1 + CURSOR_BEYOND_PX,
    );
    for presence in core.presences().people().others() {
        let Some([x, y]) = presence.cursor.filter(|_| !presence.away) else {
            continue;
        };
        let at = shown.camera.screen_from_board(Point::new(x, y));
        if near.contains(at) {
            let color = tokens::person(presence.user.color_index);
            let name = name_of(&presence.user, world).to_owned();
            world.overlay().cursor(at, &name, color);
        }
    }
}

/// What somebody is called: as the workshop has it now, otherwise as they came.
fn name_of<'a>(user: &'a PresenceUser, world: &'a World<'_>) -> &'a str {
    let known = world.tab.name(&user.id.as_str().into());
    known.unwrap_or(&user.name)
}

fn accent(world: &World<'_>) -> tokens::Rgb {
    if world.tab.preferences.is_on(Preference::Dark) {
        tokens::dark(tokens::ACCENT)
    } else {
        tokens::ACCENT
    }
}

fn paint_handles(accent: tokens::Rgb, core: &mut Core, world: &mut World<'_>) {
    let handles = core.with_editor(world, |editor, cx| editor.handles(cx));
    for (handle, at) in handles {
        match handle {
            Handle::Resize(_) => {
                let side = HANDLE_PX * 2.0;
                let rect = Rect::from_center_size(at, (side, side));
                world.overlay().fill_box(rect, CORNER_PX, tokens::SURFACE);
                world
                    .overlay()
                    .stroke_rect(rect, CORNER_PX, HANDLE_LINE_PX, accent, &[]);
            }
            Handle::Turn | Handle::From | Handle::To => {
                world
                    .overlay()
                    .dot(at, HANDLE_PX + HANDLE_LINE_PX, tokens::SURFACE);
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

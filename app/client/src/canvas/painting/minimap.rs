//! The small map of the whole canvas: what is there, and what of it is in view.

use shared::{
    draw::tokens,
    geometry::{Affine, Rect, Size},
    object::Kind,
};

use crate::{Layer, Preference, canvas::core::Core, world::World};

/// Width and height of the minimap, in pixels.
const SIZE: Size = Size::new(200.0, 130.0);
/// Space around what is shown, in board units.
const MARGIN: f64 = 40.0;
/// With more objects than this only some are drawn, evenly chosen.
const OBJECTS_MAX: usize = 3_000;
/// The least width and height of an object, in pixels.
const OBJECT_MIN_PX: f64 = 1.5;
/// Opacity of objects, so that overlapping ones can be told apart.
const OBJECT_ALPHA: f64 = 0.6;
/// Corner radius of the outline of the view, in pixels.
const VIEW_RADIUS_PX: f64 = 2.0;
/// Width of the outline of the view, in pixels.
const VIEW_LINE_PX: f64 = 1.5;

/// How the board is shown on the minimap: all of `whole` and of what is `visible`, centred.
pub(crate) fn minimap_from_board(whole: Rect, visible: Rect) -> Affine {
    let whole = whole.union(visible).inflate(MARGIN, MARGIN);
    let scale = (SIZE.width / whole.width()).min(SIZE.height / whole.height());
    let spare = SIZE.to_vec2() - whole.size().to_vec2() * scale;
    Affine::translate(spare / 2.0)
        * Affine::scale(scale)
        * Affine::translate(-whole.origin().to_vec2())
}

/// How the board is shown on the minimap of a canvas.
pub(crate) fn of_canvas(core: &mut Core, world: &mut World<'_>) -> Affine {
    let whole = core.with_editor(world, |_, cx| cx.canvas_bounds());
    let editor = core.editor();
    minimap_from_board(whole, editor.camera().visible(editor.viewport()))
}

/// Paints it, if it is open.
pub(super) fn paint(core: &mut Core, world: &mut World<'_>) {
    if !world.tab.preferences.is_on(Preference::Minimap) {
        return;
    }
    let to = of_canvas(core, world);
    let editor = core.editor();
    let visible = to.transform_rect_bbox(editor.camera().visible(editor.viewport()));
    let documents = core.documents();
    let template = documents.template();
    let sections = template
        .sections
        .iter()
        .map(|section| to.transform_rect_bbox(template.section_rect(section)));
    let every = documents.view().len() / OBJECTS_MAX + 1;
    let boxes = documents
        .view()
        .iter()
        .step_by(every)
        .filter(|object| object.kind.ends().is_none())
        .filter_map(|object| {
            let rect = to.transform_rect_bbox(documents.scene().bounds(&object.id)?);
            let is_note = matches!(object.kind, Kind::StickyNote(_));
            let color = if is_note {
                tokens::HIGHLIGHT
            } else {
                tokens::INK_MUTED
            };
            let (width, height) = (
                rect.width().max(OBJECT_MIN_PX),
                rect.height().max(OBJECT_MIN_PX),
            );
            Some((
                Rect::from_origin_size(rect.origin(), (width, height)),
                color,
            ))
        });
    let is_dark = world.tab.preferences.is_on(Preference::Dark);
    let surface = world.platform.layer(Layer::Minimap);
    surface.set_dark(is_dark);
    surface.begin(SIZE, Some(tokens::BOARD));
    for rect in sections {
        surface.fill_box(rect, 0.0, tokens::SURFACE);
    }
    for (rect, color) in boxes {
        surface.tint(rect, color, OBJECT_ALPHA);
    }
    surface.stroke_rect(visible, VIEW_RADIUS_PX, VIEW_LINE_PX, tokens::ACCENT, &[]);
}

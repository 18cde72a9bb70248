//! The board's layer: ground and objects in view, with less detail further away.

use std::collections::{BTreeMap, BTreeSet};

use editor::{Camera, Preview};
use shared::{
    canvas::Template,
    draw::{Detail, Fitted, Primitive},
    geometry::Rect,
    id::ObjectId,
    object::{Kind, Object},
    scene::{Line, Place, ground, paint},
};

use super::Painting;
use crate::{
    Dirty, Preference, Tab,
    canvas::core::{Core, has_marks},
    world::World,
};

/// How much is left of what is out of focus.
const FADED: f64 = 0.18;
/// While the zoom changes, connectors are not drawn below this: they are too thin to see.
const LINES_ZOOM: f64 = 0.1;
/// The zoom rests when it has not changed for this long, in milliseconds.
const REST_MS: u64 = 120;
/// Size of the text whose detail the ground follows, in board units.
const GROUND_TEXT: f64 = 16.0;
/// Names at the foot of notes are drawn from this zoom on.
const AUTHOR_ZOOM: f64 = 0.45;

impl Painting {
    /// Paints what is in view. Where only the view has moved, what is painted is moved
    /// along, and only what comes into view is painted.
    pub(super) fn paint_board(&mut self, core: &mut Core, world: &mut World<'_>) {
        let camera = core.editor().camera();
        let viewport = core.editor().viewport();
        let elsewhere = elsewhere(core, world);
        let moves_frames = moves_frames(core, &elsewhere);
        let lifted = liftable(core, &elsewhere);
        let focus = core.editor().focus_mark();
        self.is_content_due |= lifted != self.lifted || focus != self.focus_mark || moves_frames;
        self.focus_mark = focus;
        self.lifted = lifted;
        if !self.is_content_due && self.painted == Some((camera, viewport)) {
            return;
        }
        self.choose_detail(&camera, core, world.now_ms);
        let is_dark = world.tab.preferences.is_on(Preference::Dark);
        world.platform.board().set_dark(is_dark);
        let keeps = !self.is_content_due && core.writing().is_none();
        self.choose_ground(core.documents().template(), camera.zoom);
        let stale = world.platform.board().show(&camera, viewport, keeps);
        for part in stale {
            let (faint, clear) = self.list_part(&camera, part.rect, &elsewhere, core, world);
            let lists: [(f64, &[Primitive]); 3] =
                [(1.0, &self.ground.1), (FADED, &faint), (1.0, &clear)];
            world.platform.board().paint(part, &lists);
        }
        self.painted = Some((camera, viewport));
        // Frames that are moved look different in the next frame, and once they are let go.
        self.is_content_due = moves_frames;
    }

    /// While the zoom changes a crowded board is drawn with less detail, until it rests.
    fn choose_detail(&mut self, camera: &Camera, core: &Core, now_ms: u64) {
        let whole = Detail::of_objects(camera.zoom);
        let zooms = self
            .painted
            .is_some_and(|(before, _)| before.zoom != camera.zoom);
        if zooms {
            self.zoomed_ms = now_ms;
        }
        let moves = now_ms.saturating_sub(self.zoomed_ms) < REST_MS;
        self.detail = if moves {
            let visible = camera.visible(core.editor().viewport());
            Detail::of_many(
                camera.zoom,
                core.documents().scene().count_touching(visible),
            )
        } else {
            whole
        };
        let was_coarse = self.is_coarse;
        self.is_coarse = moves && (self.detail < whole || whole == Detail::Block);
        // What is there already is coarse too, and must not stay so.
        self.is_content_due |= was_coarse && !self.is_coarse;
    }

    /// Once the zoom rests, what was drawn with less detail is drawn whole.
    pub(crate) fn refine(&self, now_ms: u64) -> Dirty {
        let rests = now_ms.saturating_sub(self.zoomed_ms) >= REST_MS;
        Dirty::CONTENT.when(self.is_coarse && rests)
    }

    /// The board's ground, as it looks at this zoom.
    fn choose_ground(&mut self, template: &Template, zoom: f64) {
        let detail = Detail::of_text(GROUND_TEXT, zoom);
        if self.ground.0 != detail || self.ground.1.is_empty() {
            self.ground = (detail, ground::primitives(template, zoom));
        }
    }

    /// What lies in a part of the board, from back to front: what is out of focus, and the
    /// rest, which is in front of it.
    fn list_part(
        &self,
        camera: &Camera,
        part: Rect,
        elsewhere: &BTreeMap<ObjectId, Place>,
        core: &mut Core,
        world: &mut World<'_>,
    ) -> (Vec<Primitive>, Vec<Primitive>) {
        let scene = core.documents().scene();
        let mut ids = scene.touching(part.inflate(paint::REACH, paint::REACH));
        ids.retain(|id| !self.lifted.contains(id));
        if self.lifted.is_empty() && !elsewhere.is_empty() {
            // What is being dragged may come from outside, and takes its connectors along.
            let moved_lines = lines_of(core, elsewhere.keys());
            ids.retain(|id| !elsewhere.contains_key(id) && !moved_lines.contains(id));
            ids.extend(moved_lines);
            ids.extend(elsewhere.keys().cloned());
        }
        if self.is_coarse && camera.zoom < LINES_ZOOM {
            ids.retain(|id| core.documents().scene().line(id).is_none());
        }
        let focus = core.with_editor(world, |editor, cx| editor.in_focus(cx));
        let faded = |id: &ObjectId| focus.as_ref().is_some_and(|focus| !focus.contains(id));
        let (faint_ids, clear_ids): (Vec<_>, Vec<_>) = ids.iter().partition(|id| faded(id));
        let (mut faint, mut clear) = (Vec::new(), Vec::new());
        let seen = (&*core, &*world.tab);
        self.list_all(&mut faint, &faint_ids, camera, elsewhere, seen);
        self.list_all(&mut clear, &clear_ids, camera, elsewhere, seen);
        if self.is_coarse && self.detail == Detail::Block {
            // By colour it is painted at a stroke; which paper lies over which shows at rest.
            clear.sort_by_key(|primitive| match primitive {
                Primitive::Fill { color, .. } => color.0,
                _ => u32::MAX,
            });
        }
        (faint, clear)
    }

    fn list_all(
        &self,
        list: &mut Vec<Primitive>,
        ids: &[&ObjectId],
        camera: &Camera,
        elsewhere: &BTreeMap<ObjectId, Place>,
        (core, tab): (&Core, &Tab),
    ) {
        for id in ids {
            if let Some(object) = core.documents().view().get(id) {
                self.paint_object(list, object, camera, elsewhere, (core, tab));
            }
        }
    }

    fn paint_object(
        &self,
        list: &mut Vec<Primitive>,
        object: &Object,
        camera: &Camera,
        elsewhere: &BTreeMap<ObjectId, Place>,
        (core, tab): (&Core, &Tab),
    ) {
        let id = &object.id;
        let (Some(fitted), Some(place)) = (
            core.documents().scene().fitted(id),
            core.documents().scene().place(id),
        ) else {
            return;
        };
        let detail = self.detail;
        let is_written = core.writing().is_some_and(|writing| {
            *writing.id() == *id && (writing.is_composing() || !has_marks(object))
        });
        if let Some(line) = core.documents().scene().line(id) {
            if core.editor().redrawn_line() == Some(id) {
                return;
            }
            match line_now(core, object, fitted, line, elsewhere) {
                Some(line) if is_written => {
                    paint::line(list, object, &without_lines(fitted), &line, detail);
                }
                Some(line) => paint::line(list, object, fitted, &line, detail),
                None => paint::line(list, object, fitted, line, detail),
            }
            return;
        }
        let author = object
            .author
            .as_ref()
            .filter(|_| camera.zoom >= AUTHOR_ZOOM)
            .and_then(|author| tab.name(author));
        match elsewhere.get(id) {
            Some(now) if now.rect.size() != place.rect.size() => {
                let resized = Object {
                    size: Some(now.rect.size()),
                    ..object.clone()
                };
                let fitted = resized.fitted();
                let rect = Rect::from_origin_size(now.rect.origin(), fitted.size);
                let place = Place { rect, ..*now };
                paint::object(list, &resized, &fitted, place, detail, author);
            }
            now => {
                let place = now.copied().unwrap_or(place);
                if is_written {
                    // Its text is in the text box.
                    paint::object(list, object, &without_lines(fitted), place, detail, author);
                } else {
                    paint::object(list, object, fitted, place, detail, author);
                }
            }
        }
    }

    /// Paints, over the board, what has been lifted from it and what is about to be placed.
    pub(super) fn paint_lifted(
        &mut self,
        elsewhere: &BTreeMap<ObjectId, Place>,
        core: &Core,
        world: &mut World<'_>,
    ) {
        let camera = core.editor().camera();
        let mut list = std::mem::take(&mut self.list);
        list.clear();
        let mut objects: Vec<&Object> = self
            .lifted
            .iter()
            .filter_map(|id| core.documents().view().get(id))
            .collect();
        Object::sort_by_depth(&mut objects);
        for object in objects {
            self.paint_object(&mut list, object, &camera, elsewhere, (core, world.tab));
        }
        self.paint_preview(&mut list, core);
        if !list.is_empty() {
            let is_dark = world.tab.preferences.is_on(Preference::Dark);
            world.overlay().set_dark(is_dark);
            world.overlay().look(&camera);
            world.overlay().paint(&list, camera.zoom);
            world.overlay().look_at_screen();
            world.overlay().set_dark(false);
        }
        self.list = list;
    }

    /// What is about to be placed or drawn, and copies that are being dragged.
    fn paint_preview(&self, list: &mut Vec<Primitive>, core: &Core) {
        let detail = self.detail;
        if let Some(offset) = core
            .editor()
            .drag_offset()
            .filter(|_| core.editor().drags_copies())
        {
            for id in core.editor().selection() {
                if let (Some(object), Some(fitted), Some(place), None) = (
                    core.documents().view().get(id),
                    core.documents().scene().fitted(id),
                    core.documents().scene().place(id),
                    core.documents().scene().line(id),
                ) {
                    let rect = place.rect + offset;
                    paint::object(list, object, fitted, Place { rect, ..place }, detail, None);
                }
            }
        }
        let Some(preview) = core.editor().preview() else {
            return;
        };
        let (kind, rect) = match preview {
            Preview::Box(kind, rect) => (kind, rect),
            Preview::Line(connector) => (Kind::Connector(connector), Rect::ZERO),
        };
        let object = Object {
            id: "".into(),
            pos: rect.origin(),
            size: Some(rect.size()).filter(|_| kind.ends().is_none()),
            angle: 0.0,
            z: f64::MAX,
            author: None,
            group: None,
            is_locked: false,
            text: String::new(),
            marks: Vec::new(),
            kind,
        };
        let fitted = object.fitted();
        if object.kind.ends().is_some() {
            let view = core.documents().view();
            if let Some(line) =
                core.documents()
                    .scene()
                    .line_with(view, &object, &fitted, &BTreeMap::new())
            {
                paint::line(list, &object, &fitted, &line, detail);
            }
        } else {
            let place = Place { rect, angle: 0.0 };
            paint::object(list, &object, &fitted, place, detail, None);
        }
    }
}

fn without_lines(fitted: &Fitted) -> Fitted {
    let mut fitted = fitted.clone();
    fitted.text.lines.clear();
    fitted
}

/// A connector as it runs while what it is bound to is elsewhere.
fn line_now(
    core: &Core,
    object: &Object,
    fitted: &Fitted,
    line: &Line,
    elsewhere: &BTreeMap<ObjectId, Place>,
) -> Option<Line> {
    let slid = core
        .editor()
        .sliding_label()
        .filter(|(id, _)| **id == object.id);
    if let (Some((_, share)), Kind::Connector(connector)) = (slid, &object.kind) {
        let mut moved = object.clone();
        let mut connector = connector.clone();
        connector.label_at = share;
        moved.kind = Kind::Connector(connector);
        return core.documents().scene().line_with(
            core.documents().view(),
            &moved,
            fitted,
            elsewhere,
        );
    }
    let is_moved = object
        .kind
        .ends()
        .is_some_and(|ends| ends.objects().any(|id| elsewhere.contains_key(id)));
    if is_moved {
        core.documents()
            .scene()
            .line_with(core.documents().view(), object, fitted, elsewhere)
    } else {
        Some(line.clone())
    }
}

fn lines_of<'a>(core: &Core, ids: impl Iterator<Item = &'a ObjectId>) -> BTreeSet<ObjectId> {
    ids.flat_map(|id| core.documents().scene().connectors_of(id))
        .cloned()
        .collect()
}

/// Whether a frame is being moved: it must stay behind what it does not carry.
fn moves_frames(core: &Core, elsewhere: &BTreeMap<ObjectId, Place>) -> bool {
    let view = core.documents().view();
    elsewhere
        .keys()
        .filter_map(|id| view.get(id))
        .any(|object| object.kind.features().is_container)
}

/// What is painted over the board while it is under way, so that the board itself need
/// not be painted anew with every move.
fn liftable(core: &Core, elsewhere: &BTreeMap<ObjectId, Place>) -> BTreeSet<ObjectId> {
    if moves_frames(core, elsewhere) {
        return BTreeSet::new();
    }
    let mut ids: BTreeSet<ObjectId> = elsewhere.keys().cloned().collect();
    let lines = lines_of(core, ids.iter());
    ids.extend(lines);
    ids.extend(core.editor().redrawn_line().cloned());
    ids.extend(core.editor().sliding_label().map(|(id, _)| id.clone()));
    ids
}

/// Where objects appear other than the document has them.
pub(super) fn elsewhere(core: &mut Core, world: &mut World<'_>) -> BTreeMap<ObjectId, Place> {
    let mut elsewhere: BTreeMap<ObjectId, Place> = core
        .presences()
        .people()
        .drags()
        .filter_map(|(id, offset)| {
            let place = core
                .documents()
                .scene()
                .place(id)
                .filter(|_| core.documents().scene().line(id).is_none())?;
            let rect = place.rect + offset;
            Some((id.clone(), Place { rect, ..place }))
        })
        .collect();
    if !core.editor().drags_copies() {
        elsewhere.extend(core.with_editor(world, |editor, cx| editor.elsewhere(cx)));
    }
    elsewhere
}

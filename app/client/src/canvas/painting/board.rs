//! The board's layer: what of it is painted anew, and with how much detail.

use std::collections::{BTreeMap, BTreeSet};

use editor::{Camera, Preview};
use shared::{
    canvas::Template,
    draw::{Detail, Primitive, tiles::Spoiled},
    geometry::Rect,
    id::ObjectId,
    object::{Kind, Object},
    scene::{Place, ground, paint},
    sort,
};

use super::{
    Painting,
    list::{Scenery, lines_of},
};
use crate::{
    Dirty, Preference, Tab,
    canvas::core::{Core, has_marks},
    world::World,
};

/// How much is left of what is out of focus.
const FADED: f64 = 0.18;
/// The zoom rests when it has not changed for this long, in milliseconds.
const REST_MS: u64 = 120;

impl Painting {
    /// Paints what is in view and looks different. Where only the view has moved, what is
    /// painted is moved along, and only what comes into view is painted.
    pub(super) fn paint_board(&mut self, core: &mut Core, world: &mut World<'_>) {
        let camera = core.editor().camera();
        let viewport = core.editor().viewport();
        let elsewhere = elsewhere(core, world);
        let moves_frames = moves_frames(core, &elsewhere);
        self.note_changes(core, &elsewhere, moves_frames);
        if self.spoiled.is_nothing() && self.painted == Some((camera, viewport)) {
            return;
        }
        self.is_sketch = self.zooms(&camera, world.now_ms);
        self.choose_detail(&camera, core);
        let is_dark = world.tab.preferences.is_on(Preference::Dark);
        world.platform.board().set_dark(is_dark);
        self.choose_ground(core.documents().template(), camera.zoom);
        self.painted = Some((camera, viewport));
        let focus = core.with_editor(world, |editor, cx| editor.in_focus(cx));
        let scenery = self.scenery(core, world.tab, &elsewhere);
        let moved = self.moved(&scenery);
        let listed = |rect| {
            let placed = self.placed_on(rect, &scenery, &moved);
            self.list_part(&placed, focus.as_ref(), &scenery)
        };
        let ground = &self.ground.1;
        let board = world.platform.board();
        if self.is_sketch {
            let (faint, clear) = listed(camera.visible(viewport));
            let lists = [(1.0, ground.as_slice()), (FADED, &faint), (1.0, &clear)];
            board.sketch(&camera, viewport, &lists);
            self.spoiled = Spoiled::Everything;
            return;
        }
        for part in board.show(&camera, viewport, &self.spoiled) {
            let (faint, clear) = listed(part.stale.rect);
            let lists = [(1.0, ground.as_slice()), (FADED, &faint), (1.0, &clear)];
            board.paint(part, &lists);
        }
        // Frames that are moved look different in the next frame, and once they are let go.
        self.spoiled = if moves_frames {
            Spoiled::Everything
        } else {
            Spoiled::default()
        };
    }

    /// Takes note of what has changed since the last frame, and of where that shows.
    fn note_changes(
        &mut self,
        core: &mut Core,
        elsewhere: &BTreeMap<ObjectId, Place>,
        moves_frames: bool,
    ) {
        self.spoiled.add(core.documents_mut().take_spoiled());
        let hidden = hidden_text(core);
        if hidden != self.hidden_text {
            for id in hidden.iter().chain(&self.hidden_text) {
                self.spoiled.add(core.documents().scene().spoiled(id));
            }
            self.hidden_text = hidden;
        }
        let lifted = if moves_frames {
            BTreeSet::new()
        } else {
            liftable(core, elsewhere)
        };
        for id in lifted.symmetric_difference(&self.lifted) {
            self.spoiled.add(core.documents().scene().spoiled(id));
        }
        self.lifted = lifted;
        let focus = core.editor().focus_mark();
        // What is in focus follows the connectors.
        let is_refocused = focus.is_some() && !self.spoiled.is_nothing();
        if is_refocused || focus != self.focus_mark || moves_frames {
            self.spoiled = Spoiled::Everything;
        }
        self.focus_mark = focus;
    }

    /// Whether the zoom is changing.
    fn zooms(&mut self, camera: &Camera, now_ms: u64) -> bool {
        let before = self.painted.map(|(before, _)| before.zoom);
        if before.is_some_and(|before| before != camera.zoom) {
            self.zoomed_ms = Some(now_ms);
        }
        !self.rests(now_ms)
    }

    fn rests(&self, now_ms: u64) -> bool {
        self.zoomed_ms
            .is_none_or(|zoomed_ms| now_ms.saturating_sub(zoomed_ms) >= REST_MS)
    }

    /// While the zoom changes a crowded board is drawn with less detail.
    fn choose_detail(&mut self, camera: &Camera, core: &Core) {
        let whole = Detail::of_objects(camera.zoom);
        self.detail = if self.is_sketch {
            let visible = camera.visible(core.editor().viewport());
            Detail::of_many(
                camera.zoom,
                core.documents().scene().count_touching(visible),
            )
        } else {
            whole
        };
        self.is_coarse = self.is_sketch && (self.detail < whole || whole == Detail::Block);
    }

    /// Once the zoom rests, what was sketched is painted.
    pub(crate) fn refine(&self, now_ms: u64) -> Dirty {
        Dirty::BOARD.when(self.is_sketch && self.rests(now_ms))
    }

    /// The board's ground, as it looks at this zoom.
    fn choose_ground(&mut self, template: &Template, zoom: f64) {
        if self.ground.0 != Some(zoom) {
            self.ground = (Some(zoom), ground::primitives(template, zoom));
        }
    }

    /// What is to be painted from, with as much detail as there is to be at the moment.
    fn scenery<'a>(
        &'a self,
        core: &'a Core,
        tab: &'a Tab,
        elsewhere: &'a BTreeMap<ObjectId, Place>,
    ) -> Scenery<'a> {
        Scenery {
            core,
            tab,
            zoom: core.editor().camera().zoom,
            detail: self.detail,
            elsewhere,
            hidden_text: self.hidden_text.as_ref(),
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
        let scenery = self.scenery(core, world.tab, elsewhere);
        for object in objects {
            if let Some((_, placed)) = core.documents().scene().placed(&object.id) {
                scenery.list(&mut list, object, placed);
            }
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

/// The object whose text is in the text box, not on the board.
fn hidden_text(core: &Core) -> Option<ObjectId> {
    let writing = core.writing()?;
    let object = core.documents().view().get(writing.id())?;
    (writing.is_composing() || !has_marks(object)).then(|| object.id.clone())
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
/// not be painted anew with every move. Not where frames are moved.
fn liftable(core: &Core, elsewhere: &BTreeMap<ObjectId, Place>) -> BTreeSet<ObjectId> {
    let mut ids = sort::set(elsewhere.keys().cloned());
    let lines = lines_of(core, ids.iter());
    ids.extend(lines);
    ids.extend(core.editor().redrawn_line().cloned());
    ids.extend(core.editor().sliding_label().map(|(id, _)| id.clone()));
    ids
}

/// Where objects appear other than the document has them.
pub(super) fn elsewhere(core: &mut Core, world: &mut World<'_>) -> BTreeMap<ObjectId, Place> {
    let scene = core.documents().scene();
    let dragged = core.presences().people().drags();
    let mut elsewhere = sort::map(dragged.filter_map(|(id, offset)| {
        let place = scene.place(id).filter(|_| scene.line(id).is_none())?;
        let rect = place.rect + offset;
        Some((id.clone(), Place { rect, ..place }))
    }));
    if !core.editor().drags_copies() {
        elsewhere.extend(core.with_editor(world, |editor, cx| editor.elsewhere(cx)));
    }
    elsewhere
}

//! What is painted of objects: each as it lies at the moment, from back to front.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    draw::{Detail, Fitted, Primitive},
    geometry::Rect,
    id::ObjectId,
    object::{Kind, Object},
    scene::{Line, Place, Placed, paint},
    sort,
};

use super::Painting;
use crate::{Tab, canvas::core::Core};

/// While the zoom changes, connectors are not drawn below this: they are too thin to see.
const LINES_ZOOM: f64 = 0.1;
/// Names at the foot of notes are drawn from this zoom on.
const AUTHOR_ZOOM: f64 = 0.45;

/// An object as it lies on the board.
type Lying<'a> = (&'a ObjectId, &'a Placed);

/// What is painted from.
pub(super) struct Scenery<'a> {
    pub(super) core: &'a Core,
    pub(super) tab: &'a Tab,
    /// Screen pixels for one board unit.
    pub(super) zoom: f64,
    /// How much of each object is drawn.
    pub(super) detail: Detail,
    /// Where objects appear other than the document has them.
    pub(super) elsewhere: &'a BTreeMap<ObjectId, Place>,
    /// The object whose text is in the text box.
    pub(super) hidden_text: Option<&'a ObjectId>,
}

impl Painting {
    /// What appears elsewhere without having been lifted, and the connectors that go along.
    pub(super) fn moved<'a>(&self, scenery: &Scenery<'a>) -> BTreeMap<&'a ObjectId, &'a Placed> {
        if !self.lifted.is_empty() {
            return BTreeMap::new();
        }
        let scene = scenery.core.documents().scene();
        let lines = lines_of(scenery.core, scenery.elsewhere.keys());
        let ids = scenery.elsewhere.keys().chain(&lines);
        sort::map(ids.filter_map(|id| scene.placed(id)))
    }

    /// What lies in a part of the board, from back to front. `moved` may come from outside.
    pub(super) fn placed_on<'a>(
        &self,
        part: Rect,
        scenery: &Scenery<'a>,
        moved: &BTreeMap<&'a ObjectId, &'a Placed>,
    ) -> Vec<Lying<'a>> {
        let around = part.inflate(paint::REACH, paint::REACH);
        let mut found = scenery.core.documents().scene().placed_on(around);
        found.retain(|(id, _)| !self.lifted.contains(*id));
        if !moved.is_empty() {
            found.retain(|(id, _)| !moved.contains_key(*id));
            found.extend(moved.iter().map(|(id, placed)| (*id, *placed)));
            Placed::sort_by_depth(&mut found);
        }
        if self.is_coarse && scenery.zoom < LINES_ZOOM {
            found.retain(|(_, placed)| placed.line.is_none());
        }
        found
    }

    /// Lists what is out of focus, and the rest, which is in front of it.
    pub(super) fn list_part(
        &self,
        placed: &[Lying<'_>],
        focus: Option<&BTreeSet<ObjectId>>,
        scenery: &Scenery<'_>,
    ) -> (Vec<Primitive>, Vec<Primitive>) {
        let view = scenery.core.documents().view();
        let (mut faint, mut clear) = (Vec::new(), Vec::new());
        for (id, placed) in placed {
            let is_faded = focus.is_some_and(|focus| !focus.contains(*id));
            let list = if is_faded { &mut faint } else { &mut clear };
            if let Some(object) = view.get(id) {
                scenery.list(list, object, placed);
            }
        }
        if self.is_coarse && self.detail == Detail::Block {
            // By colour it is painted at a stroke; which paper lies over which shows at rest.
            let place = |primitive: &Primitive| match primitive {
                Primitive::Fill { color, .. } => color.0,
                _ => u32::MAX,
            };
            sort::sort_by(&mut clear, |a, b| place(a).cmp(&place(b)));
        }
        (faint, clear)
    }
}

impl Scenery<'_> {
    /// Lists what is painted of an object.
    pub(super) fn list(&self, list: &mut Vec<Primitive>, object: &Object, placed: &Placed) {
        let is_hidden = self.hidden_text == Some(&object.id);
        let wordless = is_hidden.then(|| without_lines(&placed.fitted));
        let fitted = wordless.as_ref().unwrap_or(&placed.fitted);
        match &placed.line {
            Some(line) => self.list_line(list, object, line, fitted),
            None => self.list_box(list, object, placed.place, fitted),
        }
    }

    fn list_line(&self, list: &mut Vec<Primitive>, object: &Object, line: &Line, fitted: &Fitted) {
        if self.core.editor().redrawn_line() == Some(&object.id) {
            return;
        }
        match self.line_now(object, fitted) {
            Some(line) => paint::line(list, object, fitted, &line, self.detail),
            None => paint::line(list, object, fitted, line, self.detail),
        }
    }

    fn list_box(&self, list: &mut Vec<Primitive>, object: &Object, place: Place, fitted: &Fitted) {
        let author = object
            .author
            .as_ref()
            .filter(|_| self.zoom >= AUTHOR_ZOOM)
            .and_then(|author| self.tab.name(author));
        match self.elsewhere.get(&object.id) {
            Some(now) if now.rect.size() != place.rect.size() => {
                let resized = Object {
                    size: Some(now.rect.size()),
                    ..object.clone()
                };
                let fitted = resized.fitted();
                let rect = Rect::from_origin_size(now.rect.origin(), fitted.size);
                let place = Place { rect, ..*now };
                paint::object(list, &resized, &fitted, place, self.detail, author);
            }
            now => {
                let place = now.copied().unwrap_or(place);
                paint::object(list, object, fitted, place, self.detail, author);
            }
        }
    }

    /// A connector as it runs at the moment; `None` where that is as it lies.
    fn line_now(&self, object: &Object, fitted: &Fitted) -> Option<Line> {
        let documents = self.core.documents();
        let slid = self.core.editor().sliding_label();
        let slid = slid.filter(|(id, _)| **id == object.id);
        if let (Some((_, share)), Kind::Connector(connector)) = (slid, &object.kind) {
            let mut moved = object.clone();
            let mut connector = connector.clone();
            connector.label_at = share;
            moved.kind = Kind::Connector(connector);
            let view = documents.view();
            return documents
                .scene()
                .line_with(view, &moved, fitted, self.elsewhere);
        }
        let ends = object.kind.ends()?;
        let is_moved = ends.objects().any(|id| self.elsewhere.contains_key(id));
        let (view, scene) = (documents.view(), documents.scene());
        is_moved
            .then(|| scene.line_with(view, object, fitted, self.elsewhere))
            .flatten()
    }
}

/// The connectors bound to objects.
pub(super) fn lines_of<'a>(
    core: &Core,
    ids: impl Iterator<Item = &'a ObjectId>,
) -> BTreeSet<ObjectId> {
    let scene = core.documents().scene();
    sort::set(ids.flat_map(|id| scene.connectors_of(id)).cloned())
}

fn without_lines(fitted: &Fitted) -> Fitted {
    let mut fitted = fitted.clone();
    fitted.text.lines.clear();
    fitted
}

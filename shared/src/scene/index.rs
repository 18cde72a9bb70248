//! Where everything is: layouts, bounds and order, kept in step with the view.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rstar::{AABB, RTree, RTreeObject};

pub use super::line::Place;
use super::{Line, line, paint};
use crate::{
    board::{BoardView, ChangeSet},
    draw::{Fitted, route::Lane, tiles::Spoiled},
    geometry::Rect,
    id::ObjectId,
    object::{Ends, Object},
};

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    rect: Rect,
    id: ObjectId,
}

impl RTreeObject for Entry {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(self.rect)
    }
}

/// An object as it lies on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its laid out text.
    pub fitted: Fitted,
    text: String,
    /// Where it lies; for a connector its label.
    pub place: Place,
    /// The upright box around all of it.
    pub(super) bounds: Rect,
    pub(super) z: f64,
    pub(super) is_container: bool,
    pub(super) is_locked: bool,
    pub(super) is_grouped: bool,
    /// How it runs, for connectors.
    pub line: Option<Line>,
}

impl Placed {
    /// Sorts from back to front.
    pub fn sort_by_depth(placed: &mut [(&ObjectId, &Self)]) {
        placed.sort_by(|(a_id, a), (b_id, b)| a.z.total_cmp(&b.z).then_with(|| a_id.cmp(b_id)));
    }
}

/// Layouts, bounds and order of a board's objects.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    pub(super) placed: HashMap<ObjectId, Placed>,
    tree: RTree<Entry>,
    /// What each connector is bound to, also where it cannot be drawn.
    ends: BTreeMap<ObjectId, Ends>,
    /// The connectors of each object.
    bound: BTreeMap<ObjectId, BTreeSet<ObjectId>>,
}

impl Scene {
    /// A scene of everything.
    pub fn rebuild(view: &BoardView) -> Self {
        let mut scene = Self::default();
        for object in view.iter() {
            if object.kind.ends().is_none() {
                scene
                    .placed
                    .insert(object.id.clone(), place_box(object, None));
            } else {
                scene.bind(object);
            }
        }
        let connectors: Vec<_> = scene.ends.keys().cloned().collect();
        for id in connectors {
            if let Some(placed) = scene.place_line(view, &id) {
                scene.placed.insert(id, placed);
            }
        }
        let entry = |(id, placed): (&ObjectId, &Placed)| Entry {
            rect: placed.bounds,
            id: id.clone(),
        };
        scene.tree = RTree::bulk_load(scene.placed.iter().map(entry).collect());
        scene
    }

    /// Takes a change: only what it touched is looked at, and what is bound to that.
    /// Returns where the board looks different.
    pub fn apply(&mut self, view: &BoardView, change: &ChangeSet) -> Spoiled {
        if change.objects.len() > 500 && change.objects.len() * 2 > self.placed.len() {
            *self = Self::rebuild(view);
            return Spoiled::Everything;
        }
        let mut spoiled = Spoiled::default();
        let mut lines = BTreeSet::new();
        for id in &change.objects {
            self.collect_lines(id, &mut lines);
            self.unbind(id);
            spoiled.add(self.spoiled(id));
            let before = self.take(id);
            let Some(object) = view.get(id) else { continue };
            if object.kind.ends().is_some() {
                self.bind(object);
                self.collect_lines(id, &mut lines);
            } else {
                self.put(id, place_box(object, before));
                spoiled.add(self.spoiled(id));
            }
        }
        for id in lines {
            spoiled.add(self.spoiled(&id));
            self.take(&id);
            if let Some(placed) = self.place_line(view, &id) {
                self.put(&id, placed);
                spoiled.add(self.spoiled(&id));
            }
        }
        spoiled
    }

    /// The part of the board that an object covers, its shadow and heads included.
    pub fn spoiled(&self, id: &ObjectId) -> Spoiled {
        let bounds = self.bounds(id).into_iter();
        Spoiled::Parts(
            bounds
                .map(|rect| rect.inflate(paint::REACH, paint::REACH))
                .collect(),
        )
    }

    /// The lines to be looked at when an object changes: those bound to it, and for
    /// a connector all between the same objects.
    fn collect_lines(&self, id: &ObjectId, lines: &mut BTreeSet<ObjectId>) {
        lines.extend(self.bound.get(id).into_iter().flatten().cloned());
        if let Some(ends) = self.ends.get(id) {
            lines.insert(id.clone());
            lines.extend(self.parallel(ends).into_iter().cloned());
        }
    }

    /// The connectors between the same two objects, in the order of their ids.
    fn parallel(&self, ends: &Ends) -> Vec<&ObjectId> {
        let (Some(from), Some(to)) = (ends.from.object(), ends.to.object()) else {
            return Vec::new();
        };
        let is_between = |id: &&ObjectId| {
            self.ends.get(*id).is_some_and(|other| {
                let pair = (other.from.object(), other.to.object());
                pair == (Some(from), Some(to)) || pair == (Some(to), Some(from))
            })
        };
        self.bound
            .get(from)
            .into_iter()
            .flatten()
            .filter(is_between)
            .collect()
    }

    fn lane(&self, id: &ObjectId, ends: &Ends) -> Lane {
        let lanes = self.parallel(ends);
        Lane {
            index: lanes
                .iter()
                .position(|other| *other == id)
                .unwrap_or_default(),
            count: lanes.len().max(1),
            reversed: ends.from.object() > ends.to.object(),
        }
    }

    fn bind(&mut self, connector: &Object) {
        let Some(ends) = connector.kind.ends() else {
            return;
        };
        for id in ends.objects() {
            self.bound
                .entry(id.clone())
                .or_default()
                .insert(connector.id.clone());
        }
        self.ends.insert(connector.id.clone(), ends.clone());
    }

    fn unbind(&mut self, connector: &ObjectId) {
        let Some(ends) = self.ends.remove(connector) else {
            return;
        };
        for id in ends.objects() {
            if let Some(bound) = self.bound.get_mut(id) {
                bound.remove(connector);
                if bound.is_empty() {
                    self.bound.remove(id);
                }
            }
        }
    }

    fn take(&mut self, id: &ObjectId) -> Option<Placed> {
        let before = self.placed.remove(id)?;
        self.tree.remove(&Entry {
            rect: before.bounds,
            id: id.clone(),
        });
        Some(before)
    }

    fn put(&mut self, id: &ObjectId, placed: Placed) {
        self.tree.insert(Entry {
            rect: placed.bounds,
            id: id.clone(),
        });
        self.placed.insert(id.clone(), placed);
    }

    fn place_line(&self, view: &BoardView, id: &ObjectId) -> Option<Placed> {
        let object = view.get(id)?;
        let fitted = object.fitted();
        let line = self.line_with(view, object, &fitted, &BTreeMap::new())?;
        Some(Placed {
            place: Place {
                rect: line.label,
                angle: 0.0,
            },
            bounds: paint::line_bounds(&line),
            text: object.text.clone(),
            z: object.z,
            is_container: false,
            is_locked: object.is_locked,
            is_grouped: object.group.is_some(),
            line: Some(line),
            fitted,
        })
    }

    /// How a connector runs while some objects lie elsewhere; `None` where it is no
    /// connector or something it is bound to is gone.
    pub fn line_with(
        &self,
        view: &BoardView,
        object: &Object,
        fitted: &Fitted,
        elsewhere: &BTreeMap<ObjectId, Place>,
    ) -> Option<Line> {
        let crate::object::Kind::Connector(connector) = &object.kind else {
            return None;
        };
        let lane = self.lane(&object.id, &connector.ends);
        line::line(connector, fitted, lane, |id| {
            let target = view.get(id).filter(|target| target.kind.ends().is_none())?;
            let place = elsewhere.get(id).copied().or_else(|| self.place(id))?;
            Some((target, place))
        })
    }

    /// An object's laid out text.
    pub fn fitted(&self, id: &ObjectId) -> Option<&Fitted> {
        self.placed.get(id).map(|placed| &placed.fitted)
    }

    /// Where an object lies; for a connector its label.
    pub fn place(&self, id: &ObjectId) -> Option<Place> {
        self.placed.get(id).map(|placed| placed.place)
    }

    /// A connector as it runs.
    pub fn line(&self, id: &ObjectId) -> Option<&Line> {
        self.placed.get(id)?.line.as_ref()
    }

    /// The connectors bound to an object.
    pub fn connectors_of(&self, id: &ObjectId) -> impl Iterator<Item = &ObjectId> {
        self.bound.get(id).into_iter().flatten()
    }

    /// Whether an object is in a group.
    pub fn is_grouped(&self, id: &ObjectId) -> bool {
        self.placed.get(id).is_some_and(|placed| placed.is_grouped)
    }

    /// The upright box around an object, in board space.
    pub fn bounds(&self, id: &ObjectId) -> Option<Rect> {
        self.placed.get(id).map(|placed| placed.bounds)
    }

    /// What lies on or near a rectangle, from back to front.
    pub fn touching(&self, rect: Rect) -> Vec<ObjectId> {
        let found = self.placed_on(rect).into_iter();
        found.map(|(id, _)| id.clone()).collect()
    }

    /// What lies on or near a rectangle and how it lies there, from back to front.
    pub fn placed_on(&self, rect: Rect) -> Vec<(&ObjectId, &Placed)> {
        let mut found: Vec<_> = self
            .tree
            .locate_in_envelope_intersecting(&envelope(rect))
            .filter_map(|entry| self.placed.get_key_value(&entry.id))
            .collect();
        Placed::sort_by_depth(&mut found);
        found
    }

    /// How an object lies.
    pub fn placed(&self, id: &ObjectId) -> Option<(&ObjectId, &Placed)> {
        self.placed.get_key_value(id)
    }

    /// How many objects lie on or near a rectangle.
    pub fn count_touching(&self, rect: Rect) -> usize {
        let inside = self.tree.locate_in_envelope_intersecting(&envelope(rect));
        inside.count()
    }

    /// The bounds of everything, if there is anything.
    pub fn content_bounds(&self) -> Option<Rect> {
        (self.tree.size() > 0).then(|| {
            let envelope = self.tree.root().envelope();
            let ([x0, y0], [x1, y1]) = (envelope.lower(), envelope.upper());
            Rect::new(x0, y0, x1, y1)
        })
    }
}

fn place_box(object: &Object, before: Option<Placed>) -> Placed {
    let set = object.kind.text_box(object.chosen_size());
    let fitted = match before {
        // Only where it lies has changed.
        Some(before)
            if before.text == object.text
                && before.line.is_none()
                && before
                    .fitted
                    .same_as_set(object.chosen_size(), set.as_ref()) =>
        {
            before.fitted
        }
        _ => object.fitted(),
    };
    let place = Place {
        rect: object.rect(fitted.size),
        angle: object.angle,
    };
    Placed {
        text: object.text.clone(),
        bounds: place.bounds(),
        z: object.z,
        is_container: object.kind.features().is_container,
        is_locked: object.is_locked,
        is_grouped: object.group.is_some(),
        line: None,
        place,
        fitted,
    }
}

fn envelope(rect: Rect) -> AABB<[f64; 2]> {
    AABB::from_corners([rect.x0, rect.y0], [rect.x1, rect.y1])
}

//! Where everything is: layouts, bounds and order, kept in step with the view.

use std::collections::BTreeMap;

use rstar::{AABB, RTree, RTreeObject};

use super::{NoteLayout, text_layout};
use crate::{
    board::{BoardView, ChangeSet},
    canvas::Template,
    geometry::{Point, Rect},
    id::ObjectId,
    object::{Object, sticky_note},
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

#[derive(Clone, Debug, PartialEq)]
struct Placed {
    layout: NoteLayout,
    text: String,
    rect: Rect,
    z: f64,
}

/// Layouts, bounds and order of a board's objects.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    placed: BTreeMap<ObjectId, Placed>,
    tree: RTree<Entry>,
}

impl Scene {
    /// A scene of everything.
    pub fn rebuild(view: &BoardView) -> Self {
        let placed: BTreeMap<_, _> = view
            .iter()
            .map(|object| (object.id.clone(), place(object, None)))
            .collect();
        let entries = placed
            .iter()
            .map(|(id, placed)| Entry {
                rect: placed.rect,
                id: id.clone(),
            })
            .collect();
        Self {
            tree: RTree::bulk_load(entries),
            placed,
        }
    }

    /// Takes a change: only what it touched is looked at.
    pub fn apply(&mut self, view: &BoardView, change: &ChangeSet) {
        if change.objects.len() > 500 && change.objects.len() * 2 > self.placed.len() {
            *self = Self::rebuild(view);
            return;
        }
        for id in &change.objects {
            let before = self.placed.remove(id);
            if let Some(before) = &before {
                self.tree.remove(&Entry {
                    rect: before.rect,
                    id: id.clone(),
                });
            }
            if let Some(object) = view.get(id) {
                let placed = place(object, before);
                self.tree.insert(Entry {
                    rect: placed.rect,
                    id: id.clone(),
                });
                self.placed.insert(id.clone(), placed);
            }
        }
    }

    /// An object's laid out text.
    pub fn layout(&self, id: &ObjectId) -> Option<&NoteLayout> {
        self.placed.get(id).map(|placed| &placed.layout)
    }

    /// An object's bounds, in board space.
    pub fn bounds(&self, id: &ObjectId) -> Option<Rect> {
        self.placed.get(id).map(|placed| placed.rect)
    }

    /// What touches a rectangle, from back to front.
    pub fn touching(&self, rect: Rect) -> Vec<ObjectId> {
        let mut found: Vec<_> = self
            .tree
            .locate_in_envelope_intersecting(&envelope(rect))
            .filter_map(|entry| self.placed.get_key_value(&entry.id))
            .collect();
        found.sort_by(|(a_id, a), (b_id, b)| a.z.total_cmp(&b.z).then_with(|| a_id.cmp(b_id)));
        found.into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// The front object at a point.
    pub fn hit(&self, point: Point) -> Option<ObjectId> {
        self.touching(Rect::from_points(point, point)).pop()
    }

    /// The bounds of everything, if there is anything.
    pub fn content_bounds(&self) -> Option<Rect> {
        (self.tree.size() > 0).then(|| {
            let envelope = self.tree.root().envelope();
            let ([x0, y0], [x1, y1]) = (envelope.lower(), envelope.upper());
            Rect::new(x0, y0, x1, y1)
        })
    }

    /// Every object in the order in which one reads: by section, then rows from
    /// the top, then from the left. Notes whose tops are less than half a note
    /// apart stand in one row, however crooked.
    pub fn reading_order(&self, template: &Template) -> Vec<ObjectId> {
        let section = |rect: Rect| {
            // What is said to lie in a section goes by the first square of a note.
            let half = sticky_note::SIDE / 2.0;
            let center = Point::new(rect.x0 + half, rect.y0 + half);
            template
                .sections
                .iter()
                .position(|section| template.section_rect(section).contains(center))
                .unwrap_or(usize::MAX)
        };
        let mut found: Vec<_> = self
            .placed
            .iter()
            .map(|(id, placed)| (section(placed.rect), placed.rect, id))
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.y0.total_cmp(&b.1.y0)));
        let in_one_row = |first: &(usize, Rect, _), other: &(usize, Rect, _)| {
            first.0 == other.0 && other.1.y0 - first.1.y0 < sticky_note::SIDE / 2.0
        };
        let mut order = Vec::with_capacity(found.len());
        let mut rest = found.as_mut_slice();
        while !rest.is_empty() {
            let first = rest[0];
            let row = rest.partition_point(|other| in_one_row(&first, other));
            let (row, after) = rest.split_at_mut(row);
            row.sort_by(|a, b| a.1.x0.total_cmp(&b.1.x0).then(a.2.cmp(b.2)));
            order.extend(row.iter().map(|(_, _, id)| (*id).clone()));
            rest = after;
        }
        order
    }
}

fn place(object: &Object, before: Option<Placed>) -> Placed {
    let text = object.text();
    let (layout, text) = match before {
        Some(before) if before.text == text => (before.layout, before.text),
        _ => (text_layout::fit_note(text), text.to_owned()),
    };
    let rect = Rect::from_origin_size(object.pos, (sticky_note::SIDE, layout.height));
    Placed {
        layout,
        text,
        rect,
        z: object.z,
    }
}

fn envelope(rect: Rect) -> AABB<[f64; 2]> {
    AABB::from_corners([rect.x0, rect.y0], [rect.x1, rect.y1])
}

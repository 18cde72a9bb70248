//! What lies at a point, in a rectangle, and in which order one reads.

use super::{Scene, section::section_of};
use crate::{
    board::BoardView,
    canvas::Template,
    geometry::{Point, Rect},
    id::ObjectId,
    object::{frame, sticky_note},
    sort::sort_by,
};

impl Scene {
    /// The front object at a point. Lines and borders are caught within `slack`,
    /// in board units.
    pub fn hit(&self, view: &BoardView, point: Point, slack: f64) -> Option<ObjectId> {
        let around = Rect::from_center_size(point, (slack * 2.0, slack * 2.0));
        self.touching(around)
            .into_iter()
            .rev()
            .find(|id| self.is_at(view, id, point, slack))
    }

    /// The front object at a point to which a connector can be bound: frames too,
    /// wherever in them.
    pub fn target(&self, view: &BoardView, point: Point, slack: f64) -> Option<ObjectId> {
        let around = Rect::from_center_size(point, (slack * 2.0, slack * 2.0));
        self.touching(around).into_iter().rev().find(|id| {
            let is_box = view
                .get(id)
                .is_some_and(|object| object.kind.ends().is_none());
            is_box
                && self.place(id).is_some_and(|place| {
                    place
                        .rect
                        .inflate(slack, slack)
                        .contains(place.upright(point))
                })
        })
    }

    fn is_at(&self, view: &BoardView, id: &ObjectId, point: Point, slack: f64) -> bool {
        let (Some(object), Some(placed)) = (view.get(id), self.placed.get(id)) else {
            return false;
        };
        if let Some(line) = &placed.line {
            return line.label.contains(point) || line.route.nearest(point).1 <= slack;
        }
        let upright = placed.place.upright(point);
        let rect = placed.place.rect;
        if object.kind.features().is_container {
            let title = Rect::new(rect.x0, rect.y0, rect.x1, rect.y0 + frame::TITLE_HEIGHT);
            let is_inside = rect.inset(-slack.min(6.0)).contains(upright);
            return is_inside && (title.contains(upright) || !rect.inset(-slack).contains(upright));
        }
        object.kind.is_at(rect, upright, slack)
    }

    /// What a marquee takes: whatever it touches and is not locked, frames only whole.
    pub fn in_marquee(&self, marquee: Rect) -> Vec<ObjectId> {
        let mut found = self.touching(marquee);
        found.retain(|id| {
            let Some(placed) = self.placed.get(id).filter(|placed| !placed.is_locked) else {
                return false;
            };
            match &placed.line {
                // What is inside whole need not be looked at closely.
                Some(line) => {
                    marquee.intersect(placed.bounds) == placed.bounds || line.route.crosses(marquee)
                }
                None if placed.is_container => marquee.intersect(placed.bounds) == placed.bounds,
                None => true,
            }
        });
        found
    }

    /// What a container carries: whatever has its middle in it, smaller containers whole.
    pub fn carried(&self, view: &BoardView, container: &ObjectId) -> Vec<ObjectId> {
        let Some(rect) = self.bounds(container) else {
            return Vec::new();
        };
        let mut found = self.touching(rect);
        found.retain(|id| id != container && self.is_in(view, id, rect));
        found
    }

    /// Whether a container that lies there would carry this.
    fn is_in(&self, view: &BoardView, id: &ObjectId, container: Rect) -> bool {
        let (Some(object), Some(placed)) = (view.get(id), self.placed.get(id)) else {
            return false;
        };
        let is_in = if object.kind.features().is_container {
            container.intersect(placed.bounds) == placed.bounds && placed.bounds != container
        } else {
            container.contains(placed.bounds.center())
        };
        is_in && placed.line.is_none()
    }

    /// The smallest container that carries this, or a connector's middle: the one in
    /// front, of two alike.
    pub fn container_of(&self, view: &BoardView, id: &ObjectId) -> Option<ObjectId> {
        let is_line = self.line(id).is_some();
        let middle = self.bounds(id)?.center();
        let around = self.touching(Rect::from_points(middle, middle));
        let containers = around.into_iter().rev().filter_map(|container| {
            let object = view.get(&container)?;
            let bounds = self.bounds(&container)?;
            let is_in = is_line || self.is_in(view, id, bounds);
            (is_in && object.kind.features().is_container && container != *id)
                .then_some((bounds.area(), container))
        });
        let smallest = containers.min_by(|a, b| a.0.total_cmp(&b.0));
        smallest.map(|(_, container)| container)
    }

    /// Every object in the order in which one reads: by section, then rows from
    /// the top, then from the left. What has its top less than half a note below
    /// another's stands in one row, however crooked.
    pub fn reading_order(&self, view: &BoardView, template: &Template) -> Vec<ObjectId> {
        let section = |id: &ObjectId| {
            let section = view.get(id).and_then(|object| section_of(object, template));
            section
                .and_then(|id| {
                    template
                        .sections
                        .iter()
                        .position(|section| section.id == id)
                })
                .unwrap_or(usize::MAX)
        };
        let mut found: Vec<_> = self
            .placed
            .iter()
            .map(|(id, placed)| (section(id), placed.place.rect, id))
            .collect();
        sort_by(&mut found, |a, b| {
            a.0.cmp(&b.0).then(a.1.y0.total_cmp(&b.1.y0))
        });
        let in_one_row = |first: &(usize, Rect, _), other: &(usize, Rect, _)| {
            first.0 == other.0 && other.1.y0 - first.1.y0 < sticky_note::SIDE / 2.0
        };
        let mut order = Vec::with_capacity(found.len());
        let mut rest = found.as_mut_slice();
        while !rest.is_empty() {
            let first = rest[0];
            let row = rest.partition_point(|other| in_one_row(&first, other));
            let (row, after) = rest.split_at_mut(row);
            sort_by(row, |a, b| a.1.x0.total_cmp(&b.1.x0).then(a.2.cmp(b.2)));
            order.extend(row.iter().map(|(_, _, id)| (*id).clone()));
            rest = after;
        }
        order
    }
}

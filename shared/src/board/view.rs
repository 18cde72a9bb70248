//! The board as read: plain values, kept in step with the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::{id::ObjectId, object::Object};

/// Which objects a change touched: created, altered or deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// The objects, in id order.
    pub objects: BTreeSet<ObjectId>,
}

/// Every object of one board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoardView {
    objects: BTreeMap<ObjectId, Object>,
}

impl BoardView {
    /// A view of the given objects.
    #[cfg(test)]
    pub fn from_objects(objects: impl IntoIterator<Item = Object>) -> Self {
        Self {
            objects: objects
                .into_iter()
                .map(|object| (object.id.clone(), object))
                .collect(),
        }
    }

    /// The object of an id, where it (still) exists.
    pub fn get(&self, id: &ObjectId) -> Option<&Object> {
        self.objects.get(id)
    }

    /// Every object, in id order.
    pub fn iter(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether the board is empty.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Replaces or adds one object.
    pub fn put(&mut self, object: Object) {
        self.objects.insert(object.id.clone(), object);
    }

    /// Removes one object.
    pub fn remove(&mut self, id: &ObjectId) {
        self.objects.remove(id);
    }

    /// The lowest and the highest place in the stacking order; 0 is always between.
    pub fn z_range(&self) -> (f64, f64) {
        self.iter().fold((0.0, 0.0), |(back, front), object| {
            (object.z.min(back), object.z.max(front))
        })
    }

    /// The objects from back to front: by `z`, ties by id.
    pub fn back_to_front(&self) -> Vec<&Object> {
        let mut objects: Vec<&Object> = self.objects.values().collect();
        Object::sort_by_depth(&mut objects);
        objects
    }
}

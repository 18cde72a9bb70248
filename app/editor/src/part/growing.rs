//! The row of neighbours that Ctrl and an arrow key is making.

use shared::{id::ObjectId, object::Object};

use crate::edge::Edge;

/// A row of neighbours.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Growing {
    /// What they are connected to.
    from: ObjectId,
    edge: Edge,
    /// The neighbour made last: it is selected.
    last: ObjectId,
}

impl Growing {
    /// A row that has begun, or goes on.
    pub(crate) fn new(from: ObjectId, edge: Edge, last: ObjectId) -> Self {
        Self { from, edge, last }
    }

    /// What the next neighbour is connected to, unless the row has ended: something else
    /// has been selected meanwhile, or it is another side.
    pub(crate) fn goes_on(&self, edge: Edge, selected: &Object) -> Option<ObjectId> {
        let is_same = self.edge == edge && self.last == selected.id;
        is_same.then(|| self.from.clone())
    }
}

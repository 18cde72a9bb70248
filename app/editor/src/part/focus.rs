//! Focus by distance: what is within a number of connectors of an object; the rest fades.

use std::collections::BTreeSet;

use shared::{id::ObjectId, sort};

use crate::Context;

/// What is looked at, and how far around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Focus {
    from: ObjectId,
    /// At most this many connectors away.
    steps: u8,
}

impl Focus {
    pub(crate) fn new(from: ObjectId, steps: u8) -> Self {
        Self { from, steps }
    }

    /// Differs where the focus does.
    pub(crate) fn mark(&self) -> (ObjectId, u8) {
        (self.from.clone(), self.steps)
    }

    /// What is in focus, connectors included; `None` once what it began at is gone.
    pub(crate) fn found(&self, cx: &Context<'_>) -> Option<BTreeSet<ObjectId>> {
        cx.view.get(&self.from)?;
        let mut found = sort::set([self.from.clone()]);
        let mut edge = vec![self.from.clone()];
        for _ in 0..self.steps {
            let mut next = Vec::new();
            for line in edge.iter().flat_map(|id| cx.scene.connectors_of(id)) {
                let ends = cx.view.get(line).and_then(|line| line.kind.ends());
                found.insert(line.clone());
                for id in ends.into_iter().flat_map(|ends| ends.objects()) {
                    if found.insert(id.clone()) {
                        next.push(id.clone());
                    }
                }
            }
            edge = next;
        }
        Some(found)
    }
}

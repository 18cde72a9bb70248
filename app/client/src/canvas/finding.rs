//! Finding words on the canvas.

use std::collections::BTreeSet;

use editor::Effect;
use shared::{id::ObjectId, sort, text};

use super::core::Core;
use crate::{Dirty, Seek, world::World};

/// What the search has found.
#[derive(Debug, Default)]
pub(crate) struct Finding {
    /// All of it, to be highlighted.
    found: BTreeSet<ObjectId>,
}

impl Finding {
    /// What the search has found.
    pub(crate) fn found(&self) -> &BTreeSet<ObjectId> {
        &self.found
    }

    /// Highlights everything that has these words, and goes to one of it.
    pub(crate) fn find(
        &mut self,
        words: &str,
        seek: Seek,
        core: &mut Core,
        world: &mut World<'_>,
    ) -> Dirty {
        let documents = core.documents();
        let order = documents
            .scene()
            .reading_order(documents.view(), documents.template());
        let fold = world.platform.fold();
        let found = editor::finding::matches(documents.view(), &order, words, &fold);
        self.found = sort::set(found.iter().cloned());
        let selection = core.editor().selection();
        let here = found.iter().position(|id| selection.contains(id));
        let Some(at) = next(found.len(), seek, here) else {
            return Dirty::OVERLAY | world.tab.panels.set_found((0, 0));
        };
        let n = found.len();
        let dirty = core.edit(world, |editor, cx| {
            let mut effects = editor.choose(&found[at], cx);
            effects.push(Effect::Announce(text::find_at(n, at + 1)));
            effects
        });
        Dirty::OVERLAY | dirty | world.tab.panels.set_found((at + 1, n))
    }
}

/// At which of `n` one is next, from 0; `here` is where one is. `None` where there is none.
pub(crate) fn next(n: usize, seek: Seek, here: Option<usize>) -> Option<usize> {
    if n == 0 {
        return None;
    }
    Some(match (seek, here) {
        (Seek::First, here) => here.unwrap_or(0),
        (Seek::Next, here) => here.map_or(0, |here| (here + 1) % n),
        (Seek::Previous, here) => here.map_or(n - 1, |here| (here + n - 1) % n),
    })
}

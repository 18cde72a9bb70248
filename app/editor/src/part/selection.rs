//! What is selected, and what belongs to it: groups, what frames carry, connectors.

use std::collections::BTreeSet;

use shared::{
    board::BoardView,
    geometry::Rect,
    id::{ObjectId, ParticipantId},
    object::Object,
    sort,
};

use crate::Context;

/// More objects than this are not resized together.
const TOGETHER_MAX: usize = 1_000;

/// What is selected. What is kept is always selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Selection {
    ids: BTreeSet<ObjectId>,
    /// What stays selected while Tab goes on.
    kept: BTreeSet<ObjectId>,
    /// Where Tab is, while something is kept.
    at: Option<ObjectId>,
}

impl Selection {
    pub(crate) fn ids(&self) -> &BTreeSet<ObjectId> {
        &self.ids
    }

    pub(crate) fn contains(&self, id: &ObjectId) -> bool {
        self.ids.contains(id)
    }

    /// Selects these and nothing else; nothing is kept any more.
    pub(crate) fn only(&mut self, ids: BTreeSet<ObjectId>) {
        *self = Self {
            ids,
            ..Self::default()
        };
    }

    /// Selects others; what is kept stays so as far as it stays selected.
    pub(crate) fn change(&mut self, ids: BTreeSet<ObjectId>) {
        self.ids = ids;
        self.kept.retain(|id| self.ids.contains(id));
        self.at = self.at.take().filter(|_| !self.kept.is_empty());
    }

    /// Selects these besides what is kept, which stays kept while Tab is at `at`.
    pub(crate) fn walk(&mut self, ids: BTreeSet<ObjectId>, at: ObjectId) {
        self.change(ids);
        self.at = Some(at).filter(|_| !self.kept.is_empty());
    }

    /// Keeps these while Tab goes on from `at`.
    pub(crate) fn keep(&mut self, kept: BTreeSet<ObjectId>, at: Option<ObjectId>) {
        self.kept = kept;
        self.kept.retain(|id| self.ids.contains(id));
        self.at = at.filter(|_| !self.kept.is_empty());
    }

    /// What stays selected while Tab goes on.
    pub(crate) fn kept(&self) -> &BTreeSet<ObjectId> {
        &self.kept
    }

    /// Where Tab is, if something is kept and it is still there.
    pub(crate) fn tab_at(&self, view: &BoardView) -> Option<&ObjectId> {
        self.at.as_ref().filter(|id| view.get(id).is_some())
    }

    /// The selected objects, from back to front.
    pub(crate) fn objects<'a>(&self, cx: &Context<'a>) -> Vec<&'a Object> {
        let mut objects: Vec<&Object> = self.ids.iter().filter_map(|id| cx.view.get(id)).collect();
        Object::sort_by_depth(&mut objects);
        objects
    }

    /// The one selected object.
    pub(crate) fn one<'a>(&self, cx: &Context<'a>) -> Option<&'a Object> {
        let mut ids = self.ids.iter();
        match (ids.next(), ids.next()) {
            (Some(id), None) => cx.view.get(id),
            _ => None,
        }
    }

    /// Whether something is selected and all of it is locked.
    pub(crate) fn is_locked(&self, view: &BoardView) -> bool {
        let is_locked = |id| view.get(id).is_none_or(|object| object.is_locked);
        !self.ids.is_empty() && self.ids.iter().all(is_locked)
    }

    /// The selected boxes that may be moved or changed, connectors and what is locked left out.
    pub(crate) fn free_boxes<'a>(&self, cx: &Context<'a>) -> Vec<&'a Object> {
        let mut boxes = self.objects(cx);
        boxes.retain(|object| !object.is_locked && object.kind.ends().is_none());
        boxes
    }

    /// What moves with the selection: the boxes that are not locked, and what frames carry.
    pub(crate) fn moved_along(&self, cx: &Context<'_>) -> BTreeSet<ObjectId> {
        let mut moved = BTreeSet::new();
        for object in self.free_boxes(cx) {
            if object.kind.features().is_container {
                let carried = cx.scene.carried(cx.view, &object.id);
                let is_free =
                    |id: &ObjectId| cx.view.get(id).is_some_and(|object| !object.is_locked);
                moved.extend(carried.into_iter().filter(is_free));
            }
            moved.insert(object.id.clone());
        }
        moved
    }

    /// The selected connectors.
    pub(crate) fn lines<'a>(&'a self, cx: &Context<'_>) -> impl Iterator<Item = &'a ObjectId> {
        self.ids.iter().filter(|id| cx.scene.line(id).is_some())
    }

    /// The upright box around what is selected.
    pub(crate) fn bounds(&self, cx: &Context<'_>) -> Option<Rect> {
        let bounds = self.ids.iter().filter_map(|id| cx.scene.bounds(id));
        bounds.reduce(|a, b| a.union(b))
    }

    /// The upright box around several selected boxes, by which they are resized together.
    pub(crate) fn frame_of_several(&self, cx: &Context<'_>) -> Option<Rect> {
        if !(2..=TOGETHER_MAX).contains(&self.ids.len()) {
            return None;
        }
        let is_free = |id: &&ObjectId| {
            let object = cx.view.get(id);
            object.is_some_and(|object| !object.is_locked && object.kind.ends().is_none())
        };
        let boxes = self.ids.iter().filter(is_free);
        let mut bounds = boxes.filter_map(|id| cx.scene.bounds(id));
        let first = bounds.next()?;
        Some(bounds.next()?.union(bounds.fold(first, |a, b| a.union(b))))
    }
}

/// The objects of a click: the whole group, or with `deep` only the one.
pub(crate) fn group_of(id: &ObjectId, deep: bool, cx: &Context<'_>) -> BTreeSet<ObjectId> {
    let mut ids = sort::set([id.clone()]);
    if !deep {
        add_groups(&mut ids, cx);
    }
    ids
}

/// Adds whatever is in a group with one of these.
pub(crate) fn add_groups(ids: &mut BTreeSet<ObjectId>, cx: &Context<'_>) {
    let grouped = ids.iter().filter(|id| cx.scene.is_grouped(id));
    let groups = sort::set(grouped.filter_map(|id| cx.view.get(id)?.group.as_ref()));
    if groups.is_empty() {
        return;
    }
    let is_in = |object: &&Object| object.group.as_ref().is_some_and(|g| groups.contains(g));
    ids.extend(cx.view.iter().filter(is_in).map(|object| object.id.clone()));
}

/// How many of these somebody else made.
pub(crate) fn of_others(ids: &BTreeSet<ObjectId>, me: &ParticipantId, cx: &Context<'_>) -> usize {
    let is_others = |id: &&ObjectId| {
        let author = cx.view.get(id).and_then(|object| object.author.as_ref());
        author.is_some_and(|author| author != me)
    };
    ids.iter().filter(is_others).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str]) -> BTreeSet<ObjectId> {
        names.iter().map(|name| ObjectId::from(*name)).collect()
    }

    #[test]
    fn what_is_kept_is_always_selected() {
        let mut sel = Selection::default();
        sel.only(ids(&["a", "b"]));
        sel.keep(ids(&["a", "b", "c"]), Some("a".into()));
        assert_eq!(sel.kept(), &ids(&["a", "b"]));
        sel.walk(ids(&["a", "b", "d"]), "d".into());
        sel.change(ids(&["a", "d"]));
        assert_eq!(
            (sel.kept(), sel.at.as_ref()),
            (&ids(&["a"]), Some(&"d".into()))
        );
        sel.change(ids(&["d"]));
        assert_eq!((sel.kept(), sel.at.as_ref()), (&ids(&[]), None));
        sel.change(ids(&["a", "d"]));
        assert!(sel.kept().is_empty(), "let go is let go");
    }

    #[test]
    fn a_new_selection_keeps_nothing() {
        let mut sel = Selection::default();
        sel.only(ids(&["a"]));
        sel.keep(ids(&["a"]), None);
        sel.only(ids(&["a"]));
        assert!(sel.kept().is_empty());
    }
}

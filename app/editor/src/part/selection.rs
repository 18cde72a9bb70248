//! What is selected, and what belongs to it: groups, what frames carry, connectors.

use std::collections::BTreeSet;

use shared::{geometry::Rect, id::ObjectId, object::Object};

use crate::{Context, Editor, Effect, Reply, say::count};

/// More objects of others than this are moved only after pressing and holding.
pub(crate) const OTHERS_MAX: usize = 5;

/// What stays selected while Tab goes on, and where Tab is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Kept {
    pub(crate) ids: BTreeSet<ObjectId>,
    pub(crate) at: Option<ObjectId>,
}

impl Editor {
    /// Selects these and nothing else.
    pub(crate) fn select(&mut self, ids: impl IntoIterator<Item = ObjectId>) {
        self.selection = ids.into_iter().collect();
        self.kept = Kept::default();
    }

    /// What is kept: nothing, once it is not selected any more.
    pub(crate) fn kept(&self, cx: &Context<'_>) -> Kept {
        let mut kept = self.kept.clone();
        kept.ids.retain(|id| self.selection.contains(id));
        kept.at = kept
            .at
            .filter(|id| !kept.ids.is_empty() && cx.view.get(id).is_some());
        kept
    }

    /// Keeps what is selected while Tab goes on, or lets go where Tab is, if that is kept.
    pub(crate) fn keep(&mut self, cx: &Context<'_>) -> Reply {
        let mut kept = self.kept(cx);
        let at = kept.at.clone();
        match at.filter(|at| kept.ids.contains(at)) {
            Some(at) => {
                kept.ids.remove(&at);
                self.selection.remove(&at);
            }
            None if self.selection.is_empty() => return Reply::unused(),
            None => kept.ids = self.selection.clone(),
        }
        let said = match kept.ids.len() {
            0 => "Nothing kept".to_owned(),
            _ => format!("{} kept: Tab goes on", count(&kept.ids, cx)),
        };
        if kept.at.is_none() {
            kept.at = self.selection.iter().next().cloned();
        }
        self.kept = kept;
        Reply::used([Effect::Repaint, Effect::Presence, Effect::Announce(said)])
    }

    /// The objects of a click: the whole group, or with `deep` only the one.
    pub(crate) fn group_of(id: &ObjectId, deep: bool, cx: &Context<'_>) -> BTreeSet<ObjectId> {
        let mut ids = BTreeSet::from([id.clone()]);
        if !deep {
            Self::add_groups(&mut ids, cx);
        }
        ids
    }

    /// Adds whatever is in a group with one of these.
    pub(crate) fn add_groups(ids: &mut BTreeSet<ObjectId>, cx: &Context<'_>) {
        let groups: BTreeSet<&String> = ids
            .iter()
            .filter(|id| cx.scene.is_grouped(id))
            .filter_map(|id| cx.view.get(id)?.group.as_ref())
            .collect();
        if groups.is_empty() {
            return;
        }
        let is_in = |object: &&Object| object.group.as_ref().is_some_and(|g| groups.contains(g));
        ids.extend(cx.view.iter().filter(is_in).map(|object| object.id.clone()));
    }

    /// The selected objects, from back to front.
    pub(crate) fn selected<'a>(&self, cx: &Context<'a>) -> Vec<&'a Object> {
        let mut objects: Vec<&Object> = self
            .selection
            .iter()
            .filter_map(|id| cx.view.get(id))
            .collect();
        Object::sort_by_depth(&mut objects);
        objects
    }

    /// The one selected object.
    pub(crate) fn only_selected<'a>(&self, cx: &Context<'a>) -> Option<&'a Object> {
        let mut ids = self.selection.iter();
        match (ids.next(), ids.next()) {
            (Some(id), None) => cx.view.get(id),
            _ => None,
        }
    }

    /// The selected boxes that may be moved or changed, connectors and what is locked left out.
    pub(crate) fn free_boxes<'a>(&self, cx: &Context<'a>) -> Vec<&'a Object> {
        let mut boxes = self.selected(cx);
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

    /// How many of these somebody else made.
    pub(crate) fn of_others(&self, ids: &BTreeSet<ObjectId>, cx: &Context<'_>) -> usize {
        let is_others = |id: &&ObjectId| {
            let author = cx.view.get(id).and_then(|object| object.author.as_ref());
            author.is_some_and(|author| *author != self.me)
        };
        ids.iter().filter(is_others).count()
    }

    /// The upright box around what is selected.
    pub(crate) fn selection_bounds(&self, cx: &Context<'_>) -> Option<Rect> {
        self.selection
            .iter()
            .filter_map(|id| cx.scene.bounds(id))
            .reduce(|a, b| a.union(b))
    }

    pub(crate) fn say_selected(&self, cx: &Context<'_>) -> Effect {
        Effect::Announce(match self.selection.len() {
            0 => "Nothing selected".into(),
            _ => format!("{} selected", count(&self.selection, cx)),
        })
    }
}

//! Selecting: everything, one from a list, what is kept while Tab goes on.

use std::collections::BTreeSet;

use shared::{id::ObjectId, sort, text};

use super::{Deed, Plan, look};
use crate::{
    Context, Effect,
    part::{Parts, selection::Selection},
    say::count,
};

/// Everything in the section looked at; once that is selected, everything.
pub(crate) fn select_all(parts: &Parts, cx: &Context<'_>) -> Plan {
    let seen = cx
        .view
        .iter()
        // A connector that lost an end to somebody else is not to be seen.
        .filter(|object| !object.is_locked && cx.scene.place(&object.id).is_some());
    let all = sort::set(seen.map(|object| object.id.clone()));
    let section_of = |id: &ObjectId| {
        let object = cx.view.get(id)?;
        shared::scene::section_of(object, cx.template)
    };
    let in_section: BTreeSet<ObjectId> = look::current_section(parts, cx)
        .map(|rect| {
            let id = cx.template.section_at(rect.center()).map(|s| s.id.as_str());
            let mut inside = cx.scene.touching(rect);
            inside.retain(|object| section_of(object) == id && all.contains(object));
            sort::set(inside)
        })
        .unwrap_or_default();
    let has_section = in_section.iter().all(|id| parts.sel.contains(id));
    let ids = if in_section.is_empty() || has_section {
        all
    } else {
        in_section
    };
    let said = say_selected(&ids, cx);
    Plan::of([
        Deed::Select(ids),
        Effect::Repaint.into(),
        Effect::Presence.into(),
        said,
    ])
}

/// Says how many objects are selected.
pub(crate) fn say_selected(ids: &BTreeSet<ObjectId>, cx: &Context<'_>) -> Deed {
    if ids.is_empty() {
        Deed::say(text::SAY_NOTHING_SELECTED)
    } else {
        Deed::say(text::say_selected(count(ids, cx)))
    }
}

/// Selects one object, as from a list, and brings it into view. Whatever is under way would
/// act on what was selected before: it ends.
pub(crate) fn choose(id: &ObjectId, parts: &Parts, cx: &Context<'_>) -> Plan {
    if cx.view.get(id).is_none() {
        return Plan::nothing();
    }
    let mut plan = Plan::of([Deed::Abandon]);
    if parts.writing.id().is_some_and(|editing| editing != id) {
        plan = plan.then(Deed::StopWriting);
    }
    plan = plan.then(Deed::select_one(id.clone()));
    if let Some(bounds) = cx.scene.bounds(id) {
        plan = plan.then(Deed::Reveal(bounds));
    }
    plan.then(Effect::Repaint).then(Effect::Presence)
}

/// Keeps what is selected while Tab goes on, or lets go where Tab is, if that is kept.
pub(crate) fn keep(sel: &Selection, cx: &Context<'_>) -> Plan {
    let mut kept = sel.kept().clone();
    let at = sel.tab_at(cx.view).cloned();
    let mut ids = sel.ids().clone();
    match at.as_ref().filter(|at| kept.contains(*at)) {
        Some(at) => {
            kept.remove(at);
            ids.remove(at);
        }
        None => kept = ids.clone(),
    }
    let said = match kept.len() {
        0 => text::SAY_NOTHING_SELECTED.into(),
        _ => text::say_kept(count(&kept, cx)),
    };
    let at = at.or_else(|| ids.first().cloned());
    Plan::of([
        Deed::Change(ids),
        Deed::Keep(kept, at),
        Effect::Repaint.into(),
        Effect::Presence.into(),
        Deed::say(said),
    ])
}

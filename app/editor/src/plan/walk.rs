//! Tab goes through the objects in reading order; Escape ends one thing at a time.

use shared::{
    object::Object,
    text::{self, Phrase},
};

use super::{Deed, Plan};
use crate::{Context, Effect, Tool, gesture::Gesture, part::Parts, say};

/// To the next object in reading order, with what is kept; beyond the ends the
/// browser goes on.
pub(crate) fn walk(forward: bool, parts: &Parts, cx: &Context<'_>) -> Plan {
    let order = cx.scene.reading_order(cx.view, cx.template);
    let kept = parts.sel.kept();
    let here = match parts.sel.tab_at(cx.view) {
        Some(at) => order.iter().position(|id| id == at),
        None => order.iter().position(|id| parts.sel.contains(id)),
    };
    let next = match (here, forward) {
        (None, true) => Some(0),
        (None, false) => order.len().checked_sub(1),
        (Some(here), true) => Some(here + 1),
        (Some(here), false) => here.checked_sub(1),
    };
    let Some((at, id)) = next.and_then(|at| order.get(at).map(|id| (at, id))) else {
        let plan = Plan::of([
            Deed::Change(kept.clone()),
            Effect::Repaint.into(),
            Effect::Presence.into(),
        ]);
        return Plan {
            used: false,
            ..plan
        };
    };
    let mut ids = kept.clone();
    ids.insert(id.clone());
    let mut said = cx
        .view
        .get(id)
        .map(|object| describe(object, at, order.len(), cx))
        .unwrap_or_default();
    if kept.contains(id) {
        said = text::say_and(said, text::SAY_IS_SELECTED);
    }
    let mut plan = Plan::of([Deed::Walk(ids, id.clone())]);
    if let Some(bounds) = cx.scene.bounds(id) {
        plan = plan.then(Deed::Reveal(bounds));
    }
    plan.then(Effect::Repaint)
        .then(Effect::Presence)
        .then(Deed::say(said))
}

/// "text, kind, n of m", what it connects, and where it lies.
fn describe(object: &Object, at: usize, of: usize, cx: &Context<'_>) -> Phrase {
    let words = if object.text.is_empty() {
        text::SAY_EMPTY.into()
    } else {
        Phrase::from(object.text.as_str())
    };
    let mut said = text::say_and(words, object.kind.label());
    let mut add = |part: Phrase| said = text::say_and(said.clone(), part);
    if let Some((from, to)) = say::ends_of(object, cx.view) {
        add(text::say_from_to(from, to));
    }
    add(text::find_at(of, at + 1));
    let lines = cx.scene.connectors_of(&object.id).count();
    if lines > 0 {
        add(text::object_connectors(lines));
    }
    let section = shared::scene::section_of(object, cx.template)
        .and_then(|id| cx.template.sections.iter().find(|section| section.id == id));
    if let Some(section) = section {
        add(text::say_in(section.title.as_str()));
    }
    if object.is_locked {
        add(text::SAY_IS_LOCKED.into());
    }
    said
}

/// Ends the gesture, else the writing, else the focus, else the tool, else the selection.
pub(crate) fn escape(gesture: &Gesture, parts: &Parts) -> Plan {
    if !matches!(gesture, Gesture::Idle) {
        return Plan::of([Deed::Abandon]);
    }
    if parts.writing.is_open() {
        return Plan::of([Deed::StopWriting]);
    }
    if parts.focus.is_some() {
        return Plan::of([
            Deed::Focus(None),
            Effect::Repaint.into(),
            Deed::say(text::SAY_EVERYTHING),
        ]);
    }
    if parts.hand.tool() != Tool::Select {
        return Plan::of([Deed::PutAway, Deed::say(text::ACTION_SELECT_TOOL)]);
    }
    if parts.sel.ids().is_empty() {
        return Plan::nothing();
    }
    Plan::of([
        Deed::Select([].into()),
        Effect::Repaint.into(),
        Effect::Presence.into(),
        Deed::say(text::SAY_NOTHING_SELECTED),
    ])
}

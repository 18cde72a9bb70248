//! Tab goes through the objects in reading order; Escape ends one thing at a time.

use shared::object::Object;

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
        said.push_str(", selected");
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
fn describe(object: &Object, at: usize, of: usize, cx: &Context<'_>) -> String {
    let text = if object.text.is_empty() {
        "empty"
    } else {
        &object.text
    };
    let kind = object.kind.label();
    let ends = say::ends_of(object, cx.view)
        .map(|(from, to)| format!(", from {from} to {to}"))
        .unwrap_or_default();
    let lines = match cx.scene.connectors_of(&object.id).count() {
        0 => String::new(),
        n => format!(", {}", say::plural(n, "connector")),
    };
    let section = shared::scene::section_of(object, cx.template)
        .and_then(|id| cx.template.sections.iter().find(|section| section.id == id))
        .map(|section| format!(", in {}", section.title))
        .unwrap_or_default();
    let locked = if object.is_locked { ", locked" } else { "" };
    format!(
        "{text}, {kind}{ends}, {} of {of}{lines}{section}{locked}",
        at + 1
    )
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
            Deed::say("Everything"),
        ]);
    }
    if parts.hand.tool() != Tool::Select {
        return Plan::of([Deed::PutAway, Deed::say("Select")]);
    }
    if parts.sel.ids().is_empty() {
        return Plan::nothing();
    }
    Plan::of([
        Deed::Select([].into()),
        Effect::Repaint.into(),
        Effect::Presence.into(),
        Deed::say("Nothing selected"),
    ])
}

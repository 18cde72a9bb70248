//! Opening a text for writing, and closing it.

use shared::{board::Command, id::ObjectId};

use super::{Deed, Plan};
use crate::{
    Context, Effect,
    part::{Parts, writing::Editing},
    rights::Refusal,
};

/// Opens an object's text for writing, if it has one; what is open is closed first.
pub(crate) fn edit(id: &ObjectId, append: String, parts: &Parts, cx: &Context<'_>) -> Plan {
    if parts.writing.id() == Some(id) {
        return Plan::nothing();
    }
    let closed = Plan::of([Deed::StopWriting]);
    match cx.view.get(id) {
        Some(object) if object.is_locked => closed
            .then(Deed::select_one(id.clone()))
            .and(Plan::refused(Refusal::Locked)),
        Some(object) if object.kind.features().has_text => {
            let editing = Editing {
                id: id.clone(),
                goes_if_empty: !object.text.trim().is_empty(),
                is_new: false,
            };
            closed.then(Deed::Open(editing, append))
        }
        Some(_) => closed.then(Deed::select_one(id.clone())),
        None => closed,
    }
}

/// Writes in the one object that is selected.
pub(crate) fn edit_selected(append: String, parts: &Parts, cx: &Context<'_>) -> Plan {
    let mut ids = parts.sel.ids().iter();
    match (ids.next(), ids.next()) {
        (Some(id), None) if cx.rights.writes => edit(id, append, parts, cx),
        _ => Plan::unused(),
    }
}

/// What follows once a text is closed: an object that is empty now goes away, without an
/// undo entry of its own unless the last step was about something else.
pub(crate) fn closed(
    editing: Editing,
    has_other_step: bool,
    parts: &Parts,
    cx: &Context<'_>,
) -> Plan {
    let Editing {
        id, goes_if_empty, ..
    } = editing;
    let mut plan = Plan::of([Effect::StopEditing.into()]);
    let goes = cx.view.get(&id).is_some_and(|object| {
        goes_if_empty
            && cx.rights.writes
            && object.text.trim().is_empty()
            && object.kind.features().lives_by_text
    });
    if goes {
        let mut left = parts.sel.ids().clone();
        left.remove(&id);
        let delete = Command::Delete(vec![id]);
        plan = plan.then(Deed::Change(left)).then(if has_other_step {
            Deed::Write(vec![delete])
        } else {
            Deed::Continue(delete)
        });
    }
    plan.then(Effect::Repaint).then(Effect::Presence)
}

/// Typing on the board writes in what is selected.
pub(crate) fn typed(key: &str, mods: crate::input::Mods, parts: &Parts, cx: &Context<'_>) -> Plan {
    if matches!(key, "Dead" | "Process") && !mods.ctrl {
        // An accent or an input method begins: with the text box open in
        // time, the browser puts there what comes of it.
        let plan = edit_selected(String::new(), parts, cx);
        return Plan {
            used: false,
            ..plan
        };
    }
    let mut chars = key.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return Plan::unused();
    };
    // AltGr comes as Ctrl with Alt; Option makes characters beyond ASCII.
    let is_character = mods.ctrl == mods.alt || (mods.alt && !c.is_ascii());
    if is_character {
        edit_selected(key.to_owned(), parts, cx)
    } else {
        Plan::unused()
    }
}

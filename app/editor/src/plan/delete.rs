//! Deleting.

use shared::{board::Command, id::ObjectId, sort, text};

use super::{Deed, Plan};
use crate::{Context, Effect, part::Parts, say::count};

/// Deletes what is selected and not locked, with the connectors bound to it. A text that is
/// open goes with its object.
pub(crate) fn delete(parts: &Parts, cx: &Context<'_>) -> Plan {
    let is_free = |id: &&ObjectId| cx.view.get(id).is_some_and(|object| !object.is_locked);
    let chosen = sort::set(parts.sel.ids().iter().filter(is_free).cloned());
    let mut ids = chosen.clone();
    let lines = chosen.iter().flat_map(|id| cx.scene.connectors_of(id));
    ids.extend(lines.cloned());
    let what = count(&chosen, cx);
    let lines = ids.len() - chosen.len();
    let left = sort::set(parts.sel.ids().difference(&ids).cloned());
    Plan::of([
        Deed::Change(left),
        Deed::DropWriting,
        Deed::Write(vec![Command::Delete(ids.into_iter().collect())]),
        Effect::Presence.into(),
        if lines > 0 {
            Deed::show(text::say_deleted_with(text::object_connectors(lines), what))
        } else {
            Deed::say(text::say_deleted(what))
        },
    ])
}

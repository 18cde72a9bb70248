//! A digit shows what is that many connectors away.

use shared::text;

use super::{Deed, Plan};
use crate::{
    Context, Effect,
    part::{Parts, focus::Focus},
};

/// A digit while something connected is selected. `None`: not for it.
pub(crate) fn key(key: &str, parts: &Parts, cx: &Context<'_>) -> Option<Plan> {
    let steps: u8 = key.parse().ok().filter(|steps| (1..=4).contains(steps))?;
    let from = &parts.sel.one(cx)?.id;
    cx.scene.connectors_of(from).next()?;
    if !parts.prefs.single_keys {
        return None;
    }
    let focus = Focus::new(from.clone(), steps);
    let found = focus.found(cx)?;
    let boxes = found.iter().filter(|id| cx.scene.line(id).is_none());
    let near = text::object_objects(boxes.count().saturating_sub(1));
    let said = text::say_within(text::say_steps(steps), near);
    Some(Plan::of([
        Deed::Focus(Some(focus)),
        Effect::Repaint.into(),
        Deed::say(said),
    ]))
}

//! Focus by distance: what is at most so many connectors away from what is selected; the
//! rest fades.

use std::collections::BTreeSet;

use shared::id::ObjectId;

use crate::{Context, Editor, Effect, Reply, say::plural};

/// What is looked at, and how far around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Focus {
    from: ObjectId,
    steps: u8,
}

impl Editor {
    /// A digit while something connected is selected. `None`: not for it.
    pub(crate) fn focus_key(&mut self, key: &str, cx: &Context<'_>) -> Option<Reply> {
        let steps: u8 = key.parse().ok().filter(|steps| (1..=4).contains(steps))?;
        let from = self.only_selected(cx)?.id.clone();
        cx.scene.connectors_of(&from).next()?;
        if !self.single_keys {
            return None;
        }
        self.focus = Some(Focus { from, steps });
        let found = self.in_focus(cx)?;
        let boxes = found.iter().filter(|id| cx.scene.line(id).is_none());
        let said = format!(
            "{} within {}",
            plural(boxes.count().saturating_sub(1), "object"),
            plural(steps.into(), "step")
        );
        Some(Reply::used([Effect::Repaint, Effect::Announce(said)]))
    }

    /// Ends the focus. Answers whether there was one.
    pub(crate) fn unfocus(&mut self) -> bool {
        self.focus.take().is_some()
    }

    /// Changes when the focus does.
    pub fn focus_mark(&self) -> Option<(ObjectId, u8)> {
        let focus = self.focus.as_ref()?;
        Some((focus.from.clone(), focus.steps))
    }

    /// What is in focus, connectors included; `None` where everything is.
    pub fn in_focus(&self, cx: &Context<'_>) -> Option<BTreeSet<ObjectId>> {
        let Focus { from, steps } = self.focus.as_ref()?;
        cx.view.get(from)?;
        let mut found = BTreeSet::from([from.clone()]);
        let mut edge = vec![from.clone()];
        for _ in 0..*steps {
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

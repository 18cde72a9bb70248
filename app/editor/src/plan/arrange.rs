//! Order, groups, locks, alignment: what is done to several objects at once.

use std::collections::BTreeSet;

use shared::{
    board::Command,
    geometry::{Rect, Vec2},
    id::ObjectId,
    object::{Object, sticky_note},
};

use crate::{
    Context, Editor, Effect, Reply,
    align::{self, Alignment},
    say::count,
    snap::Axis,
};

/// To where in the stacking order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    Front,
    Forward,
    Backward,
    Back,
}

impl Editor {
    /// Moves the selection in the stacking order, past what it overlaps.
    pub(crate) fn reorder(&mut self, depth: Depth, cx: &Context<'_>) -> Reply {
        let mut selected: Vec<&Object> = self.selected(cx);
        if selected.is_empty() || cx.read_only {
            return Reply::unused();
        }
        selected.retain(|object| !object.is_locked);
        if selected.is_empty() {
            return Reply::used([Effect::Toast("This is locked.".into())]);
        }
        let (back, front) = cx.view.z_range();
        let n = selected.len() as f64;
        let base = match depth {
            Depth::Front => front + 1.0,
            Depth::Back => back - n,
            Depth::Forward | Depth::Backward => match self.next_depth(depth, &selected, cx) {
                Some(base) => base,
                None => return Reply::used([]),
            },
        };
        let step = if matches!(depth, Depth::Front | Depth::Back) {
            1.0
        } else {
            1e-4
        };
        let order = selected
            .iter()
            .enumerate()
            .map(|(i, object)| (object.id.clone(), base + i as f64 * step))
            .collect();
        self.mark_other_step();
        Reply::used([
            Effect::Do(vec![Command::Order(order)]),
            Effect::Announce(
                match depth {
                    Depth::Front => "Brought to the front",
                    Depth::Forward => "Brought forward",
                    Depth::Backward => "Sent backward",
                    Depth::Back => "Sent to the back",
                }
                .into(),
            ),
        ])
    }

    /// Just past the next object that overlaps the selection.
    fn next_depth(&self, depth: Depth, selected: &[&Object], cx: &Context<'_>) -> Option<f64> {
        let bounds = self.selection_bounds(cx)?;
        let lowest = selected.first()?.z;
        let highest = selected.last()?.z;
        let mut others: Vec<f64> = cx
            .scene
            .touching(bounds)
            .into_iter()
            .filter(|id| !self.selection.contains(id))
            .filter_map(|id| cx.view.get(&id).map(|object| object.z))
            .collect();
        others.sort_by(f64::total_cmp);
        if depth == Depth::Forward {
            let at = others.iter().position(|z| *z >= highest)?;
            let after = others.get(at + 1).copied().unwrap_or(others[at] + 2.0);
            Some(f64::midpoint(others[at], after))
        } else {
            let at = others.iter().rposition(|z| *z <= lowest)?;
            let before = at.checked_sub(1).map_or(others[at] - 2.0, |at| others[at]);
            Some(f64::midpoint(before, others[at]))
        }
    }

    pub(crate) fn group(&mut self, cx: &mut Context<'_>) -> Reply {
        let free = self
            .selected(cx)
            .into_iter()
            .filter(|object| !object.is_locked);
        let ids: Vec<ObjectId> = free.map(|object| object.id.clone()).collect();
        if ids.len() < 2 || cx.read_only {
            return Reply::unused();
        }
        let mark = (cx.new_id)().to_string();
        self.mark_other_step();
        let said = format!("{} grouped", count(&ids, cx));
        Reply::used([
            Effect::Do(vec![Command::Group(ids, Some(mark))]),
            Effect::Announce(said),
        ])
    }

    pub(crate) fn ungroup(&mut self, cx: &Context<'_>) -> Reply {
        let grouped: Vec<ObjectId> = self
            .selected(cx)
            .into_iter()
            .filter(|object| object.group.is_some())
            .map(|object| object.id.clone())
            .collect();
        if grouped.is_empty() || cx.read_only {
            return Reply::unused();
        }
        self.mark_other_step();
        Reply::used([
            Effect::Do(vec![Command::Group(grouped, None)]),
            Effect::Announce("Ungrouped".into()),
        ])
    }

    /// Locks the selection, or unlocks it if all of it is locked.
    pub(crate) fn lock(&mut self, cx: &Context<'_>) -> Reply {
        let selected = self.selected(cx);
        if selected.is_empty() || cx.read_only {
            return Reply::unused();
        }
        if !cx.is_facilitator {
            return Reply::used([Effect::Toast(
                "Only a facilitator locks and unlocks.".into(),
            )]);
        }
        let locks = !selected.iter().all(|object| object.is_locked);
        let ids = self.selection.iter().cloned().collect();
        self.mark_other_step();
        Reply::used([
            Effect::Do(vec![Command::Lock(ids, locks)]),
            Effect::Announce(if locks { "Locked" } else { "Unlocked" }.into()),
        ])
    }

    pub(crate) fn align(&mut self, to: Alignment, cx: &Context<'_>) -> Reply {
        self.rearrange(2, cx, |rects| align::align(rects, to))
    }

    pub(crate) fn distribute(&mut self, axis: Axis, cx: &Context<'_>) -> Reply {
        self.rearrange(3, cx, |rects| align::distribute(rects, axis))
    }

    pub(crate) fn tidy(&mut self, cx: &Context<'_>) -> Reply {
        self.rearrange(2, cx, |rects| align::tidy(rects, sticky_note::GAP))
    }

    /// Moves the selected boxes by what `arranged` answers for their bounds, each with
    /// what it carries.
    fn rearrange(
        &mut self,
        at_least: usize,
        cx: &Context<'_>,
        arranged: impl FnOnce(&[Rect]) -> Vec<Vec2>,
    ) -> Reply {
        let boxes = self.free_boxes(cx);
        if boxes.len() < at_least || cx.read_only {
            return Reply::unused();
        }
        let rects: Vec<Rect> = boxes
            .iter()
            .filter_map(|object| cx.scene.bounds(&object.id))
            .collect();
        let by = arranged(&rects);
        let mut done: BTreeSet<ObjectId> = self.selection.clone();
        let mut moves = Vec::new();
        for (object, by) in boxes.iter().zip(by) {
            moves.push((object.id.clone(), object.pos + by));
            if !object.kind.features().is_container {
                continue;
            }
            for id in cx.scene.carried(cx.view, &object.id) {
                if done.insert(id.clone())
                    && let Some(carried) = cx.view.get(&id).filter(|carried| !carried.is_locked)
                {
                    moves.push((id, carried.pos + by));
                }
            }
        }
        self.mark_other_step();
        Reply::used([
            Effect::Do(vec![Command::Move(moves)]),
            Effect::Announce(format!(
                "{} arranged",
                count(boxes.iter().map(|object| &object.id), cx)
            )),
        ])
    }
}

//! Copies of objects: what belongs to a copy, and new objects of it.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    board::NewObject,
    geometry::Vec2,
    id::ObjectId,
    object::{End, Ends, Kind, Object},
    sort, text,
};

use super::{Deed, Plan, note};
use crate::{Context, Effect, part::Parts, say::count};

/// How far a duplicate lies from its original, in board units.
pub(crate) const DUPLICATE_OFFSET: Vec2 = Vec2::new(20.0, 20.0);

/// What a copy of the selection consists of, from back to front: what is selected,
/// what frames carry, and the connectors within. Ends that would lead out are free.
pub(crate) fn pieces(parts: &Parts, cx: &Context<'_>) -> Vec<NewObject> {
    let mut ids: BTreeSet<ObjectId> = parts.sel.ids().clone();
    for id in parts.sel.ids() {
        let is_container = cx
            .view
            .get(id)
            .is_some_and(|object| object.kind.features().is_container);
        if is_container {
            ids.extend(cx.scene.carried(cx.view, id));
        }
    }
    let inner: Vec<ObjectId> = ids
        .iter()
        .flat_map(|id| cx.scene.connectors_of(id))
        .filter(|line| {
            let ends = cx.view.get(line).and_then(|line| line.kind.ends());
            ends.is_some_and(|ends| {
                [&ends.from, &ends.to]
                    .into_iter()
                    .all(|end| end.object().is_some_and(|id| ids.contains(id)))
            })
        })
        .cloned()
        .collect();
    ids.extend(inner);
    let mut objects: Vec<&Object> = ids.iter().filter_map(|id| cx.view.get(id)).collect();
    Object::sort_by_depth(&mut objects);
    objects
        .into_iter()
        .map(|object| copied(object, &ids, parts, cx))
        .collect()
}

fn copied(object: &Object, ids: &BTreeSet<ObjectId>, parts: &Parts, cx: &Context<'_>) -> NewObject {
    let mut kind = object.kind.clone();
    if let (Kind::Connector(line), Some(drawn)) = (&mut kind, cx.scene.line(&object.id)) {
        let free = |end: &End, at| match end.object() {
            Some(id) if !ids.contains(id) => End::Free(at),
            _ => end.clone(),
        };
        line.ends = Ends {
            from: free(&line.ends.from, drawn.route.start),
            to: free(&line.ends.to, drawn.route.end),
        };
    }
    NewObject {
        id: object.id.clone(),
        pos: object.pos,
        size: object.size,
        angle: object.angle,
        group: object.group.clone(),
        kind,
        text: object.text.clone(),
        marks: object.marks.clone(),
        author: parts.me.clone(),
    }
}

/// New objects of the pieces, moved by `by`, selected. Connectors lead to the
/// copies, groups are groups of their own.
pub(crate) fn instantiate(pieces: Vec<NewObject>, by: Vec2, cx: &mut Context<'_>) -> Plan {
    let renamed = pieces.iter().map(|piece| (piece.id.clone(), (cx.new_id)()));
    let ids: BTreeMap<ObjectId, ObjectId> = sort::map(renamed);
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    let mut new = pieces;
    for object in &mut new {
        if let Some(group) = &object.group {
            let mark = groups
                .entry(group.clone())
                .or_insert_with(|| (cx.new_id)().to_string());
            object.group = Some(mark.clone());
        }
        if let Kind::Connector(line) = &mut object.kind {
            for end in [&mut line.ends.from, &mut line.ends.to] {
                match end {
                    End::Free(at) => *at += by,
                    End::Bound { id, .. } => {
                        if let Some(copy) = ids.get(id) {
                            *id = copy.clone();
                        }
                    }
                }
            }
        }
        object.pos += by;
        object.id = ids
            .get(&object.id)
            .cloned()
            .unwrap_or_else(|| object.id.clone());
    }
    let boxes = new.iter().filter(|object| object.kind.ends().is_none());
    let boxes = sort::set(boxes.map(|object| object.id.clone()));
    let all = sort::set(new.iter().map(|object| object.id.clone()));
    Plan::of([
        Deed::Select(if boxes.is_empty() { all } else { boxes }),
        Deed::Write(note::add(new, cx)),
        Effect::Presence.into(),
    ])
}

/// Copies of the selection, moved by `by`, selected.
pub(crate) fn duplicate(by: Vec2, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let pieces = pieces(parts, cx);
    if pieces.is_empty() {
        return Plan::nothing();
    }
    let said = text::say_duplicated(count(pieces.iter().map(|piece| &piece.id), cx));
    instantiate(pieces, by, cx).then(Deed::say(said))
}

//! Frames in frames: one that comes to lie in another is in front of it, and behind
//! whatever both carry.

use std::collections::BTreeMap;

use shared::{board::Command, geometry::Rect, id::ObjectId, object::Object, sort::sort_by};

use crate::Context;

/// Where in the stacking order frames belong once these lie there, new ones among them.
/// `None` where they belong already.
pub(crate) fn settled(placed: &[(ObjectId, Rect)], cx: &Context<'_>) -> Option<Command> {
    let is_frame = |object: &&Object| object.kind.features().is_container;
    // Those that touch them matter too: they may lie in these, or around them.
    let mut frames: BTreeMap<ObjectId, Rect> = BTreeMap::new();
    for (_, rect) in placed {
        let near = cx.scene.touching(*rect).into_iter();
        let near = near.filter(|id| cx.view.get(id).as_ref().is_some_and(is_frame));
        frames.extend(near.filter_map(|id| Some((id.clone(), cx.scene.bounds(&id)?))));
    }
    frames.extend(placed.iter().cloned());
    let mut largest_first: Vec<_> = frames.iter().collect();
    sort_by(&mut largest_first, |a, b| b.1.area().total_cmp(&a.1.area()));
    let mut order: BTreeMap<ObjectId, f64> = BTreeMap::new();
    for (id, rect) in largest_first {
        let around = frames
            .iter()
            .filter(|(_, bounds)| *bounds != rect && bounds.contains_rect(*rect))
            .min_by(|a, b| a.1.area().total_cmp(&b.1.area()));
        let z_of = |id: &ObjectId| {
            let now = cx.view.get(id).map(|object| object.z);
            order.get(id).copied().or(now)
        };
        // A frame that is new has no place yet: at the back, behind what is new in it.
        let Some(below) = around.and_then(|(frame, _)| z_of(frame)) else {
            continue;
        };
        let is_locked = cx.view.get(id).is_some_and(|object| object.is_locked);
        if is_locked || z_of(id).is_some_and(|z| z > below) {
            continue;
        }
        let others = cx.view.iter().filter(|object| !is_frame(object));
        let above = others
            .map(|object| object.z)
            .filter(|z| *z > below)
            .min_by(f64::total_cmp);
        let between = above.map_or(below + 1.0, |above| f64::midpoint(below, above));
        order.insert(id.clone(), between);
    }
    (!order.is_empty()).then(|| Command::Order(order.into_iter().collect()))
}

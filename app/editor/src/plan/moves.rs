//! The commands that move objects.

use shared::{
    board::Command,
    geometry::Vec2,
    id::ObjectId,
    object::{End, Ends, Kind, connector},
};

use super::frames;
use crate::{Context, part::selection::Selection};

/// The commands that move objects, boxes and free ends of connectors alike.
pub(crate) fn moved_by<'a>(
    ids: impl IntoIterator<Item = &'a ObjectId>,
    by: Vec2,
    cx: &Context<'_>,
) -> Vec<Command> {
    let mut moves = Vec::new();
    let mut places = Vec::new();
    let mut commands = Vec::new();
    for object in ids.into_iter().filter_map(|id| cx.view.get(id)) {
        match &object.kind {
            Kind::Connector(line) => {
                let end = |end: &End| match end {
                    End::Free(at) => End::Free(*at + by),
                    bound => bound.clone(),
                };
                let ends = Ends {
                    from: end(&line.ends.from),
                    to: end(&line.ends.to),
                };
                if ends != line.ends {
                    let properties = connector::end_properties(&ends);
                    commands.push(Command::Set(object.id.clone(), properties));
                }
            }
            kind => {
                if kind.features().is_container
                    && let Some(bounds) = cx.scene.bounds(&object.id)
                {
                    places.push((object.id.clone(), bounds + by));
                }
                moves.push((object.id.clone(), object.pos + by));
            }
        }
    }
    if !moves.is_empty() {
        commands.insert(0, Command::Move(moves));
    }
    commands.extend(frames::settled(&places, cx));
    commands
}

/// What the hand has moved comes to the front; frames stay behind what they carry.
pub(crate) fn raised(sel: &Selection, cx: &Context<'_>) -> Command {
    let (_, front) = cx.view.z_range();
    let mut boxes = sel.free_boxes(cx);
    boxes.retain(|object| !object.kind.features().is_container);
    let order = boxes.iter().enumerate();
    Command::Order(
        order
            .map(|(i, object)| (object.id.clone(), front + 1.0 + i as f64))
            .collect(),
    )
}

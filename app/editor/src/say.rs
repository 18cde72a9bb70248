//! How things are called when something is said about them.

use shared::{
    board::BoardView,
    id::ObjectId,
    object::{End, Object},
    text::{self, Phrase},
};

use crate::Context;

/// "1 note", "3 shapes", "2 objects" where they are of several kinds.
pub(crate) fn count<'a>(ids: impl IntoIterator<Item = &'a ObjectId>, cx: &Context<'_>) -> Phrase {
    let objects: Vec<_> = ids.into_iter().map(|id| cx.view.get(id)).collect();
    let n = objects.len();
    let mut counted = objects.iter().map(|object| match object {
        Some(object) => object.kind.counted(n),
        None => text::object_objects(n),
    });
    let first = counted.next();
    let all_alike = first.filter(|first| counted.all(|other| other == *first));
    all_alike.unwrap_or_else(|| text::object_objects(n))
}

/// An object in a few words: its text, or its kind. "nothing" where it is not there.
pub fn name_of(id: &ObjectId, view: &BoardView) -> Phrase {
    match view.get(id) {
        Some(object) if object.text.trim().is_empty() => object.kind.label(),
        Some(object) => object.text.as_str().into(),
        None => text::OBJECT_NOTHING.into(),
    }
}

/// What an end of a connector leads to, in a few words.
pub(crate) fn name_of_end(end: &End, view: &BoardView) -> Phrase {
    end.object()
        .map_or_else(|| text::OBJECT_NOTHING.into(), |id| name_of(id, view))
}

/// What a connector goes from and to, in a few words; `None` for everything else.
pub fn ends_of(object: &Object, view: &BoardView) -> Option<(Phrase, Phrase)> {
    let ends = object.kind.ends()?;
    Some((name_of_end(&ends.from, view), name_of_end(&ends.to, view)))
}

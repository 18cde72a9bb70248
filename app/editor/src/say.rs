//! How things are called when something is said about them.

use shared::{
    board::BoardView,
    id::ObjectId,
    object::{End, Object},
};

use crate::Context;

/// "1 note", "3 shapes", "2 items" where they are of several kinds.
pub(crate) fn count<'a>(ids: impl IntoIterator<Item = &'a ObjectId>, cx: &Context<'_>) -> String {
    let objects: Vec<_> = ids.into_iter().map(|id| cx.view.get(id)).collect();
    let nouns: std::collections::BTreeSet<&str> = objects
        .iter()
        .map(|object| object.map_or("item", |object| object.kind.noun()))
        .collect();
    match (nouns.first(), nouns.len()) {
        (Some(noun), 1) => plural(objects.len(), noun),
        _ => plural(objects.len(), "item"),
    }
}

/// "1 note", "3 notes".
pub fn plural(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

/// An object in a few words: its text, or its kind. "nothing" where it is not there.
pub fn name_of(id: &ObjectId, view: &BoardView) -> String {
    match view.get(id) {
        Some(object) if object.text.trim().is_empty() => object.kind.label().to_owned(),
        Some(object) => object.text.clone(),
        None => "nothing".to_owned(),
    }
}

/// What an end of a connector leads to, in a few words.
pub(crate) fn name_of_end(end: &End, view: &BoardView) -> String {
    end.object()
        .map_or_else(|| "nothing".to_owned(), |id| name_of(id, view))
}

/// What a connector goes from and to, in a few words; `None` for everything else.
pub fn ends_of(object: &Object, view: &BoardView) -> Option<(String, String)> {
    let ends = object.kind.ends()?;
    Some((name_of_end(&ends.from, view), name_of_end(&ends.to, view)))
}

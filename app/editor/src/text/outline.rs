//! The canvas as a list: what frames carry comes after them.

use std::collections::BTreeMap;

use shared::{id::ObjectId, sort};

/// The items in their order, each after the frame it lies in, with how many frames that
/// are listed lie around it.
pub fn nested<T>(
    items: Vec<T>,
    id: impl Fn(&T) -> &ObjectId,
    frame: impl Fn(&T) -> Option<&ObjectId>,
) -> Vec<(T, usize)> {
    let listed = sort::set(items.iter().map(|item| id(item).clone()));
    let mut within: BTreeMap<Option<ObjectId>, Vec<T>> = BTreeMap::new();
    for item in items {
        let around = frame(&item).filter(|frame| listed.contains(frame));
        within.entry(around.cloned()).or_default().push(item);
    }
    let mut open = vec![within.remove(&None).unwrap_or_default().into_iter()];
    let mut found = Vec::with_capacity(listed.len());
    while let Some(level) = open.last_mut() {
        let Some(item) = level.next() else {
            open.pop();
            continue;
        };
        let inner = within.remove(&Some(id(&item).clone()));
        found.push((item, open.len() - 1));
        open.extend(inner.map(Vec::into_iter));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_before_what_lies_in_them_however_deep() {
        let item = |id: &str, frame: &str| {
            let frame = (!frame.is_empty()).then(|| ObjectId::from(frame));
            (ObjectId::from(id), frame)
        };
        let items = vec![
            item("a", "inner"),
            item("b", ""),
            item("outer", ""),
            item("inner", "outer"),
            item("c", "outer"),
            item("d", "elsewhere"),
        ];
        let found = nested(items, |item| &item.0, |item| item.1.as_ref());
        let shown = found.iter().map(|((id, _), depth)| format!("{depth} {id}"));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            ["0 b", "0 outer", "1 inner", "2 a", "1 c", "0 d"]
        );
    }
}

//! Lists to choose from by keys: the context menu and the palette.

use editor::{
    Action, Rights,
    action::{self, ACTIONS, Listed},
    finding::has_all,
    input::Mods,
};
use shared::text::Text;

/// What a key does in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKey {
    /// The entry at this place is the present one.
    Go(usize),
    /// The present one is chosen.
    Choose,
    /// The list closes.
    Close,
}

/// What a key does in the context menu of so many entries, at one of them.
pub fn menu_key(key: &str, at: usize, count: usize) -> Option<ListKey> {
    Some(match key {
        "Escape" | "Tab" => ListKey::Close,
        "Home" => ListKey::Go(0),
        _ => return moved(key, at, count),
    })
}

/// What a key does in the palette, at one of so many actions. Home is the field's own.
pub fn palette_key(key: &str, at: usize, count: usize) -> Option<ListKey> {
    match key {
        "Enter" => Some(ListKey::Choose),
        _ => moved(key, at, count),
    }
}

fn moved(key: &str, at: usize, count: usize) -> Option<ListKey> {
    let count = count.max(1);
    match key {
        "ArrowDown" => Some(ListKey::Go((at + 1) % count)),
        "ArrowUp" => Some(ListKey::Go((at + count - 1) % count)),
        _ => None,
    }
}

/// The actions whose names have all of these words, without those that somebody with these
/// rights may not do. The palette does not offer itself. `named`: names as the person reads them.
pub fn palette(
    words: &str,
    rights: Rights,
    named: impl Fn(Text) -> String,
    fold: fn(&str) -> String,
) -> Vec<&'static Listed> {
    let others = ACTIONS
        .iter()
        .filter(|listed| listed.action != Action::Palette)
        .filter(|listed| listed.action.permitted(rights).is_ok());
    others
        .filter(|listed| has_all(&named(listed.label), words, &fold))
        .collect()
}

/// Whether the browser tells of a key on the board in an event of its own, which has the
/// clipboard.
pub fn comes_with_clipboard(key: &str, code: &str, mods: Mods) -> bool {
    action::find(key, code, mods, true).is_some_and(Action::comes_with_clipboard)
}

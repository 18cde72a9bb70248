//! Finding words on a board: whatever their case, their accents or their order.

use shared::{board::BoardView, id::ObjectId};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The objects whose text has all of these words, in the order given.
pub fn matches(view: &BoardView, order: &[ObjectId], words: &str) -> Vec<ObjectId> {
    let folded = fold(words);
    let wanted: Vec<&str> = folded.split_whitespace().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let has_all = |id: &&ObjectId| {
        let text = view
            .get(id)
            .map(|object| fold(&object.text))
            .unwrap_or_default();
        wanted.iter().all(|word| text.contains(word))
    };
    order.iter().filter(has_all).cloned().collect()
}

/// In lower case, without accents.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_order_do_not_matter() {
        assert_eq!(fold("Ökologie ÉTÉ"), "okologie ete");
        assert!(fold("Straßen-Daten").contains(&fold("daten")));
    }
}

//! Finding words: in any order, each anywhere in the text.

use shared::{board::BoardView, id::ObjectId};

/// What makes texts comparable: folds case and accents. The browser does it with its own
/// tables of Unicode, which would make up a twelfth of what is loaded.
pub type Fold = dyn Fn(&str) -> String;

/// Whether a text has all of these words, in any order. Without words it has.
pub fn has_all(text: &str, words: &str, fold: &Fold) -> bool {
    holds(&fold(text), &fold(words))
}

/// The objects whose text has all of these words, in the order given; without words none.
pub fn matches(view: &BoardView, order: &[ObjectId], words: &str, fold: &Fold) -> Vec<ObjectId> {
    let wanted = fold(words);
    if wanted.trim().is_empty() {
        return Vec::new();
    }
    let is_found = |id: &&ObjectId| {
        let object = view.get(id);
        object.is_some_and(|object| holds(&fold(&object.text), &wanted))
    };
    order.iter().filter(is_found).cloned().collect()
}

fn holds(folded: &str, wanted: &str) -> bool {
    wanted.split_whitespace().all(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_are_wanted_in_any_order() {
        let has = |words| has_all("Straßen-Daten der Stadt", words, &str::to_lowercase);
        assert!(has("daten") && has("stadt DATEN") && has(" ") && has(""));
        assert!(!has("daten land"));
    }

    #[test]
    fn what_is_folded_alike_is_found() {
        let fold = |text: &str| text.to_lowercase().replace('é', "e");
        assert!(has_all("ÉTÉ", "ete", &fold) && has_all("ete", "Été", &fold));
    }
}

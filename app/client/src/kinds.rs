//! What kinds of canvas are called.

use shared::{
    canvas,
    text::{self, Text},
};

/// What a kind of canvas is called; `None` for one that this client does not have.
pub fn name(kind: &str) -> Option<Text> {
    match kind {
        canvas::BLANK => Some(text::CANVASES_KIND_BLANK),
        canvas::ETHICS_CANVAS => Some(text::CANVASES_KIND_ETHICS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let names: Vec<Text> = canvas::KINDS.into_iter().filter_map(name).collect();
        assert_eq!(names.len(), canvas::KINDS.len());
        for (i, one) in names.iter().enumerate() {
            assert!(!names[..i].contains(one), "{one:?}");
        }
    }
}

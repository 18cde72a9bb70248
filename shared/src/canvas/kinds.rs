//! The kinds of canvases.

use std::sync::{Arc, LazyLock};

use super::Template;

/// A free board without sections.
pub const BLANK: &str = "blank";
/// The Data Ethics Canvas.
pub const ETHICS_CANVAS: &str = "ethics_canvas";

/// Every kind, in the order in which they are offered.
pub const KINDS: [&str; 2] = [BLANK, ETHICS_CANVAS];

/// Whether this version has a canvas kind.
pub fn is_known(kind: &str) -> bool {
    KINDS.contains(&kind)
}

static GROUND: LazyLock<Arc<Template>> = LazyLock::new(|| {
    // A test reads it: it cannot fail here.
    let read = serde_json::from_str(include_str!("../../templates/blank.json"));
    Arc::new(read.unwrap_or_default())
});

/// The blank template in English: what a canvas lies on until its own is here.
pub fn blank() -> Arc<Template> {
    Arc::clone(&GROUND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blank_template_reads() {
        assert_eq!(blank().id, BLANK);
        assert!(blank().sections.is_empty());
        assert!(is_known(BLANK) && is_known(ETHICS_CANVAS) && !is_known("no such kind"));
    }
}

//! The outline: which objects are in which section, and what is said of each.

use editor::{input::Mods, outline::nested};
use shared::text::{self, Phrase};

use crate::Listed;

/// The objects of a section, or of none, each frame with what lies in it: with how many
/// frames around it.
pub fn section(items: &[Listed], section: Option<&str>) -> Vec<(Listed, usize)> {
    let is_inside = |item: &&Listed| item.section.as_deref() == section;
    let here = items.iter().filter(is_inside).cloned().collect();
    nested(here, |item| &item.id, |item| item.frame.as_ref())
}

/// Whether a section is shown: what lies in none only where something does, or where the
/// canvas has no sections.
pub fn is_shown(section: Option<&str>, has_sections: bool, rows: &[(Listed, usize)]) -> bool {
    section.is_some() || !has_sections || !rows.is_empty()
}

/// Whether a key in the field for a new note adds the note: Enter, which with Shift begins
/// a new line and while composing belongs to the input method.
pub fn adds(key: &str, mods: Mods, is_composing: bool) -> bool {
    key == "Enter" && !mods.shift && !is_composing
}

/// Whether something can be added that was written.
pub fn can_add(draft: &str) -> bool {
    !draft.trim().is_empty()
}

impl Listed {
    /// What a connector goes from and to.
    pub fn relation(&self) -> Option<Phrase> {
        let (from, to) = self.ends.clone()?;
        Some(text::outline_relation(from, to))
    }

    /// What its field and its button are called.
    pub fn label(&self) -> Phrase {
        match self.relation() {
            Some(relation) => text::say_and(self.kind.clone(), relation),
            None => self.kind.clone(),
        }
    }

    /// Whether its text can be changed in the outline by who may write or not.
    pub fn can_be_written(&self, may_write: bool) -> bool {
        self.has_text && may_write
    }

    /// What stands for it where it is not written.
    pub fn shown_text(&self) -> Phrase {
        if self.text.is_empty() {
            self.kind.clone()
        } else {
            self.text.as_str().into()
        }
    }
}

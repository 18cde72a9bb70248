//! The text that is being written.

use shared::id::ObjectId;

/// An object whose text is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Editing {
    pub(crate) id: ObjectId,
    /// It goes away if it is empty in the end: it was made for this, or had a
    /// text before. One that was empty already may be somebody else's, who is
    /// about to write.
    pub(crate) goes_if_empty: bool,
    /// It was made for this.
    pub(crate) is_new: bool,
}

/// The text that is open, if one is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writing {
    open: Option<Editing>,
    /// The last undo step is about something else than this text: moving it,
    /// another paper.
    has_other_step: bool,
}

impl Writing {
    /// The object being written in.
    pub(crate) fn id(&self) -> Option<&ObjectId> {
        self.open.as_ref().map(|editing| &editing.id)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens a text.
    pub(crate) fn open(&mut self, editing: Editing) {
        self.open = Some(editing);
        self.has_other_step = false;
    }

    /// Closes the text that is open. With it comes whether the last undo step is about
    /// something else.
    pub(crate) fn close(&mut self) -> Option<(Editing, bool)> {
        self.open
            .take()
            .map(|editing| (editing, self.has_other_step))
    }

    /// A step that is not about this text is about to begin.
    pub(crate) fn mark_other_step(&mut self) {
        self.has_other_step = true;
    }

    /// Whether the first words belong to the step that made the object, so that
    /// one undo takes back both.
    pub(crate) fn first_words_continue(&self) -> bool {
        let is_new = self.open.as_ref().is_some_and(|editing| editing.is_new);
        is_new && !self.has_other_step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(is_new: bool) -> Editing {
        Editing {
            id: "a".into(),
            goes_if_empty: true,
            is_new,
        }
    }

    #[test]
    fn first_words_belong_to_the_step_that_made_the_note_unless_another_came() {
        let mut writing = Writing::default();
        writing.mark_other_step();
        assert!(!writing.first_words_continue());
        writing.open(new(true));
        assert!(writing.first_words_continue());
        writing.mark_other_step();
        assert!(!writing.first_words_continue());
        assert_eq!(writing.close().map(|(_, other)| other), Some(true));
        writing.open(new(false));
        assert!(!writing.first_words_continue(), "it was there before");
    }
}

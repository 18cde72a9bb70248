//! Undo steps: the one place where commands become effects.

use std::collections::BTreeSet;

use shared::{
    board::{BoardView, Command},
    id::ObjectId,
};

use super::writing::Writing;
use crate::Effect;

/// Undo steps, and what they have asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps {
    /// The last thing that happened was a step of a key, such as a nudge: the next one of
    /// the row belongs to the same step.
    in_row: bool,
    /// The key that is worked on comes right after one of the row.
    goes_on: bool,
    /// What was asked for and is not on the board yet.
    coming: BTreeSet<ObjectId>,
}

impl Steps {
    /// Commands as one undo step, which is not about the text that is being written; none is
    /// no step.
    pub(crate) fn write(
        &mut self,
        commands: Vec<Command>,
        writing: &mut Writing,
    ) -> Option<Effect> {
        if commands.is_empty() {
            return None;
        }
        writing.mark_other_step();
        for command in &commands {
            if let Command::Add(new) = command {
                self.coming = new.iter().map(|object| object.id.clone()).collect();
            }
        }
        Some(Effect::Do(commands))
    }

    /// A step of a key: of keys that follow each other they make one step together.
    pub(crate) fn write_on(
        &mut self,
        commands: Vec<Command>,
        writing: &mut Writing,
    ) -> Vec<Effect> {
        self.in_row = true;
        if self.goes_on {
            writing.mark_other_step();
            commands.into_iter().map(Effect::Continue).collect()
        } else {
            self.write(commands, writing).into_iter().collect()
        }
    }

    /// A key is worked on. Unless it writes or keeps it, the row ends with it.
    pub(crate) fn begin_key(&mut self) {
        self.goes_on = std::mem::take(&mut self.in_row);
    }

    /// The key is not one that ends a row.
    pub(crate) fn keep_row(&mut self) {
        self.in_row |= self.goes_on;
    }

    /// Something else happens: the row has ended.
    pub(crate) fn end_row(&mut self) {
        self.in_row = false;
        self.goes_on = false;
    }

    /// Whether something has been asked for that is not there yet: nobody deleted it.
    pub(crate) fn is_coming(&self, id: &ObjectId) -> bool {
        self.coming.contains(id)
    }

    /// The board has changed: what has come is not asked for any more.
    pub(crate) fn came(&mut self, view: &BoardView) {
        self.coming.retain(|id| view.get(id).is_none());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nudge() -> Vec<Command> {
        vec![Command::Turn(vec![("a".into(), 15.0)])]
    }

    #[test]
    fn keys_that_follow_each_other_make_one_step() {
        let (mut steps, mut writing) = (Steps::default(), Writing::default());
        let mut key = |before: fn(&mut Steps)| {
            before(&mut steps);
            steps.begin_key();
            steps.write_on(nudge(), &mut writing)
        };
        assert!(matches!(key(|_| {})[..], [Effect::Do(_)]));
        assert!(matches!(key(|_| {})[..], [Effect::Continue(_)]));
        assert!(matches!(key(Steps::end_row)[..], [Effect::Do(_)]));
        // Shift alone does not end it, another key does.
        let shift = |steps: &mut Steps| {
            steps.begin_key();
            steps.keep_row();
        };
        assert!(matches!(key(shift)[..], [Effect::Continue(_)]));
        assert!(matches!(key(Steps::begin_key)[..], [Effect::Do(_)]));
    }

    #[test]
    fn nothing_is_no_step() {
        let (mut steps, mut writing) = (Steps::default(), Writing::default());
        assert_eq!(steps.write(Vec::new(), &mut writing), None);
    }
}

//! The tool in hand.

use shared::{id::ObjectId, object::Kind};

use super::{models::Models, tool::Tool};

/// The tool in hand, the one before, and how what it makes will look.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hand {
    tool: Tool,
    /// The tool before one that stays in hand until it is put away.
    before: Tool,
    /// How the next object of each kind looks.
    models: Models,
    /// The object from which a connector is being made by keyboard: only with the
    /// connect tool.
    linking: Option<ObjectId>,
}

impl Hand {
    pub(crate) fn tool(&self) -> Tool {
        self.tool
    }

    /// The tool that choosing this one leads to: chosen again, one that stays makes room
    /// for the tool before.
    pub(crate) fn next(&self, chosen: Tool) -> Tool {
        if chosen.stays() && chosen == self.tool {
            self.before
        } else {
            chosen
        }
    }

    /// Takes a tool in hand.
    pub(crate) fn take(&mut self, tool: Tool) {
        if !self.tool.stays() {
            self.before = self.tool;
        }
        self.tool = tool;
        self.linking = None;
    }

    /// Its work is done: selecting goes on.
    pub(crate) fn put_away(&mut self) {
        self.tool = Tool::Select;
        self.linking = None;
    }

    /// A connector is being made by keyboard from this object, or from none.
    pub(crate) fn link_from(&mut self, id: Option<ObjectId>) {
        self.linking = id.filter(|_| self.tool == Tool::Connect);
    }

    pub(crate) fn linking(&self) -> Option<&ObjectId> {
        self.linking.as_ref()
    }

    /// How the next object of a kind looks.
    pub(crate) fn model(&self, name: &str) -> Kind {
        self.models.kind(name)
    }

    /// The next one of its kind looks like this.
    pub(crate) fn remember(&mut self, kind: &Kind) {
        self.models.remember(kind);
    }

    /// The next one of a kind has another choice of a style.
    pub(crate) fn style(&mut self, name: &str, key: &str, choice: &str) {
        self.models.style(name, key, choice);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_stays_makes_room_for_the_one_before() {
        let mut hand = Hand::default();
        for tool in [Tool::NOTE, Tool::Hand, Tool::Draw] {
            hand.take(tool);
        }
        assert_eq!(hand.next(Tool::Hand), Tool::Hand);
        assert_eq!(hand.next(Tool::Draw), Tool::NOTE);
        assert_eq!(hand.next(Tool::NOTE), Tool::NOTE);
    }

    #[test]
    fn only_the_connect_tool_links() {
        let mut hand = Hand::default();
        hand.link_from(Some("a".into()));
        assert_eq!(hand.linking(), None);
        hand.take(Tool::Connect);
        hand.link_from(Some("a".into()));
        assert_eq!(hand.linking(), Some(&"a".into()));
        hand.put_away();
        assert_eq!(hand.linking(), None);
    }
}

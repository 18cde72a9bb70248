//! The toolbar: which tools and actions are offered, and how an action that was chosen is
//! done.

use editor::{Action, Rights, action};
use shared::text::{self, Text};

/// The tools in their order, with their icons.
const TOOLS: [(Action, &str); 9] = [
    (Action::SelectTool, "select"),
    (Action::HandTool, "hand"),
    (Action::NoteTool, "note"),
    (Action::TextTool, "text"),
    (Action::ShapeTool, "shape"),
    (Action::ConnectTool, "connector"),
    (Action::FrameTool, "frame"),
    (Action::StampTool, "stamp"),
    (Action::PenTool, "pen"),
];

/// A tool as the toolbar offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The action that takes it in hand.
    pub action: Action,
    /// The name of its icon.
    pub icon: &'static str,
    /// What it is called there.
    pub name: Text,
}

/// The tools that are offered, in their order.
pub fn offered(rights: Rights) -> Vec<Offered> {
    let tools = TOOLS
        .into_iter()
        .filter(|(tool, _)| tool.permitted(rights).is_ok());
    let offered = |(action, icon)| Offered {
        action,
        icon,
        name: match action {
            Action::NoteTool => text::TOOL_NOTE,
            Action::HandTool => text::TOOL_HAND,
            other => action::listed(other).label,
        },
    };
    tools.map(offered).collect()
}

/// A step of an action that was chosen by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The action is done.
    Act(Action),
    /// The browser is asked for the event of its own in which one copies: nothing else may
    /// put anything on the clipboard.
    AskToCopy,
}

/// What is to be done for an action that was chosen from the menu or the palette, in order.
pub fn chosen(action: Action) -> Vec<Choice> {
    match action {
        Action::Copy => vec![Choice::AskToCopy],
        Action::Cut => vec![Choice::AskToCopy, Choice::Act(Action::Delete)],
        other => vec![Choice::Act(other)],
    }
}

//! Which actions are offered, by what is selected and what the person may do.

use super::{
    Action,
    list::{Listed, Part, listed},
};
use crate::{
    Tool,
    rights::{Refusal, Rights},
};

/// What decides whether an action can be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What the person may do.
    pub rights: Rights,
    /// How many objects are selected.
    pub selected: usize,
    /// All of them are locked.
    pub locked: bool,
    /// The tool in hand.
    pub tool: Tool,
}

impl Action {
    /// Whether pressing it again belongs to the same step.
    pub(crate) fn goes_on(self) -> bool {
        listed(self).part == Part::Size
    }

    /// Whether somebody with these rights may do it, whatever is selected.
    ///
    /// # Errors
    /// Why not.
    pub fn permitted(self, rights: Rights) -> Result<(), Refusal> {
        if self.writes() && !rights.writes {
            return Err(Refusal::ReadOnly);
        }
        if self == Self::Lock && !rights.locks {
            return Err(Refusal::FacilitatorsOnly);
        }
        Ok(())
    }

    /// Whether it can be done now.
    ///
    /// # Errors
    /// Why not.
    pub fn allowed(self, now: &Standing) -> Result<(), Refusal> {
        let (least, most) = self.selected();
        if !(least..=most).contains(&now.selected) {
            return Err(Refusal::Selection);
        }
        self.permitted(now.rights)?;
        if self.changes_selection() && now.locked {
            return Err(Refusal::Locked);
        }
        Ok(())
    }

    /// Whether its button is pressed: its tool is in hand.
    pub fn lit(self, now: &Standing) -> bool {
        self.tool() == Some(now.tool)
    }

    /// The tool that it takes in hand.
    pub fn tool(self) -> Option<Tool> {
        Some(match self {
            Self::SelectTool => Tool::Select,
            Self::HandTool => Tool::Hand,
            Self::NoteTool => Tool::NOTE,
            Self::TextTool => Tool::TEXT,
            Self::ShapeTool => Tool::SHAPE,
            Self::FrameTool => Tool::FRAME,
            Self::StampTool => Tool::STAMP,
            Self::ConnectTool => Tool::Connect,
            Self::PenTool => Tool::Draw,
            _ => return None,
        })
    }

    /// The fewest and the most selected objects that it is for.
    fn selected(self) -> (usize, usize) {
        match self {
            Self::Edit => (1, 1),
            Self::Delete
            | Self::Duplicate
            | Self::Properties
            | Self::Keep
            | Self::Copy
            | Self::Cut
            | Self::Ungroup
            | Self::Lock
            | Self::ToFront
            | Self::Forward
            | Self::Backward
            | Self::ToBack
            | Self::FitSelection => (1, usize::MAX),
            Self::Group
            | Self::AlignLeft
            | Self::AlignCenter
            | Self::AlignRight
            | Self::AlignTop
            | Self::AlignMiddle
            | Self::AlignBottom
            | Self::Tidy => (2, usize::MAX),
            Self::DistributeAcross | Self::DistributeDown => (3, usize::MAX),
            _ if listed(self).part == Part::Size => (1, usize::MAX),
            _ => (0, usize::MAX),
        }
    }

    /// Whether it is for changing the board.
    fn writes(self) -> bool {
        match listed(self).part {
            Part::Tools => !matches!(self, Self::SelectTool | Self::HandTool),
            Part::Edit => !matches!(
                self,
                Self::Keep | Self::SelectAll | Self::Copy | Self::OpenLink
            ),
            Part::Arrange | Part::Size => true,
            Part::View => false,
        }
    }

    /// Whether it changes selected objects that must not be locked.
    fn changes_selection(self) -> bool {
        matches!(
            self,
            Self::Delete
                | Self::Cut
                | Self::ToFront
                | Self::Forward
                | Self::Backward
                | Self::ToBack
                | Self::Wider
                | Self::Narrower
                | Self::Taller
                | Self::Shorter
        )
    }
}

impl Listed {
    /// Whether the context menu has it: what is for the selection, or without one what is
    /// for the whole board.
    pub fn in_menu(&self, now: &Standing) -> bool {
        let (least, _) = self.action.selected();
        let is_for_all = matches!(self.action, Action::SelectAll | Action::Undo | Action::Redo);
        let belongs = match self.part {
            Part::Edit if is_for_all => now.selected == 0,
            Part::Edit => now.selected > 0,
            // What is done to several is not offered for one.
            Part::Arrange => {
                now.selected >= least && (self.action != Action::Ungroup || now.selected > 1)
            }
            Part::View => now.selected == 0 && self.action != Action::Help,
            Part::Tools | Part::Size => false,
        };
        let is_due = !matches!(
            self.action.allowed(now),
            Err(Refusal::ReadOnly | Refusal::FacilitatorsOnly | Refusal::Selection)
        );
        belongs && is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::ACTIONS;

    const FACILITATOR: Rights = Rights {
        writes: true,
        locks: true,
    };
    const OBSERVER: Rights = Rights {
        writes: false,
        locks: false,
    };

    fn standing(rights: Rights, selected: usize) -> Standing {
        Standing {
            rights,
            selected,
            locked: false,
            tool: Tool::Select,
        }
    }

    fn menu(now: &Standing) -> Vec<Action> {
        let offered = ACTIONS.iter().filter(|listed| listed.in_menu(now));
        offered.map(|listed| listed.action).collect()
    }

    #[test]
    fn who_only_looks_is_offered_nothing_that_writes() {
        assert_eq!(
            Action::Delete.allowed(&standing(OBSERVER, 2)),
            Err(Refusal::ReadOnly)
        );
        assert_eq!(
            Action::NewNote.allowed(&standing(OBSERVER, 0)),
            Err(Refusal::ReadOnly)
        );
        assert_eq!(Action::Copy.allowed(&standing(OBSERVER, 2)), Ok(()));
        assert_eq!(
            menu(&standing(OBSERVER, 2)),
            [Action::OpenLink, Action::Keep, Action::Copy]
        );
        assert!(menu(&standing(OBSERVER, 0)).contains(&Action::FitCanvas));
    }

    #[test]
    fn participants_do_not_lock() {
        let participant = Rights {
            writes: true,
            locks: false,
        };
        let now = standing(participant, 1);
        assert_eq!(Action::Lock.allowed(&now), Err(Refusal::FacilitatorsOnly));
        assert!(!menu(&now).contains(&Action::Lock));
        assert!(menu(&standing(FACILITATOR, 1)).contains(&Action::Lock));
    }

    #[test]
    fn what_is_locked_is_not_changed_but_can_be_unlocked() {
        let now = Standing {
            locked: true,
            ..standing(FACILITATOR, 1)
        };
        assert_eq!(Action::Delete.allowed(&now), Err(Refusal::Locked));
        assert_eq!(Action::Wider.allowed(&now), Err(Refusal::Locked));
        assert_eq!(Action::Lock.allowed(&now), Ok(()));
    }

    #[test]
    fn what_is_for_several_is_offered_for_several() {
        let one = menu(&standing(FACILITATOR, 1));
        assert!(one.contains(&Action::ToFront) && !one.contains(&Action::Group));
        assert!(!one.contains(&Action::SelectAll) && !one.contains(&Action::FitCanvas));
        let two = menu(&standing(FACILITATOR, 2));
        assert!(two.contains(&Action::Group) && !two.contains(&Action::DistributeAcross));
        assert!(menu(&standing(FACILITATOR, 3)).contains(&Action::DistributeAcross));
        let none = menu(&standing(FACILITATOR, 0));
        assert!(none.contains(&Action::SelectAll) && !none.contains(&Action::Delete));
    }

    #[test]
    fn the_button_of_the_tool_in_hand_is_lit() {
        let now = Standing {
            tool: Tool::Draw,
            ..standing(FACILITATOR, 0)
        };
        assert!(Action::PenTool.lit(&now) && !Action::SelectTool.lit(&now));
        assert!(!Action::Help.lit(&now));
    }
}

//! The parts of an editor's state. Each owns its fields and what holds between them; a plan
//! reads all of them and changes none.

pub mod camera;
pub(crate) mod focus;
pub(crate) mod growing;
pub(crate) mod hand;
pub(crate) mod models;
pub(crate) mod pasting;
pub(crate) mod pointers;
pub(crate) mod screen;
pub(crate) mod selection;
pub(crate) mod steps;
pub mod tool;
pub(crate) mod writing;

use shared::{geometry::Point, id::ParticipantId};

use focus::Focus;
use growing::Growing;
use hand::Hand;
use pasting::Pasting;
use pointers::Pointers;
use screen::Screen;
use selection::Selection;
use steps::Steps;
use writing::Writing;

/// What a person prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Single-key shortcuts are on (WCAG 2.1.4).
    pub single_keys: bool,
    /// What is dragged snaps to what is there; Ctrl inverts it.
    pub snaps: bool,
    /// The wheel zooms, and with Ctrl pans.
    pub wheel_zooms: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            single_keys: true,
            snaps: true,
            wheel_zooms: false,
        }
    }
}

/// All parts, for those who plan.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) me: ParticipantId,
    /// What of the board is on screen.
    pub(crate) screen: Screen,
    /// What is selected, and what stays so while Tab goes on.
    pub(crate) sel: Selection,
    /// The tool in hand, and how what it makes looks.
    pub(crate) hand: Hand,
    /// Mouse, pen and fingers, as they are now.
    pub(crate) pointers: Pointers,
    /// The text that is being written.
    pub(crate) writing: Writing,
    /// Undo steps.
    pub(crate) steps: Steps,
    /// What is looked at by distance.
    pub(crate) focus: Option<Focus>,
    /// The neighbours that Ctrl and an arrow key are making.
    pub(crate) growing: Option<Growing>,
    /// How the paste that is about to come was asked for.
    pub(crate) pasting: Pasting,
    pub(crate) prefs: Preferences,
}

impl Parts {
    /// Those of an editor that has just been opened.
    pub(crate) fn new(me: ParticipantId) -> Self {
        Self {
            me,
            screen: Screen::default(),
            sel: Selection::default(),
            hand: Hand::default(),
            pointers: Pointers::default(),
            writing: Writing::default(),
            steps: Steps::default(),
            focus: None,
            growing: None,
            pasting: Pasting::default(),
            prefs: Preferences::default(),
        }
    }

    /// Where my pointer is, in board space.
    pub(crate) fn cursor(&self) -> Option<Point> {
        self.pointers.at().map(|at| self.screen.board(at))
    }

    /// My pointer in board space, or else the middle of the view.
    pub(crate) fn cursor_or_middle(&self) -> Point {
        self.cursor()
            .unwrap_or_else(|| self.screen.visible().center())
    }
}

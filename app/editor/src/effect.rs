//! What is to happen, as data.

use std::ops::Range;

use shared::{board::Command, geometry::Point, id::ObjectId, object::End, text::Phrase};

/// Something the shell is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Do these commands as one undo step.
    Do(Vec<Command>),
    /// Do this as part of the step before: it leaves no entry of its own.
    Continue(Command),
    /// Take back my last step.
    Undo,
    /// Do again what I took back.
    Redo,
    /// Open an object's text for writing, and append this to it.
    Edit(ObjectId, String),
    /// Close the text that is being written.
    StopEditing,
    /// The camera moved or the board looks different.
    Repaint,
    /// Only what lies over the board looks different.
    RepaintOverlay,
    /// My cursor, selection or drag changed: tell the others.
    Presence,
    /// Say this to people with a screen reader.
    Announce(Phrase),
    /// Show this for a moment.
    Toast(Phrase),
    /// Put this on the clipboard.
    Copy(Clip),
    /// Offer objects to be placed at the end of a connector that was let go here,
    /// in board space.
    Offer(End, Point),
    /// Ask for the file of a picture.
    AskPicture,
    /// Ask for the address of a link.
    AskLink(LinkAsked),
    /// Open an address in another tab.
    OpenLink(String),
    /// Open a part of the page.
    Open(Panel),
}

/// What is put on the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// Objects with their structure, as JSON.
    pub json: String,
    /// Their texts, a line each, in reading order.
    pub text: String,
    /// How many objects.
    pub count: usize,
}

/// A link that is asked for: where it is to stand, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkAsked {
    /// In the text of which object.
    pub id: ObjectId,
    /// Where in it, in UTF-16 units.
    pub stretch: Range<u32>,
    /// Its address; empty for a new one.
    pub address: String,
}

/// A part of the page around the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The help.
    Help,
    /// The list of all actions.
    Palette,
    /// The search.
    Find,
    /// The properties bar: it takes the focus.
    Properties,
    /// The outline.
    Outline,
    /// The map of the whole canvas.
    Minimap,
    /// Switches between dark and light colours.
    Theme,
}

/// Effects, and whether the browser's own action is to be suppressed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// What is to be done, in order.
    pub effects: Vec<Effect>,
    /// Whether the input has been used.
    pub used: bool,
}

impl Reply {
    /// Used, with these effects.
    pub fn used(effects: impl Into<Vec<Effect>>) -> Self {
        Self {
            effects: effects.into(),
            used: true,
        }
    }

    /// Not ours: the browser may do what it does.
    pub fn unused() -> Self {
        Self::default()
    }
}

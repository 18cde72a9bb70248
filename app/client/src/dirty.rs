//! What a step has made dirty: what is to be painted, and what the page is to read again.

use std::ops::{BitOr, BitOrAssign};

/// A set of what became dirty. Returned by each step, so that what is forgotten shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "what became dirty is to be painted or shown"]
pub struct Dirty(u16);

impl Dirty {
    /// Nothing.
    pub const NOTHING: Self = Self(0);
    /// The board is to be painted: its view has moved, or the document has changed.
    pub const BOARD: Self = Self(1);
    /// All of the board may look different, not only what has changed in the document.
    pub const CONTENT: Self = Self(1 << 1 | 1);
    /// The layer over the board and the minimap are to be painted.
    pub const OVERLAY: Self = Self(1 << 2);
    /// Both layers, for a view that has moved or a document that has changed.
    pub const VIEW: Self = Self(1 | 1 << 2);
    /// Both layers, where all may look different.
    pub const LAYERS: Self = Self(1 | 1 << 1 | 1 << 2);
    /// Tool, selection, undo, properties bar, what is written.
    pub const EDITOR: Self = Self(1 << 3);
    /// The list in reading order is to be made anew.
    pub const LIST: Self = Self(1 << 4);
    /// The list in reading order has been made anew.
    pub const LISTED: Self = Self(1 << 5);
    /// Who is here.
    pub const PEOPLE: Self = Self(1 << 6);
    /// Whether all is saved.
    pub const STATUS: Self = Self(1 << 7);
    /// What is said: messages, and words for screen readers.
    pub const SAID: Self = Self(1 << 8);
    /// Dialogs, menus, offers, what the search found.
    pub const PANELS: Self = Self(1 << 9);
    /// Preferences of this device.
    pub const PREFERENCES: Self = Self(1 << 10);
    /// The workshop's title and canvases, and who I am.
    pub const WORKSHOP: Self = Self(1 << 11);
    /// Everything that the page shows: a canvas has just opened.
    pub const ALL: Self = Self(u16::MAX);

    /// Whether all of these are dirty.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether a frame is to be painted.
    pub const fn paints(self) -> bool {
        self.0 & Self::VIEW.0 != 0
    }

    /// Only what is to be painted.
    pub const fn layers(self) -> Self {
        Self(self.0 & Self::LAYERS.0)
    }

    /// This if it is so, otherwise nothing.
    pub const fn when(self, is_so: bool) -> Self {
        if is_so { self } else { Self::NOTHING }
    }
}

impl BitOr for Dirty {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Dirty {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

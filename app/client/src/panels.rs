//! The parts of the page around the board: which are open, what they show.

use editor::{LinkAsked, Panel};
use shared::{geometry::Point, object::End};

use crate::Dirty;

/// Objects offered at the end of a connector that was let go on empty space.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Where the connector comes from.
    pub from: End,
    /// Where it was let go, in board space.
    pub at: Point,
    /// Where that is on the screen, in pixels.
    pub screen: (i32, i32),
}

/// A part that can be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Help, palette or search.
    Dialog,
    /// The outline.
    Outline,
    /// The context menu.
    Menu,
    /// The offer at the end of a connector.
    Offer,
    /// The dialog that asks for a link's address.
    Link,
    /// The message.
    Message,
}

/// What is open now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panels {
    /// The dialog that is open: help, palette or search.
    dialog: Option<Panel>,
    /// The outline is open.
    outline: bool,
    /// Where the context menu is open, in screen pixels.
    menu: Option<(i32, i32)>,
    /// What is offered at the end of a connector.
    offer: Option<Offer>,
    /// The link whose address is asked for.
    link: Option<LinkAsked>,
    /// At which of what the search has found one is, from 1, and how many there are.
    found: (usize, usize),
}

impl Panels {
    /// The dialog that is open: help, palette or search.
    pub fn dialog(&self) -> Option<Panel> {
        self.dialog
    }

    /// Whether the outline is open.
    pub fn outline(&self) -> bool {
        self.outline
    }

    /// Where the context menu is open, in screen pixels.
    pub fn menu(&self) -> Option<(i32, i32)> {
        self.menu
    }

    /// What is offered at the end of a connector.
    pub fn offer(&self) -> Option<&Offer> {
        self.offer.as_ref()
    }

    /// The link whose address is asked for.
    pub fn link(&self) -> Option<&LinkAsked> {
        self.link.as_ref()
    }

    /// At which of what the search has found one is, from 1, and how many there are.
    pub fn found(&self) -> (usize, usize) {
        self.found
    }

    /// Opens a dialog in place of the one that is open.
    pub(crate) fn open_dialog(&mut self, panel: Panel) -> Dirty {
        self.dialog = Some(panel);
        Dirty::PANELS
    }

    /// Opens the outline, or closes it.
    pub(crate) fn toggle_outline(&mut self) -> Dirty {
        self.outline = !self.outline;
        Dirty::PANELS
    }

    /// Opens the context menu, in screen pixels.
    pub(crate) fn open_menu(&mut self, at: Point) -> Dirty {
        self.menu = Some((at.x as i32, at.y as i32));
        Dirty::PANELS
    }

    /// Offers objects.
    pub(crate) fn make_offer(&mut self, offer: Offer) -> Dirty {
        self.offer = Some(offer);
        Dirty::PANELS
    }

    /// Takes the offer: it closes.
    pub(crate) fn take_offer(&mut self) -> Option<Offer> {
        self.offer.take()
    }

    /// Asks for the address of a link.
    pub(crate) fn ask_link(&mut self, asked: LinkAsked) -> Dirty {
        self.link = Some(asked);
        Dirty::PANELS
    }

    /// What the search has found.
    pub(crate) fn set_found(&mut self, found: (usize, usize)) -> Dirty {
        self.found = found;
        Dirty::PANELS
    }

    /// Closes a part. The message is not one of these.
    pub(crate) fn close(&mut self, part: Part) -> Dirty {
        match part {
            Part::Dialog => self.dialog = None,
            Part::Outline => self.outline = false,
            Part::Menu => self.menu = None,
            Part::Offer => self.offer = None,
            Part::Link => self.link = None,
            Part::Message => return Dirty::NOTHING,
        }
        Dirty::PANELS
    }
}

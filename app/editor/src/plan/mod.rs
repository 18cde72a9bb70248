//! Plans: what is to be done, worked out from what is there by functions that change
//! nothing. `Editor::carry_out` is the one place where a plan becomes effects.

pub(crate) mod arrange;
pub mod clipboard;
pub(crate) mod connect;
pub(crate) mod copy;
pub(crate) mod delete;
pub(crate) mod focus;
pub(crate) mod format;
pub(crate) mod frames;
pub(crate) mod grow;
pub(crate) mod look;
pub(crate) mod moves;
pub(crate) mod note;
pub(crate) mod nudge;
pub(crate) mod paste;
pub(crate) mod pending;
pub(crate) mod picture;
pub(crate) mod place;
pub(crate) mod select;
pub(crate) mod size;
pub(crate) mod style;
pub(crate) mod walk;
pub(crate) mod write;

use std::collections::BTreeSet;

use shared::{board::Command, geometry::Rect, id::ObjectId, object::Kind, sort, text::Phrase};

use crate::{
    Camera, Effect, Tool,
    gesture::Gesture,
    part::{focus::Focus, growing::Growing, writing::Editing},
    rights::Refusal,
};

/// One thing that a plan does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Deed {
    /// Writes these as one undo step.
    Write(Vec<Command>),
    /// Writes these as a step of a key, which may belong to the one before.
    WriteOn(Vec<Command>),
    /// Writes this as part of the step before.
    Continue(Command),
    /// The key is not one that ends a row of steps.
    KeepRow,
    /// Selects these and nothing else.
    Select(BTreeSet<ObjectId>),
    /// Selects others; what is kept stays so as far as it stays selected.
    Change(BTreeSet<ObjectId>),
    /// Selects these besides what is kept; Tab is at the last.
    Walk(BTreeSet<ObjectId>, ObjectId),
    /// Keeps these while Tab goes on from an object.
    Keep(BTreeSet<ObjectId>, Option<ObjectId>),
    /// Takes a tool in hand.
    Take(Tool),
    /// Puts the tool away.
    PutAway,
    /// A connector is being made by keyboard from this object, or none is.
    LinkFrom(Option<ObjectId>),
    /// The next object of this kind looks like this.
    Remember(Kind),
    /// The next object of a kind has another choice of a style: name, key, choice.
    Style(String, &'static str, String),
    /// The gesture under way is this one now.
    Gesture(Gesture),
    /// The gesture under way ends without a trace.
    Abandon,
    /// Closes the text that is being written; what is empty then goes away.
    StopWriting,
    /// Closes the text that is being written: its object goes as a whole.
    DropWriting,
    /// Opens a text for writing, and appends this to it.
    Open(Editing, String),
    /// Looks elsewhere.
    Look(Camera),
    /// Brings a rectangle of the board into view if it is not.
    Reveal(Rect),
    /// Only what is near is to be seen, or everything again.
    Focus(Option<Focus>),
    /// A row of neighbours goes on, or has ended.
    Grow(Option<Growing>),
    /// Something for the shell.
    Tell(Effect),
}

impl From<Effect> for Deed {
    fn from(effect: Effect) -> Self {
        Self::Tell(effect)
    }
}

impl Deed {
    /// Said to people with a screen reader.
    pub(crate) fn say(text: impl Into<Phrase>) -> Self {
        Self::Tell(Effect::Announce(text.into()))
    }

    /// Shown to everybody for a moment.
    pub(crate) fn show(text: impl Into<Phrase>) -> Self {
        Self::Tell(Effect::Toast(text.into()))
    }

    /// Selects one object and nothing else.
    pub(crate) fn select_one(id: ObjectId) -> Self {
        Self::Select(sort::set([id]))
    }
}

/// What is to be done, in order, and whether the input was for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    pub(crate) deeds: Vec<Deed>,
    /// The browser's own action is to be suppressed.
    pub(crate) used: bool,
}

impl Plan {
    /// Not for it: the browser may do what it does.
    pub(crate) fn unused() -> Self {
        Self::default()
    }

    /// For it, but there is nothing to do.
    pub(crate) fn nothing() -> Self {
        Self::of([])
    }

    /// These, in order.
    pub(crate) fn of(deeds: impl IntoIterator<Item = Deed>) -> Self {
        Self {
            deeds: deeds.into_iter().collect(),
            used: true,
        }
    }

    /// Nothing is done. Says why, unless the key is then left to the browser.
    pub(crate) fn refused(refusal: Refusal) -> Self {
        let effect = refusal.effect();
        Self {
            used: effect.is_some(),
            deeds: effect.into_iter().map(Deed::Tell).collect(),
        }
    }

    /// Whether it changes the board.
    pub(crate) fn writes(&self) -> bool {
        let writes =
            |deed: &Deed| matches!(deed, Deed::Write(_) | Deed::WriteOn(_) | Deed::Continue(_));
        self.deeds.iter().any(writes)
    }

    /// This, and then that.
    #[must_use]
    pub(crate) fn then(mut self, deed: impl Into<Deed>) -> Self {
        self.deeds.push(deed.into());
        self
    }

    /// This plan, and then another.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.deeds.extend(other.deeds);
        self.used |= other.used;
        self
    }
}

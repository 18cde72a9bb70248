//! The canvas as a list in reading order, for the outline and for screen readers.

use editor::say::ends_of;
use shared::{
    board::BoardView,
    canvas::Template,
    id::ObjectId,
    scene::{Scene, section_of},
    text::{self, Phrase},
};

/// So many objects are listed at first, and so many more each time they are asked for.
pub const LISTED_STEP: usize = 300;
/// The list is made anew at most this often, milliseconds.
const EVERY_MS: u64 = 400;

/// An object as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    /// The object.
    pub id: ObjectId,
    /// Its text.
    pub text: String,
    /// Its kind, in words.
    pub kind: Phrase,
    /// Whether its kind has a text.
    pub has_text: bool,
    /// The id of its section.
    pub section: Option<String>,
    /// The id of the frame it lies in.
    pub frame: Option<ObjectId>,
    /// What a connector goes from and to, in words.
    pub ends: Option<(Phrase, Phrase)>,
}

impl Listed {
    /// What a screen reader is told of it.
    pub fn spoken(&self) -> Phrase {
        match (self.text.is_empty(), self.has_text) {
            (false, _) => self.text.as_str().into(),
            (true, true) => text::object_empty(self.kind.clone()),
            (true, false) => self.kind.clone(),
        }
    }
}

/// The list.
#[derive(Debug)]
pub struct Listing {
    /// The objects, at most `max`.
    items: Vec<Listed>,
    /// How many there are in all.
    count: usize,
    /// How many are listed at most.
    max: usize,
    /// Something has changed since the list was made.
    is_due: bool,
    /// When it was made, milliseconds; `None`: never.
    made_ms: Option<u64>,
}

impl Default for Listing {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            count: 0,
            max: LISTED_STEP,
            is_due: true,
            made_ms: None,
        }
    }
}

impl Listing {
    /// The objects in reading order.
    pub fn items(&self) -> &[Listed] {
        &self.items
    }

    /// How many there are in all.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many are listed at most.
    pub fn max(&self) -> usize {
        self.max
    }

    /// More is to be listed, at once.
    pub(crate) fn more(&mut self) {
        self.max += LISTED_STEP;
        self.is_due = true;
        self.made_ms = None;
    }

    /// Something has changed.
    pub(crate) fn invalidate(&mut self) {
        self.is_due = true;
    }

    /// Makes the list anew if it is time. Returns whether it was.
    pub(crate) fn refresh(
        &mut self,
        view: &BoardView,
        scene: &Scene,
        template: &Template,
        now_ms: u64,
    ) -> bool {
        let is_early = |made_ms: u64| now_ms.saturating_sub(made_ms) < EVERY_MS;
        if !self.is_due || self.made_ms.is_some_and(is_early) {
            return false;
        }
        self.is_due = false;
        self.made_ms = Some(now_ms);
        let mut order = scene.reading_order(view, template);
        self.count = order.len();
        order.truncate(self.max);
        let listed = |id: ObjectId| {
            let object = view.get(&id)?;
            Some(Listed {
                text: object.text.clone(),
                kind: object.kind.label(),
                has_text: object.kind.features().has_text,
                section: section_of(object, template).map(str::to_owned),
                frame: scene.container_of(view, &id),
                ends: ends_of(object, view),
                id,
            })
        };
        self.items = order.into_iter().filter_map(listed).collect();
        true
    }
}

//! Projections of the board into signals: what the view reads.

use leptos::prelude::*;
use shared::{
    board::workshop::WorkshopView,
    id::ObjectId,
    object::NoteColor,
    protocol::{api::Me, control::Role},
    sync::Status,
};

use editor::Tool;

/// Somebody who is here now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) name: String,
    pub(crate) department: String,
    pub(crate) color: u32,
    pub(crate) is_me: bool,
    /// What they do, in a word; empty where there is nothing to say.
    pub(crate) doing: &'static str,
}

/// A message that goes away by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) text: String,
    /// Stays until it is closed.
    pub(crate) stays: bool,
}

/// Everything the page around the board shows.
#[derive(Clone, Copy)]
pub(crate) struct Ui {
    pub(crate) me: RwSignal<Me>,
    pub(crate) workshop: RwSignal<WorkshopView>,
    pub(crate) status: RwSignal<Status>,
    /// Whether this device keeps what is written.
    pub(crate) device_keeps: RwSignal<bool>,
    pub(crate) people: RwSignal<Vec<Present>>,
    pub(crate) tool: RwSignal<Tool>,
    pub(crate) color: RwSignal<NoteColor>,
    pub(crate) zoom: RwSignal<f64>,
    pub(crate) selected: RwSignal<usize>,
    pub(crate) can_undo: RwSignal<(bool, bool)>,
    pub(crate) writing: RwSignal<Option<ObjectId>>,
    /// Characters left in the note being written, once they become few.
    pub(crate) left: RwSignal<Option<usize>>,
    pub(crate) message: RwSignal<Option<Message>>,
    /// For people with a screen reader.
    pub(crate) said: RwSignal<String>,
    /// Notes in reading order, at most [`READING_MAX`].
    pub(crate) reading: RwSignal<Vec<(ObjectId, String)>>,
    pub(crate) notes: RwSignal<usize>,
    pub(crate) help: RwSignal<bool>,
    pub(crate) single_keys: RwSignal<bool>,
}

/// So many notes are listed for people with a screen reader.
pub(crate) const READING_MAX: usize = 300;

impl Ui {
    /// Before anything is known.
    pub(crate) fn new(me: Me) -> Self {
        Self {
            me: RwSignal::new(me),
            workshop: RwSignal::new(WorkshopView::default()),
            status: RwSignal::new(Status::Offline(0)),
            device_keeps: RwSignal::new(true),
            people: RwSignal::new(Vec::new()),
            tool: RwSignal::new(Tool::Select),
            color: RwSignal::new(NoteColor::default()),
            zoom: RwSignal::new(1.0),
            selected: RwSignal::new(0),
            can_undo: RwSignal::new((false, false)),
            writing: RwSignal::new(None),
            left: RwSignal::new(None),
            message: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            reading: RwSignal::new(Vec::new()),
            notes: RwSignal::new(0),
            help: RwSignal::new(false),
            single_keys: RwSignal::new(crate::platform::device::single_keys()),
        }
    }

    /// Whether this person may only look.
    pub(crate) fn read_only(self) -> bool {
        self.me.with(|me| me.role == Role::Observer)
    }
}

/// Sets a signal only if that changes something.
pub(crate) fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|current| *current != value) {
        signal.set(value);
    }
}

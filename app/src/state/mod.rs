//! Projections of the board into signals: what the view reads.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::{
    board::workshop::WorkshopView,
    geometry::Point,
    id::ObjectId,
    object::End,
    props::Style,
    protocol::{api::Me, control::Role},
    sync::Status,
};

use editor::{LinkAsked, Panel, Tool};

use crate::platform::{browser, device};

/// An object as the outline lists it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Listed {
    pub(crate) id: ObjectId,
    pub(crate) text: String,
    /// Its kind, in words.
    pub(crate) kind: String,
    pub(crate) has_text: bool,
    /// The id of its section.
    pub(crate) section: Option<String>,
    /// The id of the frame it lies in.
    pub(crate) frame: Option<ObjectId>,
    /// What a connector goes from and to, in words.
    pub(crate) ends: Option<(String, String)>,
}

/// Objects offered at the end of a connector that was let go on empty space.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Offer {
    pub(crate) from: End,
    /// Where, in board space.
    pub(crate) at: Point,
    /// Where, in screen pixels.
    pub(crate) screen: (i32, i32),
}

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
    /// The styles to choose from, with the present choice of each.
    pub(crate) styles: RwSignal<Vec<(&'static Style, Option<&'static str>)>>,
    /// Where the properties bar stands, in screen pixels; `None` while it would be in the way.
    pub(crate) bar_at: RwSignal<Option<(i32, i32)>>,
    /// All that is selected is locked.
    pub(crate) locked: RwSignal<bool>,
    pub(crate) zoom: RwSignal<f64>,
    pub(crate) selected: RwSignal<usize>,
    pub(crate) can_undo: RwSignal<(bool, bool)>,
    pub(crate) writing: RwSignal<Option<ObjectId>>,
    /// Characters left in the note being written, once they become few.
    pub(crate) left: RwSignal<Option<usize>>,
    pub(crate) message: RwSignal<Option<Message>>,
    /// For people with a screen reader.
    pub(crate) said: RwSignal<String>,
    /// Objects in reading order, at most `listed_max`.
    pub(crate) reading: RwSignal<Vec<Listed>>,
    /// So many objects are listed.
    pub(crate) listed_max: RwSignal<usize>,
    pub(crate) notes: RwSignal<usize>,
    /// The dialog that is open.
    pub(crate) panel: RwSignal<Option<Panel>>,
    pub(crate) outline: RwSignal<bool>,
    /// What is being written in the outline, by section.
    pub(crate) drafts: RwSignal<BTreeMap<Option<&'static str>, String>>,
    pub(crate) minimap: RwSignal<bool>,
    pub(crate) dark: RwSignal<bool>,
    /// What others did, for people with a screen reader.
    pub(crate) heard: RwSignal<String>,
    /// What is dragged snaps to what is there.
    pub(crate) snaps: RwSignal<bool>,
    /// The wheel zooms; with Ctrl it moves the view.
    pub(crate) wheel_zooms: RwSignal<bool>,
    /// What others do is not read out.
    pub(crate) quiet: RwSignal<bool>,
    /// Where the context menu is open, in screen pixels.
    pub(crate) menu: RwSignal<Option<(i32, i32)>>,
    /// What is offered at the end of a connector, and where, in screen pixels.
    pub(crate) offer: RwSignal<Option<Offer>>,
    /// The link whose address is asked for.
    pub(crate) link: RwSignal<Option<LinkAsked>>,
    /// Whether the selection has a text to be marked, and a link to be opened.
    pub(crate) text: RwSignal<(bool, bool)>,
    /// How many objects the search has found, and at which one is.
    pub(crate) found: RwSignal<(usize, usize)>,
    pub(crate) single_keys: RwSignal<bool>,
}

/// Finds the controls of the properties bar in the page.
pub(crate) const CONTROLS: &str = ".properties :is(button, select)";

/// So many objects are listed at first, and so many more each time they are asked for.
pub(crate) const LISTED_STEP: usize = 300;

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
            styles: RwSignal::new(Vec::new()),
            bar_at: RwSignal::new(None),
            locked: RwSignal::new(false),
            zoom: RwSignal::new(1.0),
            selected: RwSignal::new(0),
            can_undo: RwSignal::new((false, false)),
            writing: RwSignal::new(None),
            left: RwSignal::new(None),
            message: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            reading: RwSignal::new(Vec::new()),
            listed_max: RwSignal::new(LISTED_STEP),
            notes: RwSignal::new(0),
            panel: RwSignal::new(None),
            outline: RwSignal::new(false),
            drafts: RwSignal::new(BTreeMap::new()),
            minimap: RwSignal::new(device::preference("minimap", false)),
            dark: RwSignal::new(device::preference("dark", browser::prefers_dark())),
            heard: RwSignal::new(String::new()),
            snaps: RwSignal::new(device::preference("snaps", true)),
            wheel_zooms: RwSignal::new(device::preference("wheel_zooms", false)),
            quiet: RwSignal::new(device::preference("quiet", false)),
            menu: RwSignal::new(None),
            offer: RwSignal::new(None),
            link: RwSignal::new(None),
            text: RwSignal::new((false, false)),
            found: RwSignal::new((0, 0)),
            single_keys: RwSignal::new(device::preference("single_keys", true)),
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

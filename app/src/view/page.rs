//! What the parts of the canvas page share: what all of them read, and a way to send events.

use client::{AppEvent, Dirty, Preference, Preferences};
use editor::{Action, Rights, Tool, action::Standing};
use leptos::prelude::*;
use shared::{id::ObjectId, protocol::control::Role};

use crate::{
    platform::{browser, device},
    shell::{Seen, Shell},
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// The tab's workshop, once the page is there.
    pub(crate) shell: StoredValue<Option<Shell>, LocalStorage>,
    /// What one may do to the board.
    rights: RwSignal<Rights>,
    /// Whether one runs the workshop.
    facilitates: RwSignal<bool>,
    /// What the person prefers on this device.
    preferences: RwSignal<Preferences>,
    /// The tool in hand.
    tool: RwSignal<Tool>,
    /// How many objects are selected.
    selected: RwSignal<usize>,
    /// All of them are locked.
    locked: RwSignal<bool>,
    /// The object whose text is written.
    writing: RwSignal<Option<ObjectId>>,
}

impl Page {
    /// Before anything is known.
    pub(crate) fn new(role: Role) -> Self {
        Self {
            shell: StoredValue::new_local(None),
            rights: RwSignal::new(Rights::of(role)),
            facilitates: RwSignal::new(role == Role::Facilitator),
            preferences: RwSignal::new(preferences()),
            tool: RwSignal::new(Tool::Select),
            selected: RwSignal::new(0),
            locked: RwSignal::new(false),
            writing: RwSignal::new(None),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        let tab = seen.workshop.tab();
        if seen.dirty.has(Dirty::WORKSHOP) {
            put(self.facilitates, tab.me().role == Role::Facilitator);
        }
        if seen.dirty.has(Dirty::PREFERENCES) {
            put(self.preferences, tab.preferences());
        }
        if let Some(shown) = &seen.shown {
            let standing = shown.standing;
            put(self.rights, standing.rights);
            put(self.tool, standing.tool);
            put(self.selected, standing.selected);
            put(self.locked, standing.locked);
            put(self.writing, shown.writing.clone());
        }
    }

    /// Whether one may only look.
    pub(crate) fn read_only(self) -> bool {
        !self.rights.get().writes
    }

    /// Whether one runs the workshop.
    pub(crate) fn facilitates(self) -> bool {
        self.facilitates.get()
    }

    /// Whether a preference is on.
    pub(crate) fn prefers(self, preference: Preference) -> bool {
        self.preferences
            .with(|preferences| preferences.is_on(preference))
    }

    /// What decides which actions are allowed now.
    pub(crate) fn standing(self) -> Standing {
        Standing {
            rights: self.rights.get(),
            selected: self.selected.get(),
            locked: self.locked.get(),
            tool: self.tool.get(),
        }
    }

    /// Whether an action that needs no selection is allowed.
    pub(crate) fn allows(self, action: Action) -> bool {
        let now = Standing {
            rights: self.rights.get(),
            selected: 0,
            locked: false,
            tool: Tool::Select,
        };
        action.allowed(&now).is_ok()
    }

    /// The tool in hand.
    pub(crate) fn tool(self) -> Tool {
        self.tool.get()
    }

    /// How many objects are selected.
    pub(crate) fn selected(self) -> usize {
        self.selected.get()
    }

    /// Whether a text is written.
    pub(crate) fn is_writing(self) -> bool {
        self.writing.with(Option::is_some)
    }

    /// Puts the focus back on the canvas.
    pub(crate) fn focus_stage(self) {
        browser::focus("#stage");
    }

    /// Sends an event to the client, if it is there.
    pub(crate) fn send(self, event: AppEvent) {
        if let Some(shell) = self.shell.try_get_value().flatten() {
            shell.send(event);
        }
    }
}

/// What the person prefers on this device.
pub(crate) fn preferences() -> Preferences {
    let system_is_dark = browser::prefers_dark();
    Preferences::read(|preference| {
        device::preference(preference.name(), preference.default_value(system_is_dark))
    })
}

/// Sets a signal only if that changes something.
pub(crate) fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|current| *current != value) {
        signal.set(value);
    }
}

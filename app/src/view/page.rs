//! What the parts of the canvas page share: what all of them read, and a way to send events.

use client::{
    AppEvent, Dirty, Preference, Preferences,
    tools::{self, Choice},
};
use editor::{Action, Rights, Tool, action::Standing};
use leptos::prelude::*;
use shared::protocol::control::Role;

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
    /// One's role, as it holds in this tab.
    role: RwSignal<Role>,
    /// One's role in the workshop.
    own_role: RwSignal<Role>,
    /// One tries the workshop as a participant.
    is_trial: RwSignal<bool>,
    /// One leaves the workshop: that the session ends is no surprise.
    pub(crate) is_leaving: StoredValue<bool>,
    /// What the person prefers on this device.
    preferences: RwSignal<Preferences>,
    /// The tool in hand.
    tool: RwSignal<Tool>,
    /// How many objects are selected.
    selected: RwSignal<usize>,
    /// All of them are locked.
    locked: RwSignal<bool>,
}

impl Page {
    /// Before anything is known.
    pub(crate) fn new(role: Role) -> Self {
        Self {
            shell: StoredValue::new_local(None),
            rights: RwSignal::new(Rights::of(role)),
            role: RwSignal::new(role),
            own_role: RwSignal::new(role),
            is_trial: RwSignal::new(false),
            is_leaving: StoredValue::new(false),
            preferences: RwSignal::new(preferences()),
            tool: RwSignal::new(Tool::Select),
            selected: RwSignal::new(0),
            locked: RwSignal::new(false),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        let tab = seen.workshop.tab();
        if seen.dirty.has(Dirty::WORKSHOP) {
            put(self.role, tab.role());
            put(self.own_role, tab.me().role);
            put(self.is_trial, tab.is_trial());
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
        }
    }

    /// What one may do to the board.
    pub(crate) fn rights(self) -> Rights {
        self.rights.get()
    }

    /// One's role, as it holds in this tab.
    pub(crate) fn role(self) -> Role {
        self.role.get()
    }

    /// One's role in the workshop.
    pub(crate) fn own_role(self) -> Role {
        self.own_role.get()
    }

    /// Whether one tries the workshop as a participant.
    pub(crate) fn is_trial(self) -> bool {
        self.is_trial.get()
    }

    /// Whether something is not stored yet.
    pub(crate) fn has_unstored(self) -> bool {
        let shell = self.shell.try_get_value().flatten();
        shell.is_some_and(|shell| shell.has_unstored())
    }

    /// What could not be stored, as a file, where there is something.
    pub(crate) fn unstored(self) -> Option<String> {
        self.shell.try_get_value().flatten()?.unstored()
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

    /// Whether the person may do an action, whatever is selected.
    pub(crate) fn allows(self, action: Action) -> bool {
        action.permitted(self.rights.get()).is_ok()
    }

    /// Puts the focus back on the canvas.
    pub(crate) fn focus_stage(self) {
        browser::focus("#stage");
    }

    /// Does an action that was chosen by its name. The focus is on the board.
    pub(crate) fn choose(self, action: Action) {
        for step in tools::chosen(action) {
            match step {
                Choice::Act(action) => self.send(AppEvent::Act(action)),
                Choice::AskToCopy => browser::ask_to_copy(),
            }
        }
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

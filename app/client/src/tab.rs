//! What outlives every canvas of a tab: who one is, who has joined, preferences, what is
//! told and which panels are open.

use std::collections::BTreeMap;

use editor::Rights;
use shared::{
    board::workshop::WorkshopView,
    id::ParticipantId,
    protocol::{api::Me, control::Role},
    text,
};

use crate::{Dirty, Effect, Panels, Platform, Preference, Preferences, Telling, members};

/// The state that canvases share.
#[derive(Debug)]
pub struct Tab {
    /// Who one is.
    me: Me,
    /// One tries the workshop as a participant, and writes as one.
    is_trial: bool,
    /// Names of everybody who ever joined, for the foot of their notes.
    names: BTreeMap<ParticipantId, String>,
    /// The workshop's ids of canvases: pictures that come from one of them are here already.
    canvases: Vec<String>,
    /// What the person prefers on this device.
    pub(crate) preferences: Preferences,
    /// What the person is told.
    pub(crate) telling: Telling,
    /// What is open around the board.
    pub(crate) panels: Panels,
}

impl Tab {
    /// A tab of somebody.
    pub(crate) fn new(me: Me, preferences: Preferences) -> Self {
        Self {
            me,
            is_trial: false,
            names: BTreeMap::new(),
            canvases: Vec::new(),
            preferences,
            telling: Telling::default(),
            panels: Panels::default(),
        }
    }

    /// Who one is.
    pub fn me(&self) -> &Me {
        &self.me
    }

    /// What one may do, here as everywhere in the workshop.
    pub fn rights(&self) -> Rights {
        Rights::of(self.role())
    }

    /// One's role, as it holds in this tab: a facilitator may try what participants can do.
    pub fn role(&self) -> Role {
        if self.is_trial {
            self.me.role.min(Role::Participant)
        } else {
            self.me.role
        }
    }

    /// Whether one tries the workshop as a participant.
    pub fn is_trial(&self) -> bool {
        self.is_trial
    }

    /// Begins to try the workshop as a participant, or ends it. Neither name nor role change.
    pub(crate) fn set_trial(&mut self, is_trial: bool) -> Dirty {
        self.is_trial = is_trial;
        Dirty::WORKSHOP | Dirty::EDITOR
    }

    /// What the person prefers on this device.
    pub fn preferences(&self) -> Preferences {
        self.preferences
    }

    /// What the person is told.
    pub fn telling(&self) -> &Telling {
        &self.telling
    }

    /// What is open around the board.
    pub fn panels(&self) -> &Panels {
        &self.panels
    }

    /// The name of somebody who has joined.
    pub(crate) fn name(&self, id: &ParticipantId) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }

    /// Whether a canvas is one of this workshop.
    pub(crate) fn is_ours(&self, canvas: &str) -> bool {
        self.canvases.iter().any(|ours| ours == canvas)
    }

    /// The server says what one may do in the workshop: that is remembered.
    pub(crate) fn set_role(
        &mut self,
        role: Role,
        workshop: &str,
        platform: &mut dyn Platform,
    ) -> Dirty {
        if std::mem::replace(&mut self.me.role, role) == role {
            return Dirty::NOTHING;
        }
        self.is_trial = false;
        platform.carry_out(Effect::RememberMe {
            workshop: workshop.to_owned(),
            me: self.me.clone(),
        });
        // It takes the place of what was said of the role before.
        let told = text::people_role_now(members::role_name(role));
        Dirty::WORKSHOP | Dirty::EDITOR | self.telling.insist(told)
    }

    /// The workshop's document says who one is: another name, another role.
    pub(crate) fn read_me(
        &mut self,
        view: &WorkshopView,
        workshop: &str,
        platform: &mut dyn Platform,
    ) -> Dirty {
        let mut people = view.people.iter();
        let Some(person) = people.find(|person| person.id == self.me.id) else {
            return Dirty::NOTHING;
        };
        let now = Me {
            id: self.me.id.clone(),
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            external: person.external,
            // What the sockets say of it comes at once, and is what holds.
            role: self.me.role,
            color: person.color,
        };
        if now == self.me {
            return Dirty::NOTHING;
        }
        self.me = now.clone();
        platform.carry_out(Effect::RememberMe {
            workshop: workshop.to_owned(),
            me: now,
        });
        Dirty::WORKSHOP
    }

    /// Turns a preference on or off, and remembers it.
    pub(crate) fn prefer(
        &mut self,
        preference: Preference,
        on: bool,
        platform: &mut dyn Platform,
    ) -> Dirty {
        self.preferences.set(preference, on);
        platform.carry_out(Effect::Remember(preference, on));
        let look = match preference {
            Preference::Dark => {
                platform.carry_out(Effect::SetTheme(on));
                Dirty::LAYERS
            }
            Preference::Minimap => Dirty::OVERLAY,
            _ => Dirty::NOTHING,
        };
        look | Dirty::PREFERENCES
    }

    /// Turns a preference to the opposite, and remembers it.
    pub(crate) fn toggle(&mut self, preference: Preference, platform: &mut dyn Platform) -> Dirty {
        self.prefer(preference, !self.preferences.is_on(preference), platform)
    }

    /// The canvas closes, and with it what was open for it.
    pub(crate) fn leave_canvas(&mut self) -> Dirty {
        self.panels = Panels::default();
        Dirty::PANELS
    }

    /// The workshop's document has changed.
    pub(crate) fn read(&mut self, view: &WorkshopView) {
        self.names = members::told_apart(&view.people);
        self.canvases = view
            .canvases
            .iter()
            .map(|canvas| canvas.id.to_string())
            .collect();
    }
}

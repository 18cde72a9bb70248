//! What the sync tells, and what the person is told of it.

use std::collections::BTreeSet;

use leptos::prelude::{GetUntracked, Set};
use shared::{
    board::workshop,
    id::{ObjectId, ParticipantId},
    sync::client,
};

use super::canvas::Canvas;
use crate::{
    platform::{browser, device},
    state::put,
};

/// What others do is read out at most this often, milliseconds.
const HEARD_EVERY_MS: u64 = 5_000;
/// More changes than this at once are not read out.
const HEARD_MAX: usize = 60;
/// Changes by others are highlighted this long, milliseconds.
const HIGHLIGHT_MS: u64 = 8_000;

impl Canvas {
    pub(super) fn sync_effects(&mut self, effects: Vec<client::Effect>) {
        for effect in effects {
            match effect {
                client::Effect::Merged(_, change) => {
                    // What comes in bulk has been there before: nobody wants to hear it.
                    let heard = change.objects.iter().take(HEARD_MAX + 1);
                    let was_there: Vec<(ObjectId, bool)> = heard
                        .map(|id| (id.clone(), self.scene.place(id).is_some()))
                        .collect();
                    self.changed(&change);
                    let is_news = was_there.len() <= HEARD_MAX;
                    for (id, was_there) in was_there.into_iter().filter(|_| is_news) {
                        let now = self.link.copy.view().get(&id);
                        self.heard.note(&id, was_there, now);
                    }
                    if self.fits {
                        self.fit();
                    }
                }
                client::Effect::Presence(entries) => {
                    let me = self.link.copy.replica().client_id();
                    if self.people.take(entries, me) {
                        self.overlay_dirty = true;
                        // What they drag is lifted from the board.
                        self.board_dirty = true;
                    }
                }
                client::Effect::Receipt {
                    delivered,
                    by_others,
                } => self.receipt(delivered, by_others),
                client::Effect::Refused(refused) => self.tell(refused.message, true),
                client::Effect::Hello(hello) => {
                    let mut me = self.ui.me.get_untracked();
                    me.role = hello.role;
                    put(self.ui.me, me);
                }
                _ => {}
            }
        }
        if !self.link.is_open() {
            self.people.disconnected();
        }
    }

    pub(super) fn receipt(&mut self, delivered: u32, by_others: BTreeSet<ObjectId>) {
        let count = |n: usize| {
            if n == 1 {
                "1 change".to_owned()
            } else {
                format!("{n} changes")
            }
        };
        let mut words = Vec::new();
        if delivered > 0 {
            let of = if delivered == 1 {
                "1 of your changes was"
            } else {
                &format!("{delivered} of your changes were")
            };
            words.push(format!("{of} delivered."));
        }
        if !by_others.is_empty() {
            words.push(format!(
                "{} by others while you were away.",
                count(by_others.len())
            ));
        }
        self.tell(words.join(" "), false);
        self.highlights = by_others;
        self.highlight_until_ms = browser::now_ms() + HIGHLIGHT_MS;
    }

    pub(super) fn workshop_changed(&mut self) {
        let view = workshop::view(&self.workshop.copy);
        self.names = view
            .people
            .iter()
            .map(|person| (person.id.clone(), person.name.clone()))
            .collect();
        if !view.title.is_empty() {
            browser::set_title(&format!("{} – Plaza", view.title));
        }
        put(self.ui.workshop, view);
        self.board_dirty = true;
        self.content_dirty = true;
    }

    pub(super) fn tick(&mut self, event: client::Event) {
        let effects = self.link.event(event.clone());
        self.sync_effects(effects);
        let _ = self.workshop.event(event);
        self.send_presence();
        let now_ms = browser::now_ms();
        if now_ms.saturating_sub(self.heard_ms) >= HEARD_EVERY_MS {
            self.heard_ms = now_ms;
            let view = self.link.copy.view();
            let name = |id: &ParticipantId| self.names.get(id).map(String::as_str);
            let said = self.heard.say(|id| view.get(id), name);
            if let Some(said) = said.filter(|_| !self.ui.quiet.get_untracked()) {
                self.ui.heard.set(said);
            }
        }
        self.refine();
        if self.pictures.may_retry() {
            self.board_dirty = true;
            self.content_dirty = true;
        }
        if !self.highlights.is_empty() && now_ms > self.highlight_until_ms {
            self.highlights.clear();
            self.overlay_dirty = true;
        }
        let camera = self.editor.camera();
        if camera != self.saved_camera && !self.fits {
            self.saved_camera = camera;
            device::set_camera(
                &self.document,
                (camera.origin.x, camera.origin.y, camera.zoom),
            );
        }
        self.editor.single_keys = self.ui.single_keys.get_untracked();
        self.editor.snaps = self.ui.snaps.get_untracked();
        self.editor.wheel_zooms = self.ui.wheel_zooms.get_untracked();
    }
}

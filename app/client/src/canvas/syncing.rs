//! What the sync of the open canvas tells, and what the person is told of it.

use std::collections::BTreeSet;

use editor::heard::Heard;
use shared::{board::ChangeSet, id::ObjectId, protocol::AwarenessEntry, sync::client};

use super::core::Core;
use crate::{Dirty, Preference, say, world::World};

/// What others do is read out at most this often, milliseconds.
const HEARD_EVERY_MS: u64 = 5_000;
/// More changes than this at once are not read out.
const HEARD_MAX: usize = 60;
/// Changes by others are highlighted this long, milliseconds.
const HIGHLIGHT_MS: u64 = 8_000;

/// What others did lately.
#[derive(Debug, Default)]
pub(crate) struct Syncing {
    /// What others have done since it was read out last.
    heard: Heard,
    /// When it was read out last, milliseconds.
    heard_ms: u64,
    /// What others changed while one was away.
    highlights: BTreeSet<ObjectId>,
    /// When the highlights go, milliseconds.
    highlight_until_ms: u64,
}

impl Syncing {
    /// What others changed while one was away.
    pub(crate) fn highlights(&self) -> &BTreeSet<ObjectId> {
        &self.highlights
    }

    /// Takes what the canvas's link tells. What every link tells alike is told elsewhere.
    pub(crate) fn take(
        &mut self,
        effects: Vec<client::Effect>,
        core: &mut Core,
        world: &mut World<'_>,
    ) -> Dirty {
        let mut dirty = Dirty::STATUS;
        for effect in effects {
            dirty |= match effect {
                client::Effect::Merged(_, change) => self.merged(&change, core, world),
                client::Effect::Presence(entries) => presence(entries, core),
                client::Effect::Receipt {
                    was_connected,
                    delivered,
                    by_others,
                } => {
                    let text = say::receipt(was_connected, delivered, &by_others);
                    self.highlight(by_others, world) | world.tab.telling.tell(text, world.now_ms)
                }
                _ => Dirty::NOTHING,
            };
        }
        if !core.documents().link().is_open() {
            dirty |= core.presences_mut().people_mut().disconnected();
        }
        dirty
    }

    fn merged(&mut self, change: &ChangeSet, core: &mut Core, world: &mut World<'_>) -> Dirty {
        // What comes in bulk has been there before: nobody wants to hear it.
        let heard = change.objects.iter().take(HEARD_MAX + 1);
        let was_there: Vec<(ObjectId, bool)> = heard
            .map(|id| (id.clone(), core.documents().scene().place(id).is_some()))
            .collect();
        let mut dirty = core.changed(change, world);
        let is_news = was_there.len() <= HEARD_MAX;
        for (id, was_there) in was_there.into_iter().filter(|_| is_news) {
            let now = core.documents().view().get(&id);
            self.heard.note(&id, was_there, now);
        }
        if core.fits() {
            dirty |= core.fit(world);
        }
        dirty
    }

    fn highlight(&mut self, objects: BTreeSet<ObjectId>, world: &World<'_>) -> Dirty {
        self.highlights = objects;
        self.highlight_until_ms = world.now_ms + HIGHLIGHT_MS;
        Dirty::OVERLAY
    }

    /// Time passed: reads out what others did, and lets the highlights go.
    pub(crate) fn tick(&mut self, core: &Core, world: &mut World<'_>) -> Dirty {
        let mut dirty = Dirty::NOTHING;
        if world.now_ms.saturating_sub(self.heard_ms) >= HEARD_EVERY_MS {
            self.heard_ms = world.now_ms;
            let view = core.documents().view();
            let said = self.heard.say(|id| view.get(id), |id| world.tab.name(id));
            let is_quiet = world.tab.preferences.is_on(Preference::Quiet);
            if let Some(said) = said.filter(|_| !is_quiet) {
                dirty |= world.tab.telling.hear(said);
            }
        }
        if !self.highlights.is_empty() && world.now_ms > self.highlight_until_ms {
            self.highlights.clear();
            dirty |= Dirty::OVERLAY;
        }
        dirty
    }
}

fn presence(entries: Vec<AwarenessEntry>, core: &mut Core) -> Dirty {
    let me = core.documents().client_id();
    let is_news = core.presences_mut().people_mut().take(entries, me);
    // What they drag is lifted from the board.
    Dirty::VIEW.when(is_news)
}

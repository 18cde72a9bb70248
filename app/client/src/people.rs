//! Presence: what I tell the others, and what they tell.

use std::collections::BTreeMap;

use crate::Dirty;
use shared::{
    draw::tokens,
    geometry::{Point, Vec2},
    id::{ObjectId, ParticipantId},
    protocol::{AwarenessEntry, Presence, api::Me, presence::PresenceUser},
};

/// Presence is sent at most this often, milliseconds.
const SEND_EVERY_MS: u64 = 80;
/// It is renewed this often where nothing changes.
const RENEW_EVERY_MS: u64 = 15_000;

/// Everybody else on this canvas.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// What they told last, by the id of their copy of the document.
    others: BTreeMap<u64, Presence>,
    /// What I told last; `None`: this connection has not heard of me.
    last: Option<Presence>,
    /// When that was, milliseconds.
    sent_ms: u64,
}

impl People {
    /// Takes what came. Returns whether anything changed.
    pub(crate) fn take(&mut self, entries: Vec<AwarenessEntry>, my_client: u64) -> bool {
        let mut changed = false;
        for entry in entries
            .into_iter()
            .filter(|entry| entry.client != my_client)
        {
            match serde_json::from_str::<Option<Presence>>(&entry.state) {
                Ok(Some(presence)) => {
                    self.others.insert(entry.client, presence);
                    changed = true;
                }
                _ => changed |= self.others.remove(&entry.client).is_some(),
            }
        }
        changed
    }

    /// Nobody can be seen while one is not connected; mine is news to the next connection.
    pub(crate) fn disconnected(&mut self) -> Dirty {
        let was_company = !self.others.is_empty();
        self.others.clear();
        self.last = None;
        Dirty::VIEW.when(was_company)
    }

    /// My presence, if it is time to send it.
    pub(crate) fn due(&mut self, mine: Presence, now_ms: u64) -> Option<String> {
        let age_ms = now_ms.saturating_sub(self.sent_ms);
        let is_news = self.last.as_ref() != Some(&mine);
        if (is_news && age_ms >= SEND_EVERY_MS) || age_ms >= RENEW_EVERY_MS {
            self.sent_ms = now_ms;
            let json = serde_json::to_string(&mine).ok();
            self.last = Some(mine);
            return json;
        }
        None
    }

    /// Everybody else.
    pub(crate) fn others(&self) -> impl Iterator<Item = &Presence> {
        self.others.values()
    }

    /// Where others point, in board space.
    pub(crate) fn at(&self) -> Vec<Point> {
        let here = self.others.values().filter(|presence| !presence.away);
        here.filter_map(|presence| presence.cursor)
            .map(|[x, y]| Point::new(x, y))
            .collect()
    }

    /// How far others are dragging which objects.
    pub(crate) fn drags(&self) -> impl Iterator<Item = (&ObjectId, Vec2)> {
        self.others
            .values()
            .filter_map(|presence| presence.drag.map(|[x, y]| (presence, Vec2::new(x, y))))
            .flat_map(|(presence, offset)| presence.selection.iter().map(move |id| (id, offset)))
    }

    /// What somebody told last, in the tab in which they are not away where they have several.
    pub(crate) fn of(&self, who: &ParticipantId) -> Option<&Presence> {
        let told = self.others.values();
        let mut told = told.filter(|presence| presence.user.id == who.as_str());
        let first = told.next()?;
        Some(if first.away {
            told.find(|presence| !presence.away).unwrap_or(first)
        } else {
            first
        })
    }
}

/// Me, as others see me.
pub(crate) fn user(me: &Me) -> PresenceUser {
    PresenceUser {
        id: me.id.to_string(),
        name: me.name.clone(),
        organisation: me.organisation.clone(),
        color: tokens::person(me.color).css(),
        color_index: me.color,
    }
}

/// A point as presence carries it: whole units.
pub(crate) fn rounded(point: Point) -> [f64; 2] {
    [point.x.round(), point.y.round()]
}

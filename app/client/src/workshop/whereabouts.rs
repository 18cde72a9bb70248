//! Where people are: what I tell, and how one goes to somebody.

use shared::{
    id::{DocumentId, ParticipantId},
    protocol::Presence,
    text,
};

use super::Workshop;
use crate::{Canvas, Dirty, Effect, Platform, people, world::World};

impl Workshop {
    /// Tells the others on which canvas I am, if it is time.
    pub(super) fn tell_where(&mut self, now_ms: u64, platform: &mut dyn Platform) {
        let canvas = self.canvas.as_ref().map(Canvas::document);
        let mine = Presence {
            user: people::user(self.tab.me()),
            canvas: canvas.map(DocumentId::from),
            away: self.is_hidden,
            ..Presence::default()
        };
        self.own.send_presence(mine, now_ms, platform);
    }

    /// Goes to the canvas on which somebody is, and shows where they point.
    pub(super) fn go_to(
        &mut self,
        who: ParticipantId,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        let told = self.own.people().of(&who);
        let Some(canvas) = told.and_then(|presence| presence.canvas.clone()) else {
            return self.tab.telling.tell(text::PEOPLE_NOT_FOUND, now_ms);
        };
        let open = self.canvas.as_ref().map(Canvas::document);
        if open != Some(canvas.as_str()) {
            let canvas = canvas.to_string();
            platform.carry_out(Effect::Go { canvas });
        }
        self.going_to = Some(who);
        self.show_whom(now_ms, platform)
    }

    /// Shows where somebody points whom one goes to, once that is known.
    pub(super) fn show_whom(&mut self, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        let Some(who) = self.going_to.take() else {
            return Dirty::NOTHING;
        };
        let show = |canvas: &mut Canvas, world: &mut World<'_>| canvas.show_person(&who, world);
        match self.with_canvas(now_ms, platform, show).flatten() {
            Some(dirty) => dirty,
            None => {
                let told = self.own.people().of(&who);
                let is_elsewhere = told.and_then(|presence| presence.canvas.as_ref());
                // They are still there: their pointer will be told soon.
                self.going_to = is_elsewhere.is_some().then_some(who);
                Dirty::NOTHING
            }
        }
    }
}

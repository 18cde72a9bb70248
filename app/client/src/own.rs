//! The workshop's own document: its title, its people and its canvases, read live.

use std::sync::Arc;

use shared::{
    board::{
        Replica,
        workshop::{self, CanvasEntry, WorkshopView},
    },
    canvas::{self, Template},
    protocol::Presence,
    sync::{Status, client},
};

use crate::{Dirty, Platform, effect::KeptRow, link::Link, people::People};

/// The workshop's own document.
#[derive(Default)]
pub(crate) struct Own {
    /// Its link; `None` while what the device keeps of it is being read.
    link: Option<Link<Replica>>,
    /// What it says now.
    view: WorkshopView,
    /// Everybody else who has it open, and what they tell.
    people: People,
}

/// What an event of its link came to.
#[derive(Default)]
pub(crate) struct Heard {
    /// What is not the link's own to do.
    pub(crate) told: Vec<client::Effect>,
    /// The document may say something else now.
    pub(crate) is_news: bool,
    /// The server's content has just arrived on a new connection.
    pub(crate) is_back: bool,
    /// Somebody came, went, or is elsewhere now.
    pub(crate) is_about_people: bool,
}

impl Own {
    /// What it says now.
    pub(crate) fn view(&self) -> &WorkshopView {
        &self.view
    }

    /// What its link says.
    pub(crate) fn status(&self) -> Status {
        self.link.as_ref().map_or(Status::Offline(0), Link::status)
    }

    /// What the device keeps of it has been read.
    pub(crate) fn open(
        &mut self,
        document: String,
        rows: Vec<KeptRow>,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) {
        let copy = Replica::new(platform.random_u64());
        self.link = Some(Link::open(document, copy, rows, now_ms));
        self.read();
    }

    /// Takes an event of its link.
    pub(crate) fn event(
        &mut self,
        event: client::Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Heard {
        let Some(link) = &mut self.link else {
            return Heard::default();
        };
        let was_caught_up = link.is_caught_up();
        let told = link.event(event, now_ms, platform);
        let is_merged = |effect: &client::Effect| matches!(effect, client::Effect::Merged(..));
        let mut heard = Heard {
            is_news: told.iter().any(is_merged),
            is_back: link.is_caught_up() && !was_caught_up,
            is_about_people: false,
            told: Vec::new(),
        };
        for effect in told {
            match effect {
                client::Effect::Presence(entries) => {
                    heard.is_about_people |= self.people.take(entries, link.copy().client_id());
                }
                effect => heard.told.push(effect),
            }
        }
        if !link.is_open() {
            heard.is_about_people |= self.people.disconnected() != Dirty::NOTHING;
        }
        if heard.is_news {
            self.read();
        }
        heard
    }

    /// Everybody else who has it open.
    pub(crate) fn people(&self) -> &People {
        &self.people
    }

    /// Tells the others where I am, if it is time.
    pub(crate) fn send_presence(
        &mut self,
        mine: Presence,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) {
        let Some(link) = self.link.as_mut().filter(|link| link.is_open()) else {
            return;
        };
        if let Some(state) = self.people.due(mine, now_ms) {
            let client = link.copy().client_id();
            link.send_presence(client, state, platform);
        }
    }

    /// The ids of its canvases, in order.
    pub(crate) fn canvases(&self) -> impl Iterator<Item = &str> {
        let canvases = self.view.canvases.iter();
        canvases.map(|canvas| canvas.id.as_str())
    }

    /// The ground of a canvas: the blank one while the document does not say.
    pub(crate) fn template(&self, document: &str) -> Arc<Template> {
        let entry = self.entry(document);
        let template = entry.and_then(|entry| self.view.templates.get(&entry.template));
        template.map_or_else(canvas::blank, Arc::clone)
    }

    /// What a canvas is called; empty where there is none of this id.
    pub(crate) fn title(&self, document: &str) -> &str {
        self.entry(document).map_or("", |entry| &entry.title)
    }

    fn entry(&self, document: &str) -> Option<&CanvasEntry> {
        let mut canvases = self.view.canvases.iter().chain(&self.view.archived);
        canvases.find(|canvas| canvas.id.as_str() == document)
    }

    /// Whether it is certain that the workshop has no such canvas.
    pub(crate) fn lacks(&self, document: &str) -> bool {
        let is_known = self.link.as_ref().is_some_and(Link::is_caught_up);
        is_known && !self.canvases().any(|canvas| canvas == document)
    }

    /// Closes its link.
    pub(crate) fn close(&mut self, platform: &mut dyn Platform) {
        if let Some(link) = self.link.take() {
            link.close(platform);
        }
    }

    fn read(&mut self) {
        if let Some(link) = &self.link {
            self.view = workshop::view(link.copy());
        }
    }
}

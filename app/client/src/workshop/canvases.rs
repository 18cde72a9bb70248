//! How the workshop's canvases open and close, from what the device keeps of them.

use editor::Camera;
use shared::{board::Document, sync::client, text};

use super::Workshop;
use crate::{
    AppEvent, Canvas, Dirty, Effect, Platform, Sent, effect::KeptRow, link::Link, world::World,
};

impl Workshop {
    /// Opens a canvas in place of the one that is open.
    pub(super) fn open_canvas(
        &mut self,
        document: &str,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        let mut dirty = self.close_canvas(now_ms, platform);
        if let Some(link) = self.beside.resume(document) {
            dirty |= self.enter(link, None, now_ms, platform);
            return dirty;
        }
        self.beside.fetching().leave(document, platform);
        self.opening = Some(document.to_owned());
        platform.carry_out(Effect::Load {
            document: document.to_owned(),
        });
        dirty | self.look_for(document, now_ms, platform)
    }

    /// Closes the canvas that is open. Its link stays until everything in it is stored.
    pub(super) fn close_canvas(&mut self, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        self.opening = None;
        let Some(canvas) = self.canvas.take() else {
            return Dirty::NOTHING;
        };
        let mut world = World {
            now_ms,
            platform,
            tab: &mut self.tab,
        };
        let link = canvas.close(&mut world);
        self.beside.linger(link, platform);
        self.tab.leave_canvas()
    }

    /// Goes to another canvas where this one has been archived; leaves where the workshop
    /// has no such canvas.
    pub(super) fn look_for(
        &mut self,
        document: &str,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        if !self.own.lacks(document) {
            return Dirty::NOTHING;
        }
        let view = self.own.view();
        let mut archived = view.archived.iter();
        let archived = archived.find(|canvas| canvas.id.as_str() == document);
        match (archived, view.canvases.first()) {
            (Some(archived), Some(other)) => {
                let canvas = other.id.to_string();
                platform.carry_out(Effect::Go { canvas });
                let title = archived.title.as_str();
                self.tab
                    .telling
                    .tell(text::canvases_was_archived(title), now_ms)
            }
            _ => {
                platform.carry_out(Effect::Leave);
                Dirty::NOTHING
            }
        }
    }

    /// What the device keeps of a document has been read.
    pub(super) fn kept(
        &mut self,
        document: String,
        rows: Vec<KeptRow>,
        camera: Option<Camera>,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        if document == self.id {
            self.own.open(document, rows, now_ms, platform);
            let dirty = self.read(now_ms, platform);
            self.count_unstored(platform);
            return dirty | self.own_sync(client::Event::Tick, now_ms, platform);
        }
        let Err(rows) = self
            .beside
            .fetching()
            .kept(&document, rows, now_ms, platform)
        else {
            return self.sync(&document, client::Event::Tick, now_ms, platform);
        };
        if self.opening.as_deref() != Some(document.as_str()) {
            // It has been closed meanwhile.
            return Dirty::NOTHING;
        }
        self.opening = None;
        let copy = Document::new(platform.random_u64());
        let link = Link::open(document, copy, rows, now_ms);
        self.enter(link, camera, now_ms, platform)
    }

    /// Has the device count what it keeps unstored of the other canvases, once the open
    /// one is there and the others are known: they are fetched much later.
    fn count_unstored(&mut self, platform: &mut dyn Platform) {
        let Some(canvas) = &self.canvas else { return };
        let is_other = |document: &&str| *document != canvas.document();
        let archived = self.own.view().archived.iter();
        let all = archived.map(|canvas| canvas.id.as_str());
        let all = self.own.canvases().chain(all);
        let others = all.filter(is_other).map(str::to_owned);
        let documents: Vec<String> = others.collect();
        if !documents.is_empty() && !std::mem::replace(&mut self.has_counted, true) {
            platform.carry_out(Effect::CountUnstored { documents });
        }
    }

    /// Whether a picture was put on a canvas that is not the one that is open.
    pub(super) fn is_elsewhere(&self, sent: &Sent) -> bool {
        let open = self.canvas.as_ref().map(Canvas::document);
        open != Some(sent.document.as_str())
    }

    /// Keeps a picture until its canvas opens again.
    pub(super) fn wait(&mut self, sent: Sent, now_ms: u64) -> Dirty {
        let title = self.own.title(&sent.document);
        let text = text::say_picture_waits(title);
        self.waiting.push(sent);
        self.tab.telling.tell(text, now_ms)
    }

    /// Shows a canvas.
    fn enter(
        &mut self,
        link: Link<Document>,
        camera: Option<Camera>,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        let document = link.document().to_owned();
        let template = self.own.template(&document);
        let mut world = World {
            now_ms,
            platform,
            tab: &mut self.tab,
        };
        let canvas = Canvas::open(link, template, (self.viewport, camera), &mut world);
        self.canvas = Some(canvas);
        self.count_unstored(platform);
        let mut dirty = Dirty::ALL;
        for sent in self
            .waiting
            .extract_if(.., |sent| sent.document == document)
            .collect::<Vec<_>>()
        {
            dirty |= self.on_canvas(AppEvent::Uploaded(Ok(sent)), now_ms, platform);
        }
        dirty
            | self.on_canvas(AppEvent::Hidden(self.is_hidden), now_ms, platform)
            | self.sync(&document, client::Event::Tick, now_ms, platform)
    }
}

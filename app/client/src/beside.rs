//! Links of canvases that nobody looks at: those with something not stored, and the one
//! that is fetched in the background.

use shared::{
    board::Document,
    sync::{Status, client},
};

use crate::{Platform, Unstored, fetching::Fetching, link::Link, status, unstored};

/// Links beside that of the open canvas.
#[derive(Default)]
pub(crate) struct Beside {
    /// Canvases that were closed, or fetched, and have something that is not stored.
    lingering: Vec<Link<Document>>,
    /// What is fetched in the background.
    fetching: Fetching,
}

impl Beside {
    /// What is fetched in the background.
    pub(crate) fn fetching(&mut self) -> &mut Fetching {
        &mut self.fetching
    }

    /// What the links say, where that concerns the person.
    pub(crate) fn statuses(&self) -> impl Iterator<Item = Status> {
        let lingering = self.lingering.iter().map(Link::status);
        lingering.chain(self.fetching.statuses())
    }

    /// What of the canvases that were left could not be stored.
    pub(crate) fn unstored(&self) -> impl Iterator<Item = Unstored> {
        self.lingering.iter().flat_map(unstored::of)
    }

    /// The documents that have a link here.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &str> {
        let lingering = self.lingering.iter().map(Link::document);
        lingering.chain(self.fetching.document())
    }

    /// Takes the link of a canvas that closes or has been fetched: it stays until everything in it is stored.
    pub(crate) fn linger(&mut self, link: Link<Document>, platform: &mut dyn Platform) {
        if status::changes(&link.status()) > 0 {
            self.lingering.push(link);
        } else {
            link.close(platform);
        }
    }

    /// Gives the link of a canvas back that opens again.
    pub(crate) fn resume(&mut self, document: &str) -> Option<Link<Document>> {
        let at = self.at(document)?;
        Some(self.lingering.swap_remove(at))
    }

    /// Fetches the next canvas, unless one is under way. `open` has a link of its own.
    pub(crate) fn fetch(&mut self, open: &str, platform: &mut dyn Platform) {
        let lingering = &self.lingering;
        let is_linked = |document: &str| {
            document == open || lingering.iter().any(|link| link.document() == document)
        };
        self.fetching.begin(is_linked, platform);
    }

    /// Takes an event of a document's link. Returns what is not the link's own to do;
    /// `None` where there is no such link here.
    pub(crate) fn sync(
        &mut self,
        document: &str,
        event: &client::Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Option<Vec<client::Effect>> {
        if self.fetching.document() == Some(document) {
            let (told, done) = self.fetching.event(event.clone(), now_ms, platform);
            if let Some(link) = done {
                self.linger(link, platform);
            }
            return Some(told);
        }
        let at = self.at(document)?;
        let told = self.lingering[at].event(event.clone(), now_ms, platform);
        if self.lingering[at].status() == Status::Saved {
            self.lingering.swap_remove(at).close(platform);
        }
        Some(told)
    }

    /// Closes all of them.
    pub(crate) fn close(&mut self, platform: &mut dyn Platform) {
        for link in self.lingering.drain(..) {
            link.close(platform);
        }
        if let Some(document) = self.fetching.document().map(str::to_owned) {
            self.fetching.leave(&document, platform);
        }
    }

    fn at(&self, document: &str) -> Option<usize> {
        let mut lingering = self.lingering.iter();
        lingering.position(|link| link.document() == document)
    }
}

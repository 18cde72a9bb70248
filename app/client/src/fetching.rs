//! All documents of the workshop are kept on the device: those that are not open are
//! fetched in the background, one after another.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shared::{
    board::{Document, workshop::CanvasEntry},
    sort,
    sync::{Status, client},
};

use crate::{Effect, Platform, effect::KeptRow, link::Link, status};

/// What is fetched, and what is still to be.
#[derive(Default)]
pub(crate) struct Fetching {
    /// Canvases to be fetched, in order.
    waiting: VecDeque<String>,
    /// Canvases that wait or have been fetched since everything was asked for.
    known: BTreeSet<String>,
    /// The one that is being fetched.
    current: Option<Current>,
    /// How many changes the device keeps unstored of those whose rows have not been read.
    counted: BTreeMap<String, u32>,
}

enum Current {
    /// What the device keeps of it is being read.
    Loading(String),
    /// It is connected, or about to be.
    Linked(Box<Link<Document>>),
}

impl Fetching {
    /// The workshop has these canvases: those that are new are to be fetched.
    pub(crate) fn learn<'a>(&mut self, canvases: impl IntoIterator<Item = &'a str>) {
        for canvas in canvases {
            if self.known.insert(canvas.to_owned()) {
                self.waiting.push_back(canvas.to_owned());
            }
        }
    }

    /// Everything is to be fetched again: one was not connected for a while.
    pub(crate) fn again<'a>(&mut self, canvases: impl IntoIterator<Item = &'a str>) {
        self.known.clear();
        self.waiting.clear();
        self.known.extend(self.document().map(str::to_owned));
        self.learn(canvases);
    }

    /// Begins with the next, unless one is under way. `is_linked` says which canvases have
    /// a link already.
    pub(crate) fn begin(&mut self, is_linked: impl Fn(&str) -> bool, platform: &mut dyn Platform) {
        if self.current.is_some() {
            return;
        }
        while let Some(document) = self.waiting.pop_front() {
            if is_linked(&document) {
                self.counted.remove(&document);
            } else {
                platform.carry_out(Effect::Load {
                    document: document.clone(),
                });
                self.current = Some(Current::Loading(document));
                return;
            }
        }
    }

    /// The device has counted what it keeps unstored of canvases: that counts until their
    /// rows are read.
    /// Those of `archived` canvases count until they are brought back: nothing can store them.
    pub(crate) fn count(&mut self, counts: Vec<(String, u32)>, archived: &[CanvasEntry]) {
        let waits = |(document, n): &(String, u32)| {
            let is_archived = archived.iter().any(|canvas| canvas.id.as_str() == document);
            *n > 0 && (is_archived || self.waiting.contains(document))
        };
        self.counted = sort::map(counts.into_iter().filter(waits));
    }

    /// The device's rows of a document have been read. Returns them if they are not for this.
    pub(crate) fn kept(
        &mut self,
        document: &str,
        rows: Vec<KeptRow>,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Result<(), Vec<KeptRow>> {
        self.counted.remove(document);
        match &self.current {
            Some(Current::Loading(loading)) if loading == document => {
                let copy = Document::new(platform.random_u64());
                let link = Link::open(document.to_owned(), copy, rows, now_ms);
                self.current = Some(Current::Linked(Box::new(link)));
                Ok(())
            }
            _ => Err(rows),
        }
    }

    /// The document that is being fetched.
    pub(crate) fn document(&self) -> Option<&str> {
        match self.current.as_ref()? {
            Current::Loading(document) => Some(document),
            Current::Linked(link) => Some(link.document()),
        }
    }

    /// What its link says, where that concerns the person: where something is not stored,
    /// there or in those that wait.
    pub(crate) fn statuses(&self) -> impl Iterator<Item = Status> {
        let linked = match &self.current {
            Some(Current::Linked(link)) => Some(link.status()),
            _ => None,
        };
        let counted = self.counted.values().map(|n| Status::Saving(*n));
        let all = linked.into_iter().chain(counted);
        all.filter(|status| status::changes(status) > 0)
    }

    /// Takes an event of its link. Returns what is not the link's own to do, and the link
    /// once nothing more comes of waiting: the document is in step, or cannot be stored.
    pub(crate) fn event(
        &mut self,
        event: client::Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> (Vec<client::Effect>, Option<Link<Document>>) {
        let Some(Current::Linked(link)) = &mut self.current else {
            return (Vec::new(), None);
        };
        let told = link.event(event, now_ms, platform);
        let is_done = matches!(
            link.status(),
            Status::Saved | Status::Held(..) | Status::Closed(..)
        );
        match self.current.take_if(|_| is_done) {
            Some(Current::Linked(link)) => (told, Some(*link)),
            _ => (told, None),
        }
    }

    /// Somebody opens this document: it is not fetched beside that.
    pub(crate) fn leave(&mut self, document: &str, platform: &mut dyn Platform) {
        if self.document() != Some(document) {
            return;
        }
        if let Some(Current::Linked(link)) = self.current.take() {
            link.close(platform);
        }
    }
}

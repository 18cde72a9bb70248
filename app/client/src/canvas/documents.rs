//! The canvas's document with its link, and what is derived from it: where everything is.

use std::sync::Arc;

use shared::{
    board::{BoardView, ChangeSet, Command, Document, Step},
    canvas::Template,
    draw::tiles::Spoiled,
    scene::Scene,
    sync::client,
};

use crate::{Dirty, Platform, link::Link};

/// A canvas's document.
pub(crate) struct Documents {
    /// The document, its socket and what the device keeps of it.
    link: Link<Document>,
    /// Where everything is.
    scene: Scene,
    /// The ground.
    template: Arc<Template>,
    /// Where the board looks different, until that is taken.
    spoiled: Spoiled,
}

impl Documents {
    /// A canvas's document with its link, on its ground.
    pub(crate) fn new(link: Link<Document>, template: Arc<Template>) -> Self {
        let scene = Scene::rebuild(link.copy().view());
        Self {
            link,
            scene,
            template,
            spoiled: Spoiled::default(),
        }
    }

    /// Gives the link back.
    pub(crate) fn into_link(self) -> Link<Document> {
        self.link
    }

    /// The board as it is now.
    pub(crate) fn view(&self) -> &BoardView {
        self.link.copy().view()
    }

    /// Where everything is.
    pub(crate) fn scene(&self) -> &Scene {
        &self.scene
    }

    /// The ground.
    pub(crate) fn template(&self) -> &Arc<Template> {
        &self.template
    }

    /// The workshop says which ground it is. Returns what became dirty.
    pub(crate) fn set_template(&mut self, template: Arc<Template>) -> Dirty {
        let is_news = self.template != template;
        self.template = template;
        (Dirty::LAYERS | Dirty::LIST).when(is_news)
    }

    /// The document's link.
    pub(crate) fn link(&self) -> &Link<Document> {
        &self.link
    }

    /// The id of this copy, under which presence is sent.
    pub(crate) fn client_id(&self) -> u64 {
        self.link.copy().replica().client_id()
    }

    /// Does what a command says.
    pub(crate) fn apply(
        &mut self,
        command: &Command,
        step: Step,
        platform: &mut dyn Platform,
    ) -> ChangeSet {
        let change = self.link.copy_mut().apply(command, step);
        self.send(u32::from(step == Step::New), &change, platform);
        change
    }

    /// Takes back my last step, or does it again. `None` where there is none.
    pub(crate) fn undo(&mut self, back: bool, platform: &mut dyn Platform) -> Option<ChangeSet> {
        let copy = self.link.copy_mut();
        let change = if back { copy.undo() } else { copy.redo() }?;
        self.send(1, &change, platform);
        Some(change)
    }

    fn send(&mut self, weight: u32, change: &ChangeSet, platform: &mut dyn Platform) {
        let updates = self.link.copy_mut().take_outbox();
        self.link.local(updates, weight, &change.objects, platform);
    }

    /// Takes an event of the link. Returns what is not the link's own to do.
    pub(crate) fn event(
        &mut self,
        event: client::Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Vec<client::Effect> {
        self.link.event(event, now_ms, platform)
    }

    /// Sends presence, if connected.
    pub(crate) fn send_presence(&mut self, state: String, platform: &mut dyn Platform) {
        let client = self.client_id();
        self.link.send_presence(client, state, platform);
    }

    /// The document has changed: lays out what it touched.
    pub(crate) fn relay(&mut self, change: &ChangeSet) {
        let spoiled = self.scene.apply(self.link.copy().view(), change);
        self.spoiled.add(spoiled);
    }

    /// Takes where the board looks different since this was asked last.
    pub(crate) fn take_spoiled(&mut self) -> Spoiled {
        std::mem::take(&mut self.spoiled)
    }
}

//! One open canvas: what each event does to its parts, and what became dirty.

pub(crate) mod core;
mod documents;
mod finding;
mod painting;
mod presence;
mod requests;
mod syncing;

use std::sync::Arc;

use editor::{Camera, Clip, Input, Refusal, action::Standing};
use shared::{
    board::Document,
    canvas::Template,
    geometry::{Point, Size, Vec2},
    id::ParticipantId,
    object::sticky_note,
    sync::{Status, client},
    text::Phrase,
};

use crate::{
    AppEvent, Bar, Dirty, Effect, FileInfo, Listing, Sent, Unstored, bar, link::Link, pictures,
    unstored, world::World, writing,
};
use core::Core;
use documents::Documents;
use finding::Finding;
use painting::Painting;
use syncing::Syncing;

#[cfg(test)]
pub(crate) use {
    documents::Documents as TestedDocuments, finding::next as next_found,
    painting::minimap_from_board,
};

/// A drag at the edge of the screen moves the view at most this long at once, milliseconds.
const SCROLL_MS_MAX: u64 = 50;

/// One open canvas.
pub struct Canvas {
    /// Document, editor, presence and the text that is written.
    core: Core,
    /// What others did lately.
    syncing: Syncing,
    /// What the search has found.
    finding: Finding,
    /// The list in reading order.
    listing: Listing,
    /// What is painted.
    painting: Painting,
    /// The view that the device remembers.
    saved_camera: Option<Camera>,
    /// When a drag at the edge of the screen moved the view last, milliseconds.
    scrolled_ms: u64,
    /// The pointer as it looks now, as CSS names it.
    cursor: &'static str,
    /// It has been marked that the board has opened.
    is_marked_open: bool,
}

/// What tools and properties bar show.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What decides which actions are allowed.
    pub standing: Standing,
    /// Screen pixels for one board unit.
    pub zoom: f64,
    /// Whether there is something to take back, and something to do again.
    pub can_undo_redo: (bool, bool),
    /// Characters left in that text, once they become few.
    pub left: Option<usize>,
    /// The properties bar; `None` where it is not shown.
    pub bar: Option<Bar>,
}

impl Canvas {
    /// Opens a canvas on its link. `look`: the board's size on the screen, in pixels, and
    /// from where one looked last.
    pub(crate) fn open(
        link: Link<Document>,
        template: Arc<Template>,
        look: (Size, Option<Camera>),
        world: &mut World<'_>,
    ) -> Self {
        let (viewport, camera) = look;
        let mut core = Core::new(Documents::new(link, template), world);
        // Everything is shown anew in any case.
        let _ = core.input(Input::Resize(viewport), world);
        if let Some(camera) = camera {
            core.look_from(camera);
        }
        Self {
            core,
            syncing: Syncing::default(),
            finding: Finding::default(),
            listing: Listing::default(),
            painting: Painting::default(),
            saved_camera: camera,
            scrolled_ms: 0,
            cursor: "",
            is_marked_open: false,
        }
    }

    /// The canvas's document.
    pub fn document(&self) -> &str {
        self.core.documents().link().document()
    }

    /// The ground: the blank one until the workshop's document is here.
    pub fn template(&self) -> &Arc<Template> {
        self.core.documents().template()
    }

    /// The workshop says on which ground the canvas lies.
    pub(crate) fn set_template(&mut self, template: Arc<Template>, world: &mut World<'_>) -> Dirty {
        self.core.set_template(template, world)
    }

    /// The list in reading order.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// Whether the last input was used: the browser's own action is to be suppressed.
    pub fn used_last_input(&self) -> bool {
        self.core.used()
    }

    /// When the editor wants to be told that time has passed, monotonic milliseconds.
    pub fn wakes_at(&self) -> Option<u64> {
        self.core.editor().wakes_at()
    }

    /// Takes what is to be put on the clipboard.
    pub(crate) fn take_clip(&mut self) -> Option<Clip> {
        self.core.take_clip()
    }

    /// What the link says of itself.
    pub(crate) fn status(&self) -> Status {
        self.core.documents().link().status()
    }

    /// Whether the server's content has arrived.
    pub(crate) fn is_caught_up(&self) -> bool {
        self.core.documents().link().is_caught_up()
    }

    /// Shows where somebody points; `None` where they have not told.
    pub(crate) fn show_person(
        &mut self,
        who: &ParticipantId,
        world: &mut World<'_>,
    ) -> Option<Dirty> {
        let told = self.core.presences().people().of(who)?;
        let [x, y] = told.cursor?;
        self.core.stay();
        let at = Point::new(x, y);
        Some(self.core.edit(world, |editor, cx| editor.look_at(at, cx)))
    }

    /// What of it could not be stored.
    pub(crate) fn unstored(&self) -> Vec<Unstored> {
        unstored::of(self.core.documents().link())
    }

    /// Takes one event.
    pub(crate) fn take(&mut self, event: AppEvent, world: &mut World<'_>) -> Dirty {
        let core = &mut self.core;
        match event {
            AppEvent::Input(input) => core.input(input, world),
            AppEvent::Act(action) => core.act(action, world),
            AppEvent::Style(key, choice) => {
                core.edit(world, |editor, cx| editor.style(key, choice, cx))
            }
            AppEvent::Paste(pasted) => {
                self.bring_pictures(pasted.canvas.as_deref(), &pasted.json, world);
                requests::paste(&pasted, &mut self.core, world)
            }
            AppEvent::Rewrite(id, text) => requests::rewrite(id, &text, core, world),
            AppEvent::ListMore => {
                self.listing.more();
                Dirty::LIST
            }
            AppEvent::WriteIn(section, text) => core.edit(world, |editor, cx| {
                editor.write_in(section.as_deref(), &text, cx)
            }),
            AppEvent::SetLink(asked, typed) => requests::set_link(asked, &typed, core, world),
            AppEvent::Accept(kind) => requests::accept(kind, core, world),
            AppEvent::Find(words, seek) => self.finding.find(&words, seek, core, world),
            AppEvent::LookAt(at) => {
                let to = painting::minimap_of_canvas(core, world).inverse() * at;
                core.stay();
                core.edit(world, |editor, cx| editor.look_at(to, cx))
            }
            AppEvent::Choose(id) => requests::choose(&id, core, world),
            AppEvent::Typed => core.typed(world),
            AppEvent::Composing(composing) => core.composing(composing, world),
            AppEvent::TextKey(key, mods) => requests::text_key(&key, mods, core, world),
            AppEvent::TextLeft if core.presences().is_away() => Dirty::NOTHING,
            AppEvent::TextLeft => requests::stop_writing(core, world),
            AppEvent::PutPictures(files, at) => self.put_pictures(files, at, world),
            AppEvent::Brought(hash, brought) => {
                world.platform.carry_out(Effect::PictureArrived(hash));
                let said = brought.map_err(|why| world.tab.telling.insist(why));
                Dirty::CONTENT | said.err().unwrap_or_default()
            }
            AppEvent::Uploaded(sent) => self.uploaded(sent, world),
            AppEvent::Pictures => Dirty::CONTENT,
            AppEvent::LanguageChanged => Dirty::LAYERS,
            AppEvent::Prefer(..) => {
                core.prefer(world);
                Dirty::EDITOR
            }
            AppEvent::Frame => self.frame(world),
            AppEvent::Hidden(hidden) => {
                core.presences_mut().set_away(hidden);
                core.send_presence(world);
                Dirty::PEOPLE
            }
            // These concern the whole tab.
            AppEvent::OpenCanvas(_)
            | AppEvent::GoTo(_)
            | AppEvent::Try(_)
            | AppEvent::CloseCanvas
            | AppEvent::Sync(..)
            | AppEvent::Kept { .. }
            | AppEvent::Counted(_)
            | AppEvent::Menu(_)
            | AppEvent::Closed(_)
            | AppEvent::DeviceFailed
            | AppEvent::Tick(_)
            | AppEvent::Wake => Dirty::NOTHING,
        }
    }

    /// Takes an event of the link. Returns what every link tells alike as well.
    pub(crate) fn sync(
        &mut self,
        event: client::Event,
        world: &mut World<'_>,
    ) -> (Dirty, Vec<client::Effect>) {
        let documents = self.core.documents_mut();
        let effects = documents.event(event, world.now_ms, world.platform);
        let mut dirty = Dirty::NOTHING;
        for effect in &effects {
            if let client::Effect::Hello(hello) = effect {
                dirty |= self.core.set_may_write(hello.writable);
            }
        }
        let (told, own) = effects.into_iter().partition(is_told_of_every_link);
        (dirty | self.syncing.take(own, &mut self.core, world), told)
    }

    /// Time passed.
    pub(crate) fn tick(&mut self, world: &mut World<'_>) -> Dirty {
        self.core.send_presence(world);
        let camera = self.core.editor().camera();
        if self.saved_camera != Some(camera) && !self.core.fits() {
            self.saved_camera = Some(camera);
            world.platform.carry_out(Effect::RememberCamera {
                document: self.document().to_owned(),
                camera,
            });
        }
        self.painting.refine(world.now_ms) | self.syncing.tick(&self.core, world)
    }

    /// Ends a step: closes the text where it may no longer be written, makes the list anew
    /// if it is time, and asks for a frame if something
    /// is to be painted.
    pub(crate) fn settle(&mut self, mut dirty: Dirty, world: &mut World<'_>) -> Dirty {
        dirty |= self.core.heed_rights(world);
        if dirty.has(Dirty::LIST) {
            self.listing.invalidate();
        }
        let documents = self.core.documents();
        if self.listing.refresh(
            documents.view(),
            documents.scene(),
            documents.template(),
            world.now_ms,
        ) {
            dirty |= Dirty::LISTED;
        }
        if self.painting.note(dirty) {
            world.platform.carry_out(Effect::NextFrame);
        }
        dirty
    }

    /// Closes it, with the text that is written. Returns its link, which is still open.
    pub(crate) fn close(mut self, world: &mut World<'_>) -> Link<Document> {
        // A note that was begun and left empty goes; nothing is shown any more.
        let _ = requests::stop_writing(&mut self.core, world);
        self.core.into_documents().into_link()
    }

    fn frame(&mut self, world: &mut World<'_>) -> Dirty {
        let marked = [self.syncing.highlights(), self.finding.found()];
        self.painting.frame(&mut self.core, &marked, world);
        let mut dirty = Dirty::NOTHING;
        if self.core.editor().scrolls_at_edge() {
            // A drag rests at the edge of the screen: the view moves on with every frame.
            let ms = world.now_ms.saturating_sub(self.scrolled_ms);
            let input = Input::Scroll(ms.min(SCROLL_MS_MAX) as f64);
            self.scrolled_ms = world.now_ms;
            let reply = self
                .core
                .with_editor(world, |editor, cx| editor.handle(input, cx));
            dirty |= self.core.carry_out(reply.effects, world);
        }
        self.core.place_text(world.platform.text());
        let cursor = self.core.editor().cursor_style();
        if std::mem::replace(&mut self.cursor, cursor) != cursor {
            world.platform.carry_out(Effect::SetCursor(cursor));
        }
        if !self.is_marked_open && self.is_caught_up() {
            self.is_marked_open = true;
            world.platform.carry_out(Effect::MarkOpen);
        }
        dirty
    }

    fn bring_pictures(&self, from: Option<&str>, json: &str, world: &mut World<'_>) {
        if !self.core.rights(world).writes {
            return;
        }
        let is_ours = |canvas: &str| world.tab.is_ours(canvas);
        if let Some((from, hashes)) = pictures::to_bring(from, json, is_ours) {
            let document = self.document().to_owned();
            world.platform.carry_out(Effect::Bring {
                from,
                document,
                hashes,
            });
        }
    }

    fn put_pictures(
        &mut self,
        files: Vec<FileInfo>,
        at: Option<Point>,
        world: &mut World<'_>,
    ) -> Dirty {
        if files.is_empty() {
            return Dirty::NOTHING;
        }
        if !self.core.rights(world).writes {
            return world
                .tab
                .telling
                .tell(Refusal::ReadOnly.text(), world.now_ms);
        }
        let editor = self.core.editor();
        let camera = editor.camera();
        let middle = camera.visible(editor.viewport()).center();
        let first = at.map_or(middle, |at| camera.board_from_screen(at));
        let (uploads, said) = pictures::uploads(self.document(), files, first);
        for upload in uploads {
            world.platform.carry_out(upload);
        }
        world.tab.telling.tell(said, world.now_ms)
    }

    fn uploaded(&mut self, sent: Result<Sent, Phrase>, world: &mut World<'_>) -> Dirty {
        match sent {
            Ok(Sent { image, alt, at, .. }) => {
                let pixels = Vec2::new(image.width.into(), image.height.into()).to_size();
                let dirty = self.core.edit(world, |editor, cx| {
                    editor.place_picture(image.hash, pixels, alt, at, cx)
                });
                dirty | world.tab.telling.close()
            }
            Err(why) => world.tab.telling.insist(why),
        }
    }

    /// What tools and properties bar show.
    pub(crate) fn shown(&mut self, world: &mut World<'_>) -> Shown {
        let core = &mut self.core;
        let is_writing = core.writing().is_some();
        let left = is_writing.then(|| writing::length(world.platform.text()));
        let left = left.filter(|length| *length >= sticky_note::TEXT_COUNTER_FROM);
        let standing = core.with_editor(world, |editor, cx| editor.standing(cx));
        Shown {
            bar: bar_of(&standing, core, world),
            standing,
            zoom: core.editor().camera().zoom,
            can_undo_redo: core.documents().link().copy().can_undo_redo(),
            left: left.map(|length| sticky_note::TEXT_MAX.saturating_sub(length)),
        }
    }
}

/// What is told of every link alike, the workshop's and those in the background too.
fn is_told_of_every_link(effect: &client::Effect) -> bool {
    matches!(
        effect,
        client::Effect::Refused(_) | client::Effect::Hello(_)
    )
}

fn bar_of(standing: &Standing, core: &mut Core, world: &mut World<'_>) -> Option<Bar> {
    let is_writing = core.writing().is_some();
    let editor = core.editor();
    let (view, scene) = (core.documents().view(), core.documents().scene());
    let selected = editor.selection();
    let has_text = |id| view.get(id).is_some_and(|it| it.kind.features().has_text);
    let bounds = selected.iter().filter_map(|id| scene.bounds(id));
    let bounds = bounds.reduce(|a, b| a.union(b));
    let now = bar::Now {
        standing,
        is_writing,
        is_still: editor.is_at_rest() || is_writing,
        has_text: selected.iter().any(has_text),
        at: bounds.map(|bounds| bar::place(bounds, &editor.camera(), editor.viewport())),
    };
    let mut bar = Bar::of(&now)?;
    bar.styles = core.with_editor(world, |editor, cx| editor.styles(cx));
    bar.has_link = core.with_editor(world, |editor, cx| editor.has_link(cx));
    Some(bar)
}

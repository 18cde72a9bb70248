//! One workshop for the life of a tab: who one is, the workshop's document, and the
//! canvases that open and close inside it.

mod canvases;
mod whereabouts;

use editor::{Clip, Input};
use shared::{
    board::workshop::WorkshopView,
    geometry::Size,
    id::ParticipantId,
    protocol::{CloseCode, api::Me},
    sync::{Status, client},
};

use crate::{
    AppEvent, Canvas, Dirty, Effect, Member, Part, Platform, Preference, Preferences, Sent, Shown,
    Tab, Unstored,
    beside::Beside,
    clocks::Clocks,
    log::{Log, Logging},
    members,
    own::Own,
    status, unstored, words,
    world::World,
};

/// With what a workshop begins.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The workshop's id, which is also that of its own document.
    pub workshop: String,
    /// Who one is, as the server said last.
    pub me: Me,
    /// What the person prefers on this device.
    pub preferences: Preferences,
}

/// A workshop.
pub struct Workshop {
    /// What canvases share.
    tab: Tab,
    /// The workshop's id.
    id: String,
    /// Its own document: title, people and canvases as they are now.
    own: Own,
    /// The canvas that one looks at.
    canvas: Option<Canvas>,
    /// The canvas that opens once what the device keeps of it has been read.
    opening: Option<String>,
    /// Links of canvases that nobody looks at.
    beside: Beside,
    /// Pictures that reached the server after their canvas was left: placed when it opens.
    waiting: Vec<Sent>,
    /// The device has been asked what it keeps unstored of the other canvases.
    has_counted: bool,
    /// Whether this device keeps what is written.
    device_keeps: bool,
    /// The clocks at the last tick.
    clocks: Clocks,
    /// Size of the board on the screen, in pixels.
    viewport: Size,
    /// The page is in the background.
    is_hidden: bool,
    /// It has been told that the session does not hold.
    is_lost: bool,
    /// Whom to show, once it is known where they point.
    going_to: Option<ParticipantId>,
    /// What happened lately.
    log: Log,
}

impl Workshop {
    /// Begins: reads what the device keeps of the workshop's document.
    pub fn begin(opening: Opening, platform: &mut dyn Platform) -> Self {
        let Opening {
            workshop,
            me,
            preferences,
        } = opening;
        platform.carry_out(Effect::Load {
            document: workshop.clone(),
        });
        platform.carry_out(Effect::SetTheme(preferences.is_on(Preference::Dark)));
        Self {
            tab: Tab::new(me, preferences),
            id: workshop,
            own: Own::default(),
            canvas: None,
            opening: None,
            beside: Beside::default(),
            waiting: Vec::new(),
            has_counted: false,
            device_keeps: true,
            clocks: Clocks::default(),
            viewport: Size::ZERO,
            is_hidden: false,
            is_lost: false,
            going_to: None,
            log: Log::default(),
        }
    }

    /// Whether it is the workshop of an opening, of the same person.
    pub fn is_of(&self, opening: &Opening) -> bool {
        self.id == opening.workshop && self.tab.me().id == opening.me.id
    }

    /// Its title, people and canvases as they are now.
    pub fn view(&self) -> &WorkshopView {
        self.own.view()
    }

    /// What canvases share: who one is, preferences, what is told, what is open.
    pub fn tab(&self) -> &Tab {
        &self.tab
    }

    /// The canvas that one looks at.
    pub fn canvas(&self) -> Option<&Canvas> {
        self.canvas.as_ref()
    }

    /// Whether this device keeps what is written.
    pub fn device_keeps(&self) -> bool {
        self.device_keeps
    }

    /// What happened lately.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The worst of what all links say. What is fetched in the background counts only where
    /// something in it is not stored.
    pub fn status(&self) -> Status {
        let connecting = || Status::Offline(0);
        let own = self.own.status();
        let canvas = self.canvas.as_ref().map_or_else(connecting, Canvas::status);
        status::worst([own, canvas].into_iter().chain(self.beside.statuses()))
    }

    /// Whether leaving now would lose something: neither the server nor the device has it.
    pub fn would_lose(&self) -> bool {
        status::would_lose(&self.status(), self.device_keeps)
    }

    /// Everybody of the workshop, me first.
    pub fn members(&self) -> Vec<Member> {
        let canvas = self.canvas.as_ref().map(Canvas::document);
        let people = self.own.people();
        let me = &self.tab.me().id;
        members::list(self.own.view(), |id| people.of(id), (me, canvas))
    }

    /// Whether something that was written is not stored yet.
    pub fn has_unstored(&self) -> bool {
        status::changes(&self.status()) > 0
    }

    /// Whether a facilitator has removed me.
    pub fn is_removed(&self) -> bool {
        matches!(self.status(), Status::Closed(CloseCode::Removed, _))
    }

    /// What could not be stored, as a file for the person, where there is something.
    pub fn unstored(&self) -> Option<String> {
        let open = self.canvas.iter().flat_map(Canvas::unstored);
        let mut objects: Vec<Unstored> = open.chain(self.beside.unstored()).collect();
        for object in &mut objects {
            object.on(|document| self.own.title(document).to_owned());
        }
        (!objects.is_empty()).then(|| unstored::file(&self.own.view().facts.title, objects))
    }

    /// What tools and properties bar show.
    pub fn shown(&mut self, now_ms: u64, platform: &mut dyn Platform) -> Option<Shown> {
        self.with_canvas(now_ms, platform, Canvas::shown)
    }

    /// Takes what is to be put on the clipboard, and the canvas that it comes from.
    pub fn take_clip(&mut self) -> Option<(Clip, String)> {
        let canvas = self.canvas.as_mut()?;
        Some((canvas.take_clip()?, canvas.document().to_owned()))
    }

    /// Closes everything.
    pub fn close(&mut self, now_ms: u64, platform: &mut dyn Platform) {
        // Nothing is shown any more.
        let _ = self.close_canvas(now_ms, platform);
        self.beside.close(platform);
        self.own.close(platform);
    }

    /// Takes one event. `now_ms` is monotonic.
    pub fn take(&mut self, event: AppEvent, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        self.log.happened(&event, now_ms);
        let mut log = std::mem::take(&mut self.log);
        let mut platform = Logging::new(platform, &mut log, now_ms);
        let mut dirty = self.work(event, now_ms, &mut platform);
        dirty = self.settle(dirty, now_ms, &mut platform);
        self.log = log;
        dirty
    }

    fn work(&mut self, event: AppEvent, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        match event {
            AppEvent::OpenCanvas(document) => self.open_canvas(&document, now_ms, platform),
            AppEvent::CloseCanvas => self.close_canvas(now_ms, platform),
            AppEvent::Sync(document, event) => self.sync(&document, event, now_ms, platform),
            AppEvent::Kept {
                document,
                rows,
                camera,
            } => self.kept(document, rows, camera, now_ms, platform),
            AppEvent::Counted(counts) => {
                let archived = &self.own.view().archived;
                self.beside.fetching().count(counts, archived);
                Dirty::STATUS
            }
            AppEvent::Tick(wall_ms) => {
                let slept = self.clocks.slept(now_ms, wall_ms);
                let event = if slept {
                    client::Event::Wake
                } else {
                    client::Event::Tick
                };
                self.every_link(&event, now_ms, platform) | self.tick(now_ms, platform)
            }
            AppEvent::GoTo(who) => self.go_to(who, now_ms, platform),
            AppEvent::Try(is_trial) => self.tab.set_trial(is_trial),
            AppEvent::Wake => self.every_link(&client::Event::Wake, now_ms, platform),
            AppEvent::Menu(at) => self.tab.panels.open_menu(at),
            AppEvent::Closed(Part::Message) => self.tab.telling.close(),
            AppEvent::Closed(part) => self.tab.panels.close(part),
            AppEvent::Uploaded(Ok(sent)) if self.is_elsewhere(&sent) => self.wait(sent, now_ms),
            AppEvent::DeviceFailed => {
                let was_kept = std::mem::replace(&mut self.device_keeps, false);
                Dirty::STATUS.when(was_kept)
            }
            AppEvent::Prefer(preference, on) => {
                let dirty = self.tab.prefer(preference, on, platform);
                dirty | self.on_canvas(event, now_ms, platform)
            }
            AppEvent::Input(Input::Resize(size)) => {
                self.viewport = size;
                self.on_canvas(event, now_ms, platform)
            }
            AppEvent::Hidden(hidden) => {
                self.is_hidden = hidden;
                let dirty = self.on_canvas(event, now_ms, platform);
                if hidden {
                    return dirty;
                }
                // What slept in the background may have missed that its sockets died.
                dirty | self.every_link(&client::Event::Wake, now_ms, platform)
            }
            event => self.on_canvas(event, now_ms, platform),
        }
    }

    /// Works with the canvas that is open, if one is.
    fn with_canvas<T>(
        &mut self,
        now_ms: u64,
        platform: &mut dyn Platform,
        work: impl FnOnce(&mut Canvas, &mut World<'_>) -> T,
    ) -> Option<T> {
        let mut world = World {
            now_ms,
            platform,
            tab: &mut self.tab,
        };
        Some(work(self.canvas.as_mut()?, &mut world))
    }

    fn on_canvas(&mut self, event: AppEvent, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        let take = |canvas: &mut Canvas, world: &mut World<'_>| canvas.take(event, world);
        let dirty = self.with_canvas(now_ms, platform, take);
        dirty.unwrap_or_default()
    }

    fn tick(&mut self, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        self.tell_where(now_ms, platform);
        let dirty = self.with_canvas(now_ms, platform, Canvas::tick);
        let shown = self.show_whom(now_ms, platform);
        self.tab.telling.tick(now_ms) | dirty.unwrap_or_default() | shown
    }

    /// Ends a step: what follows from it whatever it was.
    fn settle(&mut self, dirty: Dirty, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        if let Status::Closed(code, _) = self.status()
            && code.ends_session()
            && !std::mem::replace(&mut self.is_lost, true)
        {
            platform.carry_out(Effect::Leave);
        }
        let open = self.canvas.as_ref().filter(|canvas| canvas.is_caught_up());
        if let Some(canvas) = open {
            self.beside.fetch(canvas.document(), platform);
        }
        let settle = |canvas: &mut Canvas, world: &mut World<'_>| canvas.settle(dirty, world);
        self.with_canvas(now_ms, platform, settle).unwrap_or(dirty)
    }

    /// Time passed, or the device woke: every link is told.
    fn every_link(
        &mut self,
        event: &client::Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        let open = self.canvas.as_ref().map(Canvas::document);
        let documents: Vec<String> = [self.id.as_str()]
            .into_iter()
            .chain(open)
            .chain(self.beside.documents())
            .map(str::to_owned)
            .collect();
        let mut dirty = Dirty::NOTHING;
        for document in documents {
            dirty |= self.sync(&document, event.clone(), now_ms, platform);
        }
        dirty
    }

    /// Takes an event of a document's link.
    fn sync(
        &mut self,
        document: &str,
        event: client::Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        if document == self.id {
            return self.own_sync(event, now_ms, platform);
        }
        if let Some(told) = self.beside.sync(document, &event, now_ms, platform) {
            return Dirty::STATUS | self.told(told, platform);
        }
        let open = self.canvas.as_ref().map(Canvas::document);
        if open != Some(document) {
            // Late words of a link that has been closed.
            return Dirty::NOTHING;
        }
        let sync = |canvas: &mut Canvas, world: &mut World<'_>| canvas.sync(event, world);
        let (dirty, told) = self.with_canvas(now_ms, platform, sync).unwrap_or_default();
        dirty | self.told(told, platform)
    }

    /// Takes an event of the workshop's own link.
    fn own_sync(
        &mut self,
        event: client::Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Dirty {
        let heard = self.own.event(event, now_ms, platform);
        let mut dirty = Dirty::STATUS | Dirty::PEOPLE.when(heard.is_about_people);
        if heard.is_news {
            dirty |= self.read(now_ms, platform);
        }
        if heard.is_back {
            self.beside.fetching().again(self.own.canvases());
        }
        dirty | self.told(heard.told, platform)
    }

    /// Takes what every link tells alike.
    fn told(&mut self, effects: Vec<client::Effect>, platform: &mut dyn Platform) -> Dirty {
        let mut dirty = Dirty::NOTHING;
        for effect in effects {
            dirty |= match effect {
                client::Effect::Refused(refused) => {
                    self.tab.telling.insist(words::refused(&refused))
                }
                client::Effect::Hello(hello) => self.tab.set_role(hello.role, &self.id, platform),
                _ => Dirty::NOTHING,
            };
        }
        dirty
    }

    /// The open canvas lies on what the workshop's document says.
    fn set_template(&mut self, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        let Some(canvas) = &self.canvas else {
            return Dirty::NOTHING;
        };
        let template = self.own.template(canvas.document());
        let set = |canvas: &mut Canvas, world: &mut World<'_>| canvas.set_template(template, world);
        self.with_canvas(now_ms, platform, set).unwrap_or_default()
    }

    /// The workshop's document may say something else now.
    fn read(&mut self, now_ms: u64, platform: &mut dyn Platform) -> Dirty {
        let view = self.own.view();
        self.tab.read(view);
        let me = self.tab.read_me(view, &self.id, platform);
        let title = &view.facts.title;
        if !title.is_empty() {
            platform.carry_out(Effect::SetTitle(format!("{title} – Plaza")));
        }
        self.beside.fetching().learn(self.own.canvases());
        let open = self.canvas.as_ref().map(Canvas::document);
        let open = open.or(self.opening.as_deref()).map(str::to_owned);
        let gone = open.map(|document| self.look_for(&document, now_ms, platform));
        // Names stand at the foot of notes.
        Dirty::WORKSHOP
            | Dirty::CONTENT
            | Dirty::PEOPLE
            | gone.unwrap_or_default()
            | me
            | self.set_template(now_ms, platform)
    }
}

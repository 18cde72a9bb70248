//! The editor with the document and the text that is written: what an input comes to, and
//! how the editor's effects are carried out.

mod text;

use std::sync::Arc;

use editor::{Action, Camera, Clip, Context, Editor, Effect, Input, Panel, Refusal, Reply, Rights};
use shared::{
    board::{ChangeSet, Command, Step},
    canvas::Template,
    id::ObjectId,
};

use super::{documents::Documents, presence::Presences};
use crate::{Dirty, Effect as Outside, Offer, Preference, world::World, writing, writing::Writing};
pub(crate) use text::has_marks;

/// What the parts of an open canvas work on together.
pub(crate) struct Core {
    /// The document and what is derived from it.
    documents: Documents,
    /// The editor.
    editor: Editor,
    /// Everybody else here, and what I tell them.
    presences: Presences,
    /// The text that is being written.
    writing: Option<Writing>,
    /// What waits to be put on the clipboard.
    clip: Option<Clip>,
    /// Nobody has moved the view yet: it follows what arrives.
    fits: bool,
    /// Whether the server lets this session write here.
    may_write: bool,
    /// The last input was used: the browser's own action is to be suppressed.
    used: bool,
}

impl Core {
    /// A canvas with nothing done yet.
    pub(crate) fn new(documents: Documents, world: &World<'_>) -> Self {
        let mut core = Self {
            documents,
            editor: Editor::new(world.tab.me().id.clone()),
            presences: Presences::default(),
            writing: None,
            clip: None,
            fits: true,
            may_write: true,
            used: false,
        };
        core.prefer(world);
        core
    }

    /// Gives the document back.
    pub(crate) fn into_documents(self) -> Documents {
        self.documents
    }

    /// Looks at it from where one looked last.
    pub(crate) fn look_from(&mut self, camera: Camera) {
        self.fits = false;
        self.editor.set_camera(camera);
    }

    /// The document and what is derived from it.
    pub(crate) fn documents(&self) -> &Documents {
        &self.documents
    }

    /// The document, for its link's events.
    pub(crate) fn documents_mut(&mut self) -> &mut Documents {
        &mut self.documents
    }

    /// The editor.
    pub(crate) fn editor(&self) -> &Editor {
        &self.editor
    }

    /// Everybody else.
    pub(crate) fn presences(&self) -> &Presences {
        &self.presences
    }

    /// Everybody else, for what they tell.
    pub(crate) fn presences_mut(&mut self) -> &mut Presences {
        &mut self.presences
    }

    /// The text that is being written.
    pub(crate) fn writing(&self) -> Option<&Writing> {
        self.writing.as_ref()
    }

    /// Whether nobody has moved the view yet.
    pub(crate) fn fits(&self) -> bool {
        self.fits
    }

    /// From here on the view stays where it is.
    pub(crate) fn stay(&mut self) {
        self.fits = false;
    }

    /// Whether the last input was used.
    pub(crate) fn used(&self) -> bool {
        self.used
    }

    /// Takes what is to be put on the clipboard.
    pub(crate) fn take_clip(&mut self) -> Option<Clip> {
        self.clip.take()
    }

    /// What one may do here.
    pub(crate) fn rights(&self, world: &World<'_>) -> Rights {
        let rights = world.tab.rights();
        let is_outdated = self.documents.link().is_outdated();
        Rights {
            writes: rights.writes && self.may_write && !is_outdated,
            ..rights
        }
    }

    /// The server says whether this session may write here.
    pub(crate) fn set_may_write(&mut self, may_write: bool) -> Dirty {
        let is_news = self.may_write != may_write;
        self.may_write = may_write;
        Dirty::EDITOR.when(is_news)
    }

    /// The preferences may have changed.
    pub(crate) fn prefer(&mut self, world: &World<'_>) {
        let preferences = world.tab.preferences;
        self.editor.prefer(editor::Preferences {
            single_keys: preferences.is_on(Preference::SingleKeys),
            snaps: preferences.is_on(Preference::Snaps),
            wheel_zooms: preferences.is_on(Preference::WheelZooms),
        });
    }

    /// Works with the editor on the board as it is.
    pub(crate) fn with_editor<T>(
        &mut self,
        world: &mut World<'_>,
        work: impl FnOnce(&mut Editor, &mut Context<'_>) -> T,
    ) -> T {
        let rights = self.rights(world);
        let others_at = self.presences.people().at();
        let writing = self.writing.as_ref();
        let selected_text = writing.map(|_| writing::selection(world.platform.text()));
        let mut new_id = || ObjectId::from_random(world.platform.random());
        let mut cx = Context {
            view: self.documents.view(),
            scene: self.documents.scene(),
            template: self.documents.template(),
            new_id: &mut new_id,
            others_at: &others_at,
            selected_text,
            rights,
        };
        work(&mut self.editor, &mut cx)
    }

    /// Works with the editor and carries out what comes of it.
    pub(crate) fn edit(
        &mut self,
        world: &mut World<'_>,
        work: impl FnOnce(&mut Editor, &mut Context<'_>) -> Vec<Effect>,
    ) -> Dirty {
        let effects = self.with_editor(world, work);
        self.carry_out(effects, world)
    }

    /// Pointer, wheel, key or size.
    pub(crate) fn input(&mut self, input: Input, world: &mut World<'_>) -> Dirty {
        let camera = self.editor.camera();
        let is_resize = matches!(input, Input::Resize(_));
        let reply = self.with_editor(world, |editor, cx| editor.handle(input, cx));
        if camera != self.editor.camera() {
            self.fits = false;
        }
        // Of the same size it may have other pixels.
        let mut dirty = Dirty::LAYERS.when(is_resize);
        if is_resize && self.fits {
            dirty |= self.fit(world);
        }
        dirty | self.reply(reply, world)
    }

    /// An action of the one list.
    pub(crate) fn act(&mut self, action: Action, world: &mut World<'_>) -> Dirty {
        let camera = self.editor.camera();
        let reply = self.with_editor(world, |editor, cx| editor.act(action, cx));
        if camera != self.editor.camera() {
            self.fits = action == Action::FitCanvas;
        }
        self.reply(reply, world)
    }

    /// Carries out a reply, and remembers whether the input was used.
    pub(crate) fn reply(&mut self, reply: Reply, world: &mut World<'_>) -> Dirty {
        self.used = reply.used;
        self.carry_out(reply.effects, world)
    }

    /// Says whether a key in the text box was used.
    pub(crate) fn set_used(&mut self, used: bool) {
        self.used = used;
    }

    /// The workshop says on which ground the canvas lies.
    pub(crate) fn set_template(&mut self, template: Arc<Template>, world: &mut World<'_>) -> Dirty {
        let mut dirty = self.documents.set_template(template);
        if dirty != Dirty::NOTHING && self.fits {
            dirty |= self.fit(world);
        }
        dirty
    }

    /// Shows all there is, as at first.
    pub(crate) fn fit(&mut self, world: &mut World<'_>) -> Dirty {
        let camera = self.editor.camera();
        self.with_editor(world, |editor, cx| editor.first_view(cx));
        (Dirty::VIEW | Dirty::EDITOR).when(camera != self.editor.camera())
    }

    /// Carries out what the editor asks for. Whatever came of it, the tools may look different.
    pub(crate) fn carry_out(&mut self, effects: Vec<Effect>, world: &mut World<'_>) -> Dirty {
        let mut dirty = Dirty::EDITOR;
        for effect in effects {
            dirty |= self.carry_out_one(effect, world);
        }
        dirty
    }

    fn carry_out_one(&mut self, effect: Effect, world: &mut World<'_>) -> Dirty {
        match effect {
            Effect::Do(commands) => {
                let mut dirty = Dirty::NOTHING;
                for (i, command) in commands.iter().enumerate() {
                    let step = if i == 0 { Step::New } else { Step::Continue };
                    dirty |= self.command(command, step, world);
                }
                dirty
            }
            Effect::Continue(command) => self.command(&command, Step::Continue, world),
            Effect::Undo => self.undo(true, world),
            Effect::Redo => self.undo(false, world),
            Effect::Edit(id, append) => self.write(id, &append, world),
            Effect::StopEditing => self.close_text(world),
            Effect::Repaint => Dirty::VIEW,
            Effect::RepaintOverlay => Dirty::OVERLAY,
            Effect::Presence => {
                self.send_presence(world);
                Dirty::OVERLAY
            }
            Effect::Announce(text) => world.tab.telling.say(text),
            Effect::Toast(text) => world.tab.telling.tell(text, world.now_ms),
            Effect::Copy(clip) => {
                let dirty = world.tab.telling.say(shared::text::say_copied(clip.count));
                self.clip = Some(clip);
                dirty
            }
            Effect::AskLink(asked) => world.tab.panels.ask_link(asked),
            Effect::OpenLink(link) => Self::outside(Outside::OpenLink(link), world),
            Effect::AskPicture => Self::outside(Outside::AskPicture, world),
            Effect::Offer(from, at) => {
                let screen = self.editor.camera().screen_from_board(at);
                let screen = (screen.x as i32, screen.y as i32);
                world.tab.panels.make_offer(Offer { from, at, screen })
            }
            Effect::Open(panel) => Self::open(panel, world),
        }
    }

    fn outside(effect: Outside, world: &mut World<'_>) -> Dirty {
        world.platform.carry_out(effect);
        Dirty::NOTHING
    }

    fn open(panel: Panel, world: &mut World<'_>) -> Dirty {
        match panel {
            Panel::Help | Panel::Palette | Panel::Find => world.tab.panels.open_dialog(panel),
            Panel::Properties => Self::outside(Outside::FocusProperties, world),
            Panel::Outline => world.tab.panels.toggle_outline(),
            Panel::Minimap => world.tab.toggle(Preference::Minimap, world.platform),
            Panel::Theme => world.tab.toggle(Preference::Dark, world.platform),
        }
    }

    /// Does what a command says, where one may write: the one door to the document, but
    /// for undo.
    pub(crate) fn command(
        &mut self,
        command: &Command,
        step: Step,
        world: &mut World<'_>,
    ) -> Dirty {
        if !self.rights(world).writes {
            return Self::refuse(world);
        }
        // Who works here does not want to be moved by what others do.
        self.fits = false;
        let change = self.documents.apply(command, step, world.platform);
        self.changed(&change, world)
    }

    fn refuse(world: &mut World<'_>) -> Dirty {
        let text = Refusal::ReadOnly.text();
        world.tab.telling.tell(text, world.now_ms)
    }

    fn undo(&mut self, back: bool, world: &mut World<'_>) -> Dirty {
        if !self.rights(world).writes {
            return Self::refuse(world);
        }
        match self.documents.undo(back, world.platform) {
            Some(change) => self.changed(&change, world),
            None => world.tab.telling.say(if back {
                shared::text::SAY_NOTHING_TO_UNDO
            } else {
                shared::text::SAY_NOTHING_TO_REDO
            }),
        }
    }

    /// The document has changed, here or elsewhere: rereads what the change touched.
    pub(crate) fn changed(&mut self, change: &ChangeSet, world: &mut World<'_>) -> Dirty {
        self.documents.relay(change);
        let effects = self.editor.after_change(self.documents.view());
        if let Some(writing) = &mut self.writing
            && change.objects.contains(writing.id())
            && let Some(object) = self.documents.view().get(writing.id())
        {
            writing.changed(world.platform.text(), &object.text);
        }
        Dirty::VIEW | Dirty::LIST | Dirty::STATUS | self.carry_out(effects, world)
    }

    /// Tells the others where I am and what I hold, if it is time.
    pub(crate) fn send_presence(&mut self, world: &mut World<'_>) {
        if !self.documents.link().is_open() {
            return;
        }
        let due = self
            .presences
            .due(&self.editor, world.tab.me(), world.now_ms);
        if let Some(state) = due {
            self.documents.send_presence(state, world.platform);
        }
    }
}

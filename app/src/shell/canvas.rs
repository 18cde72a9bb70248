//! One open canvas: editor, document, scene, people, layers, and what each
//! event does to them.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use editor::{Action, Camera, Clip, Context, Editor, Effect, Input, Reply, heard::Heard};
use leptos::prelude::{GetUntracked, Set, WithUntracked};
use shared::{
    board::{ChangeSet, Command, Document, Replica, Step},
    canvas::{self, Template},
    draw::{Detail, Primitive},
    geometry::Size,
    id::{ObjectId, ParticipantId},
    protocol::control::Role,
    scene::Scene,
    sync::{Status, client},
};

use super::{AppEvent, Elements, Pasted, Shell, link::Link, people::People, text::Writing};
use crate::{
    platform::{
        browser, device,
        painter::{Board, Painter},
        pictures::Pictures,
    },
    state::{Ui, put},
};

/// A window no wider than this, in pixels, is a phone's.
const PHONE_PX: i32 = 600;

/// What an open canvas is made of.
pub(crate) struct Canvas {
    pub(super) ui: Ui,
    pub(super) elements: Elements,
    pub(super) shell: Shell,
    pub(super) editor: Editor,
    pub(super) link: Link<Document>,
    pub(super) scene: Scene,
    pub(super) template: &'static Template,
    pub(super) people: People,
    pub(super) names: BTreeMap<ParticipantId, String>,
    pub(super) writing: Option<Writing>,
    pub(super) highlights: BTreeSet<ObjectId>,
    pub(super) board: Board,
    pub(super) overlay: Painter,
    pub(super) minimap: Painter,
    /// What waits to be put on the clipboard.
    pub(super) clip: Option<Clip>,
    /// What the search has found.
    pub(super) found: BTreeSet<ObjectId>,
    pub(super) ground: (Detail, Vec<Primitive>),
    pub(super) list: Vec<Primitive>,
    pub(super) workshop: Link<Replica>,
    pub(super) document: String,
    pub(super) highlight_until_ms: u64,
    pub(super) reading_due: bool,
    pub(super) reading_ms: u64,
    pub(super) board_dirty: bool,
    /// Something on the board looks different, not only the view has moved.
    pub(super) content_dirty: bool,
    /// The view that the board's layer shows.
    pub(super) painted: Option<(Camera, Size)>,
    pub(super) overlay_dirty: bool,
    pub(super) pictures: Pictures,
    /// What others have done since it was read out last, and when that was.
    pub(super) heard: Heard,
    pub(super) heard_ms: u64,
    pub(super) frame_asked: bool,
    /// When a drag at the edge of the screen moved the view last.
    pub(super) scrolled_ms: u64,
    /// Nobody has moved the view yet: it follows what arrives.
    pub(super) fits: bool,
    pub(super) saved_camera: Camera,
    pub(super) used: bool,
    pub(super) hidden: bool,
    pub(super) marked_open: bool,
    /// What is in focus as it was painted last.
    pub(super) focus_mark: Option<(ObjectId, u8)>,
    /// How much of each object is drawn, whether that is less than could be read, and when
    /// the zoom changed last.
    pub(super) detail: Detail,
    pub(super) is_coarse: bool,
    pub(super) zoomed_ms: u64,
    /// What is painted over the board at the moment, not on it.
    pub(super) lifted: BTreeSet<ObjectId>,
}

impl Canvas {
    /// Opens a canvas. `None` where the browser has no 2D canvas.
    pub(crate) async fn open(
        document: String,
        workshop: String,
        kind: &str,
        ui: Ui,
        elements: Elements,
        shell: Shell,
    ) -> Option<Self> {
        let failed = |shell: &Shell| {
            let shell = shell.clone();
            move || shell.send(AppEvent::DeviceFailed)
        };
        let (on_canvas, on_workshop) = (shell.clone(), shell.clone());
        let link = Link::open(
            document.clone(),
            Document::new(browser::random_u64()),
            Rc::new(move |event| on_canvas.send(AppEvent::CanvasSync(event))),
            failed(&shell),
        )
        .await;
        let workshop = Link::open(
            workshop,
            Replica::new(browser::random_u64()),
            Rc::new(move |event| on_workshop.send(AppEvent::WorkshopSync(event))),
            failed(&shell),
        )
        .await;
        let me = ui.me.get_untracked();
        let mut editor = Editor::new(me.id);
        editor.single_keys = ui.single_keys.get_untracked();
        let rect = elements.stage.get_bounding_client_rect();
        let scene = Scene::rebuild(link.copy.view());
        let on_pictures = shell.clone();
        let pictures = Pictures::new(document.clone(), move || {
            on_pictures.send(AppEvent::Pictures);
        });
        let board = Board::new(elements.board.clone(), pictures.clone());
        let mut overlay = Painter::new(elements.overlay.clone())?;
        overlay.set_pictures(pictures.clone());
        let mut canvas = Self {
            board,
            pictures,
            heard: Heard::default(),
            heard_ms: 0,
            overlay,
            minimap: Painter::new(elements.minimap.clone())?,
            clip: None,
            found: BTreeSet::new(),
            ui,
            elements,
            shell,
            editor,
            link,
            scene,
            template: canvas::template(kind),
            people: People::default(),
            names: BTreeMap::new(),
            writing: None,
            highlights: BTreeSet::new(),
            ground: (Detail::Full, Vec::new()),
            list: Vec::new(),
            workshop,
            document,
            highlight_until_ms: 0,
            reading_due: true,
            reading_ms: 0,
            board_dirty: true,
            content_dirty: true,
            painted: None,
            overlay_dirty: true,
            frame_asked: false,
            scrolled_ms: 0,
            fits: true,
            saved_camera: Camera::default(),
            used: false,
            hidden: false,
            marked_open: false,
            focus_mark: None,
            detail: Detail::Full,
            is_coarse: false,
            zoomed_ms: 0,
            lifted: BTreeSet::new(),
        };
        canvas.input(Input::Resize((rect.width(), rect.height()).into()));
        match device::camera(&canvas.document) {
            Some((x, y, zoom)) => {
                canvas.fits = false;
                canvas.editor.set_camera(Camera {
                    origin: (x, y).into(),
                    zoom,
                });
            }
            None => canvas.fit(),
        }
        canvas.set_theme();
        canvas.workshop_changed();
        Some(canvas)
    }

    /// Whether the last input was used by the editor.
    pub(crate) fn used_last_input(&self) -> bool {
        self.used
    }

    /// Whether something is neither on the server nor on this device.
    pub(crate) fn would_lose(&self) -> bool {
        !self.ui.device_keeps.get_untracked() && self.link.status() != Status::Saved
    }

    /// Takes one event.
    pub(crate) fn take(&mut self, event: AppEvent) {
        match event {
            AppEvent::Input(input) => self.input(input),
            AppEvent::Act(action) => self.act(action),
            AppEvent::Style(key, choice) => {
                let effects = self.with_editor(|editor, cx| editor.style(key, choice, cx));
                self.carry_out(effects);
            }
            AppEvent::Paste(Pasted {
                json,
                canvas,
                text,
                as_one,
            }) => {
                self.bring_pictures(canvas, &json);
                let effects = self.with_editor(|editor, cx| {
                    let objects = editor.paste_objects(&json, cx).filter(|_| !as_one);
                    objects.unwrap_or_else(|| editor.paste(&text, as_one, cx))
                });
                self.carry_out(effects);
            }
            AppEvent::Rewrite(id, text) => self.rewrite(id, &text),
            AppEvent::ListMore => self.list_more(),
            AppEvent::WriteIn(section, text) => {
                let effects = self.with_editor(|editor, cx| editor.write_in(section, &text, cx));
                self.carry_out(effects);
            }
            AppEvent::SetLink(asked, typed) => self.set_link(asked, &typed),
            AppEvent::Accept(kind) => self.accept(kind),
            AppEvent::Menu(at) => self.ui.menu.set(Some((at.x as i32, at.y as i32))),
            AppEvent::Find(words, seek) => self.find(&words, seek),
            AppEvent::LookAt(at) => {
                let to = self.minimap_from_board().inverse() * at;
                let effects = self.with_editor(|editor, cx| editor.look_at(to, cx));
                self.fits = false;
                self.carry_out(effects);
            }
            AppEvent::Choose(id) => {
                let effects = self.with_editor(|editor, cx| editor.choose(&id, cx));
                self.carry_out(effects);
                if browser::window_size().0 <= PHONE_PX {
                    // The outline covers the board there.
                    put(self.ui.outline, false);
                }
            }
            AppEvent::Typed => self.typed(),
            AppEvent::Composing(composing) => self.composing(composing),
            AppEvent::TextKey(key, mods) => self.text_key(&key, mods),
            AppEvent::TextLeft => {
                if !self.hidden {
                    self.stop_writing();
                }
            }
            AppEvent::CanvasSync(event) => {
                let effects = self.link.event(event);
                self.sync_effects(effects);
            }
            AppEvent::WorkshopSync(event) => {
                let effects = self.workshop.event(event);
                if effects
                    .iter()
                    .any(|effect| matches!(effect, client::Effect::Merged(..)))
                {
                    self.workshop_changed();
                }
            }
            AppEvent::Brought(hash) => self.pictures.arrived(&hash),
            AppEvent::PutPictures(files, at) => self.put_pictures(files, at),
            AppEvent::Uploaded(sent) => self.uploaded(sent),
            AppEvent::Pictures => {
                self.board_dirty = true;
                self.content_dirty = true;
            }
            AppEvent::DeviceFailed => put(self.ui.device_keeps, false),
            AppEvent::Frame => self.frame(),
            AppEvent::Tick => self.tick(client::Event::Tick),
            AppEvent::Wake => self.tick(client::Event::Wake),
            AppEvent::Hidden(hidden) => {
                self.hidden = hidden;
                self.send_presence();
            }
        }
        self.show();
    }

    fn input(&mut self, input: Input) {
        let camera = self.editor.camera();
        let is_resize = matches!(input, Input::Resize(_));
        let reply = self.with_editor(|editor, cx| editor.handle(input, cx));
        if camera != self.editor.camera() {
            self.fits = false;
        }
        if is_resize && self.fits {
            self.fit();
        }
        self.reply(reply);
    }

    fn act(&mut self, action: Action) {
        let camera = self.editor.camera();
        let reply = self.with_editor(|editor, cx| editor.act(action, cx));
        if camera != self.editor.camera() {
            self.fits = action == Action::FitCanvas;
        }
        self.reply(reply);
    }

    pub(super) fn reply(&mut self, reply: Reply) {
        self.used = reply.used;
        self.carry_out(reply.effects);
    }

    pub(super) fn with_editor<T>(
        &mut self,
        work: impl FnOnce(&mut Editor, &mut Context<'_>) -> T,
    ) -> T {
        let mut new_id = || ObjectId::from_random(browser::random());
        let others_at = self.people.at();
        let mut cx = Context {
            view: self.link.copy.view(),
            scene: &self.scene,
            template: self.template,
            new_id: &mut new_id,
            others_at: &others_at,
            selected_text: self.writing.as_ref().map(Writing::selection),
            read_only: self.ui.me.with_untracked(|me| me.role == Role::Observer),
            is_facilitator: self.ui.me.with_untracked(|me| me.role == Role::Facilitator),
        };
        work(&mut self.editor, &mut cx)
    }

    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Do(commands) => {
                    for (i, command) in commands.iter().enumerate() {
                        self.command(command, if i == 0 { Step::New } else { Step::Continue });
                    }
                }
                Effect::Continue(command) => self.command(&command, Step::Continue),
                Effect::Undo => self.undo(true),
                Effect::Redo => self.undo(false),
                Effect::Edit(id, append) => self.write(id, &append),
                Effect::StopEditing => self.close_text(),
                Effect::Repaint => {
                    self.board_dirty = true;
                    self.overlay_dirty = true;
                }
                Effect::RepaintOverlay => self.overlay_dirty = true,
                Effect::Presence => {
                    self.overlay_dirty = true;
                    self.send_presence();
                }
                Effect::Announce(text) => self.ui.said.set(text),
                Effect::Toast(text) => self.tell(text, false),
                Effect::Copy(clip) => {
                    self.ui.said.set(format!("{} copied", clip.count));
                    self.clip = Some(clip);
                }
                Effect::AskLink(asked) => self.ui.link.set(Some(asked)),
                Effect::OpenLink(link) => browser::open_link(&link),
                Effect::AskPicture => browser::ask_file("picture-file"),
                Effect::Offer(from, at) => self.offer(from, at),
                Effect::Open(panel) => self.open_panel(panel),
            }
        }
    }

    pub(super) fn command(&mut self, command: &Command, step: Step) {
        // Who works here does not want to be moved by what others do.
        self.fits = false;
        let change = self.link.copy.apply(command, step);
        self.mine_changed(change, u32::from(step == Step::New));
    }

    fn undo(&mut self, back: bool) {
        let change = if back {
            self.link.copy.undo()
        } else {
            self.link.copy.redo()
        };
        match change {
            Some(change) => self.mine_changed(change, 1),
            None => self.ui.said.set(
                if back {
                    "Nothing to undo"
                } else {
                    "Nothing to redo"
                }
                .into(),
            ),
        }
    }

    fn mine_changed(&mut self, change: ChangeSet, weight: u32) {
        let updates = self.link.copy.take_outbox();
        self.link.local(updates, weight);
        self.changed(&change);
    }

    /// The document has changed, here or elsewhere: reread what it touched.
    pub(super) fn changed(&mut self, change: &ChangeSet) {
        self.scene.apply(self.link.copy.view(), change);
        let effects = self.editor.after_change(self.link.copy.view());
        if let Some(writing) = &mut self.writing
            && change.objects.contains(&writing.id)
            && let Some(object) = self.link.copy.view().get(&writing.id)
        {
            writing.changed(&object.text);
        }
        self.board_dirty = true;
        self.content_dirty = true;
        self.overlay_dirty = true;
        self.reading_due = true;
        self.carry_out(effects);
    }
}

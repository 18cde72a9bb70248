//! One open canvas: editor, document, scene, people, layers, and what each
//! event does to them.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use editor::{Action, Camera, Context, Editor, Effect, Input, Reply, Side, input::Mods};
use leptos::prelude::{GetUntracked, Set, WithUntracked};
use shared::{
    board::{ChangeSet, Command, Document, Replica, Step, workshop},
    canvas::{self, Template},
    id::{ObjectId, ParticipantId},
    object::sticky_note,
    protocol::{Presence, control::Role},
    scene::{Detail, Primitive, Scene},
    sync::client,
};

use super::{AppEvent, Elements, Shell, link::Link, people, people::People, text::Writing};
use crate::{
    platform::{browser, device, painter::Painter},
    state::{Message, READING_MAX, Ui, put},
};

/// Changes by others are highlighted this long, milliseconds.
const HIGHLIGHT_MS: u64 = 8_000;
/// The list for screen readers is made anew at most this often, milliseconds.
const READING_EVERY_MS: u64 = 400;

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
    pub(super) board: Painter,
    pub(super) overlay: Painter,
    pub(super) ground: (Detail, Vec<Primitive>),
    pub(super) list: Vec<Primitive>,
    workshop: Link<Replica>,
    document: String,
    highlight_until_ms: u64,
    reading_due: bool,
    reading_ms: u64,
    board_dirty: bool,
    overlay_dirty: bool,
    frame_asked: bool,
    /// Nobody has moved the view yet: it follows what arrives.
    fits: bool,
    saved_camera: Camera,
    used: bool,
    hidden: bool,
    marked_open: bool,
    /// Somebody else's drag was painted: the board must be painted once more when it ends.
    others_dragged: bool,
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
        let mut canvas = Self {
            board: Painter::new(elements.board.clone())?,
            overlay: Painter::new(elements.overlay.clone())?,
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
            overlay_dirty: true,
            frame_asked: false,
            fits: true,
            saved_camera: Camera::default(),
            used: false,
            hidden: false,
            marked_open: false,
            others_dragged: false,
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
        canvas.workshop_changed();
        Some(canvas)
    }

    /// Whether the last input was used by the editor.
    pub(crate) fn used_last_input(&self) -> bool {
        self.used
    }

    /// Takes one event.
    pub(crate) fn take(&mut self, event: AppEvent) {
        match event {
            AppEvent::Input(input) => self.input(input),
            AppEvent::Act(action) => self.act(action),
            AppEvent::Recolor(color) => {
                let effects = self.with_editor(|editor, cx| editor.recolor(color, cx));
                self.carry_out(effects);
            }
            AppEvent::Paste(text, as_one) => {
                let effects = self.with_editor(|editor, cx| editor.paste(&text, as_one, cx));
                self.carry_out(effects);
            }
            AppEvent::Choose(id) => {
                let effects = self.with_editor(|editor, cx| editor.choose(&id, cx));
                self.carry_out(effects);
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

    fn reply(&mut self, reply: Reply) {
        self.used = reply.used;
        self.carry_out(reply.effects);
    }

    pub(super) fn with_editor<T>(
        &mut self,
        work: impl FnOnce(&mut Editor, &mut Context<'_>) -> T,
    ) -> T {
        let mut new_id = || ObjectId::from_random(browser::random());
        let mut cx = Context {
            view: self.link.copy.view(),
            scene: &self.scene,
            template: self.template,
            new_id: &mut new_id,
            read_only: self.ui.me.with_untracked(|me| me.role == Role::Observer),
        };
        work(&mut self.editor, &mut cx)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
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
                Effect::Copy => self.copy(),
                Effect::Help => self.ui.help.set(true),
                Effect::Tools => {}
            }
        }
    }

    fn command(&mut self, command: &Command, step: Step) {
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
    fn changed(&mut self, change: &ChangeSet) {
        self.scene.apply(self.link.copy.view(), change);
        let effects = self.editor.after_change(self.link.copy.view());
        if let Some(writing) = &mut self.writing
            && change.objects.contains(&writing.id)
            && let Some(object) = self.link.copy.view().get(&writing.id)
        {
            writing.changed(object.text());
        }
        self.board_dirty = true;
        self.overlay_dirty = true;
        self.reading_due = true;
        self.carry_out(effects);
    }

    fn sync_effects(&mut self, effects: Vec<client::Effect>) {
        for effect in effects {
            match effect {
                client::Effect::Merged(_, change) => {
                    self.changed(&change);
                    if self.fits {
                        self.fit();
                    }
                }
                client::Effect::Presence(entries) => {
                    let me = self.link.copy.replica().client_id();
                    if self.people.take(entries, me) {
                        self.overlay_dirty = true;
                        let dragged = self.people.drags().next().is_some();
                        self.board_dirty |= dragged || self.others_dragged;
                        self.others_dragged = dragged;
                    }
                }
                client::Effect::Receipt {
                    delivered,
                    by_others,
                } => self.receipt(delivered, by_others),
                client::Effect::Refused(refused) => self.tell(refused.message, true),
                client::Effect::Hello(hello) => {
                    let mut me = self.ui.me.get_untracked();
                    me.role = hello.role;
                    put(self.ui.me, me);
                }
                _ => {}
            }
        }
        if !self.link.is_open() {
            self.people.disconnected();
        }
    }

    fn receipt(&mut self, delivered: u32, by_others: BTreeSet<ObjectId>) {
        let count = |n: usize| {
            if n == 1 {
                "1 change".to_owned()
            } else {
                format!("{n} changes")
            }
        };
        let mut words = Vec::new();
        if delivered > 0 {
            let of = if delivered == 1 {
                "1 of your changes was"
            } else {
                &format!("{delivered} of your changes were")
            };
            words.push(format!("{of} delivered."));
        }
        if !by_others.is_empty() {
            words.push(format!(
                "{} by others while you were away.",
                count(by_others.len())
            ));
        }
        self.tell(words.join(" "), false);
        self.highlights = by_others;
        self.highlight_until_ms = browser::now_ms() + HIGHLIGHT_MS;
    }

    fn workshop_changed(&mut self) {
        let view = workshop::view(&self.workshop.copy);
        self.names = view
            .people
            .iter()
            .map(|person| (person.id.clone(), person.name.clone()))
            .collect();
        if !view.title.is_empty() {
            browser::set_title(&format!("{} – Plaza", view.title));
        }
        put(self.ui.workshop, view);
        self.board_dirty = true;
    }

    fn tick(&mut self, event: client::Event) {
        let effects = self.link.event(event.clone());
        self.sync_effects(effects);
        let _ = self.workshop.event(event);
        self.send_presence();
        let now_ms = browser::now_ms();
        if !self.highlights.is_empty() && now_ms > self.highlight_until_ms {
            self.highlights.clear();
            self.overlay_dirty = true;
        }
        let camera = self.editor.camera();
        if camera != self.saved_camera && !self.fits {
            self.saved_camera = camera;
            device::set_camera(
                &self.document,
                (camera.origin.x, camera.origin.y, camera.zoom),
            );
        }
        self.editor.single_keys = self.ui.single_keys.get_untracked();
    }

    fn write(&mut self, id: ObjectId, append: &str) {
        let Some(object) = self.link.copy.view().get(&id) else {
            return;
        };
        let text = object.text().to_owned();
        self.writing = Some(Writing::open(
            self.elements.text.clone(),
            id,
            &text,
            text.is_empty(),
        ));
        self.place_text();
        if !append.is_empty() {
            self.elements.text.set_value(&format!("{text}{append}"));
            self.typed();
        }
    }

    fn typed(&mut self) {
        let Some(writing) = &mut self.writing else {
            return;
        };
        let id = writing.id.clone();
        let document = self
            .link
            .copy
            .view()
            .get(&id)
            .map(|object| object.text().to_owned())
            .unwrap_or_default();
        match writing.typed(&document, browser::now_ms()) {
            Ok(Some((edit, step))) => self.command(&Command::EditText(id, edit), step),
            Ok(None) => {}
            Err(()) => self.tell(
                format!("A note takes at most {} characters.", sticky_note::TEXT_MAX),
                false,
            ),
        }
    }

    fn composing(&mut self, composing: bool) {
        if let Some(writing) = &mut self.writing {
            writing.composing = composing;
        }
        if !composing {
            self.typed();
            self.place_text();
        }
    }

    fn text_key(&mut self, key: &str, mods: Mods) {
        let Some(writing) = &self.writing else { return };
        if writing.composing {
            return;
        }
        let rtl = writing.is_rtl();
        let side = match (key, mods.ctrl, mods.shift) {
            ("Escape", ..) => {
                self.stop_writing();
                let _ = self.elements.stage.focus();
                return;
            }
            ("Tab", false, false) => Side::Next,
            ("Tab", false, true) => Side::Previous,
            ("Enter", true, false) => Side::Below,
            ("Enter", true, true) => Side::Above,
            _ => return,
        };
        let reply = self.with_editor(|editor, cx| editor.go_beside(side, rtl, cx));
        self.board_dirty = true;
        self.reply(reply);
    }

    fn stop_writing(&mut self) {
        let effects = self.with_editor(|editor, cx| editor.stop_editing(cx));
        self.carry_out(effects);
    }

    fn close_text(&mut self) {
        if let Some(writing) = self.writing.take() {
            writing.close();
        }
        self.board_dirty = true;
    }

    fn copy(&mut self) {
        let view = self.link.copy.view();
        let order = self.scene.reading_order(self.template);
        let lines: Vec<String> = order
            .iter()
            .filter(|id| self.editor.selection().contains(id))
            .filter_map(|id| view.get(id).map(|object| object.text().to_owned()))
            .collect();
        browser::copy_text(&lines.join("\n"));
        self.ui.said.set(format!("{} copied", lines.len()));
    }

    fn tell(&mut self, text: String, stays: bool) {
        self.ui.said.set(text.clone());
        self.ui.message.set(Some(Message { text, stays }));
    }

    fn fit(&mut self) {
        let camera = self.editor.camera();
        self.with_editor(|editor, cx| editor.fit_canvas(cx));
        self.board_dirty |= camera != self.editor.camera();
        self.overlay_dirty |= self.board_dirty;
    }

    fn send_presence(&mut self) {
        if !self.link.is_open() {
            return;
        }
        let mine = Presence {
            user: self.ui.me.with_untracked(people::user),
            cursor: self.editor.cursor().map(people::rounded),
            selection: self.editor.selection().iter().take(200).cloned().collect(),
            drag: self
                .editor
                .drag_offset()
                .map(|offset| people::rounded(offset.to_point())),
            writing: self.editor.editing().cloned(),
            away: self.hidden,
        };
        if let Some(state) = self.people.due(mine, browser::now_ms()) {
            let client = self.link.copy.replica().client_id();
            self.link.send_presence(client, state);
        }
    }

    /// Puts what has changed into the signals, and asks for a frame if something is to be painted.
    fn show(&mut self) {
        put(self.ui.status, self.link.status());
        put(self.ui.tool, self.editor.tool());
        put(self.ui.color, self.editor.color());
        put(self.ui.zoom, self.editor.camera().zoom);
        put(self.ui.selected, self.editor.selection().len());
        put(self.ui.can_undo, self.link.copy.can_undo_redo());
        put(
            self.ui.writing,
            self.writing.as_ref().map(|writing| writing.id.clone()),
        );
        let left = self
            .writing
            .as_ref()
            .map(Writing::length)
            .filter(|length| *length >= sticky_note::TEXT_COUNTER_FROM);
        put(
            self.ui.left,
            left.map(|length| sticky_note::TEXT_MAX.saturating_sub(length)),
        );
        put(
            self.ui.people,
            self.ui.me.with_untracked(|me| self.people.list(me)),
        );
        let now_ms = browser::now_ms();
        if self.reading_due && now_ms.saturating_sub(self.reading_ms) >= READING_EVERY_MS {
            self.reading_due = false;
            self.reading_ms = now_ms;
            self.list_notes();
        }
        if (self.board_dirty || self.overlay_dirty) && !self.frame_asked {
            self.frame_asked = true;
            let shell = self.shell.clone();
            browser::next_frame(move || shell.send(AppEvent::Frame));
        }
    }

    fn list_notes(&mut self) {
        let view = self.link.copy.view();
        let mut order = self.scene.reading_order(self.template);
        put(self.ui.notes, order.len());
        order.truncate(READING_MAX);
        let list = order
            .into_iter()
            .filter_map(|id| {
                view.get(&id)
                    .map(|object| (id.clone(), object.text().to_owned()))
            })
            .collect();
        put(self.ui.reading, list);
    }

    fn frame(&mut self) {
        self.frame_asked = false;
        if std::mem::take(&mut self.board_dirty) {
            self.paint_board();
        }
        if std::mem::take(&mut self.overlay_dirty) {
            self.paint_overlay();
        }
        self.place_text();
        let _ = self
            .elements
            .stage
            .style()
            .set_property("cursor", self.editor.cursor_style());
        if !self.marked_open && self.link.is_caught_up() {
            self.marked_open = true;
            browser::mark("plaza-open");
        }
    }

    fn place_text(&self) {
        let Some(writing) = &self.writing else { return };
        if let (Some(bounds), Some(layout)) = (
            self.scene.bounds(&writing.id),
            self.scene.layout(&writing.id),
        ) {
            let camera = self.editor.camera();
            let origin = camera.screen_from_board(bounds.origin());
            let rect =
                shared::geometry::Rect::from_origin_size(origin, bounds.size() * camera.zoom);
            writing.place(rect, layout, camera.zoom);
        }
    }
}

//! A test is a triple: the board before, a script of inputs, the board after.
//! Boards are written one object a line, `*` for selected: a note as `id x,y "text"`,
//! other boxes as `id kind x,y wxh "text"`, connectors as `id from->to "label"`.
//!
//! Below the editor is a real document, and two more for other people.

use std::{ops::Range, sync::Arc};

use shared::{
    board::{BoardView, Command, Document, NewObject, Step, TextEdit},
    canvas::{self, Template},
    geometry::{Point, Rect, Size},
    id::ObjectId,
    object::{Connector, End, Kind, NoteColor, Object},
    props::Properties,
    scene::Scene,
};

use crate::{
    Action, Camera, Clip, Context, Editor, Effect, Handle, Input, LinkAsked, Preferences, Reply,
    Rights, Side,
    input::{Button, Mods, NO_PRESSURE, Pointer, PointerKind},
    part::camera::{ZOOM_MAX, ZOOM_MIN},
};

pub(super) const NONE: Mods = Mods {
    ctrl: false,
    shift: false,
    alt: false,
};
pub(super) const CTRL: Mods = Mods { ctrl: true, ..NONE };
pub(super) const SHIFT: Mods = Mods {
    shift: true,
    ..NONE
};
pub(super) const ALT: Mods = Mods { alt: true, ..NONE };
pub(super) const CTRL_SHIFT: Mods = Mods {
    ctrl: true,
    ..SHIFT
};
pub(super) const TWO: &str = "a 100,100 \"bins\"\nb 400,100 \"buses\"";

/// The Data Ethics Canvas in English.
pub(super) fn ethics_canvas() -> Arc<Template> {
    Arc::new(canvas::template_in(canvas::ETHICS_CANVAS, "en").unwrap())
}

/// The shell, as far as the editor can tell.
pub(super) struct Bench {
    pub(super) editor: Editor,
    pub(super) scene: Scene,
    pub(super) template: Arc<Template>,
    pub(super) read_only: bool,
    pub(super) is_facilitator: bool,
    /// Undo steps begun.
    pub(super) steps: usize,
    /// What was announced or shown.
    pub(super) said: Vec<String>,
    pub(super) kind: PointerKind,
    /// What was put on the clipboard last.
    pub(super) clip: Option<Clip>,
    /// What was offered at the end of a connector.
    pub(super) offered: Option<(End, Point)>,
    /// Where the others point.
    pub(super) others_at: Vec<Point>,
    /// What is selected in the text box.
    pub(super) selected_text: Option<Range<u32>>,
    /// The links that were opened.
    pub(super) opened: Vec<String>,
    /// The link that was asked for.
    pub(super) asked: Option<LinkAsked>,
    /// The pointers' clock, in milliseconds: a second passes after a pointer goes up.
    pub(super) now_ms: u64,
    mine: Document,
    /// What two other people have.
    others: [Document; 2],
    ids: u32,
}

impl Bench {
    pub(super) fn new(board: &str) -> Self {
        let mut bench = Self {
            editor: Editor::new("me".into()),
            scene: Scene::default(),
            template: canvas::blank(),
            read_only: false,
            is_facilitator: false,
            steps: 0,
            said: Vec::new(),
            kind: PointerKind::Mouse,
            clip: None,
            offered: None,
            others_at: Vec::new(),
            selected_text: None,
            opened: Vec::new(),
            asked: None,
            now_ms: 0,
            mine: Document::new(1),
            others: [Document::new(2), Document::new(3)],
            ids: 0,
        };
        bench.input(Input::Resize(Size::new(2_000.0, 1_500.0)));
        let lines = board.lines().map(str::trim).filter(|line| !line.is_empty());
        bench.somebody(&Command::Add(lines.map(line).collect()));
        bench
    }

    pub(super) fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) {
        let mut preferences = Preferences::default();
        change(&mut preferences);
        self.editor.prefer(preferences);
    }

    pub(super) fn view(&self) -> &BoardView {
        self.mine.view()
    }

    pub(super) fn object(&self, id: &str) -> &Object {
        self.view().get(&id.into()).unwrap()
    }

    pub(super) fn bounds(&self, id: &str) -> Rect {
        self.scene.bounds(&id.into()).unwrap()
    }

    pub(super) fn camera(&self) -> Camera {
        self.editor.camera()
    }

    pub(super) fn with<T>(&mut self, work: impl FnOnce(&mut Editor, &mut Context<'_>) -> T) -> T {
        let ids = &mut self.ids;
        let mut new_id = || {
            *ids += 1;
            ObjectId::from(format!("n{ids}"))
        };
        let mut cx = Context {
            view: self.mine.view(),
            scene: &self.scene,
            template: &self.template,
            new_id: &mut new_id,
            others_at: &self.others_at,
            selected_text: self.selected_text.clone(),
            rights: Rights {
                writes: !self.read_only,
                locks: self.is_facilitator,
            },
        };
        work(&mut self.editor, &mut cx)
    }

    /// Where a handle of the selected object is on screen.
    #[track_caller]
    pub(super) fn handle(&mut self, wanted: Handle) -> (f64, f64) {
        let handles = self.with(|editor, cx| editor.handles(cx));
        let found = handles.iter().find(|(handle, _)| *handle == wanted);
        let at = found
            .unwrap_or_else(|| panic!("{wanted:?} in {handles:?}"))
            .1;
        (at.x, at.y)
    }

    pub(super) fn input(&mut self, input: Input) -> Reply {
        let is_up = matches!(input, Input::Up(_));
        let reply = self.with(|editor, cx| editor.handle(input, cx));
        self.carry_out(&reply.effects);
        self.now_ms += if is_up { 1_000 } else { 0 };
        reply
    }

    /// Time passes: what is pressed is held, what is dragged rests.
    pub(super) fn wait(&mut self, ms: u64) -> Reply {
        self.now_ms += ms;
        self.input(Input::Tick(self.now_ms))
    }

    pub(super) fn act(&mut self, action: Action) -> Reply {
        let reply = self.with(|editor, cx| editor.act(action, cx));
        self.carry_out(&reply.effects);
        reply
    }

    pub(super) fn beside(&mut self, side: Side, rtl: bool) {
        let reply = self.with(|editor, cx| editor.go_beside(side, rtl, cx));
        self.carry_out(&reply.effects);
    }

    pub(super) fn paste(&mut self, text: &str, as_one: bool) {
        let effects = self.with(|editor, cx| editor.paste(text, as_one, cx));
        self.carry_out(&effects);
    }

    /// Somebody else does something, and it arrives.
    pub(super) fn somebody(&mut self, command: &Command) -> Vec<Effect> {
        self.done_by(0, command)
    }

    /// A third person does something, and it arrives.
    pub(super) fn a_third(&mut self, command: &Command) -> Vec<Effect> {
        self.done_by(1, command)
    }

    fn done_by(&mut self, who: usize, command: &Command) -> Vec<Effect> {
        self.others[who].apply(command, Step::New);
        let mut effects = Vec::new();
        for update in self.others[who].take_outbox() {
            self.others[1 - who].merge(&update).unwrap();
            let change = self.mine.merge(&update).unwrap();
            self.scene.apply(self.mine.view(), &change);
            effects.extend(self.editor.after_change(self.mine.view()));
        }
        let is_mine = |effect: &Effect| matches!(effect, Effect::Do(_) | Effect::Continue(_));
        assert!(
            !effects.iter().any(is_mine),
            "written because something arrived"
        );
        self.carry_out(&effects);
        effects
    }

    pub(super) fn somebody_deletes(&mut self, id: &str) -> Vec<Effect> {
        self.somebody(&Command::Delete(vec![id.into()]))
    }

    /// What the text box does: the words go at the end of the open note.
    pub(super) fn write(&mut self, words: &str, step: Step) {
        let id = self.editor.editing().cloned().unwrap();
        let text = &self.view().get(&id).unwrap().text;
        let edit = TextEdit::between(text, &format!("{text}{words}")).unwrap();
        self.run(&Command::EditText(id, edit), step);
    }

    pub(super) fn carry_out(&mut self, effects: &[Effect]) {
        self.perform(effects);
        self.sweep();
    }

    fn perform(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Do(commands) => {
                    assert!(!self.read_only, "an observer writes: {commands:?}");
                    self.steps += 1;
                    for (i, command) in commands.iter().enumerate() {
                        let step = if i == 0 { Step::New } else { Step::Continue };
                        self.run(command, step);
                    }
                }
                Effect::Continue(command) => self.run(command, Step::Continue),
                Effect::Undo => {
                    let change = self.mine.undo();
                    self.after(change);
                }
                Effect::Redo => {
                    let change = self.mine.redo();
                    self.after(change);
                }
                Effect::Edit(id, append) => {
                    assert_eq!(self.editor.editing(), Some(id), "two texts open");
                    if !append.is_empty() {
                        self.write(&append.clone(), Step::New);
                    }
                }
                Effect::Announce(said) | Effect::Toast(said) => self.said.push(said.english()),
                Effect::OpenLink(link) => self.opened.push(link.clone()),
                Effect::AskLink(asked) => self.asked = Some(asked.clone()),
                Effect::Copy(clip) => self.clip = Some(clip.clone()),
                Effect::Offer(from, at) => self.offered = Some((from.clone(), *at)),
                _ => {}
            }
        }
    }

    fn run(&mut self, command: &Command, step: Step) {
        let change = self.mine.apply(command, step);
        self.after(Some(change));
    }

    fn after(&mut self, change: Option<shared::board::ChangeSet>) {
        for update in self.mine.take_outbox() {
            for other in &mut self.others {
                other.merge(&update).unwrap();
            }
        }
        let Some(change) = change else { return };
        self.scene.apply(self.mine.view(), &change);
        let effects = self.editor.after_change(self.mine.view());
        self.perform(&effects);
    }

    /// What holds after every single event.
    pub(super) fn sweep(&self) {
        let exists = |id: &ObjectId| self.view().get(id).is_some();
        assert!(
            self.editor.selection().iter().all(exists),
            "selected but gone"
        );
        let camera = self.camera();
        assert!((ZOOM_MIN..=ZOOM_MAX).contains(&camera.zoom) && camera.origin.is_finite());
        assert!(
            self.editor.editing().is_none_or(exists),
            "writing in nothing"
        );
        if self.editor.drag_offset().is_some() {
            assert!(!self.editor.selection().is_empty(), "nothing is dragged");
        }
        for other in &self.others {
            assert_eq!(self.view(), other.view(), "the copies differ");
        }
    }

    pub(super) fn pointer(&self, x: f64, y: f64, mods: Mods) -> Pointer {
        Pointer {
            at: Point::new(x, y),
            id: 1,
            kind: self.kind,
            button: Button::Main,
            mods,
            pressure: NO_PRESSURE,
            now_ms: self.now_ms,
        }
    }

    pub(super) fn down(&mut self, x: f64, y: f64) {
        self.input(Input::Down(self.pointer(x, y, NONE)));
    }

    pub(super) fn hover(&mut self, x: f64, y: f64) {
        self.input(Input::Move(self.pointer(x, y, NONE)));
    }

    pub(super) fn up(&mut self, x: f64, y: f64) {
        self.input(Input::Up(self.pointer(x, y, NONE)));
    }

    pub(super) fn drag_with(&mut self, from: (f64, f64), to: (f64, f64), mods: Mods) {
        self.input(Input::Down(self.pointer(from.0, from.1, mods)));
        let half = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        self.input(Input::Move(self.pointer(half.0, half.1, mods)));
        self.input(Input::Move(self.pointer(to.0, to.1, mods)));
        self.input(Input::Up(self.pointer(to.0, to.1, mods)));
    }

    pub(super) fn drag(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.drag_with(from, to, NONE);
    }

    pub(super) fn click(&mut self, x: f64, y: f64) {
        self.click_with(x, y, NONE);
    }

    pub(super) fn click_with(&mut self, x: f64, y: f64, mods: Mods) {
        self.input(Input::Down(self.pointer(x, y, mods)));
        self.input(Input::Up(self.pointer(x, y, mods)));
    }

    pub(super) fn double_click(&mut self, x: f64, y: f64) {
        self.click(x, y);
        self.click(x, y);
        self.input(Input::DoubleClick(self.pointer(x, y, NONE)));
    }

    pub(super) fn key(&mut self, key: &str) -> Reply {
        self.key_with(key, NONE)
    }

    pub(super) fn key_with(&mut self, key: &str, mods: Mods) -> Reply {
        self.press(key, "", mods)
    }

    pub(super) fn press(&mut self, key: &str, code: &str, mods: Mods) -> Reply {
        self.input(Input::Key {
            key: key.into(),
            code: code.into(),
            mods,
            repeat: false,
        })
    }

    /// The board as it is written.
    pub(super) fn board(&self) -> String {
        let mut lines: Vec<String> = self
            .view()
            .iter()
            .map(|object| {
                let is_selected = self.editor.selection().contains(&object.id);
                let star = if is_selected { "*" } else { "" };
                format!("{star}{}", self.line(object))
            })
            .collect();
        lines.sort();
        lines.join("\n")
    }

    fn line(&self, object: &Object) -> String {
        let Object {
            id,
            pos,
            text,
            kind,
            ..
        } = object;
        match kind {
            Kind::StickyNote(_) if object.size.is_none() => {
                format!("{id} {},{} {text:?}", pos.x, pos.y)
            }
            Kind::Connector(line) => {
                let end = |end: &End| match end {
                    End::Bound { id, .. } => id.to_string(),
                    End::Free(at) => format!("{},{}", at.x.round(), at.y.round()),
                };
                let (from, to) = (end(&line.ends.from), end(&line.ends.to));
                format!("{id} {from}->{to} {text:?}")
            }
            kind => {
                let size = self.scene.place(id).unwrap().rect.size();
                let (name, Point { x, y }) = (kind.name(), pos);
                format!(
                    "{id} {name} {x},{y} {}x{} {text:?}",
                    size.width, size.height
                )
            }
        }
    }

    #[track_caller]
    pub(super) fn check(&self, board: &str) {
        let lines: Vec<&str> = board.lines().map(str::trim).collect();
        assert_eq!(self.board(), lines.join("\n").trim());
    }
}

/// An object of a line of the notation.
pub(super) fn line(line: &str) -> NewObject {
    let (before, text) = line.split_once('"').unwrap_or((line, ""));
    let text = text.trim_matches('"').to_owned();
    let words: Vec<&str> = before.split_whitespace().collect();
    let point = |word: &str| {
        let (x, y) = word.split_once(',')?;
        Some(Point::new(x.parse().ok()?, y.parse().ok()?))
    };
    let new =
        |pos, kind| NewObject::new(words[0].into(), pos, kind, text.clone(), "somebody".into());
    if let Some((from, to)) = words[1].split_once("->") {
        let end = |word: &str| point(word).map_or_else(|| End::to(&word.into()), End::Free);
        return new(
            Point::ZERO,
            Kind::Connector(Connector::new(end(from), end(to))),
        );
    }
    if let Some(pos) = point(words[1]) {
        return new(pos, Kind::note(NoteColor::Mint));
    }
    let mut object = new(
        point(words[2]).unwrap(),
        Kind::read(words[1], &Properties::new()),
    );
    if let Some((width, height)) = words.get(3).and_then(|word| word.split_once('x')) {
        object.size = Some(Size::new(width.parse().unwrap(), height.parse().unwrap()));
    }
    object
}

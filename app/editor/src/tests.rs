//! A test is a triple: the board before, a script of inputs, the board after.
//! Boards are written one object a line: `id x,y "text"`, `*` for selected.

use std::collections::BTreeSet;

use proptest::prelude::*;
use shared::{
    board::{BoardView, Command},
    canvas::{self, Template},
    geometry::{Point, Size, Vec2},
    id::ObjectId,
    object::{Kind, NoteColor, Object, StickyNote, sticky_note},
    scene::Scene,
};

use crate::{
    Action, Context, Editor, Effect, Input, Reply, Side, Tool,
    camera::{ZOOM_MAX, ZOOM_MIN},
    input::{Button, Mods, Pointer, PointerKind},
};

struct Bench {
    editor: Editor,
    view: BoardView,
    scene: Scene,
    template: &'static Template,
    ids: u32,
    read_only: bool,
    steps: usize,
    undos: usize,
    said: Vec<String>,
    kind: PointerKind,
}

impl Bench {
    fn new(board: &str) -> Self {
        let objects = board
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| {
                let mut parts = line.splitn(3, ' ');
                let id = parts.next().unwrap();
                let (x, y) = parts.next().unwrap().split_once(',').unwrap();
                note(
                    id,
                    x.parse().unwrap(),
                    y.parse().unwrap(),
                    parts.next().unwrap_or("\"\"").trim_matches('"'),
                )
            });
        let view = BoardView::from_objects(objects);
        let mut bench = Self {
            editor: Editor::new("me".into()),
            scene: Scene::rebuild(&view),
            view,
            template: canvas::template(canvas::BLANK),
            ids: 0,
            read_only: false,
            steps: 0,
            undos: 0,
            said: Vec::new(),
            kind: PointerKind::Mouse,
        };
        bench.input(Input::Resize(Size::new(2_000.0, 1_500.0)));
        bench
    }

    fn with<T>(&mut self, work: impl FnOnce(&mut Editor, &mut Context<'_>) -> T) -> T {
        let ids = &mut self.ids;
        let mut new_id = || {
            *ids += 1;
            ObjectId::from(format!("n{ids}"))
        };
        let mut cx = Context {
            view: &self.view,
            scene: &self.scene,
            template: self.template,
            new_id: &mut new_id,
            read_only: self.read_only,
        };
        work(&mut self.editor, &mut cx)
    }

    fn input(&mut self, input: Input) -> Reply {
        let reply = self.with(|editor, cx| editor.handle(input, cx));
        self.carry_out(&reply.effects);
        reply
    }

    /// Does to plain values what the document would do.
    fn carry_out(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Do(commands) => {
                    self.steps += 1;
                    commands.iter().for_each(|command| self.run(command));
                }
                Effect::Continue(command) => self.run(command),
                Effect::Undo => self.undos += 1,
                Effect::Announce(text) | Effect::Toast(text) => self.said.push(text.clone()),
                _ => {}
            }
        }
        self.sweep();
    }

    fn run(&mut self, command: &Command) {
        match command {
            Command::AddNotes(notes) => {
                for new in notes {
                    let mut object = note(new.id.as_str(), new.pos.x, new.pos.y, &new.text);
                    object.z = 100.0;
                    self.view.put(object);
                }
            }
            Command::Move(moves) => {
                for (id, pos) in moves {
                    let mut object = self.view.get(id).unwrap().clone();
                    object.pos = *pos;
                    self.view.put(object);
                }
            }
            Command::Delete(ids) => ids.iter().for_each(|id| self.view.remove(id)),
            Command::Raise(_) | Command::Recolor(..) | Command::EditText(..) => {}
        }
        self.scene = Scene::rebuild(&self.view);
        let view = self.view.clone();
        self.editor.after_change(&view);
    }

    /// What holds after every single event.
    fn sweep(&self) {
        assert!(
            self.editor
                .selection()
                .iter()
                .all(|id| self.view.get(id).is_some()),
            "selected but gone"
        );
        let camera = self.editor.camera();
        assert!((ZOOM_MIN..=ZOOM_MAX).contains(&camera.zoom) && camera.origin.is_finite());
        if let Some(id) = self.editor.editing() {
            assert!(self.view.get(id).is_some(), "writing in nothing");
        }
    }

    fn pointer(&self, x: f64, y: f64, mods: Mods) -> Pointer {
        Pointer {
            at: Point::new(x, y),
            id: 1,
            kind: self.kind,
            button: Button::Main,
            mods,
        }
    }

    fn drag_with(&mut self, from: (f64, f64), to: (f64, f64), mods: Mods) {
        self.input(Input::Down(self.pointer(from.0, from.1, mods)));
        self.input(Input::Move(self.pointer(
            f64::midpoint(from.0, to.0),
            to.1,
            mods,
        )));
        self.input(Input::Move(self.pointer(to.0, to.1, mods)));
        self.input(Input::Up(self.pointer(to.0, to.1, mods)));
    }

    fn drag(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.drag_with(from, to, Mods::default());
    }

    fn click(&mut self, x: f64, y: f64) {
        self.input(Input::Down(self.pointer(x, y, Mods::default())));
        self.input(Input::Up(self.pointer(x, y, Mods::default())));
    }

    fn key(&mut self, key: &str) -> Reply {
        self.key_with(key, Mods::default())
    }

    fn key_with(&mut self, key: &str, mods: Mods) -> Reply {
        self.input(Input::Key {
            key: key.into(),
            code: String::new(),
            mods,
            repeat: false,
        })
    }

    fn board(&self) -> String {
        let mut lines: Vec<String> = self
            .view
            .iter()
            .map(|object| {
                let star = if self.editor.selection().contains(&object.id) {
                    "*"
                } else {
                    ""
                };
                format!(
                    "{star}{} {},{} {:?}",
                    object.id,
                    object.pos.x,
                    object.pos.y,
                    object.text()
                )
            })
            .collect();
        lines.sort();
        lines.join("\n")
    }
}

fn note(id: &str, x: f64, y: f64, text: &str) -> Object {
    Object {
        id: id.into(),
        pos: Point::new(x, y),
        z: 1.0,
        author: None,
        kind: Kind::StickyNote(StickyNote {
            text: text.into(),
            color: NoteColor::Mint,
        }),
    }
}

const CTRL: Mods = Mods {
    ctrl: true,
    shift: false,
    alt: false,
};
const SHIFT: Mods = Mods {
    ctrl: false,
    shift: true,
    alt: false,
};
const ALT: Mods = Mods {
    ctrl: false,
    shift: false,
    alt: true,
};
const TWO: &str = "a 100,100 \"bins\"\nb 400,100 \"buses\"";

#[test]
fn a_click_selects_and_a_click_beside_deselects() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    assert_eq!(bench.board(), "*a 100,100 \"bins\"\nb 400,100 \"buses\"");
    bench.click(900.0, 900.0);
    assert_eq!(bench.board(), "a 100,100 \"bins\"\nb 400,100 \"buses\"");
    assert_eq!(bench.steps, 0);
}

#[test]
fn a_drag_writes_once_on_release() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Down(bench.pointer(150.0, 150.0, Mods::default())));
    bench.input(Input::Move(bench.pointer(250.0, 150.0, Mods::default())));
    assert_eq!(bench.editor.drag_offset(), Some(Vec2::new(100.0, 0.0)));
    assert_eq!(bench.steps, 0);
    bench.input(Input::Up(bench.pointer(250.0, 150.0, Mods::default())));
    assert_eq!(
        (bench.steps, bench.board().lines().next()),
        (1, Some("*a 200,100 \"bins\""))
    );
}

#[test]
fn less_than_the_threshold_is_no_drag() {
    let mut bench = Bench::new(TWO);
    bench.drag((150.0, 150.0), (153.0, 150.0));
    assert_eq!(bench.steps, 0);
}

#[test]
fn escape_during_a_drag_leaves_nothing() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Down(bench.pointer(150.0, 150.0, Mods::default())));
    bench.input(Input::Move(bench.pointer(250.0, 150.0, Mods::default())));
    bench.key("Escape");
    bench.input(Input::Up(bench.pointer(250.0, 150.0, Mods::default())));
    assert_eq!((bench.steps, bench.editor.drag_offset()), (0, None));
    assert!(bench.board().contains("a 100,100"));
}

#[test]
fn a_marquee_selects_and_shift_adds() {
    let mut bench = Bench::new(TWO);
    bench.drag((350.0, 50.0), (700.0, 350.0));
    assert_eq!(bench.board(), "*b 400,100 \"buses\"\na 100,100 \"bins\"");
    bench.drag_with((50.0, 50.0), (200.0, 200.0), SHIFT);
    assert_eq!(bench.editor.selection().len(), 2);
    bench.drag((150.0, 150.0), (150.0, 250.0));
    assert_eq!(bench.board(), "*a 100,200 \"bins\"\n*b 400,200 \"buses\"");
}

#[test]
fn alt_drag_copies() {
    let mut bench = Bench::new(TWO);
    bench.drag_with((150.0, 150.0), (150.0, 650.0), ALT);
    assert_eq!(
        bench.board(),
        "*n1 100,600 \"bins\"\na 100,100 \"bins\"\nb 400,100 \"buses\""
    );
}

#[test]
fn double_click_makes_a_note_around_the_pointer_and_opens_it() {
    let mut bench = Bench::new("");
    bench.input(Input::DoubleClick(bench.pointer(
        500.0,
        400.0,
        Mods::default(),
    )));
    assert_eq!(bench.board(), "*n1 400,300 \"\"");
    assert_eq!(bench.editor.editing(), Some(&"n1".into()));
    // Nothing was written: it goes away, without an undo step of its own.
    bench.key("Escape");
    assert_eq!((bench.board(), bench.steps), (String::new(), 1));
}

#[test]
fn n_makes_a_note_at_the_pointer_or_in_the_middle() {
    let mut bench = Bench::new("");
    bench.key("n");
    assert_eq!(bench.board(), "*n1 900,650 \"\"");
    bench.key("Escape");
    bench.input(Input::Move(bench.pointer(200.0, 200.0, Mods::default())));
    bench.key("N");
    assert_eq!(bench.board(), "*n2 100,100 \"\"");
}

#[test]
fn the_note_tool_places_one_note_and_goes_back() {
    let mut bench = Bench::new("");
    bench.with(|editor, cx| editor.act(Action::NoteTool, cx));
    assert_eq!(bench.editor.tool(), Tool::Note);
    bench.click(300.0, 300.0);
    assert_eq!(
        (bench.board().as_str(), bench.editor.tool()),
        ("*n1 200,200 \"\"", Tool::Select)
    );
}

#[test]
fn tab_while_writing_goes_on_beside_and_opens_what_is_there() {
    let mut bench = Bench::new("a 0,0 \"one\"\nb 220,0 \"two\"");
    bench.click(50.0, 50.0);
    bench.key("Enter");
    let beside = |bench: &mut Bench, side, rtl| {
        let reply = bench.with(|editor, cx| editor.go_beside(side, rtl, cx));
        bench.carry_out(&reply.effects);
    };
    beside(&mut bench, Side::Next, false);
    assert_eq!(bench.editor.editing(), Some(&"b".into()));
    beside(&mut bench, Side::Below, false);
    assert_eq!(
        bench.board(),
        "*n1 220,220 \"\"\na 0,0 \"one\"\nb 220,0 \"two\""
    );
}

#[test]
fn right_to_left_text_goes_on_to_the_left_and_grown_notes_leave_room() {
    let mut bench = Bench::new(&format!("a 1000,0 \"{}\"", "long words here ".repeat(40)));
    let height = bench.scene.bounds(&"a".into()).unwrap().height();
    assert!(height > sticky_note::SIDE);
    bench.click(1_050.0, 50.0);
    bench.key("Enter");
    let reply = bench.with(|editor, cx| editor.go_beside(Side::Below, true, cx));
    bench.carry_out(&reply.effects);
    let below = bench.view.get(&"n1".into()).unwrap().pos;
    assert_eq!(
        below,
        Point::new(1_000.0, (height + sticky_note::GAP).round())
    );
    bench.key("Escape");
    bench.click(1_050.0, 50.0);
    bench.key("Enter");
    let reply = bench.with(|editor, cx| editor.go_beside(Side::Next, true, cx));
    bench.carry_out(&reply.effects);
    assert_eq!(bench.view.get(&"n2".into()).unwrap().pos.x, 780.0);
}

#[test]
fn keys_delete_duplicate_nudge_and_select() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key_with("d", CTRL);
    assert_eq!(
        bench.board(),
        "*n1 120,120 \"bins\"\na 100,100 \"bins\"\nb 400,100 \"buses\""
    );
    bench.key("ArrowRight");
    bench.key_with("ArrowDown", SHIFT);
    assert!(bench.board().contains("*n1 130,220"));
    bench.key("Delete");
    bench.key_with("a", CTRL);
    assert_eq!(bench.editor.selection().len(), 2);
    bench.key("Backspace");
    assert!(bench.view.is_empty());
    bench.key_with("z", CTRL);
    assert_eq!(bench.undos, 1);
}

#[test]
fn tab_walks_in_reading_order_says_where_and_leaves_at_the_end() {
    let mut bench = Bench::new("a 300,0 \"buses\"\nb 0,5 \"bins\"");
    assert!(bench.key("Tab").used);
    assert_eq!(bench.said.last().unwrap(), "bins, sticky note, 1 of 2");
    assert!(bench.key("Tab").used);
    assert_eq!(bench.said.last().unwrap(), "buses, sticky note, 2 of 2");
    assert!(
        !bench.key("Tab").used,
        "the browser goes on to the next control"
    );
}

#[test]
fn typing_on_a_selected_note_appends() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    let reply = bench.key("x");
    assert!(
        reply
            .effects
            .contains(&Effect::Edit("a".into(), "x".into()))
    );
}

#[test]
fn the_wheel_pans_and_with_ctrl_zooms_at_the_pointer() {
    let mut bench = Bench::new(TWO);
    bench.input(Input::Wheel(
        Point::new(500.0, 500.0),
        Vec2::new(10.0, 20.0),
        Mods::default(),
    ));
    assert_eq!(bench.editor.camera().origin, Point::new(10.0, 20.0));
    let fixed = bench
        .editor
        .camera()
        .board_from_screen(Point::new(500.0, 300.0));
    bench.input(Input::Wheel(
        Point::new(500.0, 300.0),
        Vec2::new(0.0, -30.0),
        CTRL,
    ));
    assert!(bench.editor.camera().zoom > 1.2);
    let now = bench
        .editor
        .camera()
        .board_from_screen(Point::new(500.0, 300.0));
    assert!((now - fixed).hypot() < 1e-6);
}

#[test]
fn space_and_drag_pans_and_the_tool_is_still_there() {
    let mut bench = Bench::new(TWO);
    bench.key(" ");
    bench.drag((150.0, 150.0), (250.0, 150.0));
    bench.input(Input::SpaceUp);
    assert_eq!(
        (
            bench.editor.camera().origin.x,
            bench.steps,
            bench.editor.tool()
        ),
        (-100.0, 0, Tool::Select)
    );
}

#[test]
fn one_finger_on_empty_space_pans_and_two_always_zoom_and_never_move_notes() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Touch;
    bench.drag((900.0, 900.0), (800.0, 900.0));
    assert_eq!(bench.editor.camera().origin.x, 100.0);
    let finger = |id, x| Pointer {
        at: Point::new(x, 150.0),
        id,
        kind: PointerKind::Touch,
        button: Button::Main,
        mods: Mods::default(),
    };
    bench.input(Input::Down(finger(1, 60.0)));
    bench.input(Input::Move(finger(1, 80.0)));
    bench.input(Input::Down(finger(2, 180.0)));
    bench.input(Input::Move(finger(2, 280.0)));
    bench.input(Input::Up(finger(1, 80.0)));
    bench.input(Input::Up(finger(2, 280.0)));
    assert!((bench.editor.camera().zoom - 2.0).abs() < 1e-9);
    assert_eq!(bench.steps, 0);
}

#[test]
fn a_long_press_draws_a_marquee() {
    let mut bench = Bench::new(TWO);
    bench.kind = PointerKind::Touch;
    bench.input(Input::Down(bench.pointer(50.0, 50.0, Mods::default())));
    bench.input(Input::LongPress(bench.pointer(50.0, 50.0, Mods::default())));
    bench.input(Input::Move(bench.pointer(250.0, 250.0, Mods::default())));
    bench.input(Input::Up(bench.pointer(250.0, 250.0, Mods::default())));
    assert_eq!(
        bench.editor.selection(),
        &BTreeSet::from([ObjectId::from("a")])
    );
}

#[test]
fn an_observer_can_look_but_not_touch() {
    let mut bench = Bench::new(TWO);
    bench.read_only = true;
    bench.key("n");
    bench.drag((150.0, 150.0), (250.0, 150.0));
    bench.click(150.0, 150.0);
    bench.key("Delete");
    bench.key("ArrowLeft");
    assert_eq!((bench.steps, bench.view.len()), (0, 2));
}

#[test]
fn a_list_becomes_notes_in_one_step_inside_the_section() {
    let mut bench = Bench::new("");
    bench.template = canvas::template(canvas::ETHICS_CANVAS);
    bench.input(Input::Move(bench.pointer(300.0, 500.0, Mods::default())));
    let effects = bench.with(|editor, cx| editor.paste("- bins\n- buses\n\n- trees", false, cx));
    bench.carry_out(&effects);
    assert_eq!((bench.view.len(), bench.steps), (3, 1));
    assert_eq!(
        bench.said.last().unwrap(),
        "Pasted 3 notes. Ctrl+Shift+V pastes as one."
    );
    for object in bench.view.iter() {
        assert_eq!(
            shared::export::json::section_of(object, bench.template),
            Some("sources")
        );
    }
    let effects = bench.with(|editor, cx| editor.paste("one\ntwo", true, cx));
    bench.carry_out(&effects);
    assert_eq!(bench.view.len(), 4);
}

#[test]
fn a_note_that_somebody_deletes_ends_my_writing_and_says_so() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    bench.key("Enter");
    bench.view.remove(&"a".into());
    let view = bench.view.clone();
    let effects = bench.editor.after_change(&view);
    assert!(effects.contains(&Effect::StopEditing));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Toast(_)))
    );
}

#[test]
fn nobody_gets_lost() {
    let mut bench = Bench::new(TWO);
    for _ in 0..200 {
        bench.input(Input::Wheel(
            Point::new(5.0, 5.0),
            Vec2::new(500.0, 900.0),
            Mods::default(),
        ));
    }
    let camera = bench.editor.camera();
    assert!(
        camera.origin.x < 3_000.0 && camera.origin.y < 3_000.0,
        "{camera:?}"
    );
    bench.key("Home");
    let camera = bench.editor.camera();
    assert!(
        camera
            .visible(bench.editor.viewport())
            .contains(Point::new(350.0, 200.0))
    );
}

proptest! {
    #[test]
    fn any_input_keeps_the_invariants(steps in proptest::collection::vec((0u8..14, 0.0..2_000.0f64, 0.0..1_500.0f64, any::<bool>()), 1..80)) {
        let mut bench = Bench::new(TWO);
        for (what, x, y, flag) in steps {
            bench.kind = if flag { PointerKind::Touch } else { PointerKind::Mouse };
            let mods = Mods { shift: flag, ctrl: false, alt: x > 1_800.0 };
            let mut pointer = bench.pointer(x, y, mods);
            pointer.id = i32::from(y > 700.0);
            match what {
                0 | 1 => drop(bench.input(Input::Down(pointer))),
                2..=4 => drop(bench.input(Input::Move(pointer))),
                5 | 6 => drop(bench.input(Input::Up(pointer))),
                7 => drop(bench.input(Input::DoubleClick(pointer))),
                8 => drop(bench.input(Input::Wheel(pointer.at, Vec2::new(x - 1_000.0, y - 700.0), Mods { ctrl: flag, ..mods }))),
                9 => drop(bench.key("Escape")),
                10 => drop(bench.key(if flag { "Tab" } else { "Delete" })),
                11 => drop(bench.input(Input::LongPress(pointer))),
                12 => drop(bench.input(Input::Cancel)),
                _ => drop(bench.key_with(if flag { "d" } else { "a" }, CTRL)),
            }
        }
    }
}

//! Anything may happen in any order: what `Bench::sweep` asserts always holds.

use proptest::prelude::*;
use shared::{
    board::{Command, Step},
    geometry::Vec2,
};

use super::bench::*;
use crate::{
    Action, Input, Side,
    action::ACTIONS,
    gesture::recogniser::{LONG_PRESS_MS, PAUSE_MS},
    input::{Button, Mods, PointerKind},
};

const MAP: &str = "a 100,100 \"bins\"\nb 400,100 \"buses\"\nc shape 900,300 300x200 \"trams\"\nf frame 50,50 600x500 \"\"\nl a->c \"feeds\"\nm c->c \"\"";
const SIDES: [Side; 4] = [Side::Next, Side::Previous, Side::Below, Side::Above];
const KEYS: [&str; 18] = [
    "c",
    "p",
    "r",
    "f",
    "2",
    "ArrowRight",
    "Escape",
    "Tab",
    "Delete",
    "Enter",
    "n",
    "s",
    "x",
    " ",
    "ArrowUp",
    "ArrowLeft",
    "Process",
    "Home",
];

/// One step: `what` is 0 to 27, the rest says where and how.
fn step(bench: &mut Bench, what: u8, x: f64, y: f64, flag: bool) {
    bench.kind = match (flag, x > 1_600.0) {
        (true, _) => PointerKind::Touch,
        (false, true) => PointerKind::Pen,
        (false, false) => PointerKind::Mouse,
    };
    let mods = Mods {
        shift: flag,
        ctrl: y > 1_350.0,
        alt: x > 1_800.0,
    };
    let mut pointer = bench.pointer(x, y, mods);
    pointer.id = i32::from(y > 700.0);
    if y < 60.0 {
        pointer.button = Button::Middle;
    }
    let pick = x as usize;
    match what {
        0..=2 => drop(bench.input(Input::Down(pointer))),
        3..=6 => drop(bench.input(Input::Move(pointer))),
        7..=8 => drop(bench.input(Input::Up(pointer))),
        9 => drop(bench.input(Input::DoubleClick(pointer))),
        10 => {
            let delta = Vec2::new(x - 1_000.0, y - 700.0);
            bench.input(Input::Wheel(pointer.at, delta, Mods { ctrl: flag, ..mods }));
        }
        11..=13 => drop(bench.key_with(KEYS[pick % KEYS.len()], mods)),
        14 => drop(bench.wait(LONG_PRESS_MS)),
        15 => drop(bench.input(if flag { Input::Cancel } else { Input::Leave })),
        16 => drop(bench.key_with(if flag { "d" } else { "a" }, CTRL)),
        17 => drop(bench.act(ACTIONS[pick % ACTIONS.len()].action)),
        18 => drop(bench.act(if flag { Action::Undo } else { Action::Redo })),
        19 => bench.beside(SIDES[pick % 4], flag),
        20 => bench.paste("- one\n- two\n- three", flag),
        21 => bench.read_only = flag && bench.editor.editing().is_none(),
        22 if flag => drop(bench.input(Input::SpaceUp)),
        22 => drop(bench.wait(PAUSE_MS)),
        27 => {
            let handles = bench.with(|editor, cx| editor.handles(cx));
            if let Some((_, at)) = handles.get(pick % handles.len().max(1)) {
                pointer.at = *at;
                bench.input(Input::Down(pointer));
            }
        }
        _ => {
            let ids: Vec<_> = bench
                .view()
                .iter()
                .map(|object| object.id.clone())
                .collect();
            let Some(id) = ids.get(pick % ids.len().max(1)).cloned() else {
                return;
            };
            match (what, bench.editor.editing().is_some()) {
                (23, _) => drop(bench.somebody(&Command::Delete(vec![id]))),
                (24, _) => drop(bench.somebody(&Command::Move(vec![(id, pointer.at)]))),
                (25, true) => bench.write("word", Step::Continue),
                _ => {
                    let effects = bench.with(|editor, cx| editor.choose(&id, cx));
                    bench.carry_out(&effects);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_input_keeps_the_invariants(
        steps in proptest::collection::vec((0u8..28, 0.0..2_000.0f64, 0.0..1_500.0f64, any::<bool>()), 1..80),
        on_canvas in any::<bool>(),
    ) {
        let mut bench = Bench::new(MAP);
        if on_canvas {
            bench.template = ethics_canvas();
        }
        for (what, x, y, flag) in steps {
            step(&mut bench, what, x, y, flag);
        }
        // Whatever happened, nothing is stuck.
        bench.input(Input::Cancel);
        // Writing, a focus, a tool in hand, a selection: one Escape each.
        for _ in 0..4 {
            bench.key("Escape");
        }
        prop_assert!(bench.editor.drag_offset().is_none() && bench.editor.brush().is_none());
        prop_assert!(bench.editor.editing().is_none() && bench.editor.selection().is_empty());
        // What was incremental all the way is what a fresh look gives.
        let fresh = shared::scene::Scene::rebuild(bench.view());
        prop_assert_eq!(bench.scene.reading_order(bench.view(), &bench.template), fresh.reading_order(bench.view(), &bench.template));
        prop_assert_eq!(bench.scene.content_bounds(), fresh.content_bounds());
    }
}

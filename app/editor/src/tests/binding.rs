//! Connectors, row by row: every dot, every way to let go, loops, copies, growing.

use shared::{
    board::Command,
    geometry::Point,
    object::{End, Ends, Kind},
};

use super::bench::*;
use crate::{Action, Effect, Handle, Input, gesture::handles::Edge};

const LINKED: &str =
    "a shape 600,600 200x100 \"bins\"\nb shape 1200,600 200x100 \"buses\"\nl a->b \"feeds\"";

fn ends(bench: &Bench, id: &str) -> Ends {
    bench.object(id).kind.ends().unwrap().clone()
}

/// The board with the connector chosen.
fn chosen() -> Bench {
    let mut bench = Bench::new(LINKED);
    bench.click(1_000.0, 651.0);
    assert!(bench.board().contains("*l a->b"), "{}", bench.board());
    bench
}

#[test]
fn every_dot_draws_to_an_object_and_a_click_on_it_grows_one_on_its_side() {
    for edge in Edge::ALL {
        let mut bench = Bench::new("a shape 600,600 200x100 \"bins\"\nb 1700,1200 \"buses\"");
        bench.click(700.0, 650.0);
        let from = bench.handle(Handle::Dot(edge));
        bench.drag(from, (1_800.0, 1_300.0));
        assert!(bench.board().contains("*n1 a->b"), "{edge:?}");
        bench.act(Action::Undo);
        bench.click(700.0, 650.0);
        let from = bench.handle(Handle::Dot(edge));
        bench.click(from.0, from.1);
        assert!(bench.board().contains("n3 a->n2"), "{}", bench.board());
        let away = bench.bounds("n2").center() - bench.bounds("a").center();
        let along = away.dot(edge.direction());
        assert!(
            along > 100.0 && (along - away.hypot()).abs() < 1.0,
            "{edge:?}"
        );
        assert_eq!(bench.steps, 2);
        bench.act(Action::Undo);
        assert_eq!(
            bench.view().len(),
            2,
            "the neighbour and its connector are one step"
        );
    }
}

#[test]
fn a_connector_may_lead_back_to_its_own_object() {
    let mut bench = Bench::new("a shape 600,600 200x100 \"bins\"");
    bench.key("c");
    bench.drag((620.0, 620.0), (780.0, 680.0));
    bench.check("*n1 a->a \"\"\na shape 600,600 200x100 \"bins\"");
    assert!(
        bench
            .scene
            .line(&"n1".into())
            .unwrap()
            .route
            .bounds()
            .area()
            > 100.0
    );
}

#[test]
fn an_offer_that_is_not_taken_leaves_a_connector_with_a_free_end_or_nothing() {
    let mut bench = Bench::new("a shape 600,600 200x100 \"bins\"");
    bench.key("c");
    bench.drag((700.0, 650.0), (700.0, 1_000.0));
    let (from, at) = bench.offered.clone().unwrap();
    assert_eq!((bench.view().len(), bench.steps), (1, 0));
    let effects = bench.with(|editor, cx| editor.accept_offer(from, at, None, cx));
    bench.carry_out(&effects);
    bench.check("*n1 a->700,1000 \"\"\na shape 600,600 200x100 \"bins\"");
    assert_eq!(bench.steps, 1);
}

#[test]
fn either_end_is_bound_anew_let_go_free_or_pinned() {
    for wanted in [Handle::From, Handle::To] {
        for (mods, to, is_free) in [
            (NONE, (400.0, 1_000.0), true),
            (CTRL, (700.0, 1_110.0), true),
            (NONE, (700.0, 1_110.0), false),
            (ALT, (650.0, 1_075.0), false),
        ] {
            let mut bench = chosen();
            bench.somebody(&Command::Add(vec![line(
                "c shape 600,1050 200x100 \"trams\"",
            )]));
            let before = ends(&bench, "l");
            let from = bench.handle(wanted);
            bench.drag_with(from, to, mods);
            let after = ends(&bench, "l");
            let (moved, kept) = if wanted == Handle::From {
                (&after.from, (&after.to, &before.to))
            } else {
                (&after.to, (&after.from, &before.from))
            };
            assert_eq!(kept.0, kept.1, "the other end stays");
            let expected = if is_free {
                End::Free(to.into())
            } else {
                let pin = mods.alt.then_some(Point::new(0.25, 0.25));
                End::Bound {
                    id: "c".into(),
                    pin,
                }
            };
            assert_eq!((moved, bench.steps), (&expected, 1), "{wanted:?} {mods:?}");
            assert!(
                bench.offered.is_none(),
                "what is there already is not offered for"
            );
            bench.act(Action::Undo);
            assert_eq!(ends(&bench, "l"), before);
        }
    }
}

#[test]
fn a_label_stays_on_its_line_and_goes_back_by_undo() {
    let mut bench = chosen();
    let label = |bench: &Bench| bench.scene.line(&"l".into()).unwrap().label.center();
    let before = label(&bench);
    bench.drag((before.x, before.y), (1_900.0, 100.0));
    let (after, route) = (label(&bench), bench.scene.line(&"l".into()).unwrap());
    assert!(
        after.x > before.x && after.x < route.route.end.x,
        "{after:?}"
    );
    assert!(bench.board().contains("l a->b"));
    assert_eq!(bench.steps, 1);
    bench.act(Action::Undo);
    assert_eq!(label(&bench), before);
}

#[test]
fn a_connector_copied_alone_has_free_ends_where_it_was_and_is_pasted_as_one() {
    let mut bench = chosen();
    let line = bench.scene.line(&"l".into()).unwrap();
    let (start, end) = (line.route.start, line.route.end);
    bench.act(Action::Duplicate);
    let Ends { from, to } = ends(&bench, "n1");
    let (End::Free(from), End::Free(to)) = (from, to) else {
        panic!("{}", bench.board())
    };
    assert!((from - start).hypot() < 30.0 && (to - end).hypot() < 30.0);
    let mut bench = chosen();
    bench.act(Action::Copy);
    let clip = bench.clip.clone().unwrap();
    let mut other = Bench::new("");
    let effects = other.with(|editor, cx| editor.paste_objects(&clip.json, cx));
    other.carry_out(&effects.expect("a connector is something that was copied"));
    assert_eq!((other.view().len(), other.steps), (1, 1));
    let pasted = other.view().iter().next().unwrap();
    assert!(matches!(&pasted.kind, Kind::Connector(_)) && pasted.text == "feeds");
}

#[test]
fn one_end_copied_leaves_its_connector_behind_and_both_take_it_by_alt_and_drag() {
    let mut bench = Bench::new(LINKED);
    bench.drag_with((650.0, 620.0), (650.0, 220.0), ALT);
    assert_eq!((bench.view().len(), bench.steps), (4, 1));
    bench.act(Action::Undo);
    bench.key_with("a", CTRL);
    bench.drag_with((650.0, 620.0), (650.0, 220.0), ALT);
    assert_eq!(bench.view().len(), 6);
    let copies = bench.view().iter().filter_map(|object| {
        let ends = object.kind.ends()?;
        (object.id != "l".into()).then_some(ends)
    });
    let bound: Vec<_> = copies.flat_map(Ends::objects).collect();
    assert_eq!(bound.len(), 2);
    assert!(!bound.contains(&&"a".into()) && !bound.contains(&&"b".into()));
}

#[test]
fn cutting_both_ends_and_pasting_them_keeps_what_is_between_and_undo_is_a_step_each() {
    let mut bench = Bench::new(LINKED);
    bench.key_with("a", CTRL);
    bench.key_with("x", CTRL);
    assert!(bench.view().is_empty());
    let clip = bench.clip.clone().unwrap();
    let effects = bench.with(|editor, cx| editor.paste_objects(&clip.json, cx).unwrap());
    bench.carry_out(&effects);
    assert_eq!((bench.view().len(), bench.steps), (3, 2));
    bench.act(Action::Undo);
    assert!(bench.view().is_empty());
    bench.act(Action::Undo);
    assert_eq!(bench.board().replace('*', ""), LINKED);
}

#[test]
fn ctrl_and_each_arrow_grow_on_that_side_and_one_undo_takes_back_one() {
    for (key, edge) in ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"]
        .into_iter()
        .zip(Edge::ALL)
    {
        let mut bench = Bench::new("a shape 900,700 200x100 \"bins\"");
        bench.click(1_000.0, 750.0);
        bench.key_with(key, CTRL);
        bench.key_with(key, CTRL);
        bench.key_with(key, CTRL);
        bench.input(Input::KeyUp("Control".into()));
        let lines = bench.view().iter().filter_map(|object| object.kind.ends());
        let is_from_a = |ends: &Ends| ends.from == End::to(&"a".into());
        assert_eq!(lines.filter(|ends| is_from_a(ends)).count(), 3, "{key}");
        for id in ["n1", "n3", "n5"] {
            let away = bench.bounds(id).center() - bench.bounds("a").center();
            assert!(away.dot(edge.direction()) > 100.0, "{key} {id}");
        }
        assert_eq!((bench.view().len(), bench.steps), (7, 3));
        bench.act(Action::Undo);
        assert_eq!(bench.view().len(), 5);
    }
}

#[test]
fn what_is_chosen_meanwhile_is_what_grows() {
    let mut bench = Bench::new(LINKED);
    bench.click(620.0, 620.0);
    bench.key_with("ArrowDown", CTRL);
    // Ctrl is still held, or its letting go was never seen.
    bench.click_with(1_220.0, 620.0, CTRL);
    bench.key_with("ArrowDown", CTRL);
    assert!(bench.board().contains("n4 b->n3"), "{}", bench.board());
}

#[test]
fn alt_and_arrows_walk_either_way_and_stay_where_nothing_leads() {
    let mut bench = Bench::new(LINKED);
    bench.click(620.0, 620.0);
    bench.key_with("ArrowRight", ALT);
    assert!(bench.board().contains("*b shape"));
    bench.key_with("ArrowUp", ALT);
    assert!(bench.board().contains("*b shape"), "nothing leads up");
    bench.key_with("ArrowLeft", ALT);
    assert!(bench.board().contains("*a shape"));
    assert_eq!(bench.steps, 0);
    // From a connector to its ends.
    let mut bench = chosen();
    bench.key_with("ArrowRight", ALT);
    assert!(bench.board().contains("*b shape") && !bench.board().contains("*l"));
}

#[test]
fn a_reader_draws_grows_and_binds_nothing() {
    let mut bench = chosen();
    bench.read_only = true;
    assert!(bench.with(|editor, cx| editor.handles(cx)).is_empty());
    bench.key("c");
    bench.drag((620.0, 620.0), (1_220.0, 620.0));
    bench.click(620.0, 620.0);
    let reply = bench.key_with("ArrowDown", CTRL);
    assert!(
        !reply
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Do(_)))
    );
    assert_eq!((bench.view().len(), bench.steps), (3, 0));
}

//! Connectors: drawn, bound, grown, walked along, taken along.

use shared::{
    board::Command,
    geometry::Point,
    object::{End, Kind},
};

use super::bench::*;
use crate::gesture::recogniser::PAUSE_MS;
use crate::{Action, Effect, Handle, Input, Tool, gesture::handles::Edge};

const BOXES: &str = "a shape 100,100 200x100 \"bins\"\nb shape 600,100 200x100 \"buses\"";
const LINKED: &str =
    "a shape 100,100 200x100 \"bins\"\nb shape 600,100 200x100 \"buses\"\nl a->b \"feeds\"";

fn middle(bench: &Bench, id: &str) -> (f64, f64) {
    let middle = bench.bounds(id).center();
    (middle.x, middle.y)
}

fn dot(bench: &mut Bench, edge: Edge) -> (f64, f64) {
    bench.handle(Handle::Dot(edge))
}

#[test]
fn the_tool_binds_two_objects_and_then_puts_itself_away() {
    for key in ["c", "a"] {
        let mut bench = Bench::new(BOXES);
        bench.key(key);
        bench.drag((200.0, 150.0), (700.0, 150.0));
        assert!(bench.board().contains("*n1 a->b"), "{}", bench.board());
        assert_eq!((bench.steps, bench.editor.tool()), (1, Tool::Select));
    }
}

#[test]
fn a_dot_draws_and_a_click_on_it_grows_a_neighbour() {
    let mut bench = Bench::new(BOXES);
    bench.click(200.0, 150.0);
    let from = dot(&mut bench, Edge::Right);
    bench.drag(from, (700.0, 150.0));
    assert!(bench.board().contains("*n1 a->b"));
    bench.key("Escape");
    bench.click(200.0, 150.0);
    let from = dot(&mut bench, Edge::Bottom);
    bench.click(from.0, from.1);
    assert!(bench.board().contains("n3 a->n2"), "{}", bench.board());
    let (below, above) = (bench.bounds("n2"), bench.bounds("a"));
    assert!(below.y0 > above.y1 && below.x0 == above.x0);
}

#[test]
fn let_go_on_empty_space_it_offers_an_object_there() {
    let mut bench = Bench::new(BOXES);
    bench.key("c");
    bench.drag((200.0, 150.0), (400.0, 700.0));
    assert_eq!(bench.steps, 0);
    let (from, at) = bench.offered.clone().unwrap();
    assert_eq!(
        (from.clone(), at),
        (End::to(&"a".into()), Point::new(400.0, 700.0))
    );
    let effects = bench
        .with(|editor, cx| editor.accept_offer(from, at, Some(shared::object::shape::NAME), cx));
    bench.carry_out(&effects);
    assert!(bench.board().contains("n2 a->n1"), "{}", bench.board());
    assert_eq!(bench.steps, 1);
    bench.key("Escape");
    bench.act(Action::Undo);
    bench.check(BOXES);
}

#[test]
fn ctrl_binds_nothing_and_alt_pins_the_spot() {
    let mut bench = Bench::new(BOXES);
    bench.key("c");
    bench.drag_with((150.0, 150.0), (700.0, 150.0), CTRL);
    assert!(bench.board().contains("n1 150,150->700,150"));
    bench.key("c");
    bench.drag_with((150.0, 125.0), (700.0, 150.0), ALT);
    let Kind::Connector(line) = &bench.object("n2").kind else {
        panic!()
    };
    let pin = Some(Point::new(0.25, 0.25));
    let id = "a".into();
    assert_eq!(line.ends.from, End::Bound { id, pin });
}

#[test]
fn who_pauses_on_an_object_pins_the_spot_until_it_is_left() {
    let pin_after = |paused_at: (f64, f64), then: &[(f64, f64)]| {
        let mut bench = Bench::new(BOXES);
        bench.key("c");
        bench.down(150.0, 125.0);
        bench.hover(paused_at.0, paused_at.1);
        bench.wait(PAUSE_MS);
        for (x, y) in then {
            bench.hover(*x, *y);
        }
        let (x, y) = *then.last().unwrap_or(&paused_at);
        bench.up(x, y);
        match &bench.object("n1").kind {
            Kind::Connector(line) => match &line.ends.to {
                End::Bound { id, pin } if *id == "b".into() => *pin,
                other => panic!("{other:?}"),
            },
            _ => panic!(),
        }
    };
    let (corner, middle, outside) = ((650.0, 125.0), (700.0, 150.0), (500.0, 600.0));
    assert_eq!(pin_after(corner, &[]), Some(Point::new(0.25, 0.25)));
    // The spot goes with the pointer as long as it stays there.
    assert_eq!(
        pin_after(corner, &[(750.0, 175.0)]),
        Some(Point::new(0.75, 0.75))
    );
    assert_eq!(pin_after(middle, &[]), None, "the middle is the whole");
    assert_eq!(pin_after(corner, &[outside, corner]), None);
    assert_eq!(pin_after(outside, &[corner]), None);
}

#[test]
fn from_a_dot_ctrl_leaves_the_end_free() {
    let mut bench = Bench::new(BOXES);
    bench.click(200.0, 150.0);
    let from = dot(&mut bench, Edge::Right);
    bench.drag_with(from, (700.0, 150.0), CTRL);
    assert!(
        bench.board().contains("*n1 a->700,150"),
        "{}",
        bench.board()
    );
    assert!(bench.offered.is_none());
}

#[test]
fn a_connector_that_lost_its_other_end_is_not_selected_unseen() {
    let mut bench = Bench::new(LINKED);
    bench.click(150.0, 110.0);
    bench.key("Delete");
    bench.somebody_deletes("b");
    bench.act(Action::Undo);
    bench.key_with("a", CTRL);
    let ids: Vec<_> = bench
        .editor
        .selection()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(ids, ["a"]);
}

#[test]
fn an_end_is_bound_anew_by_its_handle() {
    let mut bench = Bench::new(&format!("{LINKED}\nc shape 600,600 200x100 \"trams\""));
    bench.click(450.0, 152.0);
    assert!(bench.board().contains("*l a->b"), "{}", bench.board());
    let from = bench.handle(Handle::To);
    bench.drag(from, (700.0, 650.0));
    assert!(bench.board().contains("*l a->c"), "{}", bench.board());
    bench.act(Action::Undo);
    assert!(bench.board().contains("l a->b"));
}

#[test]
fn the_label_slides_along_the_line() {
    let mut bench = Bench::new(LINKED);
    bench.click(450.0, 150.0);
    let before = bench.scene.line(&"l".into()).unwrap().label.center();
    bench.drag((before.x, before.y), (before.x + 80.0, before.y + 40.0));
    let after = bench.scene.line(&"l".into()).unwrap().label.center();
    assert!(
        (after.x - before.x - 80.0).abs() < 8.0,
        "{before:?} {after:?}"
    );
    assert_eq!(after.y, before.y);
    assert_eq!(bench.steps, 1);
}

#[test]
fn enter_and_a_double_click_write_the_label() {
    let mut bench = Bench::new(LINKED);
    bench.click(450.0, 150.0);
    bench.key("Enter");
    assert_eq!(bench.editor.editing(), Some(&"l".into()));
    bench.key("Escape");
    bench.key("Escape");
    bench.double_click(450.0, 150.0);
    assert_eq!(bench.editor.editing(), Some(&"l".into()));
}

#[test]
fn an_object_takes_its_connectors_along_and_undo_brings_them_back() {
    let mut bench = Bench::new(&format!("{LINKED}\nm b->a \"\""));
    bench.click(200.0, 150.0);
    bench.key("Delete");
    bench.check("b shape 600,100 200x100 \"buses\"");
    assert!(bench.said.last().unwrap().contains("with 2 connectors"));
    // Somebody moves the other end meanwhile.
    bench.somebody(&Command::Move(vec![("b".into(), Point::new(600.0, 500.0))]));
    bench.act(Action::Undo);
    let board = bench.board();
    assert!(
        board.contains("l a->b \"feeds\"") && board.contains("m b->a"),
        "{board}"
    );
    assert!(board.contains("b shape 600,500"));
}

#[test]
fn a_connector_follows_its_object() {
    let mut bench = Bench::new(LINKED);
    let end = |bench: &Bench| bench.scene.line(&"l".into()).unwrap().route.end;
    let before = end(&bench);
    bench.drag_with((700.0, 150.0), (700.0, 450.0), CTRL);
    assert!(end(&bench).y > before.y + 100.0);
    bench.act(Action::Undo);
    assert_eq!(end(&bench), before);
}

#[test]
fn parallel_and_opposite_ones_fan_out_and_loops_lead_back() {
    let mut bench = Bench::new(&format!("{LINKED}\nm b->a \"\"\nn a->b \"\"\no a->a \"\""));
    let ys: Vec<i64> = ["l", "m", "n"]
        .iter()
        .map(|id| {
            let line = bench.scene.line(&(*id).into()).unwrap();
            line.route.at(0.5).y.round() as i64
        })
        .collect();
    assert!(ys[0] != ys[1] && ys[1] != ys[2] && ys[0] != ys[2], "{ys:?}");
    let looped = bench.scene.line(&"o".into()).unwrap().route.bounds();
    assert!(looped.area() > 100.0);
    // Each is hit where it is drawn.
    bench.click(450.0, ys[1] as f64);
    assert!(bench.board().contains("*m b->a"), "{}", bench.board());
}

#[test]
fn a_copy_of_both_ends_is_connected_of_one_end_is_not() {
    let mut bench = Bench::new(LINKED);
    bench.key_with("a", CTRL);
    bench.key_with("d", CTRL);
    let board = bench.board();
    let copied = board
        .lines()
        .find(|line| line.contains("feeds") && line.contains('n'));
    let copied = copied.unwrap();
    assert!(
        !copied.contains("a->") && !copied.contains("->b"),
        "{copied}"
    );
    assert_eq!(bench.view().len(), 6);
    bench.key("Escape");
    bench.click(150.0, 110.0);
    bench.key_with("d", CTRL);
    assert_eq!(
        bench.view().len(),
        7,
        "the connector leads out: it stays behind"
    );
}

#[test]
fn what_is_pasted_is_connected_as_it_was() {
    let mut bench = Bench::new(LINKED);
    bench.key_with("a", CTRL);
    let effects = bench.act(Action::Copy).effects;
    assert!(matches!(effects[0], Effect::Copy(_)));
    let clip = bench.clip.clone().unwrap();
    assert_eq!(clip.text, "bins\nfeeds\nbuses");
    let mut other = Bench::new("");
    let effects = other.with(|editor, cx| editor.paste_objects(&clip.json, cx).unwrap());
    other.carry_out(&effects);
    assert_eq!((other.view().len(), other.steps), (3, 1));
    let board = other.board();
    let line = board.lines().find(|line| line.contains("feeds")).unwrap();
    assert!(!line.contains("a->b"), "its ends are the copies: {line}");
    let lines = other.view().iter().filter_map(|object| object.kind.ends());
    let ends: Vec<_> = lines.flat_map(|ends| ends.objects()).collect();
    assert!(ends.iter().all(|id| other.view().get(id).is_some()) && ends.len() == 2);
}

#[test]
fn ctrl_and_an_arrow_grow_neighbours_and_siblings_and_alt_walks_to_them() {
    let mut bench = Bench::new("a shape 400,600 200x100 \"bins\"");
    bench.click(500.0, 650.0);
    bench.key_with("ArrowRight", CTRL);
    bench.key_with("ArrowRight", CTRL);
    assert_eq!((bench.view().len(), bench.steps), (5, 2));
    let (first, second) = (bench.bounds("n1"), bench.bounds("n3"));
    assert!(first.x0 == second.x0 && first.y0 != second.y0);
    assert_eq!(first.intersect(second).area(), 0.0);
    bench.input(Input::KeyUp("Control".into()));
    bench.key_with("ArrowLeft", ALT);
    assert!(bench.board().contains("*a shape"), "{}", bench.board());
    bench.key_with("ArrowRight", ALT);
    assert!(bench.board().contains("*n"));
}

#[test]
fn two_objects_are_connected_from_the_keyboard_alone() {
    let mut bench = Bench::new(BOXES);
    bench.key("Tab");
    bench.key("c");
    bench.key("Tab");
    bench.key("Enter");
    assert!(bench.board().contains("*n1 a->b"), "{}", bench.board());
    let mut bench = Bench::new(BOXES);
    bench.key_with("a", CTRL);
    bench.key("c");
    assert!(bench.board().contains("a->b"));
}

#[test]
fn a_new_connector_looks_like_my_last() {
    let mut bench = Bench::new(BOXES);
    bench.key("c");
    let effects = bench.with(|editor, cx| editor.style("course", "elbow", cx));
    bench.carry_out(&effects);
    bench.drag((200.0, 150.0), (700.0, 150.0));
    let (from, to) = (middle(&bench, "b"), middle(&bench, "a"));
    bench.key("c");
    bench.drag(from, to);
    for id in ["n1", "n2"] {
        let Kind::Connector(line) = &bench.object(id).kind else {
            panic!()
        };
        assert_eq!(line.course, shared::draw::Course::Elbow);
    }
}

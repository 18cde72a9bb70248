//! The view: back to the group, focus by distance.

use shared::geometry::Point;

use super::bench::*;
use crate::{Action, Effect};

const CHAIN: &str = "a shape 0,0 200x100 \"\"\nb shape 300,0 200x100 \"\"\nc shape 600,0 200x100 \"\"\nd shape 900,0 200x100 \"\"\nl a->b \"\"\nm c->b \"\"\nn c->d \"\"";

fn in_focus(bench: &mut Bench) -> Option<String> {
    let ids = bench.with(|editor, cx| editor.in_focus(cx))?;
    Some(ids.iter().map(ToString::to_string).collect())
}

#[test]
fn home_leads_back_to_where_the_others_are() {
    let mut bench = Bench::new("a 0,0 \"\"\nb 9000,9000 \"\"");
    bench.others_at = vec![Point::new(8_900.0, 8_900.0), Point::new(9_100.0, 9_100.0)];
    bench.key("Home");
    let visible = bench.camera().visible(bench.editor.viewport());
    assert!(visible.contains(Point::new(9_000.0, 9_000.0)) && !visible.contains(Point::ZERO));
    assert!(bench.camera().zoom > 0.5);
    bench.others_at.clear();
    bench.key("Home");
    let visible = bench.camera().visible(bench.editor.viewport());
    assert!(visible.contains(Point::new(9_000.0, 9_000.0)) && visible.contains(Point::ZERO));
}

#[test]
fn a_digit_shows_what_is_so_many_steps_away_and_escape_ends_it() {
    let mut bench = Bench::new(CHAIN);
    bench.click(100.0, 50.0);
    bench.key("1");
    assert_eq!(in_focus(&mut bench).as_deref(), Some("abl"));
    bench.key("2");
    assert_eq!(in_focus(&mut bench).as_deref(), Some("abclm"));
    bench.key("4");
    assert_eq!(in_focus(&mut bench).as_deref(), Some("abcdlmn"));
    bench.somebody_deletes("m");
    assert_eq!(in_focus(&mut bench).as_deref(), Some("abl"));
    bench.key("Escape");
    assert_eq!(in_focus(&mut bench), None);
    assert!(bench.editor.selection().len() == 1, "one thing at a time");
    assert_eq!(bench.steps, 0);
}

#[test]
fn on_what_is_not_connected_digits_write() {
    let mut bench = Bench::new(TWO);
    bench.click(150.0, 150.0);
    let reply = bench.key("2");
    let writes = Effect::Edit("a".into(), "2".into());
    assert!(reply.effects.contains(&writes));
    assert_eq!(in_focus(&mut bench), None);
    bench.act(Action::Undo);
    assert_eq!(bench.object("a").text, "bins");
    assert_eq!(bench.editor.editing(), None, "undo ends the writing");
}

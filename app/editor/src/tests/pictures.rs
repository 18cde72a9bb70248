//! Pictures: placed beside what is there, and named by what is copied.

use shared::geometry::{Point, Size};

use super::bench::*;
use crate::{Action, plan::clipboard};

fn place(bench: &mut Bench, digit: &str) {
    let (hash, pixels) = (digit.repeat(64), Size::new(200.0, 100.0));
    let effects = bench.with(|editor, cx| {
        editor.place_picture(hash, pixels, "Tide".into(), Point::new(600.0, 400.0), cx)
    });
    bench.carry_out(&effects);
}

#[test]
fn a_second_one_is_placed_beside_the_first() {
    let mut bench = Bench::new("");
    place(&mut bench, "a");
    place(&mut bench, "b");
    assert_eq!(bench.steps, 2);
    let (first, second) = (bench.bounds("n1"), bench.bounds("n2"));
    assert_eq!(first.intersect(second).area(), 0.0, "{first:?} {second:?}");
}

#[test]
fn a_copy_says_which_pictures_it_needs_each_once() {
    let mut bench = Bench::new("a 100,100 \"bins\"");
    place(&mut bench, "a");
    place(&mut bench, "b");
    bench.act(Action::Duplicate);
    bench.key_with("a", CTRL);
    bench.act(Action::Copy);
    let json = bench.clip.clone().unwrap().json;
    let named: Vec<String> = clipboard::pictures(&json).into_iter().collect();
    assert_eq!(named, ["a".repeat(64), "b".repeat(64)]);
    assert!(clipboard::pictures("from elsewhere").is_empty());
}

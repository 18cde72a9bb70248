//! What looking things up costs on a crowded board: 10,000 notes and 2,000 connectors.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures and prints"
)]

use std::{hint::black_box, time::Instant};

use shared::{
    board::{BoardView, Command, Document, NewObject, Step},
    geometry::{Point, Rect},
    id::ObjectId,
    object::{Connector, End, Kind, NoteColor},
    scene::Scene,
};

const NOTES: usize = 10_000;
const NOTES_PER_CONNECTOR: usize = 5;
const COLUMNS: usize = 100;
const STEP: f64 = 220.0;
const ROUNDS: usize = 20_000;

fn main() {
    let mut document = Document::new(1);
    document.apply(&Command::Add(objects()), Step::New);
    let view = document.view();
    let began = Instant::now();
    let scene = Scene::rebuild(view);
    println!(
        "{NOTES} notes, {} connectors; all laid out and routed in {:.0} ms",
        NOTES / NOTES_PER_CONNECTOR,
        began.elapsed().as_secs_f64() * 1e3
    );
    measure("hit at a point", |at| {
        black_box(scene.hit(view, at, 6.0));
    });
    measure("target of a connector", |at| {
        black_box(scene.target(view, at, 15.0));
    });
    measure("what lies in a screen at 100 %", |at| {
        let screen = Rect::from_center_size(at, (1_280.0, 800.0));
        black_box(scene.touching(screen));
    });
    reroute(&scene, view);
}

fn objects() -> Vec<NewObject> {
    let id = |i: usize| ObjectId::from(format!("note-{i}"));
    let mut new = Vec::new();
    for i in 0..NOTES {
        let pos = Point::new((i % COLUMNS) as f64 * STEP, (i / COLUMNS) as f64 * STEP);
        let kind = Kind::note(NoteColor::Mint);
        new.push(NewObject::new(
            id(i),
            pos,
            kind,
            format!("Who updates {i}?"),
            "me".into(),
        ));
        if i % NOTES_PER_CONNECTOR == NOTES_PER_CONNECTOR - 1 {
            let ends = (End::to(&id(i)), End::to(&id(i.saturating_sub(COLUMNS + 2))));
            let kind = Kind::Connector(Connector::new(ends.0, ends.1));
            let line = ObjectId::from(format!("line-{i}"));
            new.push(NewObject::new(
                line,
                Point::ZERO,
                kind,
                String::new(),
                "me".into(),
            ));
        }
    }
    new
}

/// Does something at many points that are spread over the board, and says what one takes.
fn measure(what: &str, mut work: impl FnMut(Point)) {
    let side = COLUMNS as f64 * STEP;
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|i| {
            // A sequence that covers the board evenly.
            let x = (i as f64 * 0.754_877_666).fract() * side;
            let y = (i as f64 * 0.569_840_291).fract() * side;
            let began = Instant::now();
            work(Point::new(x, y));
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[(times.len() as f64 * share) as usize];
    println!("{what:<32} p50 {:.4} ms   p99 {:.4} ms", at(0.5), at(0.99));
}

fn reroute(scene: &Scene, view: &BoardView) {
    let lines = view.iter().filter(|object| object.kind.ends().is_some());
    let lines: Vec<_> = lines.collect();
    let began = Instant::now();
    for line in &lines {
        let fitted = line.fitted();
        black_box(scene.line_with(view, line, &fitted, &std::collections::BTreeMap::new()));
    }
    let each = began.elapsed().as_secs_f64() * 1e6 / lines.len() as f64;
    println!("{:<32} {each:.1} µs", "one connector routed");
}

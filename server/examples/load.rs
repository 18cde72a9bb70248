//! `make load`: twenty people in a silent brainstorm over real sockets, with
//! figures, and a proof that everybody, and a restarted server, has the same.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool that prints, and fails loudly"
)]

#[path = "../tests/server/client.rs"]
mod client;
#[path = "../tests/server/process.rs"]
mod process;

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use client::Client;
use process::Process;
use serde_json::{Value, json};
use shared::{
    board::{Command, NewObject, TextEdit},
    geometry::Point,
    id::ObjectId,
    object::{Kind, NoteColor},
};

const PEOPLE: usize = 20;
const NOTES: usize = 300;
const TEXT: [&str; 4] = [
    "Parking sensors",
    " held by Transport",
    ", shared with Planning",
    ", by e-mail",
];
/// Between one person's actions; twenty of them are a busy room.
const PAUSE: Duration = Duration::from_millis(120);
const CURSOR_EVERY: Duration = Duration::from_millis(100);

/// When each local update of a person was made: `(number, object, time)`.
type Made = Vec<(u64, ObjectId, Instant)>;

#[tokio::main]
async fn main() {
    let binary = std::env::current_exe()
        .unwrap()
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("plaza");
    let folder = std::env::temp_dir().join(format!("plaza-load-{}", std::process::id()));
    let mut server = Process::start(&binary, &folder).await;
    let (canvas, tokens) = workshop(&server.http()).await;
    let people: Vec<Client> = tokens
        .iter()
        .enumerate()
        .map(|(i, token)| {
            Client::connect(
                server.ws(),
                canvas.clone(),
                token.clone(),
                1_000_003 * (i as u64 + 1),
            )
        })
        .collect();
    for person in &people {
        person.saved().await;
    }
    println!("{PEOPLE} people, {NOTES} notes, cursors 10 times a second");
    let (began, cpu) = (Instant::now(), cpu_secs(server.child.id()));
    let made: Vec<Made> =
        futures_util::future::join_all(people.iter().enumerate().map(|(i, p)| write(i, p))).await;
    for person in &people {
        person.saved().await;
        person
            .until("all notes", |state| state.document.view().len() == NOTES)
            .await;
    }
    let elapsed = began.elapsed().as_secs_f64();
    report(
        &people,
        &made,
        elapsed,
        cpu_secs(server.child.id()) - cpu,
        memory_mb(server.child.id()),
    );
    let expected = people[0].state.lock().unwrap().document.view().clone();
    for (i, person) in people.iter().enumerate() {
        person
            .until("the same board", |state| *state.document.view() == expected)
            .await;
        assert!(
            !person.state.lock().unwrap().document.replica().is_behind(),
            "person {i} waits for something"
        );
    }
    drop(people);
    server.kill();
    server.restart().await;
    let late = Client::connect(server.ws(), canvas, tokens[0].clone(), 77);
    late.saved().await;
    assert!(
        *late.state.lock().unwrap().document.view() == expected,
        "the restarted server has another board"
    );
    println!(
        "all {PEOPLE} boards are identical, and equal to what the server serves after kill -9"
    );
    drop(server);
    let _ = std::fs::remove_dir_all(folder);
}

async fn workshop(http: &str) -> (String, Vec<String>) {
    let post = |path: &str, body: Value| {
        let url = format!("{http}{path}");
        async move {
            reqwest::Client::new()
                .post(url)
                .json(&body)
                .send()
                .await
                .unwrap()
                .json::<Value>()
                .await
                .unwrap()
        }
    };
    let workshop = post("/api/workshops", json!({ "title": "Load" })).await;
    let mut tokens = Vec::new();
    for i in 0..PEOPLE {
        let body = json!({
            "workshop": workshop["workshop"], "key": workshop["keys"]["participant"],
            "name": format!("Person {i}"), "organisation": "Load", "token": true
        });
        tokens.push(
            post("/api/join", body).await["token"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    (
        workshop["canvases"][0]["id"].as_str().unwrap().to_owned(),
        tokens,
    )
}

/// One person writes their notes, moves some and mends others.
async fn write(i: usize, person: &Client) -> Made {
    let mut made = Made::new();
    let mut cursor = Instant::now();
    let mut mine: Vec<ObjectId> = Vec::new();
    for n in 0..NOTES / PEOPLE {
        let id = ObjectId::from(format!("load-{i}-{n}"));
        let note = NewObject::new(
            id.clone(),
            Point::new((i * 220) as f64, (n * 220) as f64),
            Kind::note(NoteColor::ALL[i % NoteColor::ALL.len()]),
            String::new(),
            person.me(),
        );
        mine.push(id.clone());
        let mut commands = vec![Command::Add(vec![note])];
        let mut at = 0;
        for part in TEXT {
            commands.push(Command::EditText(
                id.clone(),
                TextEdit {
                    at,
                    delete: 0,
                    insert: part.into(),
                },
            ));
            at += part.len() as u32;
        }
        let other = mine[n / 2].clone();
        commands.push(Command::Move(vec![(
            other.clone(),
            Point::new((i * 220 + n) as f64, 5.0),
        )]));
        commands.push(Command::EditText(
            other,
            TextEdit {
                at: 0,
                delete: 1,
                insert: "P".into(),
            },
        ));
        for command in commands {
            let number = person.run(&command);
            if number > 0 {
                made.push((number, touched(&command), Instant::now()));
            }
            let next = tokio::time::Instant::now() + PAUSE;
            while tokio::time::Instant::now() < next {
                if cursor.elapsed() >= CURSOR_EVERY {
                    cursor = Instant::now();
                    person.announce(&format!(
                        "{{\"user\":{{\"name\":\"Person {i}\"}},\"cursor\":[{n},{i}]}}"
                    ));
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
    made
}

fn touched(command: &Command) -> ObjectId {
    match command {
        Command::Add(notes) => notes[0].id.clone(),
        Command::Move(moves) => moves[0].0.clone(),
        Command::EditText(id, _) => id.clone(),
        _ => ObjectId::from(""),
    }
}

fn report(people: &[Client], made: &[Made], secs: f64, cpu: f64, memory: f64) {
    let mut reached = Vec::new();
    let mut acknowledged = Vec::new();
    for (i, made) in made.iter().enumerate() {
        let state = people[i].state.lock().unwrap();
        for (number, _, at) in made {
            if let Some((stored, _)) = state.stored.iter().find(|(_, upto)| upto >= number) {
                acknowledged.push((*stored - *at).as_secs_f64() * 1_000.0);
            }
        }
    }
    for (j, person) in people.iter().enumerate() {
        let mut seen: HashMap<ObjectId, Vec<Instant>> = HashMap::new();
        for (at, change) in &person.state.lock().unwrap().merged {
            for id in &change.objects {
                seen.entry(id.clone()).or_default().push(*at);
            }
        }
        for (_, made) in made.iter().enumerate().filter(|(i, _)| *i != j) {
            for (_, id, at) in made {
                if let Some(first) = seen
                    .get(id)
                    .and_then(|times| times.iter().find(|time| *time >= at))
                {
                    reached.push((*first - *at).as_secs_f64() * 1_000.0);
                }
            }
        }
    }
    let mb = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed) as f64 / 1e6;
    println!("  {:<28} {:>9} {:>9}", "", "p50", "p99");
    println!(
        "  {:<28} {:>6.1} ms {:>6.1} ms   ({} samples)",
        "on everybody's board",
        at(&mut reached, 0.5),
        at(&mut reached, 0.99),
        reached.len()
    );
    println!(
        "  {:<28} {:>6.1} ms {:>6.1} ms   ({} samples)",
        "acknowledged as stored",
        at(&mut acknowledged, 0.5),
        at(&mut acknowledged, 0.99),
        acknowledged.len()
    );
    println!("  {:<28} {secs:>6.1} s", "it took");
    println!(
        "  {:<28} {cpu:>6.2} s = {:.1} % of a core",
        "server's processor time",
        cpu / secs * 100.0
    );
    println!("  {:<28} {memory:>6.1} MB", "server's memory, at most");
    println!(
        "  {:<28} {:>6.2} MB up, {:.2} MB down",
        "on the wire, all together",
        mb(&client::SENT),
        mb(&client::RECEIVED)
    );
}

fn at(samples: &mut [f64], quantile: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples
        .get(((samples.len() as f64 - 1.0) * quantile) as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Processor time of a process, from `/proc`; 100 ticks are a second.
fn cpu_secs(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(proc(pid, "stat")).unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |i: usize| {
        fields
            .get(i)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(f64::NAN)
    };
    (ticks(11) + ticks(12)) / 100.0
}

fn memory_mb(pid: u32) -> f64 {
    let status = std::fs::read_to_string(proc(pid, "status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kb = line
        .and_then(|line| line.split_whitespace().nth(1))
        .and_then(|kb| kb.parse::<f64>().ok());
    kb.unwrap_or(f64::NAN) / 1_024.0
}

fn proc(pid: u32, file: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{pid}/{file}"))
}

//! Twenty people in a silent brainstorm over real sockets, with figures, and a proof that
//! everybody, and a restarted server, has the same.

use std::{
    collections::HashMap,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use shared::{
    board::{Command, NewObject, TextEdit},
    geometry::Point,
    id::ObjectId,
    object::{Kind, NoteColor},
};

use super::{
    Server,
    api::Office,
    client::{self, Client},
    figures::{Samples, Taken},
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

/// Everybody writes, and has the same in the end.
pub(crate) async fn play() {
    let mut server = Server::start().await;
    let office = Office::new(&server.process.http(), 0);
    let workshop = office.workshop().await;
    let canvas = &workshop.canvases[0];
    let mut tokens = Vec::new();
    for i in 0..PEOPLE {
        tokens.push(
            office
                .join(&workshop, &format!("Person {i}"))
                .await
                .unwrap()
                .0,
        );
    }
    let connect = |token: &String, random| {
        Client::connect(server.process.ws(), canvas.clone(), token.clone(), random)
    };
    let people: Vec<Client> = (1..)
        .zip(&tokens)
        .map(|(i, token)| connect(token, 1_000_003 * i))
        .collect();
    for person in &people {
        person.saved().await;
    }
    println!("{PEOPLE} people in one room, {NOTES} notes, cursors 10 times a second");
    let pid = server.process.child.id();
    let (began, before) = (Instant::now(), Taken::by(pid));
    let made: Vec<Made> =
        futures_util::future::join_all(people.iter().enumerate().map(|(i, p)| write(i, p))).await;
    for person in &people {
        person.saved().await;
        person
            .until("all notes", |state| state.document.view().len() == NOTES)
            .await;
    }
    report(
        &people,
        &made,
        began.elapsed().as_secs_f64(),
        before,
        Taken::by(pid),
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
    server.process.kill();
    server.process.restart().await;
    let late = Client::connect(server.process.ws(), canvas.clone(), tokens[0].clone(), 77);
    late.saved().await;
    assert!(
        *late.state.lock().unwrap().document.view() == expected,
        "the restarted server has another board"
    );
    println!(
        "  all {PEOPLE} boards are identical, and equal to what the server serves after kill -9"
    );
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

fn report(people: &[Client], made: &[Made], secs: f64, before: Taken, after: Taken) {
    let (mut reached, mut acknowledged) = (Samples::default(), Samples::default());
    for (i, made) in made.iter().enumerate() {
        let state = people[i].state.lock().unwrap();
        for (number, _, at) in made {
            if let Some((stored, _)) = state.stored.iter().find(|(_, upto)| upto >= number) {
                acknowledged.push(*stored - *at);
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
                let times = seen.get(id).into_iter().flatten();
                if let Some(first) = times.filter(|time| *time >= at).min() {
                    reached.push(*first - *at);
                }
            }
        }
    }
    let mb = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed) as f64 / 1e6;
    let processor = after.processor - before.processor;
    println!("  on everybody's board    {reached}");
    println!("  acknowledged as stored  {acknowledged}");
    println!(
        "  it took {secs:.1} s, {processor:.2} s of the server's processor = {:.1} % of a core",
        processor / secs * 100.0
    );
    println!(
        "  server's memory, at most {:.1} MB; on the wire, all together, {:.2} MB up, {:.2} MB down",
        after.memory_most,
        mb(&client::SENT),
        mb(&client::RECEIVED)
    );
}

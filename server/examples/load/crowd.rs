//! Many rooms at once: windows of time, what came of the edits made in them, and what it took.

use std::{collections::BTreeMap, time::Duration};

use futures_util::{StreamExt, stream};
use tokio::{sync::watch, time::Instant};

use super::{
    Cli, Server,
    figures::Taken,
    hostile::Hostile,
    room::{Outcome, PEOPLE, Room, Trouble},
};

/// Rooms that are opened at the same time.
const OPENING: usize = 4;
/// After a change of who works, before figures are taken.
const SETTLING: Duration = Duration::from_secs(12);
/// After a window, for what is still on its way: looked at so often, and so many times at most.
const LOOK_EVERY: Duration = Duration::from_secs(1);
const LOOKS: usize = 30;
/// An edit is on everybody's screen in time.
const IN_TIME_MS: f64 = 250.0;
/// Somebody hostile is in every so many rooms.
const HOSTILE_IN: usize = 10;
/// Honest people notice no more than this.
const WORSE_AT_MOST: f64 = 1.25;
/// Figures of a step of the search are taken for so many seconds.
const STEP_SECS: u64 = 20;

/// A server with its rooms.
struct Crowd {
    server: Server,
    rooms: Vec<Room>,
    /// The first so many rooms work.
    active: watch::Sender<usize>,
    idle: usize,
}

/// What a window of time showed.
struct Window {
    of_rooms: Vec<Outcome>,
    secs: f64,
    /// What active people received, MB.
    received: f64,
    server: (Taken, Taken),
    generator: (Taken, Taken),
}

impl Crowd {
    async fn start() -> Self {
        Self {
            server: Server::start().await,
            rooms: Vec::new(),
            active: watch::channel(0).0,
            idle: 0,
        }
    }

    /// Opens rooms until there are so many.
    async fn open(&mut self, rooms: usize) {
        let (process, active) = (&self.server.process, &self.active);
        let missing = self.rooms.len()..rooms;
        let opening = missing.map(|room| Room::open(process, room, active.subscribe()));
        // In order: a room's number is its place.
        let opened: Vec<Room> = stream::iter(opening).buffered(OPENING).collect().await;
        self.rooms.extend(opened);
    }

    /// Opens idle tabs until there are so many sockets.
    async fn fill(&mut self, sockets: usize) {
        let rooms = self.rooms.len();
        let wanted = sockets.saturating_sub(rooms * Room::SOCKETS + self.idle);
        let share = |room: usize| wanted / rooms + usize::from(room < wanted % rooms);
        let opening = self.rooms.iter_mut().enumerate();
        let opening = opening.map(|(room, opened)| opened.idle(share(room)));
        stream::iter(opening)
            .buffer_unordered(OPENING)
            .collect::<()>()
            .await;
        self.idle += wanted;
    }

    fn sockets(&self) -> usize {
        self.rooms.len() * Room::SOCKETS + self.idle
    }

    /// The first so many rooms work; after they have settled, figures are taken.
    async fn window(&self, active: usize, secs: u64) -> Window {
        self.active.send_replace(active);
        tokio::time::sleep(SETTLING).await;
        let before = self.taken();
        let begin = Instant::now();
        let received = || self.rooms.iter().map(Room::received).sum::<u64>() as f64 / 1e6;
        let received_before = received();
        tokio::time::sleep(Duration::from_secs(secs)).await;
        let (end, after) = (Instant::now(), self.taken());
        let received = received() - received_before;
        let mut of_rooms = Vec::new();
        for _ in 0..LOOKS {
            tokio::time::sleep(LOOK_EVERY).await;
            of_rooms = self
                .rooms
                .iter()
                .map(|room| room.outcome(begin, end))
                .collect();
            if of_rooms
                .iter()
                .all(|outcome: &Outcome| outcome.missing == 0)
            {
                break;
            }
        }
        Window {
            of_rooms,
            secs: (end - begin).as_secs_f64(),
            received,
            server: (before.0, after.0),
            generator: (before.1, after.1),
        }
    }

    fn taken(&self) -> (Taken, Taken) {
        let server = self.server.process.child.id();
        (Taken::by(server), Taken::by(std::process::id()))
    }
}

impl Window {
    /// Of those rooms that a test picks, by their numbers.
    fn of(&self, picks: impl Fn(usize) -> bool) -> Outcome {
        let mut all = Outcome::default();
        let rooms = self.of_rooms.iter().enumerate();
        for (_, outcome) in rooms.filter(|(room, _)| picks(*room)) {
            all.extend(outcome.clone());
        }
        all
    }

    fn print(&self) {
        let all = self.of(|_| true);
        println!("  on everybody's board    {}", all.reached);
        println!("  acknowledged as stored  {}", all.acknowledged);
        for (name, (before, after)) in [("server", self.server), ("generator", self.generator)] {
            let share = (after.processor - before.processor) / self.secs * 100.0;
            println!(
                "  {name:<10} {share:>5.1} % of a core, {:.0} MB (at most {:.0}), {} threads",
                after.memory, after.memory_most, after.threads
            );
        }
        let each_sec = self.received / self.secs;
        println!("  active people received {each_sec:.1} MB a second, all together");
        if !all.is_well() {
            let mut met: BTreeMap<&Trouble, usize> = BTreeMap::new();
            for trouble in &all.trouble {
                *met.entry(trouble).or_default() += 1;
            }
            println!("  honest people: {} edits missing, {met:?}", all.missing);
        }
    }
}

/// Fifty rooms and all sockets; then the same with somebody hostile in every tenth room.
pub(crate) async fn with_and_without_harm(cli: &Cli) {
    let begun = Instant::now();
    let mut crowd = Crowd::start().await;
    crowd.open(cli.rooms).await;
    crowd.fill(cli.sockets).await;
    let (sockets, rooms, people) = (crowd.sockets(), cli.rooms, cli.rooms * PEOPLE);
    let took = begun.elapsed().as_secs_f64();
    println!(
        "\n{sockets} sockets, {rooms} active rooms, {people} active people (open after {took:.1} s)"
    );
    let honest = crowd.window(rooms, cli.secs).await;
    honest.print();
    assert!(
        honest.of(|_| true).is_well(),
        "honest people meet trouble among themselves"
    );

    let is_hostile = |room: usize| room.is_multiple_of(HOSTILE_IN);
    let mut hostile = Vec::new();
    for (number, room) in crowd
        .rooms
        .iter()
        .enumerate()
        .filter(|(room, _)| is_hostile(*room))
    {
        hostile.push(Hostile::begin(room.door.clone(), number / HOSTILE_IN));
    }
    println!("\nthe same with {} hostile participants", hostile.len());
    let harmed = crowd.window(rooms, cli.secs).await;
    harmed.print();
    Hostile::print(&hostile);
    for (whose, picks) in [
        ("everybody", &(|_| true) as &dyn Fn(usize) -> bool),
        ("beside somebody hostile", &|room| is_hostile(room)),
        ("in other rooms", &|room| !is_hostile(room)),
    ] {
        let (before, after) = (honest.of(picks), harmed.of(picks));
        for (what, before, after) in [
            ("board", before.reached, after.reached),
            ("stored", before.acknowledged, after.acknowledged),
        ] {
            let (before, after) = (before.at(0.99), after.at(0.99));
            let times = after / before;
            let fair = if times <= WORSE_AT_MOST {
                "fair"
            } else {
                "NOT FAIR"
            };
            println!(
                "  {whose:<24} {what:<7} p99 {before:>6.1} -> {after:>6.1} ms, {times:.2} times: {fair}"
            );
        }
    }
}

/// Twice as many rooms until edits come late, then between the last two.
pub(crate) async fn the_most_rooms(cli: &Cli) {
    let mut crowd = Crowd::start().await;
    println!(
        "\nthe most active rooms with p99 under {IN_TIME_MS} ms, of {} sockets or more",
        cli.sockets
    );
    let (mut good, mut bad, mut rooms) = (0, cli.rooms_max + 1, cli.rooms);
    while bad - good > good / 8 + 1 {
        crowd.open(rooms).await;
        crowd.fill(cli.sockets).await;
        let window = crowd.window(rooms, STEP_SECS).await;
        let all = window.of(|_| true);
        println!(
            "{rooms} rooms, {} people, {} sockets",
            rooms * PEOPLE,
            crowd.sockets()
        );
        window.print();
        let is_in_time = all.reached.at(0.99) < IN_TIME_MS && all.is_well();
        if is_in_time {
            good = rooms;
        } else {
            bad = rooms;
        }
        rooms = if bad > cli.rooms_max {
            (good * 2).min(cli.rooms_max)
        } else {
            good.midpoint(bad)
        };
    }
    println!("the most active rooms: {good} ({} people)", good * PEOPLE);
}

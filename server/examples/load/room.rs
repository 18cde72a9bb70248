//! A room: its people, the one who decodes everything, idle tabs, and what is recorded of it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use shared::id::ObjectId;
use tokio::{sync::watch, task::JoinHandle, time::Instant};

use super::{
    api::{Door, Office},
    client::Client,
    figures::Samples,
    person::{self, Writer},
    process::Process,
    socket::Socket,
};

/// Active people of a room.
pub(crate) const PEOPLE: usize = 20;
/// The decoding client's room is emptied of what is not looked at so often.
const TIDY_EVERY: Duration = Duration::from_secs(2);

/// What no honest person should meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// Something was refused, by its code.
    Refused(String),
    /// A socket was closed, with its code.
    Closed(u16),
}

/// What is recorded of a room.
#[derive(Default)]
pub(crate) struct Record {
    /// Which room, from 0.
    pub(crate) room: usize,
    made: Mutex<Vec<(Instant, ObjectId)>>,
    acknowledged: Mutex<Vec<(Instant, Duration)>>,
    /// Bytes that its people received.
    received: AtomicU64,
    trouble: Mutex<Vec<(Instant, Trouble)>>,
}

impl Record {
    pub(crate) fn made(&self, object: ObjectId, at: Instant) {
        self.made.lock().unwrap().push((at, object));
    }

    pub(crate) fn acknowledged(&self, made: Instant) {
        self.acknowledged
            .lock()
            .unwrap()
            .push((made, made.elapsed()));
    }

    pub(crate) fn received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(crate) fn trouble(&self, trouble: Trouble) {
        self.trouble.lock().unwrap().push((Instant::now(), trouble));
    }
}

/// What came of the edits that were made within a window of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// Until the decoding client had them.
    pub(crate) reached: Samples,
    /// Until the fence was back.
    pub(crate) acknowledged: Samples,
    /// Edits that did not reach the decoding client, or were not acknowledged.
    pub(crate) missing: usize,
    pub(crate) trouble: Vec<Trouble>,
}

impl Outcome {
    pub(crate) fn extend(&mut self, more: Self) {
        self.reached.extend(more.reached);
        self.acknowledged.extend(more.acknowledged);
        self.missing += more.missing;
        self.trouble.extend(more.trouble);
    }

    /// Whether everything arrived and nobody met trouble.
    pub(crate) fn is_well(&self) -> bool {
        self.missing == 0 && self.trouble.is_empty()
    }
}

/// A room with everybody in it. Dropping it closes all sockets.
pub(crate) struct Room {
    record: Arc<Record>,
    /// A full replica.
    reader: Client,
    tasks: Vec<JoinHandle<()>>,
    tokens: Vec<String>,
    pub(crate) door: Door,
}

impl Room {
    /// Opens a room with twenty people and one who decodes.
    pub(crate) async fn open(
        server: &Process,
        room: usize,
        active: watch::Receiver<usize>,
    ) -> Self {
        let office = Office::new(&server.http(), room);
        let door = Door::open(office, server.port).await;
        let (way, _) = door.admit("Reader").await.unwrap();
        let random = (room as u64 + 1).wrapping_mul(0xd134_2543_de82_ef95);
        let mut opened = Self {
            record: Arc::new(Record {
                room,
                ..Record::default()
            }),
            reader: Client::connect(server.ws(), way.document, way.token, random),
            tasks: Vec::new(),
            tokens: Vec::new(),
            door,
        };
        for person in 0..PEOPLE {
            let name = format!("Person {person}");
            let (way, me) = opened.door.admit(&name).await.unwrap();
            opened.tokens.push(way.token.clone());
            let number = (room * PEOPLE + person) as u64;
            // Nobody works in step with anybody else.
            let phase = (number as f64 * 0.618_033_988_749).fract();
            let (record, active) = (Arc::clone(&opened.record), active.clone());
            let writer = Writer::new(&me, number);
            let work = person::work(way, writer, phase, record, active);
            opened.tasks.push(tokio::spawn(work));
        }
        opened.tasks.push(tidy(&opened.reader));
        opened.reader.saved().await;
        opened
    }

    /// Sockets of its active people, and of the one who decodes.
    pub(crate) const SOCKETS: usize = PEOPLE + 1;

    /// Opens so many tabs that nobody looks at, person by person: the workshop's own document,
    /// then the other canvas, then both again.
    pub(crate) async fn idle(&mut self, tabs: usize) {
        for tab in 0..tabs {
            let token = &self.tokens[tab % PEOPLE];
            let workshop = &self.door.workshop;
            let documents = [&workshop.id, &workshop.canvases[1]];
            let way = self
                .door
                .way(documents[tab / PEOPLE % documents.len()], token);
            let socket = Socket::open(&way).await.expect("a socket");
            let record = Arc::clone(&self.record);
            let idle = async move { record.trouble(Trouble::Closed(socket.idle().await)) };
            self.tasks.push(tokio::spawn(idle));
        }
    }

    /// Bytes that its people have received so far, idle tabs left out.
    pub(crate) fn received(&self) -> u64 {
        self.record.received.load(Ordering::Relaxed)
    }

    /// What came of the edits made between two moments, and the trouble met between them.
    pub(crate) fn outcome(&self, begin: Instant, end: Instant) -> Outcome {
        let within = |at: &Instant| (begin..end).contains(at);
        let mut seen: HashMap<ObjectId, Vec<Instant>> = HashMap::new();
        for (at, change) in &self.reader.state.lock().unwrap().merged {
            for object in &change.objects {
                seen.entry(object.clone()).or_default().push((*at).into());
            }
        }
        let mut outcome = Outcome::default();
        let made = self.record.made.lock().unwrap();
        for (at, object) in made.iter().filter(|(at, _)| within(at)) {
            let times = seen.get(object).into_iter().flatten();
            match times.filter(|time| *time >= at).min() {
                Some(time) => outcome.reached.push(*time - *at),
                None => outcome.missing += 1,
            }
        }
        let acknowledged = self.record.acknowledged.lock().unwrap();
        for (_, took) in acknowledged.iter().filter(|(at, _)| within(at)) {
            outcome.acknowledged.push(*took);
        }
        outcome.missing += outcome
            .reached
            .len()
            .saturating_sub(outcome.acknowledged.len());
        let trouble = self.record.trouble.lock().unwrap();
        let met = trouble.iter().filter(|(at, _)| within(at));
        outcome.trouble = met.map(|(_, trouble)| trouble.clone()).collect();
        outcome
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Nobody looks at the presence that a reader collects.
fn tidy(reader: &Client) -> JoinHandle<()> {
    let state = Arc::clone(&reader.state);
    tokio::spawn(async move {
        let mut every = tokio::time::interval(TIDY_EVERY);
        loop {
            every.tick().await;
            state.lock().unwrap().presence.clear();
        }
    })
}

//! A participant who means harm: one trick after another, as fast as the socket takes them. A new
//! trick is one entry in [`TRICKS`].

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use shared::{
    board::{Command, Document, NewObject, Step, TextEdit},
    geometry::Point,
    id::{ObjectId, ParticipantId},
    object::{Kind, NoteColor},
    protocol::{AwarenessEntry, Message as Plaza, limits},
};
use tokio::{task::JoinHandle, time::Instant};

use super::{
    api::Door,
    socket::{Heard, Socket},
};

/// How long one trick is tried before the next.
const TRICK_EVERY: Duration = Duration::from_secs(5);
/// The machine is shared with honest people: no hostile one sends more than this in a second.
const MESSAGES_PER_SEC: u32 = 2_000;
const BYTES_PER_SEC: f64 = 8e6;
/// Letters that are written into one note.
const WRITTEN_MAX: u32 = 150_000;
/// Before a socket that was closed is opened again.
const AGAIN_AFTER: Duration = Duration::from_millis(100);

/// What a trick does next.
enum Act {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Closes the socket and opens another.
    Leave,
    /// The same as somebody new.
    ComeAnew,
}

/// A trick: what it is called, and what it does each time.
type Trick = (&'static str, fn(&mut Mallory) -> Act);

/// All that is tried.
const TRICKS: &[Trick] = &[
    ("large presence", |mallory| {
        let state = format!(
            "{{\"x\":\"{}\"}}",
            "x".repeat(limits::AWARENESS_BYTES_MAX - 100)
        );
        mallory.presence(1, &state)
    }),
    ("presence of many", |mallory| {
        mallory.presence(limits::AWARENESS_ENTRIES_MAX as u64, "{}")
    }),
    ("large updates", |mallory| {
        let delete = mallory.letters;
        mallory.write(delete, "x".repeat(60_000))
    }),
    ("many small updates", |mallory| {
        let at = f64::from(mallory.count % 1_000);
        mallory.update(|note| Command::Move(vec![(note, Point::new(at, at))]))
    }),
    ("step 1", |_| Act::Send(Plaza::SyncStep1(vec![0]).encode())),
    ("step 2 of all", |mallory| {
        Act::Send(Plaza::SyncStep2(mallory.document.replica().state()).encode())
    }),
    ("fences", |mallory| {
        Act::Send(Plaza::Fence(u64::from(mallory.count)).encode())
    }),
    ("who is here", |_| Act::Send(Plaza::QueryAwareness.encode())),
    ("comes and goes", |_| Act::Leave),
    // From here on sockets are closed for good reason, and whoever does that too often stays out.
    ("refused updates", |_| {
        // Two clients where one is told of: cut short, but well begun.
        Act::Send(Plaza::Update(vec![2, 1, 200, 1, 0]).encode())
    }),
    ("refused facts", |mallory| {
        let mut replica = shared::board::Replica::new(mallory.random());
        replica.put_facts("blank", "Mine now");
        Act::Send(Plaza::Update(replica.state()).encode())
    }),
    ("garbage", |mallory| {
        let random = mallory.random().to_le_bytes();
        Act::Send(random.repeat(64))
    }),
    ("large garbage", |mallory| {
        let random = mallory.random().to_le_bytes();
        Act::Send(random.repeat(limits::MESSAGE_BYTES_MAX / 8))
    }),
    ("comes as somebody new", |_| Act::ComeAnew),
];

/// What a hostile participant has.
struct Mallory {
    document: Document,
    me: ParticipantId,
    count: u32,
    /// The note they write in, once there is one, and how many letters it has.
    note: Option<ObjectId>,
    letters: u32,
    /// Letters that were ever written into it.
    written: u32,
}

impl Mallory {
    /// `seed`: another one for each.
    fn new(me: &ParticipantId, seed: u64) -> Self {
        Self {
            document: Document::new(seed.wrapping_mul(0xa24b_aed4_963e_e407)),
            me: me.clone(),
            count: 0,
            note: None,
            letters: 0,
            written: 0,
        }
    }

    fn random(&self) -> u64 {
        (self.document.replica().client_id() + u64::from(self.count))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn presence(&mut self, entries: u64, state: &str) -> Act {
        let first = self.document.replica().client_id();
        let entry = |n| AwarenessEntry {
            client: first + n,
            clock: u64::from(self.count),
            state: state.to_owned(),
        };
        Act::Send(Plaza::Awareness((0..entries).map(entry).collect()).encode())
    }

    fn write(&mut self, delete: u32, insert: String) -> Act {
        // A text takes so much, deleted letters included: then another note.
        self.written += insert.len() as u32;
        if self.written > WRITTEN_MAX {
            (self.note, self.written) = (None, 0);
        }
        self.letters = insert.len() as u32;
        let edit = TextEdit {
            at: 0,
            delete,
            insert,
        };
        self.update(|note| Command::EditText(note, edit))
    }

    /// An update as an honest client would send it; of a note, which is made first.
    fn update(&mut self, command: impl FnOnce(ObjectId) -> Command) -> Act {
        let command = match &self.note {
            Some(note) => command(note.clone()),
            None => {
                let id = format!("{}-{}", self.me.as_str(), self.random());
                let (id, at) = (ObjectId::from(id), Point::new(0.0, 0.0));
                let kind = Kind::note(NoteColor::ALL[0]);
                self.note = Some(id.clone());
                self.letters = 0;
                let me = self.me.clone();
                Command::Add(vec![NewObject::new(id, at, kind, String::new(), me)])
            }
        };
        self.document.apply(&command, Step::New);
        let update = self.document.take_outbox().pop();
        Act::Send(Plaza::Update(update.unwrap_or_else(|| vec![0, 0])).encode())
    }
}

/// What came of a trick.
#[derive(Clone, Debug, Default)]
struct Came {
    messages: u64,
    bytes: u64,
    /// Codes with which something was refused, and how often.
    refused: BTreeMap<String, u64>,
    /// Codes with which sockets were closed, and how often; 0 where none could be opened.
    closed: BTreeMap<u16, u64>,
}

impl Came {
    fn add(&mut self, more: &Self) {
        self.messages += more.messages;
        self.bytes += more.bytes;
        for (code, n) in &more.refused {
            *self.refused.entry(code.clone()).or_default() += n;
        }
        for (code, n) in &more.closed {
            *self.closed.entry(*code).or_default() += n;
        }
    }
}

/// A hostile participant at work. Dropping it ends them.
pub(crate) struct Hostile {
    came: Arc<Mutex<BTreeMap<&'static str, Came>>>,
    task: JoinHandle<()>,
}

impl Hostile {
    /// Begins, each of several with another trick.
    pub(crate) fn begin(door: Door, number: usize) -> Self {
        let came = Arc::default();
        let task = tokio::spawn(harm(door, number * 2, Arc::clone(&came)));
        Self { came, task }
    }

    /// What came of each trick, by all of them.
    pub(crate) fn print(all: &[Self]) {
        for (name, _) in TRICKS {
            let mut sum = Came::default();
            for hostile in all {
                let came = hostile.came.lock().unwrap();
                let Some(came) = came.get(name) else { continue };
                sum.add(came);
            }
            println!(
                "  {name:<20} {:>8} messages, {:>8.1} MB sent, refused {:?}, closed {:?}",
                sum.messages,
                sum.bytes as f64 / 1e6,
                sum.refused,
                sum.closed
            );
        }
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn harm(door: Door, first: usize, all: Arc<Mutex<BTreeMap<&'static str, Came>>>) {
    let began = Instant::now();
    let (mut way, me) = door.admit("Mallory").await.unwrap();
    let mut me = ParticipantId::from(me.as_str());
    let mut mallory = Mallory::new(&me, first as u64);
    let (mut turns, mut people) = (0, 1);
    loop {
        let turn = (began.elapsed().as_secs() / TRICK_EVERY.as_secs()) as usize;
        let (name, trick) = TRICKS[(first + turn) % TRICKS.len()];
        let until = began + TRICK_EVERY * (turn as u32 + 1);
        if turn != turns {
            // What one trick left behind is not the next one's.
            turns = turn;
            mallory = Mallory::new(&me, (first + 1_000 * turn) as u64);
        }
        let mut came = Came::default();
        let end = match Socket::open(&way).await {
            Some(socket) => attempt(socket, &mut mallory, trick, until, &mut came).await,
            None => End::Closed(0),
        };
        match end {
            End::Over => {}
            End::Closed(code) => *came.closed.entry(code).or_default() += 1,
            End::ComeAnew => match door.admit(&format!("Mallory {people}")).await {
                Ok((new_way, new_me)) => {
                    people += 1;
                    way = new_way;
                    me = ParticipantId::from(new_me.as_str());
                    mallory = Mallory::new(&me, (first + 1_000 * turn + 100 * people) as u64);
                }
                Err(why) => *came.refused.entry(why).or_default() += 1,
            },
        }
        all.lock().unwrap().entry(name).or_default().add(&came);
        tokio::time::sleep(AGAIN_AFTER).await;
    }
}

/// How an attempt ended.
enum End {
    /// Its time is over, or whoever made it left.
    Over,
    /// The server closed the socket with a code, or would not open it (0).
    Closed(u16),
    /// Whoever made it comes again as somebody new.
    ComeAnew,
}

/// Tries one trick on one socket until its time is over or the socket ends.
async fn attempt(
    mut socket: Socket,
    mallory: &mut Mallory,
    trick: fn(&mut Mallory) -> Act,
    until: Instant,
    came: &mut Came,
) -> End {
    let mut next = Instant::now();
    loop {
        tokio::select! {
            (heard, _) = socket.next() => match heard {
                Heard::Asked => drop(socket.send(Plaza::SyncStep2(mallory.document.replica().state())).await),
                Heard::Refused(code) => *came.refused.entry(code).or_default() += 1,
                Heard::Closed(code) => return End::Closed(code),
                Heard::Fence(_) | Heard::Other => {}
            },
            () = tokio::time::sleep_until(next) => {
                if next >= until {
                    return End::Over;
                }
                mallory.count += 1;
                came.messages += 1;
                let bytes = match trick(mallory) {
                    Act::Send(bytes) => bytes,
                    Act::Leave => return End::Over,
                    Act::ComeAnew => return End::ComeAnew,
                };
                let secs = (bytes.len() as f64 / BYTES_PER_SEC).max(1.0 / f64::from(MESSAGES_PER_SEC));
                // A sender that is made to wait does not make up for it.
                next = next.max(Instant::now() - Duration::from_millis(50)) + Duration::from_secs_f64(secs);
                came.bytes += bytes.len() as u64;
                let sent = tokio::time::timeout_at(until, socket.send_bytes(bytes)).await;
                match sent {
                    Ok(Some(())) => {}
                    Ok(None) => return End::Closed(1006),
                    Err(_) => return End::Over,
                }
            }
        }
    }
}

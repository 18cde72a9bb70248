//! An active person: an edit every ten seconds, two cursors a second, and a clock for each edit.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use shared::{
    board::{Command, Document, NewObject, Step, TextEdit},
    geometry::Point,
    id::{ObjectId, ParticipantId},
    object::{Kind, NoteColor},
    protocol::{AwarenessEntry, Message as Plaza},
};
use tokio::{sync::watch, time::Instant};

use super::{
    room::{Record, Trouble},
    socket::{Heard, Socket, Way},
};

const EDIT_EVERY: Duration = Duration::from_secs(10);
const CURSOR_EVERY: Duration = Duration::from_millis(500);
/// Notes of one person; then they are moved and written in.
const NOTES: usize = 3;
/// Letters of a note that is written in; then it is emptied.
const LETTERS: u32 = 120;

/// What somebody writes: on notes of their own, in a copy that merges nobody else's.
pub(crate) struct Writer {
    document: Document,
    me: ParticipantId,
    notes: Vec<(ObjectId, u32)>,
    edits: usize,
    clock: u64,
}

impl Writer {
    /// `number`: which of all people.
    pub(crate) fn new(me: &str, number: u64) -> Self {
        Self {
            // A step through all numbers that comes to none twice.
            document: Document::new((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            me: ParticipantId::from(me),
            notes: Vec::new(),
            edits: 0,
            clock: 0,
        }
    }

    /// The next edit: which note it changes, and the update.
    pub(crate) fn edit(&mut self) -> (ObjectId, Vec<u8>) {
        self.edits += 1;
        let (n, made) = (self.edits, self.notes.len());
        let at = Point::new((n % 40) as f64 * 210.0, (n % 30) as f64 * 210.0);
        let (id, command) = if made < NOTES {
            let id = ObjectId::from(format!("{}-{made}", self.me.as_str()));
            let kind = Kind::note(NoteColor::ALL[n % NoteColor::ALL.len()]);
            let text = "Parking sensors";
            let note = NewObject::new(id.clone(), at, kind, text.to_owned(), self.me.clone());
            self.notes.push((id.clone(), text.len() as u32));
            (id, Command::Add(vec![note]))
        } else {
            let (id, letters) = &mut self.notes[n % NOTES];
            let id = id.clone();
            if n % 2 == 0 {
                (id.clone(), Command::Move(vec![(id, at)]))
            } else {
                let (begin, delete) = if *letters > LETTERS {
                    (0, *letters)
                } else {
                    (*letters, 0)
                };
                let insert = format!(" held by {n}");
                *letters = begin + insert.len() as u32;
                let edit = TextEdit {
                    at: begin,
                    delete,
                    insert,
                };
                (id.clone(), Command::EditText(id, edit))
            }
        };
        self.document.apply(&command, Step::New);
        let mut updates = self.document.take_outbox();
        assert_eq!(updates.len(), 1, "a command is one update");
        (id, updates.remove(0))
    }

    /// The next place of the cursor.
    pub(crate) fn cursor(&mut self) -> Plaza {
        self.clock += 1;
        let (x, y) = (self.clock % 997, self.clock % 613);
        Plaza::Awareness(vec![AwarenessEntry {
            client: self.document.replica().client_id(),
            clock: self.clock,
            state: format!("{{\"user\":{{\"name\":\"Load\"}},\"cursor\":[{x},{y}]}}"),
        }])
    }

    /// All that was written so far.
    pub(crate) fn all(&self) -> Plaza {
        Plaza::SyncStep2(self.document.replica().state())
    }
}

/// Opens the socket and works for as long as the room is among the active ones.
pub(crate) async fn work(
    way: Way,
    mut writer: Writer,
    phase: f64,
    record: Arc<Record>,
    mut active: watch::Receiver<usize>,
) {
    let mut socket = Socket::open(&way).await.expect("a socket");
    let now = Instant::now();
    let mut edit_at = now + EDIT_EVERY.mul_f64(phase);
    let mut cursor_at = now + CURSOR_EVERY.mul_f64(phase);
    let mut fences: VecDeque<(u64, Instant)> = VecDeque::new();
    let mut fence = 0;
    loop {
        let is_active = *active.borrow_and_update() > record.room;
        let next = edit_at.min(cursor_at);
        tokio::select! {
            (heard, bytes) = socket.next() => { record.received(bytes); match heard {
                Heard::Fence(number) => {
                    while fences.front().is_some_and(|(sent, _)| *sent <= number) {
                        let (_, at) = fences.pop_front().unwrap();
                        record.acknowledged(at);
                    }
                }
                Heard::Asked => drop(socket.send(writer.all()).await),
                Heard::Refused(code) => record.trouble(Trouble::Refused(code)),
                Heard::Closed(code) => return record.trouble(Trouble::Closed(code)),
                Heard::Other => {}
            }},
            () = tokio::time::sleep_until(next), if is_active => {
                let now = Instant::now();
                if now >= cursor_at {
                    cursor_at += CURSOR_EVERY;
                    let _ = socket.send(writer.cursor()).await;
                }
                if now >= edit_at {
                    edit_at += EDIT_EVERY;
                    let (object, update) = writer.edit();
                    record.made(object, now);
                    fence += 1;
                    fences.push_back((fence, now));
                    let _ = socket.send(Plaza::Update(update)).await;
                    let _ = socket.send(Plaza::Fence(fence)).await;
                }
            }
            _ = active.changed() => {
                // Whoever begins again does not make up for the pause.
                let now = Instant::now();
                edit_at = edit_at.max(now);
                cursor_at = cursor_at.max(now);
            }
        }
    }
}

//! The people, their links, the room and its disk.

use std::collections::{BTreeMap, VecDeque};

use super::op::Op;
use crate::{
    authority::{self, Access},
    board::{Command, Document, DocumentKind, NewObject, Replica, Step, TextEdit},
    geometry::Point,
    id::{ObjectId, ParticipantId},
    object::{Kind, NoteColor},
    protocol::{CloseCode, Refusal, control::Role},
    sync::{
        ClientSync, Room, client,
        room::{ConnId, Expelled, Input, Loaded, SessionId},
    },
};

/// A log row.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) seq: u64,
    pub(super) data: Vec<u8>,
    pub(super) claims: Vec<(u64, ParticipantId)>,
    pub(super) authors: Vec<(ObjectId, ParticipantId)>,
}

pub(super) struct Peer {
    pub(super) sync: ClientSync,
    pub(super) document: Document,
    /// What the device keeps: merged and local updates.
    pub(super) kept: Vec<Vec<u8>>,
    /// Numbers of local updates kept as unstored: `(number, index into kept)`.
    pub(super) unstored: Vec<(u64, usize)>,
    /// The socket that is open, with the messages under way in each direction.
    pub(super) link: Option<Link>,
    /// Every update this peer ever made.
    pub(super) mine: Vec<Vec<u8>>,
    pub(super) role: Role,
    pub(super) is_removed: bool,
    /// The laptop is closed: it does not connect.
    pub(super) is_asleep: bool,
    /// How many of its updates have been found on the disk.
    pub(super) swept: usize,
}

pub(super) struct Link {
    pub(super) socket: u32,
    pub(super) conn: ConnId,
    pub(super) up: VecDeque<Vec<u8>>,
    pub(super) down: VecDeque<Vec<u8>>,
}

/// How far has been checked what is on the disk.
pub(super) struct Swept {
    /// What is on the disk.
    pub(super) disk: Replica,
    /// Rows of it.
    pub(super) rows: usize,
    /// Promises found on it.
    pub(super) promised: usize,
}

impl Default for Swept {
    fn default() -> Self {
        Self {
            disk: Replica::new(1),
            rows: 0,
            promised: 0,
        }
    }
}

pub(super) struct World {
    pub(super) now_ms: u64,
    pub(super) randoms: u64,
    pub(super) peers: Vec<Peer>,
    pub(super) room: Room,
    pub(super) next_conn: ConnId,
    pub(super) disk: Vec<Row>,
    pub(super) disk_queue: VecDeque<Row>,
    pub(super) disk_works: bool,
    /// Local updates that a client was told are stored.
    pub(super) promised: Vec<Vec<u8>>,
    pub(super) access: Access,
    /// What people were told that was not accepted.
    pub(super) refused: Vec<(usize, Refusal)>,
    pub(super) swept: Swept,
    /// A copy of the server's folder, taken earlier.
    pub(super) copy: Option<Vec<Row>>,
    /// What had been promised when an older folder was put back: whoever holds it brings it.
    pub(super) owed: Vec<Vec<u8>>,
    /// Who made what, as those who made it know.
    pub(super) made_by: BTreeMap<ObjectId, ParticipantId>,
}

pub(super) fn load(disk: &[Row], random: u64) -> Loaded {
    let mut replica = Replica::new(random);
    let mut gate = authority::gate(DocumentKind::Canvas);
    for row in disk {
        replica.merge(&row.data).unwrap();
        for (client, owner) in row.claims.clone() {
            gate.restore_owner(client, owner);
        }
        for (object, author) in row.authors.clone() {
            gate.restore_author(object, author);
        }
        gate.restore_update(&row.data).unwrap();
    }
    Loaded {
        replica,
        gate,
        last_seq: disk.last().map_or(0, |row| row.seq),
    }
}

impl World {
    pub(super) fn new(peers: usize) -> Self {
        let seed = Document::seed(999, "blank", "Board");
        let disk = vec![Row {
            seq: 1,
            data: seed,
            claims: vec![],
            authors: vec![],
        }];
        let mut world = Self {
            now_ms: 0,
            randoms: 1_000,
            peers: Vec::new(),
            room: Room::new(load(&disk, 998), 0),
            next_conn: 1,
            disk,
            disk_queue: VecDeque::new(),
            disk_works: true,
            promised: Vec::new(),
            access: Access::Open,
            refused: Vec::new(),
            copy: None,
            swept: Swept::default(),
            owed: Vec::new(),
            made_by: BTreeMap::new(),
        };
        for p in 0..peers {
            let random = world.random();
            world.peers.push(Peer {
                sync: ClientSync::new(0, false),
                document: Document::new(random),
                kept: Vec::new(),
                unstored: Vec::new(),
                link: None,
                mine: Vec::new(),
                // Somebody runs the workshop.
                role: if p + 1 == peers {
                    Role::Facilitator
                } else {
                    Role::Participant
                },
                is_removed: false,
                is_asleep: false,
                swept: 0,
            });
        }
        world
    }

    pub(super) fn random(&mut self) -> u64 {
        self.randoms += 7_919;
        self.randoms
    }

    pub(super) fn run(&mut self, op: Op) {
        let n = self.peers.len();
        let who = |p: u8| usize::from(p) % n;
        match op {
            Op::Add(p) => {
                let p = who(p);
                let id = ObjectId::from(format!("{}", self.random()));
                self.made_by.insert(id.clone(), name(p));
                let note = NewObject::new(
                    id,
                    Point::ZERO,
                    Kind::note(NoteColor::Sky),
                    "n".into(),
                    name(p),
                );
                self.command(p, &Command::Add(vec![note]));
            }
            Op::Type(p, o, at) => {
                if let Some(id) = self.object(who(p), o) {
                    let edit = TextEdit {
                        at: u32::from(at % 8),
                        delete: u32::from(at % 3),
                        insert: "ü🚲".into(),
                    };
                    self.command(who(p), &Command::EditText(id, edit));
                }
            }
            Op::Move(p, o) => {
                if let Some(id) = self.object(who(p), o) {
                    let x = f64::from(self.random() as u32 % 1_000);
                    self.command(who(p), &Command::Move(vec![(id, Point::new(x, 1.0))]));
                }
            }
            Op::Delete(p, o) => {
                if let Some(id) = self.object(who(p), o) {
                    self.command(who(p), &Command::Delete(vec![id]));
                }
            }
            Op::Undo(p) => {
                self.peers[who(p)].document.undo();
                self.flush(who(p));
            }
            Op::Up(p, count) => (0..=count % 8).for_each(|_| self.up(who(p), false)),
            Op::Down(p, count) => (0..=count % 8).for_each(|_| self.down(who(p))),
            Op::RepeatUp(p) => self.up(who(p), true),
            Op::Cut(p) => self.cut(who(p), 1006),
            Op::Reload(p) => self.reload(who(p)),
            Op::Kill => self.restart(),
            Op::Sleep(p, is_asleep) => {
                self.peers[who(p)].is_asleep = is_asleep;
                if is_asleep {
                    self.cut(who(p), 1006);
                }
            }
            Op::Copy => self.copy = Some(self.disk.clone()),
            Op::Restore => {
                if let Some(copy) = self.copy.clone() {
                    self.disk = copy;
                    self.owed.append(&mut self.promised);
                    self.sweep_anew();
                    self.restart();
                }
            }
            Op::Forge(p, what) => self.forge(who(p), what),
            Op::Disk(count) => (0..=count % 8).for_each(|_| self.disk_step()),
            Op::DiskFails => self.disk_works = false,
            Op::DiskWorks => {
                self.disk_works = true;
                let out = self.room.handle(Input::StoreRecovered, self.now_ms);
                self.carry_out(out);
            }
            Op::Wait(secs) => {
                for _ in 0..=secs % 20 {
                    self.now_ms += 1_000;
                    let out = self.room.handle(Input::Tick, self.now_ms);
                    self.carry_out(out);
                    for p in (0..n)
                        .filter(|p| !self.peers[*p].is_asleep)
                        .collect::<Vec<_>>()
                    {
                        self.event(p, client::Event::Tick);
                    }
                }
            }
            Op::SetRole(p, role) => {
                self.peers[who(p)].role = role;
                self.input(Input::SetRole(name(who(p)), role));
            }
            Op::SetAccess(access) => {
                self.access = access;
                self.input(Input::SetAccess(access));
            }
            Op::Expel(p) => {
                let whom = Expelled::Session(session_id(who(p)));
                self.input(Input::Expel(whom, CloseCode::SessionEnded));
                let link = &self.peers[who(p)].link;
                assert!(link.is_none(), "a socket outlives its session");
            }
            Op::Remove(p, removed) => {
                self.peers[who(p)].is_removed = removed;
                if removed {
                    let whom = Expelled::Person(name(who(p)));
                    self.input(Input::Expel(whom, CloseCode::Removed));
                    let link = &self.peers[who(p)].link;
                    assert!(link.is_none(), "a socket outlives a removal");
                }
            }
        }
        self.sweep();
    }

    /// The server begins anew from what is on the disk.
    fn restart(&mut self) {
        for p in 0..self.peers.len() {
            self.cut(p, 1006);
        }
        self.disk_queue.clear();
        self.disk_works = true;
        let random = self.random();
        self.room = Room::new(load(&self.disk, random), self.now_ms);
        self.input(Input::SetAccess(self.access));
    }

    pub(super) fn object(&self, p: usize, o: u8) -> Option<ObjectId> {
        let view = self.peers[p].document.view();
        view.iter()
            .nth(usize::from(o) % view.len().max(1))
            .map(|object| object.id.clone())
    }

    pub(super) fn command(&mut self, p: usize, command: &Command) {
        self.peers[p].document.apply(command, Step::New);
        self.flush(p);
    }

    pub(super) fn flush(&mut self, p: usize) {
        let peer = &mut self.peers[p];
        let mut effects = Vec::new();
        for update in peer.document.take_outbox() {
            peer.kept.push(update.clone());
            peer.mine.push(update.clone());
            let number = peer.sync.local(update, 1, &mut effects);
            peer.unstored.push((number, peer.kept.len() - 1));
        }
        self.effects(p, effects);
    }
}

pub(super) fn name(p: usize) -> ParticipantId {
    format!("p{p}").as_str().into()
}

pub(super) fn session_id(p: usize) -> SessionId {
    SessionId([p as u8; 32])
}

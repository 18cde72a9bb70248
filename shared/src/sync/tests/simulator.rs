//! Many clients and one room over links that lose, repeat and delay, a log that
//! may fail, and a server that may be killed. A failing run prints its plan:
//! paste it into `replay` to see it again.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt::Write as _,
};

use proptest::prelude::*;

use crate::sync::{
    ClientSync, Room, SharedCopy, Status,
    client::{self, Held},
    room::{ConnId, Expelled, Input, Loaded, Output, Session, SessionId},
};
use crate::{
    authority::{self, Access},
    board::{Command, Document, DocumentKind, NewObject, Replica, Step, TextEdit, schema},
    geometry::Point,
    id::{ObjectId, ParticipantId},
    object::{Kind, NoteColor},
    protocol::{AwarenessEntry, CloseCode, Message, control::Role, presence::PresenceUser},
};

/// One thing that happens. Numbers are taken modulo what there is, so that
/// every plan is a valid one.
#[derive(Clone, Copy, Debug)]
enum Op {
    Add(u8),
    Type(u8, u8, u8),
    Move(u8, u8),
    Delete(u8, u8),
    Undo(u8),
    /// Carries so many messages up or down one client's link.
    Up(u8, u8),
    Down(u8, u8),
    /// The message at the head of the link arrives twice.
    RepeatUp(u8),
    /// The link breaks; what is under way is lost.
    Cut(u8),
    /// The page is reloaded: a new copy from what the device kept.
    Reload(u8),
    /// The server is killed: what is not on disk is gone.
    Kill,
    /// The disk works through what is queued.
    Disk(u8),
    DiskFails,
    DiskWorks,
    /// So many seconds pass.
    Wait(u8),
    /// Somebody has another role from now on.
    SetRole(u8, Role),
    /// The canvas is frozen, archived, or open to everybody again.
    SetAccess(Access),
    /// Somebody's session ends while its socket is open.
    Expel(u8),
    /// Somebody is removed from the workshop, or let in again.
    Remove(u8, bool),
}

/// A log row.
#[derive(Clone)]
struct Row {
    seq: u64,
    data: Vec<u8>,
    claims: Vec<(u64, ParticipantId)>,
    authors: Vec<(ObjectId, ParticipantId)>,
}

struct Peer {
    sync: ClientSync,
    document: Document,
    /// What the device keeps: merged and local updates.
    kept: Vec<Vec<u8>>,
    /// Numbers of local updates kept as unstored: `(number, index into kept)`.
    unstored: Vec<(u64, usize)>,
    /// The socket that is open, with the messages under way in each direction.
    link: Option<Link>,
    /// Every update this peer ever made.
    mine: Vec<Vec<u8>>,
    role: Role,
    is_removed: bool,
}

struct Link {
    socket: u32,
    conn: ConnId,
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
}

struct World {
    now_ms: u64,
    randoms: u64,
    peers: Vec<Peer>,
    room: Room,
    next_conn: ConnId,
    disk: Vec<Row>,
    disk_queue: VecDeque<Row>,
    disk_works: bool,
    /// Local updates that a client was told are stored.
    promised: Vec<Vec<u8>>,
    access: Access,
    /// Who made what, as those who made it know.
    made_by: BTreeMap<ObjectId, ParticipantId>,
}

fn load(disk: &[Row], random: u64) -> Loaded {
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
        degraded: false,
        was_cut_short: true,
    }
}

impl World {
    fn new(peers: usize) -> Self {
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
            made_by: BTreeMap::new(),
        };
        for _ in 0..peers {
            let random = world.random();
            world.peers.push(Peer {
                sync: ClientSync::new(0, false),
                document: Document::new(random),
                kept: Vec::new(),
                unstored: Vec::new(),
                link: None,
                mine: Vec::new(),
                role: Role::Participant,
                is_removed: false,
            });
        }
        world
    }

    fn random(&mut self) -> u64 {
        self.randoms += 7_919;
        self.randoms
    }

    fn run(&mut self, op: Op) {
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
            Op::Kill => {
                for p in 0..n {
                    self.cut(p, 1006);
                }
                self.disk_queue.clear();
                self.disk_works = true;
                let random = self.random();
                self.room = Room::new(load(&self.disk, random), self.now_ms);
                let out = self.room.handle(Input::SetAccess(self.access), self.now_ms);
                self.carry_out(out);
            }
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
                    for p in 0..n {
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

    /// What must hold after every single thing that happens.
    fn sweep(&self) {
        let mut disk = Replica::new(1);
        for row in &self.disk {
            disk.merge(&row.data).unwrap();
        }
        let mark = disk.content_mark();
        for promised in &self.promised {
            disk.merge(promised).unwrap();
        }
        assert!(
            disk.content_mark() == mark,
            "an acknowledged update is not on the disk"
        );
        for peer in self
            .peers
            .iter()
            .filter(|peer| peer.sync.status() == Status::Saved)
        {
            for update in &peer.mine {
                disk.merge(update).unwrap();
            }
        }
        assert!(
            disk.content_mark() == mark,
            "shown as saved, but not on the disk"
        );
    }

    fn object(&self, p: usize, o: u8) -> Option<ObjectId> {
        let view = self.peers[p].document.view();
        view.iter()
            .nth(usize::from(o) % view.len().max(1))
            .map(|object| object.id.clone())
    }

    fn command(&mut self, p: usize, command: &Command) {
        self.peers[p].document.apply(command, Step::New);
        self.flush(p);
    }

    fn flush(&mut self, p: usize) {
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

    fn event(&mut self, p: usize, event: client::Event) {
        let random = (self.random() % 100) as f64 / 100.0;
        let peer = &mut self.peers[p];
        let effects = peer
            .sync
            .handle(event, &mut peer.document, self.now_ms, random);
        self.effects(p, effects);
    }

    fn effects(&mut self, p: usize, effects: Vec<client::Effect>) {
        for effect in effects {
            match effect {
                client::Effect::Connect(socket) => {
                    let conn = self.next_conn;
                    self.next_conn += 1;
                    self.peers[p].link = Some(Link {
                        socket,
                        conn,
                        up: VecDeque::new(),
                        down: VecDeque::new(),
                    });
                    let session = Session {
                        participant: name(p),
                        role: self.peers[p].role,
                        id: session_id(p),
                        user: PresenceUser::default(),
                        speaks_plaza: true,
                    };
                    if self.peers[p].is_removed {
                        self.cut(p, CloseCode::Removed.code());
                        continue;
                    }
                    self.event(p, client::Event::Opened(socket));
                    self.announce(p);
                    let out = self.room.handle(Input::Join(conn, session), self.now_ms);
                    self.carry_out(out);
                }
                client::Effect::Disconnect => self.cut(p, 1006),
                client::Effect::Send(bytes) => {
                    if let Some(link) = &mut self.peers[p].link {
                        link.up.push_back(bytes);
                    }
                }
                client::Effect::Merged(update, _) => self.peers[p].kept.push(update),
                client::Effect::Stored(upto) => {
                    let peer = &mut self.peers[p];
                    let kept = &peer.kept;
                    let stored = peer.unstored.iter().filter(|(number, _)| *number <= upto);
                    self.promised
                        .extend(stored.map(|(_, index)| kept[*index].clone()));
                    peer.unstored.retain(|(number, _)| *number > upto);
                }
                client::Effect::Refused(_)
                | client::Effect::Presence(_)
                | client::Effect::Hello(_)
                | client::Effect::Receipt { .. } => {}
            }
        }
    }

    fn input(&mut self, input: Input) {
        let out = self.room.handle(input, self.now_ms);
        self.carry_out(out);
    }

    /// As the page does when its socket opens.
    fn announce(&mut self, p: usize) {
        let clock = self.random();
        let peer = &mut self.peers[p];
        let client = peer.document.replica().client_id();
        let message = Message::Awareness(vec![AwarenessEntry {
            client,
            clock,
            state: "{}".into(),
        }]);
        if let Some(link) = &mut peer.link {
            link.up.push_back(message.encode());
        }
    }

    fn carry_out(&mut self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send(conn, bytes) => {
                    let links = self.peers.iter_mut().filter_map(|peer| peer.link.as_mut());
                    if let Some(link) = links.into_iter().find(|link| link.conn == conn) {
                        link.down.push_back(bytes.to_vec());
                    }
                }
                Output::Close(conn, code) => {
                    let p = self
                        .peers
                        .iter()
                        .position(|peer| peer.link.as_ref().is_some_and(|l| l.conn == conn));
                    if let Some(p) = p {
                        assert!(
                            code != CloseCode::Refused,
                            "an honest client was refused too often"
                        );
                        self.cut(p, code.code());
                    }
                }
                Output::Append {
                    seq,
                    data,
                    claims,
                    authors,
                } => self.disk_queue.push_back(Row {
                    seq,
                    data: data.to_vec(),
                    claims,
                    authors,
                }),
                Output::Quarantine { why, .. } => {
                    panic!("an honest update was refused: {why}");
                }
                Output::Rebuild => {
                    while !self.disk_queue.is_empty() && self.disk_works {
                        self.disk_step();
                    }
                    let random = self.random();
                    self.room.replace(load(&self.disk, random));
                }
            }
        }
    }

    fn disk_step(&mut self) {
        let Some(row) = self.disk_queue.pop_front() else {
            return;
        };
        let input = if self.disk_works {
            let seq = row.seq;
            self.disk.push(row);
            Input::Stored(seq)
        } else {
            self.disk_queue.clear();
            Input::StoreFailed
        };
        let out = self.room.handle(input, self.now_ms);
        self.carry_out(out);
    }

    fn up(&mut self, p: usize, keep: bool) {
        let Some(link) = &mut self.peers[p].link else {
            return;
        };
        let bytes = if keep {
            link.up.front().cloned()
        } else {
            link.up.pop_front()
        };
        let conn = link.conn;
        if let Some(bytes) = bytes {
            let out = self.room.handle(Input::Frame(conn, bytes), self.now_ms);
            let is_taken = out
                .iter()
                .any(|output| matches!(output, Output::Append { .. }));
            let may_write =
                !self.peers[p].is_removed && authority::may_write(self.peers[p].role, self.access);
            assert!(may_write || !is_taken, "taken from who may not write");
            self.carry_out(out);
        }
    }

    fn down(&mut self, p: usize) {
        let Some(link) = &mut self.peers[p].link else {
            return;
        };
        let socket = link.socket;
        if let Some(bytes) = link.down.pop_front() {
            self.event(p, client::Event::Message(socket, bytes));
        }
    }

    fn cut(&mut self, p: usize, code: u16) {
        let Some(link) = self.peers[p].link.take() else {
            return;
        };
        let out = self.room.handle(Input::Leave(link.conn), self.now_ms);
        self.carry_out(out);
        self.event(p, client::Event::Closed(link.socket, code));
    }

    fn reload(&mut self, p: usize) {
        self.cut(p, 1006);
        let random = self.random();
        let peer = &mut self.peers[p];
        let mut document = Document::new(random);
        for update in &peer.kept {
            document.merge(update).unwrap();
        }
        peer.document = document;
        peer.sync = ClientSync::new(self.now_ms, true);
        let indexes: Vec<usize> = peer.unstored.iter().map(|(_, index)| *index).collect();
        peer.unstored = indexes
            .into_iter()
            .map(|index| (peer.sync.restore_unstored(1), index))
            .collect();
    }

    /// Everything works again and time passes: all must agree, and with the disk.
    fn settle(&mut self) {
        self.run(Op::DiskWorks);
        self.run(Op::SetAccess(Access::Open));
        for p in 0..self.peers.len() {
            self.run(Op::Remove(p as u8, false));
            // A changed role asks for everything again, which must not be what settles it.
            if self.peers[p].role == Role::Observer {
                self.run(Op::SetRole(p as u8, Role::Participant));
            }
            if matches!(self.peers[p].sync.status(), Status::Closed(..)) {
                self.reload(p);
            }
        }
        self.exchange();
        let disk = load(&self.disk, 5).replica;
        let mut served = Document::new(6);
        served.merge(&disk.state()).unwrap();
        for (p, peer) in self.peers.iter().enumerate() {
            assert_eq!(
                peer.sync.status(),
                Status::Saved,
                "peer {p} does not settle"
            );
            assert!(!SharedCopy::is_behind(&peer.document));
            assert_eq!(
                peer.document.view(),
                served.view(),
                "peer {p} differs from the disk"
            );
        }
        for object in served.view().iter() {
            assert_eq!(object.author.as_ref(), self.made_by.get(&object.id));
        }
        // Compaction changes nothing.
        let random = self.random();
        let snapshot = self
            .room
            .take_snapshot(random)
            .expect("a settled room can be snapshotted");
        let mut compacted = Replica::new(7);
        compacted.merge(&snapshot.data).unwrap();
        assert!(compacted.has_same_content(&disk));
    }

    /// Messages go back and forth until everybody is in step.
    fn exchange(&mut self) {
        for round in 0..200 {
            self.run(Op::Wait(0));
            for p in 0..self.peers.len() {
                while self.peers[p]
                    .link
                    .as_ref()
                    .is_some_and(|link| !link.up.is_empty())
                {
                    self.up(p, false);
                }
                while !self.disk_queue.is_empty() {
                    self.disk_step();
                }
                while self.peers[p]
                    .link
                    .as_ref()
                    .is_some_and(|link| !link.down.is_empty())
                {
                    self.down(p);
                }
            }
            if round > 20
                && self
                    .peers
                    .iter()
                    .all(|peer| peer.sync.status() == Status::Saved)
            {
                break;
            }
        }
    }
}

fn name(p: usize) -> ParticipantId {
    format!("p{p}").as_str().into()
}

fn session_id(p: usize) -> SessionId {
    SessionId([p as u8; 32])
}

fn replay(peers: usize, plan: &[Op]) {
    let mut world = World::new(peers);
    for op in plan {
        world.run(*op);
    }
    world.settle();
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        Just(Role::Observer),
        Just(Role::Participant),
        Just(Role::Facilitator)
    ]
}

fn access() -> impl Strategy<Value = Access> {
    prop_oneof![
        Just(Access::Open),
        Just(Access::Frozen),
        Just(Access::Archived)
    ]
}

fn op() -> impl Strategy<Value = Op> {
    let any = any::<u8>;
    prop_oneof![
        4 => any().prop_map(Op::Add),
        6 => (any(), any(), any()).prop_map(|(p, o, at)| Op::Type(p, o, at)),
        4 => (any(), any()).prop_map(|(p, o)| Op::Move(p, o)),
        2 => (any(), any()).prop_map(|(p, o)| Op::Delete(p, o)),
        1 => any().prop_map(Op::Undo),
        12 => (any(), any()).prop_map(|(p, n)| Op::Up(p, n)),
        12 => (any(), any()).prop_map(|(p, n)| Op::Down(p, n)),
        1 => any().prop_map(Op::RepeatUp),
        2 => any().prop_map(Op::Cut),
        1 => any().prop_map(Op::Reload),
        1 => Just(Op::Kill),
        8 => any().prop_map(Op::Disk),
        1 => Just(Op::DiskFails),
        1 => Just(Op::DiskWorks),
        3 => any().prop_map(Op::Wait),
        1 => (any(), role()).prop_map(|(p, role)| Op::SetRole(p, role)),
        1 => access().prop_map(Op::SetAccess),
        1 => any().prop_map(Op::Expel),
        1 => (any(), proptest::bool::ANY).prop_map(|(p, removed)| Op::Remove(p, removed)),
    ]
}

fn printed(plan: &[Op]) -> String {
    plan.iter().fold(String::new(), |mut text, op| {
        let _ = write!(text, "{op:?}, ");
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_nothing_acknowledged_is_lost_and_all_agree(plan in proptest::collection::vec(op(), 1..160)) {
        let result = std::panic::catch_unwind(|| replay(3, &plan));
        prop_assert!(result.is_ok(), "plan: [{}]", printed(&plan));
    }
}

#[test]
fn a_session_without_trouble_settles() {
    replay(
        2,
        &[
            Op::Wait(1),
            Op::Add(0),
            Op::Add(1),
            Op::Type(0, 1, 0),
            Op::Wait(2),
        ],
    );
}

#[test]
fn what_is_written_while_the_server_is_down_arrives_after_a_reload() {
    replay(
        3,
        &[
            Op::Wait(3),
            Op::Add(0),
            Op::Kill,
            Op::Add(0),
            Op::Add(0),
            Op::Reload(0),
            Op::Add(1),
            Op::Reload(0),
        ],
    );
}

#[test]
fn a_full_disk_stops_acknowledgements_but_not_the_workshop() {
    let mut world = World::new(2);
    world.settle();
    world.run(Op::DiskFails);
    world.run(Op::Add(0));
    for _ in 0..20 {
        for op in [Op::Up(0, 7), Op::Disk(7), Op::Down(1, 7), Op::Down(0, 7)] {
            world.run(op);
        }
    }
    assert_eq!(world.peers[0].sync.status(), Status::Failing(1));
    assert_eq!(
        world.peers[1].document.view().len(),
        1,
        "others see it all the same"
    );
    world.settle();
}

#[test]
fn a_peer_that_brings_what_i_wrote_before_a_crash_does_not_take_my_id() {
    use Op::{Add, Down, Kill, Move, Reload, Type, Up, Wait};
    // Peer 1 has got peer 0's first note out of a step 2, before it was on the disk.
    let before = [
        Wait(0),
        Down(0, 2),
        Add(0),
        Up(0, 3),
        Wait(15),
        Wait(19),
        Up(1, 0),
        Down(1, 3),
        Down(2, 0),
    ];
    let after = [
        Type(0, 0, 0),
        Reload(1),
        Reload(2),
        Move(0, 0),
        Add(0),
        Move(0, 0),
        Add(0),
        Kill,
    ];
    replay(3, &[before.as_slice(), after.as_slice()].concat());
}

#[test]
fn what_waited_for_another_update_reaches_those_who_joined_meanwhile() {
    use Op::{Add, Disk, Down, Kill, Move, Reload, Type, Up, Wait};
    let before = [
        Add(1),
        Type(0, 0, 0),
        Add(0),
        Type(0, 0, 0),
        Wait(13),
        Wait(18),
        Wait(1),
        Add(2),
        Up(2, 1),
    ];
    let middle = [
        Down(0, 2),
        Down(2, 2),
        Move(0, 0),
        Reload(0),
        Move(0, 0),
        Type(0, 0, 0),
        Wait(8),
        Move(0, 0),
    ];
    let after = [
        Up(2, 0),
        Down(1, 3),
        Add(0),
        Disk(0),
        Up(0, 0),
        Down(0, 6),
        Kill,
        Type(0, 108, 0),
    ];
    replay(
        3,
        &[before.as_slice(), middle.as_slice(), after.as_slice()].concat(),
    );
}

#[test]
fn what_a_peer_brings_collected_its_author_may_still_bring_whole() {
    use Op::{Add, Delete, Down, Kill, Up, Wait};
    let before = [
        Add(2),
        Delete(2, 0),
        Add(0),
        Wait(0),
        Down(2, 2),
        Up(2, 2),
        Up(0, 0),
        Down(0, 3),
    ];
    replay(
        3,
        &[before.as_slice(), &[Kill, Add(2), Wait(0), Down(0, 2)]].concat(),
    );
}

#[test]
fn a_deletion_of_what_a_crash_lost_waits_for_its_author() {
    use Op::{Add, Delete, Down, Kill, Up, Wait};
    let before = [
        Wait(0),
        Add(2),
        Down(2, 2),
        Up(2, 2),
        Up(0, 0),
        Down(0, 3),
        Delete(0, 0),
        Kill,
        Add(0),
    ];
    replay(3, &before);
}

#[test]
fn a_note_added_deleted_and_undone_offline_survives_a_crash() {
    use Op::{Add, Delete, Disk, DiskFails, Down, Kill, Move, Reload, Undo, Up, Wait};
    let before = [
        Add(2),
        Reload(2),
        Delete(2, 0),
        Undo(2),
        Wait(0),
        Up(0, 0),
        Down(2, 2),
        DiskFails,
    ];
    let after = [Down(0, 3), Up(2, 2), Disk(0), Down(0, 1), Kill, Move(0, 0)];
    replay(3, &[before.as_slice(), after.as_slice()].concat());
}

#[test]
fn what_is_written_after_the_right_to_write_ended_is_kept_and_delivered_when_it_returns() {
    for (ended, returned) in [
        (
            Op::SetRole(0, Role::Observer),
            Op::SetRole(0, Role::Participant),
        ),
        (Op::SetAccess(Access::Frozen), Op::SetAccess(Access::Open)),
        (Op::SetAccess(Access::Archived), Op::SetAccess(Access::Open)),
    ] {
        let mut world = World::new(2);
        world.settle();
        // More under way than the refusals that close a socket.
        for _ in 0..5 {
            world.run(Op::Add(0));
        }
        world.run(ended);
        world.exchange();
        let status = world.peers[0].sync.status();
        assert_eq!(status, Status::Held(Held::NotWritable, 5), "{ended:?}");
        assert!(world.peers[1].document.view().is_empty());
        assert_eq!(load(&world.disk, 3).replica.content_mark(), {
            let mut seed = Replica::new(4);
            seed.merge(&world.disk[0].data).unwrap();
            seed.content_mark()
        });
        world.run(Op::Reload(0));
        world.exchange();
        let status = world.peers[0].sync.status();
        assert_eq!(status, Status::Held(Held::NotWritable, 5), "kept");
        world.run(returned);
        world.settle();
        assert_eq!(world.peers[1].document.view().len(), 5);
    }
}

#[test]
fn a_session_that_ends_with_work_under_way_brings_it_when_it_comes_back() {
    let mut world = World::new(2);
    world.settle();
    world.run(Op::Add(0));
    world.run(Op::Expel(0));
    let status = world.peers[0].sync.status();
    assert_eq!(status, Status::Closed(CloseCode::SessionEnded, 1));
    world.settle();
    assert_eq!(world.peers[1].document.view().len(), 1);
}

#[test]
fn others_are_brought_back_with_their_author_and_in_any_order() {
    use Op::{Add, Delete, Down, Kill, Undo, Up, Wait};
    // Peer 1 deletes what peer 0 made and takes that back; nothing of it is on the disk.
    let before = [Wait(2), Down(0, 3), Down(1, 3), Up(0, 3), Up(1, 3), Add(0)];
    let shared = [Up(0, 3), Op::Disk(3), Down(1, 3), Delete(1, 0), Undo(1)];
    for after in [[Kill, Up(1, 3)], [Kill, Up(0, 3)]] {
        replay(2, &[&before[..], &shared[..], &after[..]].concat());
    }
}

#[test]
fn what_was_brought_back_arrives_although_its_author_has_deleted_what_a_crash_lost() {
    use Op::{Add, Delete, Down, Kill, Reload, Undo, Up, Wait};
    // Peer 1 has got peer 0's note before it was on the disk.
    let before = [Wait(2), Down(0, 7), Add(0), Up(0, 7), Up(1, 7), Down(1, 7)];
    // Its author deletes it before bringing it again, in one sitting or after a reload.
    for by_author in [&[Undo(0)][..], &[Reload(0), Delete(0, 0)]] {
        let mut world = World::new(2);
        before.into_iter().for_each(|op| world.run(op));
        assert_eq!(world.peers[1].document.view().len(), 1);
        let after = [Kill, Delete(1, 0), Undo(1)];
        after.iter().chain(by_author).for_each(|op| world.run(*op));
        world.settle();
        assert_eq!(world.peers[0].document.view().len(), 1);
    }
}

#[test]
fn what_is_brought_back_before_its_author_is_known_again_waits_for_them() {
    use Op::{Add, Delete, Down, Kill, Reload, Type, Undo, Up, Wait};
    let before = [Wait(2), Down(0, 7), Add(0), Up(0, 7), Up(1, 7), Down(1, 7)];
    // Peer 1 brings the note deleted, and takes that back while it is connected.
    let alone = [Kill, Delete(1, 0), Reload(0), Wait(0), Down(1, 7), Undo(1)];
    // Its author's news come between what it brings back and the fence after that.
    let mixed = [
        Type(0, 0, 0),
        Kill,
        Delete(1, 0),
        Wait(0),
        Down(1, 7),
        Down(0, 7),
        Undo(1),
        Up(1, 4),
    ];
    for after in [&alone[..], &mixed] {
        replay(2, &[&before[..], after].concat());
    }
}

#[test]
fn who_waits_for_an_author_is_asked_again_once_the_author_is_there() {
    use Op::{Add, Delete, Disk, Down, Kill, Undo, Up, Wait};
    let before = [Wait(2), Down(0, 7), Add(0), Up(0, 7), Up(1, 7), Down(1, 7)];
    // Peer 1 brings the note deleted, and takes that back when nobody heals any more. Of
    // its author nothing comes but who they are: they have nothing new.
    let heal = [Kill, Delete(1, 0), Wait(9)];
    let talk = [Up(1, 7), Disk(7), Down(1, 7)];
    let minute = [&[Wait(4)][..], &talk].concat().repeat(20);
    let plan = [&before[..], &heal, &talk, &talk, &minute];
    let mut world = World::new(2);
    for op in plan.concat() {
        world.run(op);
    }
    world.run(Undo(1));
    talk.repeat(2).into_iter().for_each(|op| world.run(op));
    assert_eq!(world.peers[1].sync.status(), Status::Saving(1));
    world.exchange();
    assert_eq!(world.peers[1].sync.status(), Status::Saved);
    world.settle();
}

#[test]
fn who_writes_under_an_id_before_its_owner_is_back_does_not_sign_for_them() {
    let mut world = World::new(2);
    world.settle();
    // Peer 0 only looked on, so that the store does not know whose its client id is, and
    // the room has been closed in good order.
    let client = world.peers[0].document.replica().client_id();
    let loaded = Loaded {
        was_cut_short: false,
        ..load(&world.disk, 77)
    };
    let mut room = Room::new(loaded, world.now_ms);
    let [victim, mallory] = [900, 901];
    for (p, conn) in [victim, mallory].into_iter().enumerate() {
        let session = Session {
            participant: name(p),
            role: Role::Participant,
            id: session_id(p),
            user: PresenceUser::default(),
            speaks_plaza: true,
        };
        room.handle(Input::Join(conn, session), 0);
    }
    let mut is_taken = |conn: ConnId, message: &Message| {
        let out = room.handle(Input::Frame(conn, message.encode()), 0);
        out.iter()
            .any(|output| matches!(output, Output::Append { .. }))
    };
    let add = |copy: &mut Document, author: usize| {
        let kind = Kind::note(NoteColor::Sky);
        let note = NewObject::new("k".into(), Point::ZERO, kind, "n".into(), name(author));
        copy.apply(&Command::Add(vec![note]), Step::New);
    };
    // Under that id, something that is gone by the time it comes.
    let mut squatter = Document::new(client - 1);
    assert_eq!(squatter.replica().client_id(), client);
    squatter.merge(&world.disk[0].data).unwrap();
    add(&mut squatter, 1);
    squatter.apply(&Command::Delete(vec!["k".into()]), Step::New);
    let gone = squatter.replica().state();
    assert!(is_taken(mallory, &Message::SyncStep2(gone.clone())));
    let entry = AwarenessEntry {
        client,
        clock: 1,
        state: "{}".into(),
    };
    is_taken(victim, &Message::Awareness(vec![entry]));
    let mut forger = Document::new(31_337);
    forger.merge(&gone).unwrap();
    add(&mut forger, 0);
    let forged = forger.take_outbox().remove(0);
    assert!(!is_taken(mallory, &Message::Update(forged.clone())));
    assert!(!is_taken(mallory, &Message::SyncStep2(forged)));
}

#[test]
fn a_client_that_is_older_than_the_document_keeps_what_it_writes() {
    let mut world = World::new(2);
    world.settle();
    let newer = schema::VERSION + 1;
    let write = |replica: &mut Replica| replica.put_schema(newer);
    let out = world.room.write(write, world.now_ms);
    world.carry_out(out);
    world.exchange();
    let rows = world.disk.len();
    world.run(Op::Add(0));
    world.exchange();
    let status = world.peers[0].sync.status();
    assert_eq!(status, Status::Held(Held::Outdated, 1));
    world.run(Op::Reload(0));
    world.run(Op::Reload(1));
    world.run(Op::Add(1));
    world.exchange();
    for peer in &world.peers {
        assert_eq!(peer.sync.status(), Status::Held(Held::Outdated, 1));
        assert_eq!(peer.unstored.len(), 1, "kept on the device");
    }
    assert_eq!(world.disk.len(), rows, "nothing was sent");
}

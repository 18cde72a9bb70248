//! A workshop with a server of a few lines and a device that keeps rows.

use std::collections::BTreeMap;

use editor::{
    Action, Input,
    input::{Button, Mods, NO_PRESSURE, Pointer, PointerKind},
};
use shared::{
    authority::{self, Access},
    board::{
        Command, Document, NewObject, Replica, Step,
        workshop::{self, CanvasEntry, Facts, Listing, Person},
    },
    geometry::Point,
    object::{Kind, sticky_note::StickyNote},
    protocol::{Hello, Message, api::Me, control::Role},
    sync::{Status, client},
};

use super::fake::Fake;
use crate::{
    AppEvent, Dirty, Effect, Opening, Preference, Preferences, Shown, Workshop, effect::KeptRow,
};

pub(super) const WORKSHOP: &str = "w0rkshop";
/// How often the server is heard, milliseconds.
const HEARTBEAT_MS: u64 = 5_000;
pub(super) const ONE: &str = "one1";
pub(super) const TWO: &str = "two2";

/// One document on the server.
pub(super) struct Served {
    pub(super) document: Document,
    /// The socket that is open.
    pub(super) socket: Option<u32>,
    /// How often one was opened.
    pub(super) connections: usize,
}

/// Everything together.
pub(super) struct Rig {
    pub(super) workshop: Workshop,
    pub(super) fake: Fake,
    pub(super) served: BTreeMap<String, Served>,
    /// What the device keeps, by document and row.
    pub(super) device: BTreeMap<String, BTreeMap<u64, KeptRow>>,
    /// Effects that are no network and no device.
    pub(super) others: Vec<Effect>,
    pub(super) is_up: bool,
    pub(super) role: Role,
    /// The schema that the server says documents have.
    pub(super) schema: Option<u32>,
    pub(super) now_ms: u64,
}

pub(super) fn me(role: Role) -> Me {
    Me {
        id: "me".into(),
        name: "Mei Tanaka".into(),
        organisation: "Waste".into(),
        external: false,
        role,
        color: 2,
    }
}

fn entry(id: &str, title: &str) -> CanvasEntry {
    CanvasEntry {
        id: id.into(),
        kind: "blank".into(),
        title: title.into(),
        version: 1,
        ..CanvasEntry::default()
    }
}

fn served(state: &[u8], random: u64) -> Served {
    let mut document = Document::new(random);
    document.merge(state).unwrap();
    Served {
        document,
        socket: None,
        connections: 0,
    }
}

/// A note with a text.
pub(super) fn note(id: &str, at: (f64, f64), text: &str) -> Command {
    let kind = Kind::StickyNote(StickyNote::default());
    let author = "anna".into();
    let note = NewObject::new(id.into(), at.into(), kind, text.into(), author);
    Command::Add(vec![note])
}

impl Rig {
    /// A workshop with two canvases, begun and not yet connected.
    pub(super) fn new() -> Self {
        let canvases = [entry(ONE, "First"), entry(TWO, "Second")];
        let listing = Listing {
            facts: Facts {
                title: "Parking".into(),
                version: 1,
                links: 0,
            },
            canvases: canvases.into(),
            people: [("me", "Mei Tanaka"), ("anna", "Anna"), ("tomas", "Tomás")]
                .into_iter()
                .zip(0..)
                .map(|((id, name), number)| Person {
                    id: id.into(),
                    name: name.into(),
                    organisation: "Waste".into(),
                    role: Role::Participant.name().into(),
                    color: 2,
                    number,
                    ..Person::default()
                })
                .collect(),
            ..Listing::default()
        };
        let seeds = [
            (WORKSHOP, workshop::seed(71, &listing)),
            (ONE, Document::seed(72, "blank", "First")),
            (TWO, Document::seed(73, "blank", "Second")),
        ];
        let served = (80..)
            .zip(seeds)
            .map(|(random, (id, seed))| (id.to_owned(), served(&seed, random)))
            .collect();
        let mut fake = Fake::default();
        let workshop = Workshop::begin(opening(Role::Participant), &mut fake);
        Self {
            workshop,
            fake,
            served,
            device: BTreeMap::new(),
            others: Vec::new(),
            is_up: true,
            role: Role::Participant,
            schema: None,
            now_ms: 1_000,
        }
    }

    /// A workshop with the first canvas open and everything in step.
    pub(super) fn open() -> Self {
        let mut rig = Self::new();
        rig.size();
        rig.open_canvas(ONE);
        rig.run();
        assert_eq!(rig.workshop.status(), Status::Saved);
        rig
    }

    /// The page is closed and opened again on the same device.
    pub(super) fn reload(&mut self) {
        for served in self.served.values_mut() {
            served.socket = None;
        }
        self.fake = Fake::default();
        self.workshop = Workshop::begin(opening(self.role), &mut self.fake);
        self.size();
    }

    fn size(&mut self) {
        let _ = self.take(AppEvent::Input(Input::Resize((1_280.0, 800.0).into())));
    }

    pub(super) fn open_canvas(&mut self, canvas: &str) {
        let _ = self.take(AppEvent::OpenCanvas(canvas.to_owned()));
        self.pump();
    }

    /// Takes an event, without anybody who answers.
    pub(super) fn take(&mut self, event: AppEvent) -> Dirty {
        self.workshop.take(event, self.now_ms, &mut self.fake)
    }

    /// Takes an event, and lets server and device answer.
    pub(super) fn does(&mut self, event: AppEvent) -> Dirty {
        let dirty = self.take(event);
        self.pump();
        dirty
    }

    pub(super) fn acts(&mut self, action: Action) -> Dirty {
        self.does(AppEvent::Act(action))
    }

    pub(super) fn key(&mut self, key: &str) -> Dirty {
        self.does(AppEvent::Input(Input::Key {
            key: key.into(),
            code: String::new(),
            mods: Mods::default(),
            repeat: false,
        }))
    }

    /// Moves the pointer, in screen pixels.
    pub(super) fn points(&mut self, at: (f64, f64)) -> Dirty {
        self.does(AppEvent::Input(Input::Move(pointer(at))))
    }

    /// Types into the text box.
    pub(super) fn types(&mut self, text: &str) -> Dirty {
        self.fake.text.types(text);
        self.does(AppEvent::Typed)
    }

    /// Waits, tick by tick.
    pub(super) fn wait(&mut self, ms: u64) -> Dirty {
        let mut dirty = Dirty::NOTHING;
        for _ in 0..ms.div_ceil(250) {
            self.now_ms += 250;
            dirty |= self.does(AppEvent::Tick(self.now_ms));
            if self.now_ms.is_multiple_of(HEARTBEAT_MS) {
                self.beat();
            }
        }
        dirty
    }

    /// The server lets every open socket hear that it is there.
    fn beat(&mut self) {
        let open: Vec<String> = self
            .served
            .iter()
            .filter(|(_, served)| served.socket.is_some())
            .map(|(id, _)| id.clone())
            .collect();
        for id in open {
            if self.served[&id].socket.is_some() {
                let _ = self.server_says(&id, &Message::QueryAwareness);
            }
        }
    }

    /// Until everything has been answered: a few seconds.
    pub(super) fn run(&mut self) {
        self.pump();
        let _ = self.wait(3_000);
    }

    /// The server goes: every socket closes.
    pub(super) fn kill(&mut self) {
        self.is_up = false;
        let open: Vec<(String, u32)> = self
            .served
            .iter_mut()
            .filter_map(|(id, served)| Some((id.clone(), served.socket.take()?)))
            .collect();
        for (id, socket) in open {
            let _ = self.does(AppEvent::Sync(id, client::Event::Closed(socket, 1006)));
        }
    }

    /// The server comes back.
    pub(super) fn revive(&mut self) {
        self.is_up = true;
        let _ = self.does(AppEvent::Wake);
        self.run();
    }

    /// Somebody else writes on the server's copy.
    pub(super) fn others_do(&mut self, canvas: &str, command: &Command) -> Dirty {
        let served = self.served.get_mut(canvas).unwrap();
        let _ = served.document.apply(command, Step::New);
        let updates = served.document.take_outbox();
        let Some(socket) = served.socket else {
            return Dirty::NOTHING;
        };
        let mut dirty = Dirty::NOTHING;
        for update in updates {
            let bytes = Message::Update(update).encode();
            let event = client::Event::Message(socket, bytes);
            dirty |= self.does(AppEvent::Sync(canvas.to_owned(), event));
        }
        dirty
    }

    /// The server gives somebody another name.
    pub(super) fn rename(&mut self, person: &str, name: &str) {
        let mut replica = Replica::new(4_242);
        let served = self.served.get_mut(WORKSHOP).expect("the workshop");
        let state = served.document.replica().state();
        replica.merge(&state).expect("a document");
        let mut listing = Listing::default();
        let view = workshop::view(&replica);
        listing.facts = view.facts;
        listing.canvases = view.canvases;
        listing.people = view.people;
        let mut people = listing.people.iter_mut();
        let renamed = people.find(|listed| listed.id.as_str() == person);
        renamed.expect("somebody").name = name.into();
        workshop::put(&mut replica, &listing);
        for update in replica.take_outbox() {
            let served = self.served.get_mut(WORKSHOP).expect("the workshop");
            served.document.merge(&update).expect("an update");
            let _ = self.server_says(WORKSHOP, &Message::Update(update));
        }
    }

    /// The server says something on a document's socket.
    pub(super) fn server_says(&mut self, document: &str, message: &Message) -> Dirty {
        let socket = self.served[document].socket.expect("an open socket");
        let event = client::Event::Message(socket, message.encode());
        self.does(AppEvent::Sync(document.to_owned(), event))
    }

    /// Server and device answer until nothing is left to answer.
    pub(super) fn pump(&mut self) {
        while let Some(effect) = self.fake.effects.pop_front() {
            for event in self.answer(effect) {
                let _ = self.take(event);
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Vec<AppEvent> {
        match effect {
            Effect::Load { document } => {
                let rows = self.device.get(&document);
                let rows = rows.map(|rows| rows.values().cloned().collect());
                vec![AppEvent::Kept {
                    document,
                    rows: rows.unwrap_or_default(),
                    camera: None,
                }]
            }
            Effect::Keep { document, row } => {
                self.device
                    .entry(document)
                    .or_default()
                    .insert(row.row, row);
                Vec::new()
            }
            Effect::CountUnstored { documents } => {
                let unstored = |document: String| {
                    let rows = self.device.get(&document)?.values();
                    let n = rows.filter(|row| row.is_unstored).map(|row| row.weight);
                    Some((document, n.sum()))
                };
                let counts = documents.into_iter().filter_map(unstored);
                vec![AppEvent::Counted(counts.collect())]
            }
            Effect::Forget { document, rows } => {
                let kept = self.device.entry(document).or_default();
                kept.retain(|row, _| !rows.contains(row));
                Vec::new()
            }
            Effect::Connect { document, socket } => {
                let served = self.served.get_mut(&document).unwrap();
                served.connections += 1;
                if !self.is_up {
                    let event = client::Event::Closed(socket, 1006);
                    return vec![AppEvent::Sync(document, event)];
                }
                served.socket = Some(socket);
                let hello = Message::Hello(Hello {
                    participant: "me".into(),
                    role: self.role,
                    writable: authority::may_write(self.role, Access::Open),
                    schema: self.schema,
                });
                let step = Message::SyncStep1(served.document.replica().state_vector());
                vec![
                    AppEvent::Sync(document.clone(), client::Event::Opened(socket)),
                    said(&document, socket, &hello),
                    said(&document, socket, &step),
                ]
            }
            Effect::Send { document, bytes } => self.hear(&document, &bytes),
            Effect::Disconnect { document } | Effect::Close { document } => {
                self.served.get_mut(&document).unwrap().socket = None;
                Vec::new()
            }
            Effect::NextFrame => vec![AppEvent::Frame],
            other => {
                self.others.push(other);
                Vec::new()
            }
        }
    }

    /// The server hears a message.
    fn hear(&mut self, document: &str, bytes: &[u8]) -> Vec<AppEvent> {
        let served = self.served.get_mut(document).unwrap();
        let Some(socket) = served.socket else {
            return Vec::new();
        };
        match Message::decode(bytes).unwrap() {
            Message::SyncStep1(vector) => {
                let diff = served.document.replica().diff(&vector).unwrap();
                vec![said(document, socket, &Message::SyncStep2(diff))]
            }
            Message::SyncStep2(update) | Message::Update(update) => {
                served.document.merge(&update).unwrap();
                Vec::new()
            }
            fence @ Message::Fence(_) => vec![said(document, socket, &fence)],
            _ => Vec::new(),
        }
    }

    /// The server says of a document what one may do.
    pub(super) fn hello(&mut self, document: &str, role: Role, schema: Option<u32>) -> Dirty {
        let hello = Hello {
            participant: "me".into(),
            role,
            writable: authority::may_write(role, Access::Open),
            schema,
        };
        self.server_says(document, &Message::Hello(hello))
    }

    // --- What the page shows ---

    pub(super) fn shown(&mut self) -> Shown {
        self.workshop.shown(self.now_ms, &mut self.fake).unwrap()
    }

    /// The texts of the list in reading order, once it has been made anew.
    pub(super) fn listed(&mut self) -> Vec<String> {
        let _ = self.wait(500);
        let items = self.workshop.canvas().unwrap().listing().items();
        items.iter().map(|item| item.text.clone()).collect()
    }

    pub(super) fn message(&self) -> String {
        let message = self.workshop.tab().telling().message();
        message.map_or_else(String::new, |message| message.text.english())
    }

    /// The texts on the server's copy of a canvas, sorted.
    pub(super) fn stored(&self, canvas: &str) -> Vec<String> {
        let view = self.served[canvas].document.view();
        let mut texts: Vec<String> = view.iter().map(|object| object.text.clone()).collect();
        texts.sort();
        texts
    }
}

fn said(document: &str, socket: u32, message: &Message) -> AppEvent {
    let event = client::Event::Message(socket, message.encode());
    AppEvent::Sync(document.to_owned(), event)
}

fn opening(role: Role) -> Opening {
    Opening {
        workshop: WORKSHOP.into(),
        me: me(role),
        preferences: Preferences::read(|preference| preference.default_value(false)),
    }
}

pub(super) fn pointer(at: (f64, f64)) -> Pointer {
    Pointer {
        at: Point::from(at),
        id: 1,
        kind: PointerKind::Mouse,
        button: Button::Main,
        mods: Mods::default(),
        pressure: NO_PRESSURE,
        now_ms: 0,
    }
}

/// Turns a preference on.
pub(super) fn prefer(preference: Preference) -> AppEvent {
    AppEvent::Prefer(preference, true)
}

//! One document, its socket and what the device keeps of it.

use std::{collections::BTreeMap, rc::Rc};

use shared::{
    protocol::{AwarenessEntry, Message},
    sync::{
        ClientSync, SharedCopy, Status,
        client::{Effect, Event},
    },
};

use crate::platform::{
    browser,
    kept::{self, Kept, Key},
    socket::{Socket, SocketEvent},
};

/// A document that is kept in step with the server and with the device.
pub(crate) struct Link<C> {
    pub(crate) copy: C,
    document: String,
    sync: ClientSync,
    socket: Option<Socket>,
    kept: Kept,
    /// Kept rows that the server has as well.
    stored_rows: Vec<Key>,
    unstored_rows: BTreeMap<u64, (Key, Vec<u8>, u32)>,
    on_event: Rc<dyn Fn(Event)>,
    presence_clock: u64,
}

impl<C: SharedCopy> Link<C> {
    /// Opens what the device keeps, then begins to connect.
    pub(crate) async fn open(
        document: String,
        mut copy: C,
        on_event: Rc<dyn Fn(Event)>,
        on_failure: impl Fn() + 'static,
    ) -> Self {
        let (kept, rows) = Kept::open(&document, on_failure).await;
        let mut stored_rows = Vec::new();
        let mut unstored = Vec::new();
        let restored = !rows.is_empty();
        for row in rows {
            // A row that cannot be read is left where it is: the server has the rest.
            if copy.merge(&row.update).is_err() {
                continue;
            }
            if row.unstored {
                unstored.push(row);
            } else {
                stored_rows.push(row.key);
            }
        }
        let mut sync = ClientSync::new(browser::now_ms(), restored);
        let unstored_rows = unstored
            .into_iter()
            .map(|row| {
                (
                    sync.restore_unstored(row.weight),
                    (row.key, row.update, row.weight),
                )
            })
            .collect();
        Self {
            copy,
            document,
            sync,
            socket: None,
            kept,
            stored_rows,
            unstored_rows,
            on_event,
            presence_clock: 0,
        }
    }

    /// What the person is told.
    pub(crate) fn status(&self) -> Status {
        self.sync.status()
    }

    /// Whether the server's content has arrived.
    pub(crate) fn is_caught_up(&self) -> bool {
        self.sync.is_caught_up()
    }

    /// Takes an event; answers what is not its own to do.
    pub(crate) fn event(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.sync.handle(
            event,
            &mut self.copy,
            browser::now_ms(),
            browser::random_unit(),
        );
        self.carry_out(effects)
    }

    /// Takes what the copy has done itself.
    pub(crate) fn local(&mut self, updates: Vec<Vec<u8>>, mut weight: u32) {
        let mut effects = Vec::new();
        for update in updates {
            let key = self.kept.put(&update, true, weight);
            let number = self.sync.local(update.clone(), weight, &mut effects);
            self.unstored_rows.insert(number, (key, update, weight));
            weight = 0;
        }
        self.carry_out(effects);
    }

    /// Sends presence, if connected.
    pub(crate) fn send_presence(&mut self, client: u64, state: String) {
        if self.sync.is_open()
            && let Some(socket) = &self.socket
        {
            self.presence_clock += 1;
            let entry = AwarenessEntry {
                client,
                clock: self.presence_clock,
                state,
            };
            socket.send(&Message::Awareness(vec![entry]).encode());
        }
    }

    /// Whether presence can be sent.
    pub(crate) fn is_open(&self) -> bool {
        self.sync.is_open()
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut others = Vec::new();
        for effect in effects {
            match effect {
                Effect::Connect(number) => self.connect(number),
                Effect::Disconnect => self.socket = None,
                Effect::Send(bytes) => {
                    if let Some(socket) = &self.socket {
                        socket.send(&bytes);
                    }
                }
                Effect::Merged(update, change) => {
                    self.stored_rows.push(self.kept.put(&update, false, 0));
                    self.merge_rows();
                    others.push(Effect::Merged(update, change));
                }
                Effect::Stored(upto) => self.stored(upto),
                other => others.push(other),
            }
        }
        others
    }

    fn connect(&mut self, number: u32) {
        let on_event = Rc::clone(&self.on_event);
        self.socket = Socket::open(&self.document, move |event| {
            on_event(match event {
                SocketEvent::Opened => Event::Opened(number),
                SocketEvent::Message(bytes) => Event::Message(number, bytes),
                SocketEvent::Closed(code) => Event::Closed(number, code),
            });
        });
    }

    fn stored(&mut self, upto: u64) {
        let rest = self.unstored_rows.split_off(&(upto + 1));
        for (key, update, weight) in std::mem::replace(&mut self.unstored_rows, rest).into_values()
        {
            self.kept.put_at(key.clone(), &update, false, weight);
            self.stored_rows.push(key);
        }
    }

    /// Many rows become one that contains them all.
    fn merge_rows(&mut self) {
        if self.stored_rows.len() < kept::MERGE_AT {
            return;
        }
        // An empty state vector: everything.
        if let Ok(state) = self.copy.diff(&[0]) {
            let merged = self.kept.put(&state, false, 0);
            self.kept
                .remove(std::mem::replace(&mut self.stored_rows, vec![merged]));
        }
    }
}

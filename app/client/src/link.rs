//! One document, its socket and what the device keeps of it.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    board::schema,
    id::ObjectId,
    protocol::{AwarenessEntry, Message},
    sort,
    sync::{
        ClientSync, SharedCopy, Status,
        client::{self, Event, Held},
    },
};

use crate::{Effect, Platform, effect::KeptRow};

/// So many rows of a document are merged into one.
const MERGE_AT: usize = 500;

/// A local update that no fence has vouched for.
struct Unvouched {
    /// Its row on the device.
    row: KeptRow,
    /// The objects that it changed.
    objects: BTreeSet<ObjectId>,
}

/// A document that is kept in step with the server and with the device.
pub(crate) struct Link<C> {
    /// The copy of the document.
    copy: C,
    /// The document's id.
    document: String,
    /// What is known of the server.
    sync: ClientSync,
    /// Kept rows that the server has as well.
    stored_rows: Vec<u64>,
    /// Kept rows that no fence has vouched for, by the number of the local update.
    unstored_rows: BTreeMap<u64, Unvouched>,
    /// The number of the next kept row.
    next_row: u64,
    /// Grows with every presence that is sent.
    presence_clock: u64,
}

impl<C: SharedCopy> Link<C> {
    /// A link on an empty copy and what the device keeps of it. The first tick connects.
    pub(crate) fn open(document: String, mut copy: C, rows: Vec<KeptRow>, now_ms: u64) -> Self {
        let mut sync = ClientSync::new(now_ms, !rows.is_empty());
        let next_row = rows.iter().map(|row| row.row + 1).max().unwrap_or(0);
        let mut stored_rows = Vec::new();
        let mut unstored_rows = BTreeMap::new();
        for row in rows {
            // A row that cannot be read is left where it is: the server has the rest.
            let Ok(change) = copy.merge(&row.update) else {
                continue;
            };
            if row.is_unstored {
                let number = sync.restore_unstored(&row.update, row.weight);
                let objects = change.objects;
                unstored_rows.insert(number, Unvouched { row, objects });
            } else {
                stored_rows.push(row.row);
            }
        }
        Self {
            copy,
            document,
            sync,
            stored_rows,
            unstored_rows,
            next_row,
            presence_clock: 0,
        }
    }

    /// The document's id.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// The copy of the document.
    pub(crate) fn copy(&self) -> &C {
        &self.copy
    }

    /// The copy, to be changed: what it does itself is to be passed to [`Self::local`].
    pub(crate) fn copy_mut(&mut self) -> &mut C {
        &mut self.copy
    }

    /// What the person is told.
    pub(crate) fn status(&self) -> Status {
        self.sync.status()
    }

    /// Whether the server's content has arrived.
    pub(crate) fn is_caught_up(&self) -> bool {
        self.sync.is_caught_up()
    }

    /// Whether the document is newer than this client, which then does not write it.
    pub(crate) fn is_outdated(&self) -> bool {
        let is_newer = |version| version > schema::VERSION;
        matches!(self.status(), Status::Held(Held::Outdated, _))
            || self.copy.schema().is_some_and(is_newer)
    }

    /// Whether presence can be sent.
    pub(crate) fn is_open(&self) -> bool {
        self.sync.is_open()
    }

    /// Takes an event. Returns what is not its own to do.
    pub(crate) fn event(
        &mut self,
        event: Event,
        now_ms: u64,
        platform: &mut dyn Platform,
    ) -> Vec<client::Effect> {
        let random = platform.random_unit();
        let effects = self.sync.handle(event, &mut self.copy, now_ms, random);
        self.carry_out(effects, platform)
    }

    /// The objects in which something is not stored.
    pub(crate) fn unstored_objects(&self) -> BTreeSet<&ObjectId> {
        let unstored = self.unstored_rows.values();
        sort::set(unstored.flat_map(|update| &update.objects))
    }

    /// Takes what the copy has done itself to objects. `weight`: how many changes of the
    /// person it is.
    pub(crate) fn local(
        &mut self,
        updates: Vec<Vec<u8>>,
        mut weight: u32,
        objects: &BTreeSet<ObjectId>,
        platform: &mut dyn Platform,
    ) {
        let mut effects = Vec::new();
        for update in updates {
            let number = self.sync.local(update.clone(), weight, &mut effects);
            let row = self.keep(update, Some(weight), platform);
            let objects = objects.clone();
            self.unstored_rows
                .insert(number, Unvouched { row, objects });
            weight = 0;
        }
        // Nothing but messages can come of it.
        drop(self.carry_out(effects, platform));
    }

    /// Sends presence, if connected.
    pub(crate) fn send_presence(
        &mut self,
        client: u64,
        state: String,
        platform: &mut dyn Platform,
    ) {
        if self.sync.is_open() {
            self.presence_clock += 1;
            let entry = AwarenessEntry {
                client,
                clock: self.presence_clock,
                state,
            };
            self.send(Message::Awareness(vec![entry]).encode(), platform);
        }
    }

    /// Closes it: the socket goes, what the device keeps stays.
    pub(crate) fn close(&self, platform: &mut dyn Platform) {
        platform.carry_out(Effect::Close {
            document: self.document.clone(),
        });
    }

    fn send(&self, bytes: Vec<u8>, platform: &mut dyn Platform) {
        let document = self.document.clone();
        platform.carry_out(Effect::Send { document, bytes });
    }

    fn carry_out(
        &mut self,
        effects: Vec<client::Effect>,
        platform: &mut dyn Platform,
    ) -> Vec<client::Effect> {
        let mut others = Vec::new();
        for effect in effects {
            match effect {
                client::Effect::Connect(socket) => {
                    let document = self.document.clone();
                    platform.carry_out(Effect::Connect { document, socket });
                }
                client::Effect::Disconnect => {
                    let document = self.document.clone();
                    platform.carry_out(Effect::Disconnect { document });
                }
                client::Effect::Send(bytes) => self.send(bytes, platform),
                client::Effect::Merged(update, change) => {
                    let row = self.keep(update.clone(), None, platform);
                    self.stored_rows.push(row.row);
                    self.merge_rows(platform);
                    others.push(client::Effect::Merged(update, change));
                }
                client::Effect::Stored(upto) => self.stored(upto, platform),
                other => others.push(other),
            }
        }
        others
    }

    /// Keeps an update: unstored with a weight, or stored.
    fn keep(
        &mut self,
        update: Vec<u8>,
        weight: Option<u32>,
        platform: &mut dyn Platform,
    ) -> KeptRow {
        let row = KeptRow {
            row: self.next_row,
            update,
            is_unstored: weight.is_some(),
            weight: weight.unwrap_or_default(),
        };
        self.next_row += 1;
        platform.carry_out(Effect::Keep {
            document: self.document.clone(),
            row: row.clone(),
        });
        row
    }

    fn stored(&mut self, upto: u64, platform: &mut dyn Platform) {
        let rest = self.unstored_rows.split_off(&(upto + 1));
        let stored = std::mem::replace(&mut self.unstored_rows, rest);
        for Unvouched { mut row, .. } in stored.into_values() {
            row.is_unstored = false;
            self.stored_rows.push(row.row);
            platform.carry_out(Effect::Keep {
                document: self.document.clone(),
                row,
            });
        }
    }

    /// Many rows become one that contains them all.
    fn merge_rows(&mut self, platform: &mut dyn Platform) {
        if self.stored_rows.len() < MERGE_AT {
            return;
        }
        // An empty state vector: everything.
        if let Ok(state) = self.copy.diff(&[0]) {
            let merged = self.keep(state, None, platform);
            let rows = std::mem::replace(&mut self.stored_rows, vec![merged.row]);
            platform.carry_out(Effect::Forget {
                document: self.document.clone(),
                rows,
            });
        }
    }
}

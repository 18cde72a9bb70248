//! The rooms that are open in this process: a document has at most one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use shared::id::DocumentId;
use tokio::sync::mpsc;

use super::mail::{Mail, Mailbox};

/// The open rooms. A cheap handle.
#[derive(Clone, Default)]
pub(super) struct OpenRooms {
    /// Guards opening and retiring: a room is in the map for as long as its mailbox is open.
    rooms: Arc<Mutex<HashMap<DocumentId, Mailbox>>>,
}

impl OpenRooms {
    /// A document's room; where it has none, the one that `start` makes.
    pub(super) fn open(&self, document: &DocumentId, start: impl FnOnce() -> Mailbox) -> Mailbox {
        let mut rooms = self.lock();
        if let Some(room) = rooms.get(document).filter(|room| !room.is_closed()) {
            return room.clone();
        }
        let room = start();
        rooms.insert(document.clone(), room.clone());
        room
    }

    /// Takes a room out that nobody has mail for. Returns whether it may end.
    pub(super) fn retire(&self, document: &DocumentId, mailbox: &mpsc::Receiver<Mail>) -> bool {
        let mut rooms = self.lock();
        let empty = mailbox.is_empty();
        if empty {
            rooms.remove(document);
        }
        empty
    }

    /// Takes a room out that has ended.
    pub(super) fn forget(&self, document: &DocumentId) {
        let mut rooms = self.lock();
        if rooms.get(document).is_some_and(mpsc::Sender::is_closed) {
            rooms.remove(document);
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.lock().len()
    }

    /// A document's room, where it is open.
    pub(super) fn get(&self, document: &DocumentId) -> Option<Mailbox> {
        self.lock().get(document).cloned()
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<Mailbox> {
        self.lock().values().cloned().collect()
    }

    /// Takes all of them out.
    pub(super) fn take_all(&self) -> Vec<Mailbox> {
        self.lock().drain().map(|(_, room)| room).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DocumentId, Mailbox>> {
        // A panic while the map was held cannot leave it half changed.
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

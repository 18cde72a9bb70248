//! Whose client ids are whose, and who made what first.

use super::{block::Scan, rules::Gate, scan::scan};
use crate::id::{ObjectId, ParticipantId};

impl Gate {
    /// Takes over from the store who made something first.
    pub fn restore_author(&mut self, object: ObjectId, author: ParticipantId) {
        self.authors.restore(object, author);
    }

    /// Takes over from the store (or from a handshake) that a client id
    /// belongs to a participant. The first owner stays.
    pub fn restore_owner(&mut self, client: u64, owner: ParticipantId) {
        self.owners.entry(client).or_insert(owner);
    }

    /// Keeps a client id for somebody who may not write at present: nobody else brings
    /// anything under it, until somebody who may write announces it.
    pub fn reserve(&mut self, client: u64, whom: ParticipantId) {
        self.reserved.insert(client, whom);
    }

    /// Keeps a client id for somebody no longer.
    pub fn release(&mut self, client: u64, whom: &ParticipantId) {
        if self.reserved_for(client) == Some(whom) {
            self.reserved.remove(&client);
        }
    }

    /// For whom a client id that nobody owns is kept.
    pub fn reserved_for(&self, client: u64) -> Option<&ParticipantId> {
        self.reserved.get(&client)
    }

    /// Whom a client id belongs to.
    pub fn owner(&self, client: u64) -> Option<&ParticipantId> {
        self.owners.get(&client)
    }

    /// The client ids of an update that nobody owns; none of what cannot be read.
    pub fn strangers(&self, update: &[u8]) -> Vec<u64> {
        let clients = |scan: Scan<'_>| scan.sections.into_iter().map(|section| section.client);
        let clients = scan(update, &self.limits).into_iter().flat_map(clients);
        clients
            .filter(|client| self.owner(*client).is_none())
            .collect()
    }

    /// Whether an update tells all that a client ever wrote.
    pub fn tells_all(&self, update: &[u8], client: u64) -> bool {
        scan(update, &self.limits).is_ok_and(|scan| {
            let mut sections = scan.sections.iter();
            sections.any(|section| section.client == client && section.start == 0)
        })
    }
}

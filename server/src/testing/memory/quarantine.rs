//! What was set aside, with the limits of what people sent.

use shared::{
    id::{DocumentId, ParticipantId},
    protocol::limits,
};

/// Bytes that were set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// What it was: `update 17`, `snapshot 12`, `bytes`.
    pub what: String,
    /// Why it could not be used.
    pub why: String,
    /// The bytes as found; a snapshot's are packed.
    pub data: Vec<u8>,
}

/// A row of what was set aside.
struct SetAside {
    document: DocumentId,
    /// Its log place; 0: none.
    seq: i64,
    /// Who sent it.
    by: Option<ParticipantId>,
    quarantined: Quarantined,
}

impl SetAside {
    fn bytes(&self) -> u64 {
        self.quarantined.data.len() as u64
    }
}

/// All that was set aside, in order.
#[derive(Default)]
pub(super) struct Aside(Vec<SetAside>);

impl Aside {
    /// Sets a damaged row aside that was at a log place.
    pub(super) fn push(&mut self, document: &DocumentId, seq: i64, quarantined: Quarantined) {
        self.0.push(SetAside {
            document: document.clone(),
            seq,
            by: None,
            quarantined,
        });
    }

    /// What there is of a document.
    pub(super) fn of(&self, document: &DocumentId) -> Vec<Quarantined> {
        let rows = self.0.iter().filter(|row| row.document == *document);
        rows.map(|row| row.quarantined.clone()).collect()
    }

    /// The greatest log place of a document's rows.
    pub(super) fn last_seq(&self, document: &DocumentId) -> i64 {
        let rows = self.0.iter().filter(|row| row.document == *document);
        rows.map(|row| row.seq).max().unwrap_or(0)
    }

    /// Sets aside what could not be used, unless its sender has as much there as is kept. Returns whether it is kept.
    pub(super) fn keep(
        &mut self,
        document: &DocumentId,
        by: Option<&ParticipantId>,
        quarantined: Quarantined,
    ) -> bool {
        let new = SetAside {
            document: document.clone(),
            seq: 0,
            by: by.cloned(),
            quarantined,
        };
        if let Some(by) = by {
            let theirs = self.0.iter();
            let theirs = theirs.filter(|row| row.by.as_ref() == Some(by));
            let bytes: u64 = theirs.clone().map(SetAside::bytes).sum();
            if theirs.count() as u64 >= limits::PERSON_QUARANTINE_ROWS_MAX
                || bytes + new.bytes() > limits::PERSON_QUARANTINE_BYTES_MAX
            {
                return false;
            }
        }
        self.0.push(new);
        self.delete_oldest(
            |row| row.document == *document,
            limits::DOCUMENT_QUARANTINE_ROWS_MAX,
            limits::DOCUMENT_QUARANTINE_BYTES_MAX,
        );
        self.delete_oldest(
            |_| true,
            limits::SERVER_QUARANTINE_ROWS_MAX,
            limits::SERVER_QUARANTINE_BYTES_MAX,
        );
        true
    }

    /// Deletes the oldest of what people sent, so that so many rows and bytes stay.
    fn delete_oldest(&mut self, of: impl Fn(&SetAside) -> bool, rows_max: u64, bytes_max: u64) {
        let (mut rows, mut bytes) = (0, 0);
        let mut kept: Vec<SetAside> = std::mem::take(&mut self.0);
        kept.reverse();
        kept.retain(|row| {
            if row.by.is_none() || !of(row) {
                return true;
            }
            rows += 1;
            bytes += row.bytes();
            rows <= rows_max && bytes <= bytes_max
        });
        kept.reverse();
        self.0 = kept;
    }
}

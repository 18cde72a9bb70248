//! Tells the rows of a document that hold from those that do not. Pure; used by both stores.

use shared::id::{DocumentId, ParticipantId};

use super::{
    super::{
        error::StoreError,
        rows::{Damage, Stored},
    },
    seal::{SealedSnapshot, SealedUpdate, check_update, open_snapshot},
};

/// A document's rows as found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Newest first.
    pub(crate) snapshots: Vec<SealedSnapshot>,
    /// In order.
    pub(crate) updates: Vec<SealedUpdate>,
    /// Which participant owns which Yrs client id.
    pub(crate) owners: Vec<(u64, ParticipantId)>,
    /// The greatest place among the rows set aside earlier.
    pub(crate) quarantined_seq: i64,
}

/// Which table a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Update,
    Snapshot,
}

/// A row to be set aside.
#[derive(Debug)]
pub(crate) struct Bad {
    pub(crate) table: Table,
    pub(crate) seq: i64,
    pub(crate) why: String,
    pub(crate) data: Vec<u8>,
}

impl Bad {
    /// `update 17`, `snapshot 12`.
    pub(crate) fn what(&self) -> String {
        match self.table {
            Table::Update => format!("update {}", self.seq),
            Table::Snapshot => format!("snapshot {}", self.seq),
        }
    }
}

/// Sorts the rows. What is bad is in [`Stored::damage`] in words, and in the second part as bytes.
pub(crate) fn sift(document: &DocumentId, found: Found) -> (Stored, Vec<Bad>) {
    let mut stored = Stored {
        owners: found.owners,
        ..Stored::default()
    };
    let mut bad = Vec::new();
    let mut last_seq = found.quarantined_seq;
    for sealed in found.snapshots {
        last_seq = last_seq.max(sealed.upto_seq);
        match open_snapshot(document, &sealed) {
            Ok(snapshot) => stored.snapshots.push(snapshot),
            Err(why) => bad.push(Bad {
                table: Table::Snapshot,
                seq: sealed.upto_seq,
                why,
                data: sealed.data,
            }),
        }
    }
    for sealed in found.updates {
        last_seq = last_seq.max(sealed.seq);
        match check_update(document, &sealed) {
            Ok(seq) => stored.updates.push((seq, sealed.data)),
            Err(why) => bad.push(Bad {
                table: Table::Update,
                seq: sealed.seq,
                why,
                data: sealed.data,
            }),
        }
    }
    stored.last_seq = u64::try_from(last_seq).unwrap_or(0);
    stored.damage = bad
        .iter()
        .map(|row| Damage {
            what: row.what(),
            why: row.why.clone(),
        })
        .collect();
    (stored, bad)
}

/// Refuses to hand out a document of which nothing is left: taken for an empty one, it would be written over.
pub(crate) fn not_empty(document: &DocumentId, stored: Stored) -> Result<Stored, StoreError> {
    if stored.snapshots.is_empty() && stored.updates.is_empty() {
        return Err(StoreError::Damaged(format!(
            "nothing usable is left of document {document}"
        )));
    }
    Ok(stored)
}

/// What a store returns when asked to load a document it does not have.
pub(crate) fn unknown(document: &DocumentId) -> StoreError {
    StoreError::Refused(format!("there is no document {document}"))
}

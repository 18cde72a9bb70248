//! Tells the rows of a document that hold from those that do not. Pure; used by both stores.

use super::seal::{SealedSnapshot, SealedUpdate, check_update, open_snapshot};
use super::{Damage, StoreError, Stored};

/// A document's rows as found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Newest first.
    pub(super) snapshots: Vec<SealedSnapshot>,
    /// In order.
    pub(super) updates: Vec<SealedUpdate>,
    pub(super) owners: Vec<(u64, String)>,
    /// The greatest place among the rows set aside earlier.
    pub(super) quarantined_seq: i64,
}

/// Which table a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Update,
    Snapshot,
}

/// A row to be set aside.
#[derive(Debug)]
pub(super) struct Bad {
    pub(super) table: Table,
    pub(super) seq: i64,
    pub(super) why: String,
    pub(super) data: Vec<u8>,
}

impl Bad {
    /// `update 17`, `snapshot 12`.
    pub(super) fn what(&self) -> String {
        match self.table {
            Table::Update => format!("update {}", self.seq),
            Table::Snapshot => format!("snapshot {}", self.seq),
        }
    }
}

/// Sorts the rows. What is bad is in [`Stored::damage`] in words, and in the second part as bytes.
pub(super) fn sift(document: &str, found: Found) -> (Stored, Vec<Bad>) {
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
pub(super) fn not_empty(document: &str, stored: Stored) -> Result<Stored, StoreError> {
    if stored.snapshots.is_empty() && stored.updates.is_empty() {
        return Err(StoreError::Damaged(format!(
            "nothing usable is left of document {document}"
        )));
    }
    Ok(stored)
}

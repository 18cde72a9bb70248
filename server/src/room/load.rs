//! Recovery: from what is stored to a document.
//!
//! The newest snapshot that decodes, else the one before; then the log in
//! order; what cannot be used is set aside and reported; what is then still
//! missing is taken from clients. An error never yields an empty document.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use shared::{
    authority,
    board::{DocumentKind, Replica},
    gate::Gate,
    id::DocumentId,
    sync::room::Loaded,
};

use crate::{
    clock,
    storage::{DocumentRow, SharedStore, Stored},
};

/// The log place of the update with which a document was created.
const SEED_SEQ: u64 = 1;

/// Why a document could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] crate::storage::StoreError),
    /// Nothing usable is left.
    #[error("nothing of the document can be read")]
    NothingLeft,
    /// The document is of a kind that this version does not know.
    #[error("a document of the unknown kind {0}")]
    UnknownKind(String),
}

/// Loads a document, with its row. Call on a thread with a big stack: the library recurses.
///
/// # Errors
/// [`LoadError`]; nothing has been changed then.
pub async fn load(
    store: &SharedStore,
    document: &DocumentId,
) -> Result<(DocumentRow, Loaded), LoadError> {
    let row = store
        .document(document)
        .await?
        .ok_or(LoadError::NothingLeft)?;
    // Who may write it cannot be said: it stays closed.
    let kind = DocumentKind::of(&row.kind).ok_or(LoadError::UnknownKind(row.kind.clone()))?;
    let stored = store.load(document).await?;
    for damage in &stored.damage {
        tracing::error!(
            %document,
            what = damage.what,
            why = damage.why,
            "stored data was damaged and set aside"
        );
    }
    if stored.snapshots.is_empty() && stored.updates.is_empty() {
        return Err(LoadError::NothingLeft);
    }
    let mut bad = BTreeSet::new();
    let mut lost = !stored.damage.is_empty();
    let replica = loop {
        match build(&stored, &bad) {
            Ok(replica) => break replica,
            Err(part) => {
                lost = true;
                set_aside(store, document, &stored, part).await;
                bad.insert(part);
            }
        }
        if bad.len() >= stored.snapshots.len() + stored.updates.len() {
            return Err(LoadError::NothingLeft);
        }
    };
    let replica = if replica.is_behind() {
        from_everything(&stored, &bad).unwrap_or(replica)
    } else {
        replica
    };
    let degraded = lost || replica.is_behind();
    if degraded {
        tracing::warn!(
            %document,
            "something of the document is missing; clients that have it will bring it back"
        );
    }
    let mut gate = authority::gate(kind);
    for (object, author) in store.authors(&row.workshop).await? {
        gate.restore_author(object, author);
    }
    teach(&mut gate, &stored, &bad, &replica);
    let loaded = Loaded {
        replica,
        gate,
        last_seq: stored.last_seq,
        degraded,
        // A stop in good order ends with a snapshot of everything.
        was_cut_short: stored.last_seq > SEED_SEQ
            && stored
                .snapshots
                .first()
                .is_none_or(|snapshot| snapshot.upto_seq < stored.last_seq),
    };
    Ok((row, loaded))
}

/// A part of what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Snapshot(u64),
    Update(u64),
}

/// Newest good snapshot, then the log behind it.
fn build(stored: &Stored, bad: &BTreeSet<Part>) -> Result<Replica, Part> {
    let mut replica = Replica::new(clock::random_u64());
    let mut from = 0;
    if let Some(snapshot) = stored
        .snapshots
        .iter()
        .find(|snapshot| !bad.contains(&Part::Snapshot(snapshot.upto_seq)))
    {
        merge(&mut replica, &snapshot.data).ok_or(Part::Snapshot(snapshot.upto_seq))?;
        from = snapshot.upto_seq;
    }
    for (seq, data) in &stored.updates {
        if *seq > from && !bad.contains(&Part::Update(*seq)) {
            merge(&mut replica, data).ok_or(Part::Update(*seq))?;
        }
    }
    Ok(replica)
}

/// Every snapshot and every row there is: cures what the short way leaves pending.
fn from_everything(stored: &Stored, bad: &BTreeSet<Part>) -> Option<Replica> {
    let mut replica = Replica::new(clock::random_u64());
    for snapshot in stored.snapshots.iter().rev() {
        if !bad.contains(&Part::Snapshot(snapshot.upto_seq)) {
            merge(&mut replica, &snapshot.data)?;
        }
    }
    for (seq, data) in &stored.updates {
        if !bad.contains(&Part::Update(*seq)) {
            merge(&mut replica, data)?;
        }
    }
    Some(replica)
}

fn merge(replica: &mut Replica, data: &[u8]) -> Option<()> {
    catch_unwind(AssertUnwindSafe(|| replica.merge(data)))
        .ok()?
        .ok()
}

async fn set_aside(store: &SharedStore, document: &DocumentId, stored: &Stored, part: Part) {
    let data = match part {
        Part::Snapshot(upto) => stored
            .snapshots
            .iter()
            .find(|s| s.upto_seq == upto)
            .map(|s| &s.data),
        Part::Update(seq) => stored
            .updates
            .iter()
            .find(|(s, _)| *s == seq)
            .map(|(_, data)| data),
    };
    tracing::error!(
        %document,
        ?part,
        "a stored part cannot be merged and is set aside"
    );
    if let Some(data) = data
        && let Err(error) = store
            .quarantine(document, &format!("{part:?} cannot be merged"), data)
            .await
    {
        tracing::warn!(%document, %error, "the part could not be copied to quarantine");
    }
}

/// The gate learns whose ids are whose, and what is known. What it cannot read
/// it learns from the document as a whole.
fn teach(gate: &mut Gate, stored: &Stored, bad: &BTreeSet<Part>, replica: &Replica) {
    for (client, owner) in &stored.owners {
        gate.restore_owner(*client, owner.clone());
    }
    if gate.restore_update(&replica.state()).is_err() {
        tracing::error!("the gate could not read a document");
    }
    if replica.is_behind() {
        for (seq, data) in &stored.updates {
            if !bad.contains(&Part::Update(*seq)) {
                let _ = gate.restore_update(data);
            }
        }
    }
}

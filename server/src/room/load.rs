//! Recovery: from what is stored to a document.
//!
//! The newest snapshot that decodes, else the one before; then the log in
//! order; what cannot be used is set aside and reported; what is then still
//! missing is taken from clients. An error never yields an empty document.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};

use shared::{
    authority,
    board::{DocumentKind, Replica},
    gate::Gate,
    id::DocumentId,
    protocol::CloseCode,
    sync::room::Loaded,
};

use super::{
    faults::Part,
    host::Host,
    pool::{Lost, Pace},
};
#[cfg(feature = "testing")]
use crate::testing::Prey;
use crate::{
    clock,
    storage::{DocumentRow, SharedStore, Stored},
};

/// Why a document could not be loaded.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoadError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] crate::storage::StoreError),
    /// Nothing usable is left.
    #[error("nothing of the document can be read")]
    NothingLeft,
    /// The document is of a kind that this version does not know.
    #[error("a document of the unknown kind {0}")]
    UnknownKind(String),
    /// A call into it was lost.
    #[error("a call into the document was lost: {0}")]
    Lost(#[from] Lost),
    /// It has cost too many threads, and stays closed for now.
    #[error("the document rests: too many calls into it were lost")]
    Rests,
}

impl LoadError {
    /// Says why a document could not be loaded. Returns with which code people are sent away.
    pub(super) fn told(&self, document: &DocumentId) -> CloseCode {
        match self {
            // Said once where it began, not for everybody who comes meanwhile.
            Self::Lost(Lost::NoThread(_)) => CloseCode::TryLater,
            Self::Rests => CloseCode::Unavailable,
            _ => {
                tracing::error!(%document, error = %self, "a document could not be loaded; it stays closed");
                CloseCode::Unavailable
            }
        }
    }
}

/// A document as it was found, with its row.
pub(super) struct Found {
    /// What the directory says of it.
    pub(super) row: DocumentRow,
    /// The document itself.
    pub(super) loaded: Loaded,
    /// A part of it is left out that must not be tried again: a snapshot without it should be taken soon.
    pub(super) leaves_out: bool,
}

/// Loads a document. Where something in it could not be read before, each part is proved by reading everything up
/// to it.
///
/// # Errors
/// [`LoadError`]; nothing has been changed then.
pub(super) async fn load(host: &Host, document: &DocumentId) -> Result<Found, LoadError> {
    if host.faults.rests(document, clock::now_ms()) {
        return Err(LoadError::Rests);
    }
    let store = &host.store;
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
    let stored = Arc::new(stored);
    let mut bad = host.faults.parts(document);
    bad.retain(|part| data_of(&stored, *part).is_some());
    let mut leaves_out = !bad.is_empty();
    let mut lost = !stored.damage.is_empty() || leaves_out;
    let is_suspect = host.faults.is_suspect(document);
    let way = if is_suspect { Way::Proved } else { Way::Short };
    let (mut replica, mut is_behind) = loop {
        if bad.len() >= stored.snapshots.len() + stored.updates.len() {
            return Err(LoadError::NothingLeft);
        }
        match on_thread(host, document, &stored, &bad, way).await? {
            Built::Whole(replica, is_behind) => break (replica, is_behind),
            Built::Stuck(part, how) => {
                lost = true;
                set_aside(store, document, &stored, part).await;
                bad.insert(part);
                if is_suspect || how == Lost::Hung {
                    // Merging it alone does not show again what is wrong with it, or costs a thread each time.
                    host.faults.set_aside(document, part, clock::now_ms());
                    leaves_out = true;
                }
                if host.faults.rests(document, clock::now_ms()) {
                    return Err(LoadError::Rests);
                }
            }
        }
    };
    if is_suspect {
        host.faults.suspect(document, false, clock::now_ms());
    }
    if is_behind {
        match on_thread(host, document, &stored, &bad, Way::Everything).await? {
            Built::Whole(whole, is_whole_behind) => (replica, is_behind) = (whole, is_whole_behind),
            Built::Stuck(part, Lost::Hung) => {
                set_aside(store, document, &stored, part).await;
                host.faults.set_aside(document, part, clock::now_ms());
            }
            Built::Stuck(..) => {}
        }
    }
    if lost || is_behind {
        tracing::warn!(
            %document,
            "something of the document is missing; clients that have it will bring it back"
        );
    }
    let mut gate = authority::gate(kind);
    for (object, author) in store.authors(&row.workshop).await? {
        gate.restore_author(object, author);
    }
    let (gate, replica) = taught(host, document, (gate, replica), &stored, &bad).await?;
    let loaded = Loaded {
        replica,
        gate,
        last_seq: stored.last_seq,
    };
    Ok(Found {
        row,
        loaded,
        leaves_out,
    })
}

/// From which stored parts a document is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The newest good snapshot, then the log behind it.
    Short,
    /// The same, and after each part everything is read as a snapshot reads it.
    Proved,
    /// Every snapshot and every row there is: cures what the short way leaves pending.
    Everything,
}

/// What came of building.
enum Built {
    /// A copy, and whether updates wait in it for others.
    Whole(Replica, bool),
    /// A part that has to be left out, and how that was found.
    Stuck(Part, Lost),
}

/// Builds a document on a thread of the pool.
async fn on_thread(
    host: &Host,
    document: &DocumentId,
    stored: &Arc<Stored>,
    bad: &BTreeSet<Part>,
    way: Way,
) -> Result<Built, LoadError> {
    let at: Arc<Mutex<Option<Part>>> = Arc::default();
    let (stored, bad, seen) = (Arc::clone(stored), bad.clone(), Arc::clone(&at));
    let limits = host.pool.limits().clone();
    let limit = limits.document;
    let work = move |(): &mut (), pace: &Pace| {
        build(&stored, &bad, way, |part, _data| {
            pace.step(limits.document);
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(part);
            #[cfg(feature = "testing")]
            limits.trap.spring(match way {
                Way::Proved => Prey::Proof(_data),
                Way::Short | Way::Everything => Prey::Stored(_data),
            });
        })
    };
    let lost = match host.pool.lend((), limit, work).await {
        Ok(((), Ok((replica, is_behind)))) => return Ok(Built::Whole(replica, is_behind)),
        Ok(((), Err(part))) => return Ok(Built::Stuck(part, Lost::Panicked)),
        Err(lost) => lost,
    };
    let at = *at.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(part) = at.filter(|_| !matches!(lost, Lost::NoThread(_))) else {
        return Err(lost.into());
    };
    if lost == Lost::Hung {
        host.faults.lose(document, clock::now_ms());
    }
    Ok(Built::Stuck(part, lost))
}

/// Builds a document from what is stored, without the bad parts; says of each part when it begins with it.
/// Returns it, and whether updates wait in it for others, or the part that cannot be used.
fn build(
    stored: &Stored,
    bad: &BTreeSet<Part>,
    way: Way,
    begins: impl Fn(Part, &[u8]),
) -> Result<(Replica, bool), Part> {
    let mut replica = Replica::new(clock::random_u64());
    let is_good = |(part, _): &(Part, &[u8])| !bad.contains(part);
    let mut parts: Vec<_> = snapshots(stored).filter(is_good).collect();
    let mut from = 0;
    if way == Way::Everything {
        parts.reverse();
    } else {
        parts.truncate(1);
        if let Some((Part::Snapshot(upto), _)) = parts.first() {
            from = *upto;
        }
    }
    let behind = updates(stored).filter(|(part, _)| *part > Part::Update(from));
    parts.extend(behind.filter(is_good));
    for (part, data) in parts {
        begins(part, data);
        merge(&mut replica, data).ok_or(part)?;
        if way == Way::Proved {
            prove(&replica).ok_or(part)?;
        }
    }
    let is_behind = replica.is_behind();
    Ok((replica, is_behind))
}

/// The snapshots, newest first.
fn snapshots(stored: &Stored) -> impl Iterator<Item = (Part, &[u8])> {
    let snapshots = stored.snapshots.iter();
    snapshots.map(|snapshot| (Part::Snapshot(snapshot.upto_seq), snapshot.data.as_slice()))
}

/// The log, in order.
fn updates(stored: &Stored) -> impl Iterator<Item = (Part, &[u8])> {
    let updates = stored.updates.iter();
    updates.map(|(seq, data)| (Part::Update(*seq), data.as_slice()))
}

/// The bytes of a part, where it is stored.
fn data_of(stored: &Stored, part: Part) -> Option<&[u8]> {
    let mut parts = snapshots(stored).chain(updates(stored));
    parts.find(|(it, _)| *it == part).map(|(_, data)| data)
}

fn merge(replica: &mut Replica, data: &[u8]) -> Option<()> {
    catch_unwind(AssertUnwindSafe(|| replica.merge(data)))
        .ok()?
        .ok()
}

/// Reads a copy as a snapshot does.
fn prove(replica: &Replica) -> Option<()> {
    let read = || {
        let mut copy = Replica::new(clock::random_u64());
        copy.merge(&replica.state()).ok()?;
        (replica.is_behind() || copy.has_same_content(replica)).then_some(())
    };
    catch_unwind(AssertUnwindSafe(read)).ok()?
}

async fn set_aside(store: &SharedStore, document: &DocumentId, stored: &Stored, part: Part) {
    tracing::error!(
        %document,
        ?part,
        "a stored part cannot be merged and is set aside"
    );
    if let Some(data) = data_of(stored, part)
        && let Err(error) = store
            .quarantine(document, None, &format!("{part:?} cannot be merged"), data)
            .await
    {
        tracing::warn!(%document, %error, "the part could not be copied to quarantine");
    }
}

/// The same gate once it has learnt of a document, on a thread of the pool.
async fn taught(
    host: &Host,
    document: &DocumentId,
    untaught: (Gate, Replica),
    stored: &Arc<Stored>,
    bad: &BTreeSet<Part>,
) -> Result<(Gate, Replica), LoadError> {
    let (stored, bad) = (Arc::clone(stored), bad.clone());
    let work = move |(gate, replica): &mut (Gate, Replica), _: &Pace| {
        teach(gate, &stored, &bad, replica);
    };
    let limit = host.pool.limits().document;
    match host.pool.lend(untaught, limit, work).await {
        Ok((taught, ())) => Ok(taught),
        Err(lost) => {
            if !matches!(lost, Lost::NoThread(_)) {
                let now_ms = clock::now_ms();
                host.faults.suspect(document, true, now_ms);
                host.faults.lose(document, now_ms);
            }
            Err(lost.into())
        }
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

//! Any bytes through the gate of a small room, and into its document.
#![no_main]

use std::{
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::OnceLock,
};

use libfuzzer_sys::fuzz_target;
use shared::{
    authority,
    board::DocumentKind,
    gate::{Arrival, Gate, Policy, Rank, ScanLimits},
    id::ParticipantId,
};
use yrs::{
    Doc, Map, MapPrelim, ReadTxn, StateVector, TextPrelim, Transact, Update,
    updates::decoder::Decode,
};

/// What the room holds before the bytes come: client 7 wrote it.
fn stored() -> &'static [u8] {
    static STORED: OnceLock<Vec<u8>> = OnceLock::new();
    STORED.get_or_init(|| {
        let doc = Doc::with_client_id(7);
        let objects = doc.get_or_insert_map("objects");
        let mut txn = doc.transact_mut();
        let note = objects.insert(&mut txn, "k0", MapPrelim::from([("fill", "red")]));
        note.insert(&mut txn, "text", TextPrelim::new("hello \u{1f600}"));
        objects.insert(&mut txn, "k1", MapPrelim::from([("fill", "blue")]));
        objects.remove(&mut txn, "k1");
        drop(txn);
        doc.transact().encode_diff_v1(&StateVector::default())
    })
}

fn room() -> Gate {
    let mut gate = Gate::new(limits());
    gate.restore_owner(7, ParticipantId::from("owner"));
    gate.restore_update(stored()).expect("the stored update");
    gate
}

/// The next message: who sends it and how, its length, its bytes.
fn message<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let [mode, low, high, bytes @ ..] = *rest else {
        return None;
    };
    let len = usize::from(u16::from_le_bytes([*low, *high])).min(bytes.len());
    let (message, after) = bytes.split_at(len);
    *rest = after;
    Some((*mode, message))
}

fn limits() -> ScanLimits {
    ScanLimits::new(authority::schema(DocumentKind::Canvas))
}

fuzz_target!(|bytes: &[u8]| {
    let mut gate = room();
    let mut admitted_bytes = Vec::new();
    let mut rest = bytes;
    while let Some((mode, update)) = message(&mut rest) {
        let author = ParticipantId::from(if mode & 1 == 0 { "owner" } else { "guest" });
        let policy = Policy {
            max_bytes: 1 << 16,
            rank: Rank::Writes,
            arrival: [Arrival::Live, Arrival::Answer][usize::from(mode >> 1 & 1)],
            takes_strangers: true,
        };
        let Ok(admitted) = gate.check(update, &author, policy) else {
            continue;
        };
        gate.commit(&admitted);
        if admitted.bytes.is_empty() {
            continue;
        }
        Update::decode_v1(&admitted.bytes).expect("yrs reads what the gate admits");
        let again = gate
            .check(&admitted.bytes, &author, policy)
            .expect("a duplicate passes");
        assert!(again.claims.is_empty() && again.stripped.is_empty());
        assert!(again.bytes.is_empty());
        admitted_bytes.push(admitted.bytes);
    }
    // yrs may panic here, which the server survives; it must not abort or
    // touch memory that is not its own.
    let loud = take_hook();
    set_hook(Box::new(|_| {}));
    let _ = catch_unwind(AssertUnwindSafe(|| apply(&admitted_bytes)));
    set_hook(loud);
});

fn apply(updates: &[Vec<u8>]) -> Result<(), Box<dyn std::error::Error>> {
    // Not dropped where it panics: it may be damaged.
    let doc = std::mem::ManuallyDrop::new(Doc::with_client_id(1));
    for bytes in std::iter::once(stored()).chain(updates.iter().map(Vec::as_slice)) {
        doc.transact_mut().apply_update(Update::decode_v1(bytes)?)?;
    }
    drop(doc.transact().encode_diff_v1(&StateVector::default()));
    drop(std::mem::ManuallyDrop::into_inner(doc));
    Ok(())
}

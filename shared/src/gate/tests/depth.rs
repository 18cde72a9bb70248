//! The depth that the gate keeps against the depth that comes about in a real
//! document, for updates that try every way to say where something lives:
//! beside and in one another, collected, in holes, twice and differently.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;
use yrs::{Array, Map, Out, ReadTxn, Transact, Update, updates::decoder::Decode};

use super::{
    wire::{At, Content, Update as Wire},
    workshop::doc,
    *,
};

/// Few levels, so that chance finds the limit.
const LEVELS: u8 = 3;

#[derive(Clone, Copy, Debug)]
enum Where {
    Root,
    In(u8, u8),
    Left(u8, u8),
    Right(u8, u8),
    Between(u8, u8, u8, u8),
    Gc,
    Skip,
}

/// One block: where it lives and what it is.
type Piece = (Where, u8);

fn piece() -> impl Strategy<Value = Piece> {
    let (client, clock) = (1u8..4, 0u8..10);
    let id = (client, clock);
    let place = prop_oneof![
        6 => Just(Where::Root),
        8 => id.clone().prop_map(|(client, clock)| Where::In(client, clock)),
        3 => id.clone().prop_map(|(client, clock)| Where::Left(client, clock)),
        1 => id.clone().prop_map(|(client, clock)| Where::Right(client, clock)),
        1 => (id.clone(), id).prop_map(|(a, b)| Where::Between(a.0, a.1, b.0, b.1)),
        1 => Just(Where::Gc),
        1 => Just(Where::Skip),
    ];
    (place, 0u8..8)
}

/// An update of one or two clients: client, first clock, blocks. A third of
/// the clocks are beside the next one.
fn update() -> impl Strategy<Value = Vec<(u8, u8, Vec<Piece>)>> {
    let section = (1u8..4, 0u8..12, prop::collection::vec(piece(), 1..4));
    prop::collection::vec(section, 1..3)
}

fn write(sections: &[(u8, u8, Vec<Piece>)], gate: &Gate) -> Vec<u8> {
    let mut wire = Wire::new();
    let mut seen = Vec::new();
    for (client, clock, pieces) in sections {
        if seen.contains(client) {
            continue;
        }
        seen.push(*client);
        let client = u64::from(*client);
        let next = gate.next_clock(client);
        let clock = if *clock < 8 {
            next
        } else {
            next.saturating_sub(10 - u32::from(*clock).min(10))
        };
        wire = wire.client(client, clock);
        for (place, what) in pieces {
            // Mostly what exists, now and then what does not.
            let id = |client: u8, clock: u8| {
                let known = gate.next_clock(client.into()) + 1;
                (u64::from(client), u32::from(clock) * known / 10)
            };
            let at = match *place {
                Where::Root if *what % 2 == 0 => At::Root("objects", Some("k")),
                Where::Root => At::Root("order", None),
                Where::In(client, clock) => {
                    let (client, clock) = id(client, clock);
                    At::In(client, clock, Some("k"))
                }
                Where::Left(client, clock) => {
                    let (client, clock) = id(client, clock);
                    At::Left(client, clock)
                }
                Where::Right(client, clock) => {
                    let (client, clock) = id(client, clock);
                    At::Right(client, clock)
                }
                Where::Between(a, b, c, d) => At::Between(id(a, b), id(c, d)),
                Where::Gc => {
                    wire = wire.gc(1);
                    continue;
                }
                Where::Skip => {
                    wire = wire.skip(1);
                    continue;
                }
            };
            let content = match what {
                0..4 => Content::Type(1),
                4 => Content::Text("x"),
                5 => Content::Text("xy"),
                _ => Content::Deleted(1),
            };
            wire = wire.item(at, &content);
        }
    }
    wire.bytes()
}

/// Levels of shared types below a value, itself included.
fn levels<T: ReadTxn>(txn: &T, value: &Out) -> usize {
    match value {
        Out::YMap(map) => {
            1 + map
                .iter(txn)
                .map(|(_, value)| levels(txn, &value))
                .max()
                .unwrap_or(0)
        }
        Out::YArray(array) => {
            1 + array
                .iter(txn)
                .map(|value| levels(txn, &value))
                .max()
                .unwrap_or(0)
        }
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_document_gets_deeper_than_the_gate_allows(updates in prop::collection::vec(update(), 1..80)) {

        let mut gate = Gate::new(ScanLimits { nesting: LEVELS, ..limits() });
        let server = doc(50);
        let objects = server.get_or_insert_map("objects");
        let order = server.get_or_insert_array("order");
        for update in &updates {
            let bytes = write(update, &gate);
            let Ok(admitted) = gate.check(&bytes, &person("a"), policy()) else { continue };
            if admitted.bytes.is_empty() {
                continue;
            }
            let update = Update::decode_v1(&admitted.bytes).unwrap();
            let applied = catch_unwind(AssertUnwindSafe(|| {
                server.transact_mut().apply_update(update).is_ok()
            }));
            if !matches!(applied, Ok(true)) {
                // The server would build the document anew. This one may be
                // damaged so far that not even dropping it is safe.
                std::mem::forget(server);
                return Ok(());
            }
            gate.commit(&admitted);
            let txn = server.transact();
            let deepest = levels(&txn, &Out::YMap(objects.clone()))
                .max(levels(&txn, &Out::YArray(order.clone())));
            prop_assert!(deepest <= 1 + usize::from(LEVELS), "{} levels", deepest - 1);
        }
    }
}

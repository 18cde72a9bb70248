//! Bytes that nobody honest sends: no panic, bounded work, and nothing gets
//! through that the library cannot read.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use proptest::prelude::*;
use yrs::{Update, updates::decoder::Decode};

use super::{
    wire::{At, Content, Update as Wire},
    workshop::*,
    *,
};
use crate::gate::{Fault, MAX_BLOCKS, MAX_DELETE_RANGES, ScanError, scan};

/// What the scanner finds nothing odd in, the library reads.
fn assert_readable(bytes: &[u8]) {
    let scan = scan(bytes, &limits());
    if scan.is_ok_and(|scan| scan.blocks.iter().all(|block| block.odd.is_none())) {
        let read = catch_unwind(AssertUnwindSafe(|| Update::decode_v1(bytes).map(drop)));
        assert!(matches!(read, Ok(Ok(()))), "{bytes:?}");
    }
}

/// What is done to bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
    Copy(prop::sample::Index, prop::sample::Index, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    use any as a;
    prop_oneof![
        (a::<prop::sample::Index>(), 0u8..8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        a::<prop::sample::Index>().prop_map(Damage::Cut),
        (
            a::<prop::sample::Index>(),
            prop::collection::vec(a::<u8>(), 1..6)
        )
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (
            a::<prop::sample::Index>(),
            a::<prop::sample::Index>(),
            1u8..12
        )
            .prop_map(|(from, to, len)| Damage::Copy(from, to, len)),
    ]
}

fn harm(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    match damage {
        Damage::Flip(at, bit) => {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Damage::Insert(at, more) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, more.iter().copied());
        }
        Damage::Copy(from, to, len) => {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let part = bytes[from..(from + usize::from(*len)).min(bytes.len())].to_vec();
            bytes.splice(to..to, part);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_readable(&bytes);
        let mut gate = gate();
        let _ = send(&mut gate, &bytes, "a", policy());
        let _ = gate.restore_update(&bytes);
    }

    #[test]
    fn damaged_updates_never_panic(
        steps in steps(3, 30),
        damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..24),
    ) {
        let work = work(3, &steps);
        prop_assume!(!work.updates.is_empty());
        let mut gate = gate();
        for (who, update) in &work.updates {
            send(&mut gate, update, &name(*who), policy()).unwrap();
        }
        for (which, damage) in &damages {
            let mut bytes = work.updates[which.index(work.updates.len())].1.clone();
            harm(&mut bytes, damage);
            assert_readable(&bytes);
            if let Ok(admitted) = send(&mut gate, &bytes, "mallory", policy())
                && !admitted.bytes.is_empty()
            {
                scan(&admitted.bytes, &limits()).unwrap();
                assert_readable(&admitted.bytes);
            }
        }
    }

    #[test]
    fn every_cut_frame_is_refused(steps in steps(2, 20)) {
        for (_, update) in &work(2, &steps).updates {
            for len in 0..update.len() {
                prop_assert!(scan(&update[..len], &limits()).is_err());
            }
        }
    }
}

#[test]
fn a_wide_update_takes_one_entry_per_block() {
    let keys: Vec<String> = (0..=MAX_BLOCKS).map(|key| format!("{key:x}")).collect();
    let write = |keys: &[String]| {
        let start = Wire::new().client(5, 0);
        let value = Content::Any(1, &[120]);
        let update = keys.iter().fold(start, |update, key| {
            update.item(At::Root("objects", Some(key)), &value)
        });
        update.bytes()
    };
    let bytes = write(&keys[1..]);
    let scan = scan(&bytes, &limits()).unwrap();
    assert_eq!(scan.blocks.len(), MAX_BLOCKS);
    send(&mut gate(), &bytes, "a", policy()).unwrap();
    let refusal = gate().check(&write(&keys), &person("a"), policy());
    assert_eq!(refusal.unwrap_err().code(), "too_large");
}

#[test]
fn too_many_authors_or_deletions_are_refused() {
    let mut update = Wire::new();
    for client in 0..1_025 {
        update = update
            .client(client, 0)
            .item(At::Root("order", None), &Content::Text("x"));
    }
    let bytes = update.bytes();
    assert_eq!(scan(&bytes, &limits()).unwrap_err().code(), "too_large");
    scan(&bytes, &limits().stored()).unwrap();
    let ranges: Vec<_> = (0..=MAX_DELETE_RANGES as u32)
        .map(|at| (at * 2, 1))
        .collect();
    let bytes = Wire::new().delete(1, &ranges).bytes();
    assert_eq!(scan(&bytes, &limits()).unwrap_err().code(), "too_large");
    scan(&bytes, &limits().stored()).unwrap();
}

#[test]
fn blocks_in_reverse_order_are_placed_in_one_pass() {
    // Each client lives in what a later section creates; the deepest is 5.
    let mut update = Wire::new();
    for client in 0..1_000u64 {
        let at = if client % 5 == 4 {
            At::Root("objects", Some("k"))
        } else {
            At::In(client + 1, 0, Some("k"))
        };
        update = update.client(client, 0).item(at, &Content::Type(1));
    }
    let mut gate = gate();
    send(&mut gate, &update.bytes(), "a", policy()).unwrap();
    assert_eq!(gate.next_clock(999), 1);
}

#[test]
fn circles_are_not_followed() {
    let text = Content::Text("x");
    let two = Wire::new().client(1, 0).item(At::Left(2, 0), &text);
    let two = two.client(2, 0).item(At::Right(1, 0), &text);
    let own = Wire::new().client(3, 0).item(At::Left(3, 0), &text);
    let later = Wire::new().client(3, 0).item(At::Left(3, 1), &text);
    let later = later.item(At::Root("order", None), &text);
    // Each waits for what stands behind the other.
    let crossed = Wire::new()
        .client(1, 0)
        .item(At::Left(2, 1), &text)
        .item(At::Root("order", None), &text)
        .client(2, 0)
        .item(At::Left(1, 1), &text)
        .item(At::Root("order", None), &text);
    for update in [two, own, later, crossed] {
        let refusal = gate()
            .check(&update.bytes(), &person("a"), policy())
            .unwrap_err();
        assert_eq!(refusal.code(), "missing_dependency");
    }
}

#[test]
fn a_long_line_of_neighbours_is_one_run() {
    let text = Content::Text("x");
    let mut update = Wire::new().client(1, 0).item(At::Left(2, 0), &text);
    for clock in 1..3_000 {
        update = update.item(At::Left(1, clock - 1), &text);
    }
    let update = update.client(2, 0).item(At::Root("order", None), &text);
    let mut gate = gate();
    send(&mut gate, &update.bytes(), "a", policy()).unwrap();
    assert_eq!((gate.runs(1), gate.next_clock(1)), (1, 3_000));
}

#[test]
fn what_no_version_of_the_format_explains_is_refused() {
    let root = At::Root("objects", Some("k"));
    let refused = |content: Content<'_>, code| {
        let bytes = Wire::new().client(1, 0).item(root, &content).bytes();
        let error = scan(&bytes, &limits()).unwrap_err();
        assert_eq!(error.code(), code, "{content:?}: {error:?}");
    };
    refused(Content::Type(5), "malformed");
    refused(Content::Type(7), "malformed");
    refused(Content::Raw(11, &[1]), "malformed");
    refused(Content::Raw(0x17, &[1]), "malformed");
    refused(Content::Raw(4, &[2, 0xc3, 0x28]), "malformed");
    refused(Content::Text(""), "malformed");
    refused(Content::Any(0, &[]), "malformed");
    refused(Content::Any(1, &[1]), "malformed");
    refused(Content::Deleted(100_001), "too_large");
}

#[test]
fn numbers_are_read_in_one_way_only() {
    // The client id 1 in two bytes.
    let long = [
        1, 1, 0x81, 0x00, 0, 4, 1, 7, b'o', b'b', b'j', b'e', b'c', b't', b's', 1, b'x', 0,
    ];
    assert!(matches!(
        scan(&long, &limits()),
        Err(ScanError::Number { at: 2 })
    ));
    // A client id of 54 bits, a clock of 32.
    for (client, clock) in [(1 << 53, 0), (1, u32::MAX)] {
        let bytes = Wire::new().client(client, clock).gc(1).bytes();
        assert!(matches!(
            scan(&bytes, &limits()),
            Err(ScanError::Number { .. })
        ));
    }
    let wrapping = Wire::new().client(1, (1 << 31) - 10).gc(10).bytes();
    assert!(matches!(
        scan(&wrapping, &limits()),
        Err(ScanError::Number { .. })
    ));
}

#[test]
fn twice_the_same_author_is_refused() {
    let once = Wire::new().client(1, 0).gc(1);
    let bytes = once.clone().client(1, 1).gc(1).bytes();
    assert_eq!(scan(&bytes, &limits()).unwrap_err().code(), "malformed");
    let bytes = once.delete(1, &[(0, 1)]).delete(1, &[(0, 1)]).bytes();
    assert_eq!(scan(&bytes, &limits()).unwrap_err().code(), "malformed");
    for ranges in [[(5, 1), (4, 1)], [(0, 5), (4, 1)], [(0, 0), (4, 1)]] {
        let bytes = Wire::new().delete(1, &ranges).bytes();
        assert_eq!(scan(&bytes, &limits()).unwrap_err().code(), "malformed");
    }
}

#[test]
fn refusals_have_words_and_codes() {
    let many = [
        Fault::TooLarge { bytes: 2, max: 1 },
        Fault::TooCostly { what: "cuts" },
        Fault::Full { max: 8 },
        Fault::MissingDependency {
            client: 1,
            clock: 2,
        },
        Fault::ClockJump {
            client: 1,
            clock: 2,
        },
        Fault::Contradiction {
            client: 1,
            clock: 2,
        },
        scan(&[1], &limits()).unwrap_err().into(),
    ];
    let codes: BTreeSet<_> = many.iter().map(Fault::code).collect();
    assert_eq!(codes.len(), many.len());
}

//! What real documents produce passes, and is understood as the library
//! understands it.

use proptest::prelude::*;
use yrs::{ClientID, ReadTxn, StateVector, Transact, Update, updates::decoder::Decode};

use super::{workshop::*, *};
use crate::gate::{BlockKind, scan};

/// Compares a scan with what the library reads.
fn assert_same(bytes: &[u8]) {
    let scan = scan(bytes, &limits()).unwrap();
    let update = Update::decode_v1(bytes).unwrap();
    let (upper, lower) = (update.state_vector(), update.state_vector_lower());
    let inserted = update.insertions(true);
    assert_eq!(scan.sections.len(), inserted.iter().count());
    for section in &scan.sections {
        let client = ClientID::new(section.client);
        let blocks = &scan.blocks[section.blocks.clone()];
        let full = blocks.iter().all(|block| block.kind != BlockKind::Skip);
        if section.start == 0 && full {
            assert_eq!(upper.get(&client), section.end);
        }
        if full {
            assert_eq!(lower.get(&client), section.start);
        }
        let ranges = inserted.get(&client).unwrap();
        for block in blocks {
            for clock in [block.start, block.end - 1] {
                assert_eq!(ranges.contains_clock(clock), block.kind != BlockKind::Skip);
            }
        }
    }
    let deleted: usize = update
        .delete_set()
        .iter()
        .map(|(_, ranges)| ranges.iter().count())
        .sum();
    assert_eq!(scan.deletes.len(), deleted);
    for range in &scan.deletes {
        let ranges = update
            .delete_set()
            .get(&ClientID::new(range.client))
            .unwrap();
        assert!(
            ranges
                .iter()
                .any(|(known, ())| *known == (range.start..range.end))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn real_updates_scan_as_the_library_reads_them(steps in steps(3, 60)) {
        let work = work(3, &steps);
        let server = doc(1);
        for (_, update) in &work.updates {
            assert_same(update);
            let before = server.transact().state_vector();
            apply(&server, update);
            assert_same(&server.transact().encode_diff_v1(&before));
            assert_same(&whole(&server));
        }
        for doc in &work.docs {
            assert_same(&whole(doc));
        }
    }

    #[test]
    fn honest_work_passes_unchanged(steps in steps(3, 60)) {
        let work = work(3, &steps);
        let mut gate = gate();
        for (who, update) in &work.updates {
            let admitted = send(&mut gate, update, &name(*who), policy()).unwrap();
            // What somebody else had deleted meanwhile is not deleted again.
            let (sent, limits) = (scan(update, &limits()).unwrap(), limits());
            let taken = if admitted.bytes.is_empty() { &[0, 0][..] } else { &admitted.bytes };
            let taken = scan(taken, &limits).unwrap();
            prop_assert_eq!(&taken.sections, &sent.sections);
            if taken.deletes == sent.deletes && !admitted.bytes.is_empty() {
                prop_assert_eq!(&admitted.bytes, update);
            }
            prop_assert!(admitted.left_out.is_empty());
            prop_assert!(admitted.stripped.is_empty() && admitted.clipped == 0);
            for (client_id, owner) in &admitted.claims {
                prop_assert_eq!(*client_id, client(*who));
                prop_assert_eq!(owner, &person(&name(*who)));
            }
        }
    }

    #[test]
    fn a_full_exchange_with_what_is_known_passes(steps in steps(3, 60)) {
        let work = work(3, &steps);
        let mut gate = gate();
        for (who, update) in &work.updates {
            send(&mut gate, update, &name(*who), policy()).unwrap();
        }
        for (who, doc) in work.docs.iter().enumerate() {
            let bytes = whole(doc);
            let admitted = gate.check(&bytes, &person(&name(who)), policy()).unwrap();
            prop_assert!(admitted.clipped == 0 && admitted.claims.is_empty());
            let kept = Update::decode_v1(if admitted.bytes.is_empty() { &[0, 0] } else { &admitted.bytes }).unwrap();
            // What was put into something deleted meanwhile is deleted by nobody's update.
            prop_assert!(kept.insertions(true).is_empty());
            prop_assert!(kept.delete_set().iter().count() <= 4);
        }
    }

    #[test]
    fn a_restored_gate_goes_on_where_the_room_was(steps in steps(3, 60), cut in any::<prop::sample::Index>()) {
        let work = work(3, &steps);
        prop_assume!(!work.updates.is_empty());
        let cut = cut.index(work.updates.len());
        let server = doc(1);
        for (_, update) in &work.updates[..cut] {
            apply(&server, update);
        }
        let mut gate = gate();
        for who in 0..3 {
            gate.restore_owner(client(who), person(&name(who)));
        }
        gate.restore_update(&whole(&server)).unwrap();
        for who in 0..3 {
            let clock = server.transact().state_vector().get(&ClientID::new(client(who)));
            prop_assert_eq!(gate.next_clock(client(who)), clock);
        }
        for (who, update) in &work.updates[cut..] {
            let admitted = send(&mut gate, update, &name(*who), policy()).unwrap();
            prop_assert!(admitted.stripped.is_empty());
            if !admitted.bytes.is_empty() {
                apply(&server, &admitted.bytes);
            }
        }
        let late = doc(2);
        for (_, update) in &work.updates {
            apply(&late, update);
        }
        prop_assert_eq!(server.transact().state_vector(), late.transact().state_vector());
    }

    #[test]
    fn what_remains_after_cutting_is_an_update(steps in steps(4, 60), known in 0..60usize) {
        let work = work(4, &steps);
        let mut gate = gate();
        let server = doc(1);
        for (who, update) in work.updates.iter().take(known) {
            let admitted = send(&mut gate, update, &name(*who), policy()).unwrap();
            if !admitted.bytes.is_empty() {
                apply(&server, &admitted.bytes);
            }
        }
        for who in 0..4 {
            gate.restore_owner(client(who), person(&name(who)));
        }
        // Everybody delivers all they have, with others' work among it.
        for (who, doc) in work.docs.iter().enumerate() {
            let sv = server.transact().state_vector();
            let bytes = doc.transact().encode_diff_v1(&sv);
            let admitted = match gate.check(&bytes, &person(&name(who)), policy()) {
                Ok(admitted) => admitted,
                Err(refusal) => {
                    prop_assert!(refusal.wants_resync(), "{:?}", refusal);
                    match help(&gate, &bytes, &name(who)) {
                        Some(admitted) => admitted,
                        None => continue,
                    }
                }
            };
            gate.commit(&admitted);
            if !admitted.bytes.is_empty() {
                let scan = scan(&admitted.bytes, &limits()).unwrap();
                prop_assert!(scan.sections.iter().all(|s| !admitted.stripped.contains(&s.client)));
                apply(&server, &admitted.bytes);
                prop_assert_eq!(whole(&server), whole(&server));
            }
        }
    }
}

#[test]
fn an_empty_update_leaves_nothing_to_do() {
    let bytes = doc(1).transact().encode_diff_v1(&StateVector::default());
    assert_eq!(bytes, [0, 0]);
    let admitted = gate().check(&bytes, &person("a"), policy()).unwrap();
    assert!(admitted.bytes.is_empty() && admitted.claims.is_empty());
}

//! What any store must do.

use std::sync::{Arc, Mutex};

use server::storage::{Append, StoreError, StoreHealth};

use crate::rig::{
    Table, append, append_range, both, bytes, document_row, participant_row, seed, seqs,
    session_row, snapshot, snapshots, update, workshop_row,
};

#[test]
fn a_workshop_is_created_with_its_documents_or_not_at_all() {
    both(|rig| {
        let store = rig.store();
        assert_eq!(store.workshop("w").unwrap(), None);
        let documents = vec![
            (document_row("w", "b", 1), bytes(1)),
            (document_row("w", "a", 0), bytes(1)),
        ];
        store.create_workshop(workshop_row("w"), documents).unwrap();
        assert_eq!(store.workshop("w").unwrap(), Some(workshop_row("w")));
        assert_eq!(
            store.documents("w").unwrap(),
            [document_row("w", "a", 0), document_row("w", "b", 1)]
        );
        assert_eq!(
            store.document("b").unwrap(),
            Some(document_row("w", "b", 1))
        );
        assert_eq!(seqs(store, "a"), [1]);
        assert_eq!(store.load("a").unwrap().last_seq, 1);

        let taken = vec![
            (document_row("v", "c", 0), bytes(1)),
            (document_row("v", "a", 1), bytes(1)),
        ];
        assert!(store.create_workshop(workshop_row("v"), taken).is_err());
        assert!(
            store
                .create_workshop(
                    workshop_row("w"),
                    vec![(document_row("w", "c", 2), bytes(1))]
                )
                .is_err()
        );
        assert!(
            store
                .create_workshop(
                    workshop_row("u"),
                    vec![(document_row("w", "c", 2), bytes(1))]
                )
                .is_err()
        );
        assert_eq!(store.workshop("v").unwrap(), None);
        assert_eq!(store.document("c").unwrap(), None);
        assert_eq!(
            store.health(),
            StoreHealth::Ok,
            "a refusal is no fault of the disk"
        );
    });
}

#[test]
fn participants_are_replaced_in_place_and_listed_as_they_came() {
    both(|rig| {
        let store = rig.store();
        assert!(
            store
                .put_participant(participant_row("w", "ana", 1))
                .is_err(),
            "there is no workshop yet"
        );
        seed(store);
        for (id, joined_ms) in [("cem", 20), ("ana", 20), ("bo", 10)] {
            store
                .put_participant(participant_row("w", id, joined_ms))
                .unwrap();
        }
        let mut renamed = participant_row("w", "cem", 20);
        renamed.name = "Cem Y.".into();
        store.put_participant(renamed.clone()).unwrap();
        assert_eq!(store.participant("cem").unwrap(), Some(renamed));
        assert_eq!(store.participant("dia").unwrap(), None);
        let ids: Vec<String> = store
            .participants("w")
            .unwrap()
            .into_iter()
            .map(|row| row.id)
            .collect();
        assert_eq!(ids, ["bo", "cem", "ana"]);
    });
}

#[test]
fn sessions_come_and_go() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        assert!(
            store.put_session(session_row(1, "ana", "w")).is_err(),
            "nobody's session"
        );
        store
            .put_participant(participant_row("w", "ana", 1))
            .unwrap();
        store.put_session(session_row(1, "ana", "w")).unwrap();
        store.put_session(session_row(2, "ana", "w")).unwrap();
        assert_eq!(
            store.session(&[1; 32]).unwrap(),
            Some(session_row(1, "ana", "w"))
        );
        store.revoke_session(&[1; 32]).unwrap();
        store.revoke_session(&[9; 32]).unwrap();
        assert_eq!(store.session(&[1; 32]).unwrap(), None);
        assert!(store.session(&[2; 32]).unwrap().is_some());
    });
}

#[test]
fn appends_are_acknowledged_and_read_back_in_order() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        let answers = Arc::new(Mutex::new(Vec::new()));
        for seq in 2..=600 {
            for document in ["d", "e"] {
                let answers = Arc::clone(&answers);
                let done = move |result: Result<(), StoreError>| {
                    result.unwrap();
                    answers.lock().unwrap().push((seq, document));
                };
                store.append(update(document, seq), Box::new(done));
            }
        }
        assert_eq!(
            seqs(store, "d"),
            (1..=600).collect::<Vec<_>>(),
            "load waits for what was queued before it"
        );
        assert_eq!(seqs(store, "e").len(), 600);
        let expected: Vec<_> = (2..=600).flat_map(|seq| [(seq, "d"), (seq, "e")]).collect();
        assert_eq!(*answers.lock().unwrap(), expected);
    });
}

#[test]
fn an_append_that_breaks_the_rules_fails_alone() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        let claim = vec![(5, "ana".to_owned())];
        assert!(
            append(
                store,
                Append {
                    claims: claim.clone(),
                    ..update("d", 1)
                }
            )
            .is_err(),
            "a place used already"
        );
        assert!(
            append(
                store,
                Append {
                    claims: claim,
                    ..update("nowhere", 2)
                }
            )
            .is_err()
        );
        assert!(append(store, update("d", u64::MAX)).is_err());
        append(store, update("d", 3)).unwrap();
        assert!(
            append(store, update("d", 2)).is_err(),
            "a place before the last"
        );
        assert_eq!(seqs(store, "d"), [1, 3]);
        assert!(store.load("d").unwrap().owners.is_empty());
        assert_eq!(store.health(), StoreHealth::Ok);
    });
}

#[test]
fn a_place_that_a_snapshot_covers_is_used_even_if_its_row_is_gone() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        append_range(store, "d", 2..=4);
        store.snapshot("d", snapshot(4, 1)).unwrap();
        store.snapshot("d", snapshot(5, 2)).unwrap();
        assert_eq!(seqs(store, "d"), [0_u64; 0]);
        assert_eq!(store.load("d").unwrap().last_seq, 5);
        assert!(append(store, update("d", 5)).is_err());
        append(store, update("d", 6)).unwrap();
    });
}

#[test]
fn the_first_claim_wins() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        let huge = u64::MAX;
        let claims = |claims: &[(u64, &str)]| {
            claims
                .iter()
                .map(|(id, who)| (*id, (*who).to_owned()))
                .collect::<Vec<_>>()
        };
        append(
            store,
            Append {
                claims: claims(&[(9, "ana"), (huge, "bo")]),
                ..update("d", 2)
            },
        )
        .unwrap();
        append(
            store,
            Append {
                claims: claims(&[(9, "bo"), (3, "cem"), (3, "dia")]),
                ..update("d", 3)
            },
        )
        .unwrap();
        assert_eq!(
            store.load("d").unwrap().owners,
            claims(&[(3, "cem"), (9, "ana"), (huge, "bo")])
        );
        assert!(
            store.load("e").unwrap().owners.is_empty(),
            "each document has its own"
        );
    });
}

#[test]
fn a_damaged_update_is_set_aside_and_the_rest_is_read() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        append_range(store, "d", 2..=5);
        rig.damage(Table::Updates, "d", 3);
        rig.damage(Table::Updates, "d", 5);
        let stored = store.load("d").unwrap();
        assert_eq!(
            stored
                .updates
                .iter()
                .map(|(seq, _)| *seq)
                .collect::<Vec<_>>(),
            [1, 2, 4]
        );
        assert_eq!(stored.last_seq, 5, "the place of a damaged row is used");
        let what: Vec<_> = stored
            .damage
            .iter()
            .map(|damage| damage.what.as_str())
            .collect();
        assert_eq!(what, ["update 3", "update 5"]);

        let aside = rig.quarantined("d");
        assert_eq!(
            aside.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(),
            ["update 3", "update 5"]
        );
        assert!(aside[0].1.contains("CRC"));
        assert_eq!(aside[0].2.len(), bytes(3).len());
        let again = store.load("d").unwrap();
        assert!(again.damage.is_empty());
        assert_eq!(again.last_seq, 5);
        assert!(append(store, update("d", 5)).is_err());
        append(store, update("d", 6)).unwrap();
    });
}

#[test]
fn two_generations_can_be_recovered() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        append_range(store, "d", 2..=4);
        store.snapshot("d", snapshot(4, 1)).unwrap();
        assert_eq!(
            seqs(store, "d"),
            [1, 2, 3, 4],
            "without a previous snapshot the whole log stays"
        );
        append_range(store, "d", 5..=7);
        store.snapshot("d", snapshot(7, 2)).unwrap();
        append_range(store, "d", 8..=8);
        assert_eq!(seqs(store, "d"), [5, 6, 7, 8]);
        assert_eq!(snapshots(store, "d"), [7, 4]);

        rig.damage(Table::Snapshots, "d", 7);
        let stored = store.load("d").unwrap();
        assert_eq!(stored.damage[0].what, "snapshot 7");
        assert_eq!(rig.quarantined("d")[0].0, "snapshot 7");
        assert_eq!(snapshots(store, "d"), [4]);
        assert_eq!(
            seqs(store, "d"),
            [5, 6, 7, 8],
            "the log still goes back to the snapshot before"
        );
        assert_eq!(store.load("d").unwrap().last_seq, 8);
    });
}

#[test]
fn the_log_is_not_cut_at_a_snapshot_that_cannot_be_read() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        append_range(store, "d", 2..=4);
        store.snapshot("d", snapshot(2, 1)).unwrap();
        store.snapshot("d", snapshot(3, 2)).unwrap();
        assert_eq!(seqs(store, "d"), [3, 4]);
        rig.damage(Table::Snapshots, "d", 3);
        store.snapshot("d", snapshot(4, 3)).unwrap();
        assert_eq!(
            seqs(store, "d"),
            [3, 4],
            "snapshot 3 is of no use, so the log goes back to 2"
        );
        assert_eq!(snapshots(store, "d"), [4, 2]);
    });
}

#[test]
fn old_snapshots_are_thinned_out() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        const MINUTE_MS: i64 = 60_000;
        for minute in 1..=31 {
            store
                .snapshot("d", snapshot(minute + 1, minute as i64 * MINUTE_MS))
                .unwrap();
        }
        assert_eq!(snapshots(store, "d"), [32, 31, 30, 20, 10]);
        store
            .snapshot("d", snapshot(40, 3 * 24 * 60 * MINUTE_MS))
            .unwrap();
        assert_eq!(
            snapshots(store, "d"),
            [40, 32, 31],
            "of the first day, the newest, and the last three"
        );
        let last = snapshot(40, 3 * 24 * 60 * MINUTE_MS + 1);
        store.snapshot("d", last.clone()).unwrap();
        assert_eq!(
            store.load("d").unwrap().snapshots[0],
            last,
            "of one place there is one, the later"
        );
        assert!(store.snapshot("nowhere", snapshot(1, 1)).is_err());
    });
}

#[test]
fn bytes_of_any_document_can_be_set_aside() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        store.quarantine("d", "does not decode", b"xyz").unwrap();
        store.quarantine("gone", "no such document", b"").unwrap();
        assert_eq!(
            rig.quarantined("d"),
            [("bytes".into(), "does not decode".into(), b"xyz".to_vec())]
        );
        assert_eq!(rig.quarantined("gone").len(), 1);
        assert_eq!(store.load("d").unwrap().last_seq, 1);
    });
}

#[test]
fn what_cannot_be_loaded_is_an_error_and_never_an_empty_document() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        assert!(store.load("nowhere").is_err());
        rig.damage(Table::Updates, "d", 1);
        assert!(matches!(store.load("d"), Err(StoreError::Damaged(_))));
        assert!(
            matches!(store.load("d"), Err(StoreError::Damaged(_))),
            "nor the second time"
        );
        assert_eq!(rig.quarantined("d").len(), 1);
        assert_eq!(seqs(store, "e"), [1]);
    });
}

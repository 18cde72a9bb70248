//! What any store must do.

use std::sync::{Arc, Mutex};

use server::{
    storage::{Append, JoinOutcome, ParticipantChange, SharedStore, StoreError, StoreHealth},
    testing::MemoryStore,
};
use shared::{
    id::{ObjectId, ParticipantId},
    protocol::control::Role,
};

use crate::rig::{
    COLORS, Disk, PEOPLE_MAX, Table, append, append_range, both, bytes, document_row, join,
    joining, participant_row, seed, seed_with_facilitator, seqs, session_row, snapshot, snapshots,
    update, workshop_row,
};

#[tokio::test]
async fn a_workshop_is_created_with_its_documents_or_not_at_all() {
    both(async |rig| {
        let store = rig.store();
        assert_eq!(store.workshop(&"w".into()).await.unwrap(), None);
        let documents = vec![
            (document_row("w", "b", 1), bytes(1)),
            (document_row("w", "a", 0), bytes(1)),
        ];
        store
            .create_workshop(workshop_row("w"), documents)
            .await
            .unwrap();
        assert_eq!(
            store.workshop(&"w".into()).await.unwrap(),
            Some(workshop_row("w"))
        );
        assert_eq!(
            store.documents(&"w".into()).await.unwrap(),
            [document_row("w", "a", 0), document_row("w", "b", 1)]
        );
        assert_eq!(
            store.document(&"b".into()).await.unwrap(),
            Some(document_row("w", "b", 1))
        );
        assert_eq!(seqs(store, "a").await, [1]);
        assert_eq!(store.load(&"a".into()).await.unwrap().last_seq, 1);

        let taken = vec![
            (document_row("v", "c", 0), bytes(1)),
            (document_row("v", "a", 1), bytes(1)),
        ];
        assert!(
            store
                .create_workshop(workshop_row("v"), taken)
                .await
                .is_err()
        );
        assert!(
            store
                .create_workshop(
                    workshop_row("w"),
                    vec![(document_row("w", "c", 2), bytes(1))]
                )
                .await
                .is_err()
        );
        assert!(
            store
                .create_workshop(
                    workshop_row("u"),
                    vec![(document_row("w", "c", 2), bytes(1))]
                )
                .await
                .is_err()
        );
        assert_eq!(store.workshop(&"v".into()).await.unwrap(), None);
        assert_eq!(store.document(&"c".into()).await.unwrap(), None);
        assert_eq!(
            store.health(),
            StoreHealth::Ok,
            "a refusal is no fault of the disk"
        );
    })
    .await;
}

#[tokio::test]
async fn a_document_is_frozen_and_thawed_alone() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        for is_frozen in [true, true, false] {
            assert_eq!(store.freeze(&fay, &"e".into(), is_frozen).await, Ok(true));
            let rows = store.documents(&"w".into()).await.unwrap();
            let frozen: Vec<bool> = rows.iter().map(|row| row.is_frozen).collect();
            assert_eq!(frozen, [false, is_frozen]);
            let row = store.document(&"e".into()).await.unwrap().unwrap();
            assert_eq!(row.is_frozen, is_frozen);
        }
        assert_eq!(store.freeze(&fay, &"none".into(), true).await, Ok(false));
    })
    .await;
}

#[tokio::test]
async fn people_keep_what_they_are_called_and_are_listed_as_they_came() {
    both(async |rig| {
        let store = rig.store();
        assert!(
            matches!(
                store.join(joining("w", "ana", 1, 1)).await,
                Err(StoreError::Refused(_))
            ),
            "there is no workshop yet"
        );
        seed(store).await;
        for (token, (id, joined_ms)) in (1..).zip([("cem", 20), ("ana", 20), ("bo", 10)]) {
            join(store, joining("w", id, joined_ms, token)).await;
        }
        let mut renamed = joining("w", "cem", 99, 4);
        renamed.name = "Cem Y.".into();
        let row = join(store, renamed).await;
        let expected = participant_row("w", "cem", 20, 0);
        assert_eq!(row, expected, "who comes back keeps name, colour and time");
        assert_eq!(
            store.participant(&"cem".into()).await.unwrap(),
            Some(expected)
        );
        assert_eq!(store.participant(&"dia".into()).await.unwrap(), None);
        let ids: Vec<ParticipantId> = store
            .participants(&"w".into())
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.id)
            .collect();
        assert_eq!(ids, ["bo".into(), "cem".into(), "ana".into()]);
    })
    .await;
}

#[tokio::test]
async fn who_has_been_more_is_not_made_less_by_joining_again() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let mut first = joining("w", "ana", 1, 1);
        first.role = Role::Facilitator;
        join(store, first).await;
        let again = join(store, joining("w", "ana", 2, 2)).await;
        assert_eq!(again.role, Role::Facilitator);
        let mut observer = joining("w", "bo", 3, 3);
        observer.role = Role::Observer;
        join(store, observer).await;
        let again = join(store, joining("w", "bo", 4, 4)).await;
        assert_eq!(again.role, Role::Participant);
    })
    .await;
}

#[tokio::test]
async fn a_role_that_was_given_stays_whichever_link_is_used() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        join(store, joining("w", "ana", 1, 1)).await;
        let (w, ana) = ("w".into(), "ana".into());
        let role = |role| ParticipantChange {
            role: Some(role),
            ..ParticipantChange::default()
        };
        let given = store.change_participant(Some(&fay), &w, &ana, role(Role::Observer));
        let given = given.await.unwrap();
        assert!(matches!(given, Some(row) if row.role == Role::Observer));
        let mut again = joining("w", "ana", 2, 2);
        again.role = Role::Facilitator;
        assert_eq!(join(store, again).await.role, Role::Observer);
        let kept = store.participant(&ana).await.unwrap().unwrap();
        assert!(kept.role == Role::Observer && kept.role_is_given);
        let given = store.change_participant(Some(&fay), &w, &ana, role(Role::Participant));
        let given = given.await.unwrap();
        assert!(matches!(given, Some(row) if row.role == Role::Participant));
        for (workshop, person) in [("w", "nobody"), ("v", "ana")] {
            let none = store
                .change_participant(
                    None,
                    &workshop.into(),
                    &person.into(),
                    role(Role::Facilitator),
                )
                .await
                .unwrap();
            assert_eq!(none, None, "{person} of {workshop}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_of_another_workshop_is_refused() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        store
            .create_workshop(workshop_row("v"), Vec::new())
            .await
            .unwrap();
        let ana = join(store, joining("w", "ana", 1, 1)).await;
        assert!(matches!(
            store.join(joining("v", "ana", 2, 2)).await,
            Err(StoreError::Refused(_))
        ));
        assert_eq!(
            store.participant(&"ana".into()).await.unwrap(),
            Some(ana),
            "nothing has changed"
        );
        assert_eq!(store.session(&[2; 32]).await.unwrap(), None);
    })
    .await;
}

/// As many servers would: each on a thread of its own, all at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn however_many_join_at_once_the_limit_holds_and_colours_go_round() {
    const MORE: usize = PEOPLE_MAX + 8;
    let disk = Disk::new();
    let Disk { store, folder } = disk;
    for store in [
        Arc::new(store) as SharedStore,
        Arc::new(MemoryStore::new()) as SharedStore,
    ] {
        seed(&*store).await;
        let start = Arc::new(tokio::sync::Barrier::new(MORE));
        let joins: Vec<_> = (0..MORE)
            .map(|i| {
                let (store, start) = (Arc::clone(&store), Arc::clone(&start));
                tokio::spawn(async move {
                    start.wait().await;
                    let joining = joining("w", &format!("p{i}"), 1, i as u8);
                    store.join(joining).await.unwrap()
                })
            })
            .collect();
        let mut colors = vec![0; COLORS as usize];
        let mut full = 0;
        for join in joins {
            match join.await.unwrap() {
                JoinOutcome::Joined(row) => colors[row.color as usize] += 1,
                JoinOutcome::Full => full += 1,
                JoinOutcome::Removed => panic!("nobody was removed"),
            }
        }
        assert_eq!(full, MORE - PEOPLE_MAX);
        assert_eq!(
            colors,
            [3, 3, 2, 2, 2],
            "no colour twice before all are used"
        );
        assert_eq!(
            store.participants(&"w".into()).await.unwrap().len(),
            PEOPLE_MAX
        );
        let back = store.join(joining("w", "p0", 2, 99)).await.unwrap();
        let was_in = store.participant(&"p0".into()).await.unwrap().is_some();
        assert_eq!(
            matches!(back, JoinOutcome::Joined(_)),
            was_in,
            "a full workshop lets back in who was there"
        );
    }
    drop(folder);
}

#[tokio::test]
async fn sessions_come_and_go() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        join(store, joining("w", "ana", 1, 1)).await;
        join(store, joining("w", "ana", 1, 2)).await;
        assert_eq!(
            store.session(&[1; 32]).await.unwrap(),
            Some(session_row(1, "ana", "w"))
        );
        let ana = "ana".into();
        store.leave(&[1; 32], &ana, None).await.unwrap();
        store.leave(&[9; 32], &ana, None).await.unwrap();
        assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
        assert!(store.session(&[2; 32]).await.unwrap().is_some());
        assert!(
            matches!(
                store.join(joining("w", "bo", 1, 2)).await,
                Err(StoreError::Refused(_))
            ),
            "a token in use"
        );
        assert_eq!(
            store.participant(&"bo".into()).await.unwrap(),
            None,
            "both or neither"
        );
    })
    .await;
}

#[tokio::test]
async fn the_first_author_of_an_object_stays_its_author_in_the_whole_workshop() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let other = vec![(document_row("v", "f", 0), bytes(1))];
        store
            .create_workshop(workshop_row("v"), other)
            .await
            .unwrap();
        let authors = |rows: &[(&str, &str)]| -> Vec<(ObjectId, ParticipantId)> {
            rows.iter()
                .map(|(object, author)| ((*object).into(), (*author).into()))
                .collect()
        };
        let with = |document: &str, seq, rows: &[(&str, &str)]| Append {
            authors: authors(rows),
            ..update(document, seq)
        };
        append(store, with("d", 2, &[("n1", "ana"), ("n2", "bo")])).unwrap();
        append(store, with("e", 2, &[("n1", "cem"), ("n3", "cem")])).unwrap();
        append(store, with("f", 2, &[("n1", "dia")])).unwrap();
        let late = append(store, with("d", 2, &[("n9", "ana")]));
        assert!(matches!(late, Err(StoreError::Conflict(_))));
        let mut found = store.authors(&"w".into()).await.unwrap();
        found.sort();
        assert_eq!(
            found,
            authors(&[("n1", "ana"), ("n2", "bo"), ("n3", "cem")]),
            "what is not logged has no author either"
        );
        assert_eq!(
            store.authors(&"v".into()).await.unwrap(),
            authors(&[("n1", "dia")]),
            "each workshop has its own"
        );
    })
    .await;
}

#[tokio::test]
async fn appends_are_acknowledged_and_read_back_in_order() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
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
            seqs(store, "d").await,
            (1..=600).collect::<Vec<_>>(),
            "load waits for what was queued before it"
        );
        assert_eq!(seqs(store, "e").await.len(), 600);
        let expected: Vec<_> = (2..=600).flat_map(|seq| [(seq, "d"), (seq, "e")]).collect();
        assert_eq!(*answers.lock().unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn an_append_that_breaks_the_rules_fails_alone() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let claiming = |append: Append| Append {
            claims: vec![(5, "ana".into())],
            ..append
        };
        let is_conflict = |outcome| matches!(outcome, Err(StoreError::Conflict(_)));
        let is_refused = |outcome| matches!(outcome, Err(StoreError::Refused(_)));
        assert!(
            is_conflict(append(store, claiming(update("d", 1)))),
            "a place used already"
        );
        assert!(is_refused(append(store, claiming(update("nowhere", 2)))));
        assert!(is_refused(append(store, update("d", u64::MAX))));
        append(store, update("d", 3)).unwrap();
        assert!(
            is_conflict(append(store, update("d", 2))),
            "a place before the last"
        );
        assert_eq!(seqs(store, "d").await, [1, 3]);
        assert!(store.load(&"d".into()).await.unwrap().owners.is_empty());
        assert_eq!(store.health(), StoreHealth::Ok);
    })
    .await;
}

#[tokio::test]
async fn a_place_that_a_snapshot_covers_is_used_even_if_its_row_is_gone() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        append_range(store, "d", 2..=4);
        store.snapshot(&"d".into(), snapshot(4, 1)).await.unwrap();
        store.snapshot(&"d".into(), snapshot(5, 2)).await.unwrap();
        assert_eq!(seqs(store, "d").await, [0_u64; 0]);
        assert_eq!(store.load(&"d".into()).await.unwrap().last_seq, 5);
        assert!(append(store, update("d", 5)).is_err());
        append(store, update("d", 6)).unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_first_claim_wins() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let huge = u64::MAX;
        let claims = |claims: &[(u64, &str)]| {
            claims
                .iter()
                .map(|(id, who)| (*id, ParticipantId::from(*who)))
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
            store.load(&"d".into()).await.unwrap().owners,
            claims(&[(3, "cem"), (9, "ana"), (huge, "bo")])
        );
        assert!(
            store.load(&"e".into()).await.unwrap().owners.is_empty(),
            "each document has its own"
        );
    })
    .await;
}

#[tokio::test]
async fn a_damaged_update_is_set_aside_and_the_rest_is_read() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        append_range(store, "d", 2..=5);
        rig.damage(Table::Updates, "d", 3);
        rig.damage(Table::Updates, "d", 5);
        let stored = store.load(&"d".into()).await.unwrap();
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
        let again = store.load(&"d".into()).await.unwrap();
        assert!(again.damage.is_empty());
        assert_eq!(again.last_seq, 5);
        assert!(append(store, update("d", 5)).is_err());
        append(store, update("d", 6)).unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_generations_can_be_recovered() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        append_range(store, "d", 2..=4);
        store.snapshot(&"d".into(), snapshot(4, 1)).await.unwrap();
        assert_eq!(
            seqs(store, "d").await,
            [1, 2, 3, 4],
            "without a previous snapshot the whole log stays"
        );
        append_range(store, "d", 5..=7);
        store.snapshot(&"d".into(), snapshot(7, 2)).await.unwrap();
        append_range(store, "d", 8..=8);
        assert_eq!(seqs(store, "d").await, [5, 6, 7, 8]);
        assert_eq!(snapshots(store, "d").await, [7, 4]);

        rig.damage(Table::Snapshots, "d", 7);
        let stored = store.load(&"d".into()).await.unwrap();
        assert_eq!(stored.damage[0].what, "snapshot 7");
        assert_eq!(rig.quarantined("d")[0].0, "snapshot 7");
        assert_eq!(snapshots(store, "d").await, [4]);
        assert_eq!(
            seqs(store, "d").await,
            [5, 6, 7, 8],
            "the log still goes back to the snapshot before"
        );
        assert_eq!(store.load(&"d".into()).await.unwrap().last_seq, 8);
    })
    .await;
}

#[tokio::test]
async fn the_log_is_not_cut_at_a_snapshot_that_cannot_be_read() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        append_range(store, "d", 2..=4);
        store.snapshot(&"d".into(), snapshot(2, 1)).await.unwrap();
        store.snapshot(&"d".into(), snapshot(3, 2)).await.unwrap();
        assert_eq!(seqs(store, "d").await, [3, 4]);
        rig.damage(Table::Snapshots, "d", 3);
        store.snapshot(&"d".into(), snapshot(4, 3)).await.unwrap();
        assert_eq!(
            seqs(store, "d").await,
            [3, 4],
            "snapshot 3 is of no use, so the log goes back to 2"
        );
        assert_eq!(snapshots(store, "d").await, [4, 2]);
    })
    .await;
}

#[tokio::test]
async fn old_snapshots_are_thinned_out() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        const MINUTE_MS: i64 = 60_000;
        for minute in 1..=31 {
            store
                .snapshot(&"d".into(), snapshot(minute + 1, minute as i64 * MINUTE_MS))
                .await
                .unwrap();
        }
        assert_eq!(snapshots(store, "d").await, [32, 31, 30, 20, 10]);
        store
            .snapshot(&"d".into(), snapshot(40, 3 * 24 * 60 * MINUTE_MS))
            .await
            .unwrap();
        assert_eq!(
            snapshots(store, "d").await,
            [40, 32, 31],
            "of the first day, the newest, and the last three"
        );
        let last = snapshot(40, 3 * 24 * 60 * MINUTE_MS + 1);
        store.snapshot(&"d".into(), last.clone()).await.unwrap();
        assert_eq!(
            store.load(&"d".into()).await.unwrap().snapshots[0],
            last,
            "of one place there is one, the later"
        );
        assert!(
            store
                .snapshot(&"nowhere".into(), snapshot(1, 1))
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn bytes_of_any_document_can_be_set_aside() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        store
            .quarantine(&"d".into(), None, "does not decode", b"xyz")
            .await
            .unwrap();
        store
            .quarantine(&"gone".into(), None, "no such document", b"")
            .await
            .unwrap();
        assert_eq!(
            rig.quarantined("d"),
            [("bytes".into(), "does not decode".into(), b"xyz".to_vec())]
        );
        assert_eq!(rig.quarantined("gone").len(), 1);
        assert_eq!(store.load(&"d".into()).await.unwrap().last_seq, 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_loaded_is_an_error_and_never_an_empty_document() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        assert!(store.load(&"nowhere".into()).await.is_err());
        rig.damage(Table::Updates, "d", 1);
        assert!(matches!(
            store.load(&"d".into()).await,
            Err(StoreError::Damaged(_))
        ));
        assert!(
            matches!(store.load(&"d".into()).await, Err(StoreError::Damaged(_))),
            "nor the second time"
        );
        assert_eq!(rig.quarantined("d").len(), 1);
        assert_eq!(seqs(store, "e").await, [1]);
    })
    .await;
}

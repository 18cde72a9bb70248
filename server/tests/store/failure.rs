//! A disk that refuses, and the end.

use std::fs::File;
use std::sync::Arc;
use std::sync::mpsc::channel;

use server::{
    storage::{Append, SharedStore, SqliteStore, Store, StoreError, StoreHealth},
    testing::MemoryStore,
};

use crate::rig::{
    Disk, Outcome, Rig, Table, append, append_range, both, joining, queue, seed, seqs, snapshot,
    update,
};

fn is_unavailable(outcome: &Outcome) -> bool {
    matches!(outcome, Err(StoreError::Unavailable(_)))
}

/// Appends until the disk is full; returns the last place acknowledged.
fn append_until_full(store: &dyn Store, document: &str, first: u64) -> u64 {
    for seq in first..first + 10_000 {
        let outcome = append(
            store,
            Append {
                data: vec![7; 4000],
                ..update(document, seq)
            },
        );
        if outcome.is_err() {
            assert!(is_unavailable(&outcome));
            return seq - 1;
        }
    }
    panic!("the disk never got full");
}

#[tokio::test]
async fn after_a_failed_commit_nothing_is_tried_until_recovery() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        append_range(store, "d", 2..=3);
        rig.fill_disk(true).await;
        let last = append_until_full(store, "d", 4);
        assert!(matches!(store.health(), StoreHealth::Degraded(_)));
        assert_eq!(
            store.load(&"d".into()).await.unwrap().last_seq,
            last,
            "what is durable can still be read"
        );

        rig.fill_disk(false).await;
        assert!(
            is_unavailable(&append(store, update("e", 2))),
            "room alone is no reason to try"
        );
        assert!(store.snapshot(&"e".into(), snapshot(1, 1)).await.is_err());
        assert!(store.join(joining("w", "ana", 1, 1)).await.is_err());
        assert_eq!(seqs(store, "e").await, [1]);

        assert_eq!(store.recover().await, StoreHealth::Ok);
        assert_eq!(store.health(), StoreHealth::Ok);
        append(store, update("e", 2)).unwrap();
        append(store, update("d", last + 1)).unwrap();
        assert_eq!(store.load(&"d".into()).await.unwrap().last_seq, last + 1);
        assert_eq!(
            store.recover().await,
            StoreHealth::Ok,
            "of a sound store, nothing is asked"
        );
    })
    .await;
}

#[tokio::test]
async fn recovery_fails_for_as_long_as_the_disk_is_full() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        rig.fill_disk(true).await;
        append_until_full(store, "d", 2);
        for _ in 0..3 {
            assert!(matches!(store.recover().await, StoreHealth::Degraded(_)));
            assert_eq!(seqs(store, "e").await, [1]);
            assert!(is_unavailable(&append(store, update("e", 2))));
        }
        rig.fill_disk(false).await;
        assert_eq!(store.recover().await, StoreHealth::Ok);
        append(store, update("e", 2)).unwrap();
    })
    .await;
}

#[tokio::test]
async fn damage_is_reported_even_if_it_cannot_be_set_aside() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        append_range(store, "d", 2..=4);
        rig.damage(Table::Updates, "d", 3);
        rig.fill_disk(true).await;
        append_until_full(store, "e", 2);
        for _ in 0..2 {
            let stored = store.load(&"d".into()).await.unwrap();
            assert_eq!(stored.damage[0].what, "update 3");
            assert_eq!(stored.updates.len(), 3);
        }
        assert!(rig.quarantined("d").is_empty());
        rig.fill_disk(false).await;
        assert_eq!(store.recover().await, StoreHealth::Ok);
        assert_eq!(store.load(&"d".into()).await.unwrap().damage.len(), 1);
        assert_eq!(rig.quarantined("d").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_failed_group_fails_as_a_whole() {
    let disk = Disk::new();
    let store = disk.store();
    seed(store).await;
    disk.fill_disk(true).await;
    // A refused append's answer keeps the writer busy, so that those behind it become one group.
    let (go, wait) = channel::<()>();
    let (sender, refused) = channel();
    let done = move |result: Outcome| {
        sender.send(result).unwrap();
        wait.recv().unwrap();
    };
    store.append(update("d", 1), Box::new(done));
    assert!(refused.recv().unwrap().is_err());
    assert_eq!(store.health(), StoreHealth::Ok);
    let small = queue(store, update("d", 2));
    let large = queue(
        store,
        Append {
            data: vec![1; 1 << 20],
            ..update("e", 2)
        },
    );
    let after = queue(store, update("d", 3));
    go.send(()).unwrap();
    for answer in [small, large, after] {
        assert!(is_unavailable(&answer.recv().unwrap()));
    }
    assert_eq!(seqs(store, "d").await, [1]);
}

#[tokio::test]
async fn closing_waits_for_what_is_queued_and_refuses_what_comes_after() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let answers: Vec<_> = (2..=300)
            .map(|seq| queue(store, update("d", seq)))
            .collect();
        store.close().await;
        answers
            .iter()
            .for_each(|answer| answer.try_recv().unwrap().unwrap());
        assert!(is_unavailable(&append(store, update("d", 301))));
        assert!(store.load(&"d".into()).await.is_err());
        assert!(store.workshop(&"w".into()).await.is_err());
        assert!(store.join(joining("w", "ana", 1, 1)).await.is_err());
        assert!(matches!(store.health(), StoreHealth::Degraded(_)));
        assert!(matches!(store.recover().await, StoreHealth::Degraded(_)));
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_panics_harms_nobody_else() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        store.append(
            update("d", 2),
            Box::new(|_| panic!("this panic is part of the test")),
        );
        append(store, update("d", 3)).unwrap();
        assert_eq!(seqs(store, "d").await, [1, 2, 3]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_may_append_and_may_be_the_last_owner() {
    let disk = Disk::new();
    let Disk { store, folder } = disk;
    let memory: SharedStore = Arc::new(MemoryStore::new());
    for store in [Arc::new(store) as SharedStore, memory] {
        seed(&*store).await;
        let (sender, answers) = channel();
        let owner = Arc::clone(&store);
        let again = sender.clone();
        let done = move |result: Outcome| {
            sender.send(result).unwrap();
            owner.append(
                update("d", 3),
                Box::new(move |result| again.send(result).unwrap()),
            );
        };
        store.append(update("d", 2), Box::new(done));
        drop(store);
        // The second may find the store closed, but it is answered.
        answers.recv().unwrap().unwrap();
        let _either = answers.recv().unwrap();
    }
    // The writer thread ends by itself, and lets go of the folder: whoever waits for its lock gets it then.
    let lock = File::open(folder.path().join("plaza.lock")).unwrap();
    tokio::task::spawn_blocking(move || lock.lock().unwrap())
        .await
        .unwrap();
    let reopened = SqliteStore::open(folder.path()).unwrap();
    assert!(seqs(&reopened, "d").await.starts_with(&[1, 2]));
}

/// On one thread: whoever waits for the disk leaves it to the others.
#[tokio::test]
async fn a_disk_that_is_slow_to_write_holds_up_neither_readers_nor_the_thread_that_asks() {
    let disk = Disk::new();
    let store = disk.store();
    seed(store).await;
    let blocker = disk.connection();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = queue(store, update("d", 2));
    let document = "e".into();
    let writing = store.snapshot(&document, snapshot(1, 1));
    let reading = async {
        let found = store.workshop(&"w".into()).await.unwrap();
        assert!(answer.try_recv().is_err(), "it cannot have been written");
        blocker.execute_batch("COMMIT").unwrap();
        found
    };
    let (written, found) = tokio::join!(writing, reading);
    written.unwrap();
    assert!(found.is_some());
    answer.recv().unwrap().unwrap();
    assert_eq!(seqs(store, "d").await, [1, 2]);
}

//! The in-memory store's knobs for tests.

use server::{
    storage::{Log, StoreError, StoreHealth},
    testing::MemoryStore,
};

use crate::rig::{append, queue, seed, seqs, update};

#[tokio::test]
async fn a_test_decides_when_appends_become_durable() {
    let store = MemoryStore::new();
    seed(&store).await;
    store.hold();
    let answers: Vec<_> = (2..=5).map(|seq| queue(&store, update("d", seq))).collect();
    assert_eq!(store.held(), 4);
    assert_eq!(seqs(&store, "d").await, [1]);
    store.release_next(2);
    assert!(answers[1].try_recv().unwrap().is_ok());
    assert!(answers[2].try_recv().is_err());
    assert_eq!(seqs(&store, "d").await, [1, 2, 3]);
    store.release();
    assert!(answers[3].try_recv().unwrap().is_ok());
    append(&store, update("d", 6)).unwrap();
}

#[tokio::test]
async fn a_crash_loses_what_was_not_acknowledged_and_nothing_else() {
    let store = MemoryStore::new();
    seed(&store).await;
    append(&store, update("d", 2)).unwrap();
    store.hold();
    let lost = queue(&store, update("d", 3));
    assert!(lost.try_recv().is_err());
    store.drop_unacked();
    store.release();
    assert!(lost.recv().unwrap().is_err());
    assert_eq!(seqs(&store, "d").await, [1, 2]);
    append(&store, update("d", 3)).unwrap();
}

#[tokio::test]
async fn a_failing_store_is_degraded_by_the_first_write() {
    let store = MemoryStore::new();
    seed(&store).await;
    store.fail_writes(true);
    assert_eq!(store.health(), StoreHealth::Ok);
    assert!(append(&store, update("d", 2)).is_err());
    assert!(matches!(store.health(), StoreHealth::Degraded(_)));
}

#[tokio::test]
async fn a_fenced_store_takes_no_append_and_is_not_degraded() {
    let store = MemoryStore::new();
    seed(&store).await;
    store.fence(true);
    assert_eq!(append(&store, update("d", 2)), Err(StoreError::Fenced));
    assert_eq!(store.health(), StoreHealth::Ok);
    store.fence(false);
    append(&store, update("d", 2)).unwrap();
}

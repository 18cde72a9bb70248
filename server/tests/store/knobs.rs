//! The in-memory store's knobs for tests.

use server::storage::{MemoryStore, Store, StoreHealth};

use crate::rig::{append, queue, seed, seqs, update};

#[test]
fn a_test_decides_when_appends_become_durable() {
    let store = MemoryStore::new();
    seed(&store);
    store.hold();
    let answers: Vec<_> = (2..=5).map(|seq| queue(&store, update("d", seq))).collect();
    assert_eq!(store.held(), 4);
    assert_eq!(seqs(&store, "d"), [1]);
    store.release_next(2);
    assert!(answers[1].try_recv().unwrap().is_ok());
    assert!(answers[2].try_recv().is_err());
    assert_eq!(seqs(&store, "d"), [1, 2, 3]);
    store.release();
    assert!(answers[3].try_recv().unwrap().is_ok());
    append(&store, update("d", 6)).unwrap();
}

#[test]
fn a_crash_loses_what_was_not_acknowledged_and_nothing_else() {
    let store = MemoryStore::new();
    seed(&store);
    append(&store, update("d", 2)).unwrap();
    store.hold();
    let lost = queue(&store, update("d", 3));
    assert!(lost.try_recv().is_err());
    store.drop_unacked();
    store.release();
    assert!(lost.recv().unwrap().is_err());
    assert_eq!(seqs(&store, "d"), [1, 2]);
    append(&store, update("d", 3)).unwrap();
}

#[test]
fn a_failing_store_is_degraded_by_the_first_write() {
    let store = MemoryStore::new();
    seed(&store);
    store.fail_writes(true);
    assert_eq!(store.health(), StoreHealth::Ok);
    assert!(append(&store, update("d", 2)).is_err());
    assert!(matches!(store.health(), StoreHealth::Degraded(_)));
}

//! Pictures: by content, within a budget, in both stores; and what a restart and rot do to them on disk.

use rusqlite::Connection;
use server::storage::{ImageRow, ImageStored, SqliteStore, Store, StoreError, StoreHealth};

use crate::rig::{
    Disk, Rig, append_range, both, bytes, participant_row, seed, seqs, session_row, workshop_row,
};

fn image(workshop: &str, bytes: Vec<u8>) -> ImageRow {
    ImageRow {
        workshop: workshop.into(),
        hash: *blake3::hash(&bytes).as_bytes(),
        media_type: "image/png".into(),
        width: 40,
        height: 30,
        created_ms: 7,
        bytes,
    }
}

#[test]
fn a_picture_comes_back_as_it_was_and_only_in_its_workshop() {
    both(|rig| {
        let store = rig.store();
        let row = image("w", bytes(3));
        assert!(
            store.put_image(row.clone(), 9_999).is_err(),
            "there is no workshop yet"
        );
        assert_eq!(store.health(), StoreHealth::Ok, "a refusal is no fault");
        seed(store);
        store
            .create_workshop(workshop_row("v"), Vec::new())
            .unwrap();
        assert_eq!(store.image("w", &row.hash).unwrap(), None);
        assert_eq!(
            store.put_image(row.clone(), 9_999).unwrap(),
            ImageStored::Stored
        );
        assert_eq!(store.image("w", &row.hash).unwrap(), Some(row.clone()));
        assert_eq!(store.image("v", &row.hash).unwrap(), None);
        assert_eq!(store.image("w", &[0; 32]).unwrap(), None);
    });
}

#[test]
fn the_same_picture_twice_is_one_and_a_full_workshop_takes_no_other() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        store
            .create_workshop(workshop_row("v"), Vec::new())
            .unwrap();
        let (one, two) = (image("w", vec![1; 60]), image("w", vec![2; 40]));
        let put = |row: &ImageRow, max| store.put_image(row.clone(), max).unwrap();
        assert_eq!(put(&one, 59), ImageStored::Full);
        assert_eq!(store.image("w", &one.hash).unwrap(), None);
        assert_eq!(put(&one, 99), ImageStored::Stored);
        assert_eq!(put(&two, 99), ImageStored::Full);
        let later = ImageRow {
            created_ms: 8,
            ..one.clone()
        };
        assert_eq!(put(&later, 99), ImageStored::Stored, "it takes no room");
        assert_eq!(put(&later, 1), ImageStored::Stored, "nor is it taken away");
        assert_eq!(store.image("w", &one.hash).unwrap(), Some(one));
        assert_eq!(put(&two, 100), ImageStored::Stored, "just full");
        let elsewhere = image("v", vec![3; 60]);
        assert_eq!(put(&elsewhere, 60), ImageStored::Stored, "each has its own");
    });
}

#[test]
fn a_full_disk_takes_no_picture_and_says_so() {
    both(|rig| {
        let store = rig.store();
        seed(store);
        rig.fill_disk(true);
        let row = image("w", vec![1; 1 << 20]);
        assert!(store.put_image(row.clone(), u64::MAX).is_err());
        assert!(matches!(store.health(), StoreHealth::Degraded(_)));
        rig.fill_disk(false);
        assert_eq!(store.recover(), StoreHealth::Ok);
        assert_eq!(store.image("w", &row.hash).unwrap(), None);
        assert!(store.put_image(row, u64::MAX).is_ok());
    });
}

#[test]
fn a_picture_survives_a_restart_and_a_damaged_one_is_mended_by_bringing_it_again() {
    let disk = Disk::new();
    seed(disk.store());
    let row = image("w", bytes(5));
    disk.store.put_image(row.clone(), 9_999).unwrap();
    let disk = disk.reopen();
    assert_eq!(disk.store.image("w", &row.hash).unwrap(), Some(row.clone()));
    disk.connection()
        .execute("UPDATE images SET bytes = x'00'", [])
        .unwrap();
    assert!(matches!(
        disk.store.image("w", &row.hash),
        Err(StoreError::Damaged(_))
    ));
    disk.store.put_image(row.clone(), 9_999).unwrap();
    assert_eq!(disk.store.image("w", &row.hash).unwrap(), Some(row));
}

/// A folder as Plaza left it before there were pictures.
#[test]
fn a_database_of_the_first_version_opens_and_keeps_everything() {
    let new = Disk::new();
    seed(new.store());
    append_range(new.store(), "d", 2..=4);
    new.store
        .put_participant(participant_row("w", "ana", 1))
        .unwrap();
    new.store.put_session(session_row(4, "ana", "w")).unwrap();
    new.store.close();
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(folder.path().join("plaza.sqlite3")).unwrap();
    old.execute_batch(include_str!("../../src/storage/sqlite/0001.sql"))
        .unwrap();
    old.pragma_update(None, "application_id", 0x506c_7a61)
        .unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    old.execute("ATTACH ?1 AS new", [new.database().to_str().unwrap()])
        .unwrap();
    for table in [
        "workshops",
        "documents",
        "participants",
        "sessions",
        "updates",
    ] {
        old.execute_batch(&format!("INSERT INTO {table} SELECT * FROM new.{table}"))
            .unwrap();
    }
    drop(old);

    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(store.workshop("w").unwrap(), Some(workshop_row("w")));
    assert_eq!(seqs(&store, "d"), [1, 2, 3, 4]);
    assert_eq!(
        store.participant("ana").unwrap(),
        Some(participant_row("w", "ana", 1))
    );
    assert_eq!(
        store.session(&[4; 32]).unwrap(),
        Some(session_row(4, "ana", "w"))
    );
    let row = image("w", bytes(2));
    store.put_image(row.clone(), 9_999).unwrap();
    assert_eq!(store.image("w", &row.hash).unwrap(), Some(row));
}

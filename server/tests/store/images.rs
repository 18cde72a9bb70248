//! Pictures: by content, within a budget, in both stores; and what a restart and rot do to them on disk.

use rusqlite::Connection;
use server::storage::{
    Directory, ImageRow, ImageStored, Log, Pictures, Sessions, SqliteStore, StoreError,
    StoreHealth, WorkshopRow,
};
use shared::protocol::api::ForRoles;

use crate::rig::{
    Disk, Rig, append_range, both, bytes, join, joining, participant_row, seed, seqs, session_row,
    workshop_row,
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

#[tokio::test]
async fn a_picture_comes_back_as_it_was_and_only_in_its_workshop() {
    both(async |rig| {
        let store = rig.store();
        let row = image("w", bytes(3));
        assert!(
            store.put_image(row.clone(), 9_999).await.is_err(),
            "there is no workshop yet"
        );
        assert_eq!(store.health(), StoreHealth::Ok, "a refusal is no fault");
        seed(store).await;
        store
            .create_workshop(workshop_row("v"), Vec::new())
            .await
            .unwrap();
        assert_eq!(store.image(&"w".into(), &row.hash).await.unwrap(), None);
        assert_eq!(
            store.put_image(row.clone(), 9_999).await.unwrap(),
            ImageStored::Stored
        );
        assert_eq!(
            store.image(&"w".into(), &row.hash).await.unwrap(),
            Some(row.clone())
        );
        assert_eq!(store.image(&"v".into(), &row.hash).await.unwrap(), None);
        assert_eq!(store.image(&"w".into(), &[0; 32]).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_same_picture_twice_is_one_and_a_full_workshop_takes_no_other() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        store
            .create_workshop(workshop_row("v"), Vec::new())
            .await
            .unwrap();
        let (one, two) = (image("w", vec![1; 60]), image("w", vec![2; 40]));
        let put = async |row: &ImageRow, max| store.put_image(row.clone(), max).await.unwrap();
        assert_eq!(put(&one, 59).await, ImageStored::Full);
        assert_eq!(store.image(&"w".into(), &one.hash).await.unwrap(), None);
        assert_eq!(put(&one, 99).await, ImageStored::Stored);
        assert_eq!(put(&two, 99).await, ImageStored::Full);
        let later = ImageRow {
            created_ms: 8,
            ..one.clone()
        };
        assert_eq!(
            put(&later, 99).await,
            ImageStored::Stored,
            "it takes no room"
        );
        assert_eq!(
            put(&later, 1).await,
            ImageStored::Stored,
            "nor is it taken away"
        );
        assert_eq!(
            store.image(&"w".into(), &one.hash).await.unwrap(),
            Some(one)
        );
        assert_eq!(put(&two, 100).await, ImageStored::Stored, "just full");
        let elsewhere = image("v", vec![3; 60]);
        assert_eq!(
            put(&elsewhere, 60).await,
            ImageStored::Stored,
            "each has its own"
        );
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_takes_no_picture_and_says_so() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        rig.fill_disk(true).await;
        let row = image("w", vec![1; 1 << 20]);
        assert!(store.put_image(row.clone(), u64::MAX).await.is_err());
        assert!(matches!(store.health(), StoreHealth::Degraded(_)));
        rig.fill_disk(false).await;
        assert_eq!(store.recover().await, StoreHealth::Ok);
        assert_eq!(store.image(&"w".into(), &row.hash).await.unwrap(), None);
        assert!(store.put_image(row, u64::MAX).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_picture_survives_a_restart_and_a_damaged_one_is_mended_by_bringing_it_again() {
    let disk = Disk::new();
    seed(disk.store()).await;
    let row = image("w", bytes(5));
    disk.store.put_image(row.clone(), 9_999).await.unwrap();
    let disk = disk.reopen();
    assert_eq!(
        disk.store.image(&"w".into(), &row.hash).await.unwrap(),
        Some(row.clone())
    );
    disk.connection()
        .execute("UPDATE images SET bytes = x'00'", [])
        .unwrap();
    assert!(matches!(
        disk.store.image(&"w".into(), &row.hash).await,
        Err(StoreError::Damaged(_))
    ));
    disk.store.put_image(row.clone(), 9_999).await.unwrap();
    assert_eq!(
        disk.store.image(&"w".into(), &row.hash).await.unwrap(),
        Some(row)
    );
}

/// A folder as Plaza left it before there were pictures.
#[tokio::test]
async fn a_database_of_the_first_version_opens_and_keeps_everything() {
    let new = Disk::new();
    seed(new.store()).await;
    append_range(new.store(), "d", 2..=4);
    join(new.store(), joining("w", "ana", 1, 4)).await;
    new.store.close().await;
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(folder.path().join("plaza.sqlite3")).unwrap();
    old.execute_batch(include_str!(
        "../../src/storage/sqlite/migrations/0001_first.sql"
    ))
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
        let names = "SELECT group_concat(name) FROM pragma_table_info(?1)";
        let columns: String = old.query_row(names, [table], |row| row.get(0)).unwrap();
        old.execute_batch(&format!(
            "INSERT INTO {table} ({columns}) SELECT {} FROM new.{table}",
            // Its name since then.
            columns.replace("department", "organisation")
        ))
        .unwrap();
    }
    drop(old);

    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(
        store.workshop(&"w".into()).await.unwrap(),
        Some(WorkshopRow {
            language: "en".into(),
            keys: ForRoles::default(),
            ..workshop_row("w")
        })
    );
    assert_eq!(seqs(&store, "d").await, [1, 2, 3, 4]);
    assert_eq!(
        store.participant(&"ana".into()).await.unwrap(),
        Some(participant_row("w", "ana", 1, 0))
    );
    assert_eq!(
        store.session(&[4; 32]).await.unwrap(),
        Some(session_row(4, "ana", "w"))
    );
    let row = image("w", bytes(2));
    store.put_image(row.clone(), 9_999).await.unwrap();
    assert_eq!(
        store.image(&"w".into(), &row.hash).await.unwrap(),
        Some(row)
    );
}

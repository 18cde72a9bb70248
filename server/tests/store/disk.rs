//! What only a store on disk can be put through.

use std::fs;

use rusqlite::Connection;
use server::storage::{Directory, Log, Sessions, SqliteStore, StoreError};

use crate::rig::{
    Disk, Rig, append_range, join, joining, seed, seqs, session_row, snapshot, snapshots,
};

#[tokio::test]
async fn two_servers_never_open_one_folder() {
    let disk = Disk::new();
    assert!(matches!(
        SqliteStore::open(disk.folder.path()),
        Err(StoreError::Locked)
    ));
    disk.store.close().await;
    let second = SqliteStore::open(disk.folder.path()).unwrap();
    assert!(matches!(
        SqliteStore::open(disk.folder.path()),
        Err(StoreError::Locked)
    ));
    drop(second);
    SqliteStore::open(disk.folder.path()).unwrap();
}

#[tokio::test]
async fn everything_survives_a_restart() {
    let disk = Disk::new();
    seed(disk.store()).await;
    append_range(disk.store(), "d", 2..=4);
    disk.store
        .snapshot(&"d".into(), snapshot(3, 1))
        .await
        .unwrap();
    join(disk.store(), joining("w", "ana", 1, 4)).await;
    let disk = disk.reopen();
    assert_eq!(seqs(disk.store(), "d").await, [1, 2, 3, 4]);
    assert_eq!(snapshots(disk.store(), "d").await, [3]);
    assert_eq!(disk.store.documents(&"w".into()).await.unwrap().len(), 2);
    assert_eq!(
        disk.store.session(&[4; 32]).await.unwrap(),
        Some(session_row(4, "ana", "w"))
    );
}

#[tokio::test]
async fn the_database_is_set_up_for_durability_and_for_its_owner_only() {
    let disk = Disk::new();
    let folder = disk.folder.path().join("a").join("b");
    let store = SqliteStore::open(&folder).unwrap();
    seed(&store).await;
    let connection = Connection::open(folder.join("plaza.sqlite3")).unwrap();
    let pragma = |name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap()
    };
    assert_eq!(
        pragma("journal_mode"),
        rusqlite::types::Value::Text("wal".into())
    );
    assert_eq!(
        pragma("application_id"),
        rusqlite::types::Value::Integer(0x506c_7a61)
    );
    assert_eq!(pragma("user_version"), rusqlite::types::Value::Integer(8));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for name in [
            "plaza.sqlite3",
            "plaza.sqlite3-wal",
            "plaza.sqlite3-shm",
            "plaza.lock",
        ] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
        }
    }
}

#[tokio::test]
async fn a_file_that_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plaza.sqlite3");
    fs::write(
        &path,
        b"not a database at all, but long enough to be taken for one".repeat(50),
    )
    .unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(
        SqliteStore::open(folder.path()),
        Err(StoreError::Damaged(_))
    ));
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::remove_file(&path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE other (x)")
        .unwrap();
    assert!(matches!(
        SqliteStore::open(folder.path()),
        Err(StoreError::Damaged(_))
    ));
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let disk = Disk::new();
    disk.store.close().await;
    disk.connection()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert!(matches!(
        SqliteStore::open(disk.folder.path()),
        Err(StoreError::Refused(_))
    ));
}

#[tokio::test]
async fn a_row_that_has_gone_astray_is_noticed() {
    let disk = Disk::new();
    seed(disk.store()).await;
    append_range(disk.store(), "d", 2..=3);
    append_range(disk.store(), "e", 2..=2);
    let connection = disk.connection();
    connection
        .execute(
            "UPDATE updates SET seq = 9 WHERE document = 'd' AND seq = 3",
            [],
        )
        .unwrap();
    connection
        .execute(
            "UPDATE updates SET document = 'd', seq = 3 WHERE document = 'e' AND seq = 2",
            [],
        )
        .unwrap();
    let stored = disk.store.load(&"d".into()).await.unwrap();
    let what: Vec<_> = stored
        .damage
        .iter()
        .map(|damage| damage.what.as_str())
        .collect();
    assert_eq!(what, ["update 3", "update 9"]);
    assert_eq!(seqs(disk.store(), "d").await, [1, 2]);
}

/// Whatever is in the columns, loading neither panics nor takes it for good.
#[tokio::test]
async fn arbitrary_bytes_in_the_rows_are_set_aside() {
    let disk = Disk::new();
    seed(disk.store()).await;
    let connection = disk.connection();
    let zip_bomb = zstd::bulk::compress(&vec![0; 80 << 20], 3).unwrap();
    let junk: [&[u8]; 5] = [
        b"",
        b"\x28\xb5\x2f\xfd",
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
        &[0; 5000],
        &zip_bomb,
    ];
    for (index, junk) in junk.iter().enumerate() {
        let seq = index as i64 - 1;
        let insert = "INSERT INTO snapshots (document, upto_seq, taken_ms, crc32c, blake3, data) VALUES ('d', ?1, ?1, ?1, ?2, ?2)";
        connection
            .execute(insert, rusqlite::params![seq, junk])
            .unwrap();
        let insert = "INSERT INTO updates (document, seq, crc32c, data) VALUES ('d', ?1, -1, ?2)";
        connection
            .execute(insert, rusqlite::params![seq + 100, junk])
            .unwrap();
    }
    connection
        .execute(
            "INSERT INTO updates (document, seq, crc32c, data) VALUES ('d', -7, 0, x'00')",
            [],
        )
        .unwrap();
    let stored = disk.store.load(&"d".into()).await.unwrap();
    assert_eq!(stored.damage.len(), 11);
    assert_eq!(stored.last_seq, 103);
    assert_eq!(disk.quarantined("d").len(), 11);
    let stored = disk.store.load(&"d".into()).await.unwrap();
    assert!(stored.damage.is_empty() && stored.snapshots.is_empty());
    assert_eq!(stored.updates.len(), 1);
}

/// Bit rot beneath the database's feet: an error or damage, but no panic, and no bytes that were never written.
#[tokio::test]
async fn a_rotten_file_yields_errors_and_never_wrong_bytes() {
    let disk = Disk::new();
    seed(disk.store()).await;
    append_range(disk.store(), "d", 2..=60);
    disk.store
        .snapshot(&"d".into(), snapshot(30, 1))
        .await
        .unwrap();
    disk.store.close().await;
    let sound = fs::read(disk.database()).unwrap();
    let Disk { store, folder } = disk;
    drop(store);
    let path = folder.path().join("plaza.sqlite3");
    for round in 0..40 {
        let mut rotten = sound.clone();
        for spot in 0..4 {
            let place = 100 + (round * 7919 + spot * 104_729) % (rotten.len() - 100);
            rotten[place] ^= 1 << (round % 8);
        }
        for companion in ["plaza.sqlite3-wal", "plaza.sqlite3-shm"] {
            let _missing = fs::remove_file(folder.path().join(companion));
        }
        fs::write(&path, &rotten).unwrap();
        let Ok(store) = SqliteStore::open(folder.path()) else {
            continue;
        };
        if let Ok(stored) = store.load(&"d".into()).await {
            assert!(!stored.updates.is_empty() || !stored.snapshots.is_empty());
        }
        if store.load(&"d".into()).await.is_ok() {
            seqs(&store, "d").await;
            snapshots(&store, "d").await;
        }
    }
}

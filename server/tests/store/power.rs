//! Power cuts: what was acknowledged is there, whatever the disk forgot.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;

use server::storage::{Log, SqliteStore};

use crate::forgetful::{Forgetful, Random};
use crate::kill::{Appending, check, times};

const CUTS: &str = "PLAZA_POWER_CUTS";
/// As many as `make test` has time for.
const FEW: u64 = 5;
/// Power is cut after at most so many writes and syncs.
const CHANGES_MAX: u64 = 4_000;

#[tokio::test]
async fn what_was_acknowledged_survives_power_cuts() {
    let Some(mut disk) = Forgetful::mount() else {
        return;
    };
    let seed = RandomState::new().hash_one(());
    println!("seed {seed}");
    let mut random = Random(seed);
    let mut last_acked = BTreeMap::new();
    let (mut acked, mut unsynced, mut lost) = (0, 0, 0);
    let cuts = times(CUTS, FEW);
    for cut in 0..cuts {
        disk.cut_after(1 + random.below(CHANGES_MAX));
        let child = Appending::start(&disk.path());
        disk.cut()();
        let heard = child.kill();
        acked += heard.count;
        last_acked.extend(heard.last);
        let (left, forgotten) = disk.power_on(&mut random);
        disk = left;
        unsynced += forgotten.unsynced;
        lost += forgotten.lost;
        let store = SqliteStore::open(&disk.path()).unwrap();
        check(&store, &last_acked, &format!("seed {seed}, cut {cut}")).await;
        store.close().await;
    }
    println!(
        "{cuts} power cuts, {acked} acknowledged appends, 0 lost; \
         of {unsynced} changes that were not synced the disk lost {lost}"
    );
    assert!(acked > 0 && lost > 0, "nothing was put to the test");
}

/// The disk itself: what is synced stays, what is not goes, sooner or later.
#[test]
fn a_disk_that_forgets_keeps_what_was_synced_and_loses_the_rest() {
    let mut random = Random(1);
    let (mut forgotten, mut torn) = (0, 0);
    for _ in 0..12 {
        let Some(disk) = Forgetful::mount() else {
            return;
        };
        let mut file = File::create(disk.path().join("synced")).unwrap();
        file.write_all(&[1; 3_000]).unwrap();
        file.sync_all().unwrap();
        File::open(disk.path()).unwrap().sync_all().unwrap();
        file.write_all(&[2; 3_000]).unwrap();
        fs::write(disk.path().join("unsynced"), "x").unwrap();
        drop(file);
        disk.cut_after(0);
        fs::write(disk.path().join("too_late"), "x").unwrap_err();
        let (disk, _) = disk.power_on(&mut random);
        let kept = fs::read(disk.path().join("synced")).unwrap();
        assert_eq!(kept[..3_000], [1; 3_000]);
        let late = kept.iter().filter(|byte| **byte == 2).count();
        forgotten += usize::from(late == 0);
        torn += usize::from(late > 0 && late < 3_000);
        assert!(!disk.path().join("too_late").exists());
    }
    assert!(
        forgotten > 0 && torn > 0,
        "{forgotten} forgotten, {torn} torn"
    );
}

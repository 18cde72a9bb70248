//! kill -9 at any moment: what was acknowledged is there.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Command, Stdio};

use server::storage::{Directory, Log, SqliteStore};

use crate::rig::{bytes, seed, snapshot, update};

const FOLDER: &str = "PLAZA_TEST_KILL_FOLDER";
const ROUNDS: u32 = 15;
/// Killed after at most so many acknowledgements, in the middle of further work.
const ACKS_MAX: u64 = 400;

/// Not a test of its own: what the test below starts, and kills. Without a folder it does nothing.
#[tokio::test]
async fn child_appends_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let store = SqliteStore::open(Path::new(&folder)).unwrap();
    if store.workshop(&"w".into()).await.unwrap().is_none() {
        seed(&store).await;
    }
    let mut next = [("d", 0), ("e", 0)];
    for (document, next) in &mut next {
        *next = store.load(&(*document).into()).await.unwrap().last_seq + 1;
    }
    loop {
        for (document, next) in &mut next {
            let burst = 1 + *next % 17;
            for seq in *next..*next + burst {
                let document = *document;
                let done = move |result: Result<(), _>| {
                    result.unwrap();
                    // Straight to the pipe: the harness would keep what is printed.
                    writeln!(stdout(), "ack {document} {seq}").unwrap();
                };
                store.append(update(document, seq), Box::new(done));
            }
            *next += burst;
        }
        // Only `e` is ever compacted.
        let (document, next) = next[1];
        store
            .snapshot(&document.into(), snapshot(next - 1, next.cast_signed()))
            .await
            .unwrap();
    }
}

/// Starts the child, kills it after `acks` acknowledgements, and returns the last place acknowledged of each document.
fn write_until_killed(folder: &Path, acks: u64) -> BTreeMap<String, u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child_appends_until_killed"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let (mut acked, mut count) = (BTreeMap::new(), 0);
    // The harness prints too, and the last line may be cut short: only whole lines of ours count.
    let mut line = String::new();
    while lines.read_line(&mut line).is_ok_and(|length| length > 0) {
        let ack = line
            .strip_suffix('\n')
            .and_then(|line| line.split_once("ack "));
        if let Some((document, seq)) = ack.and_then(|(_, ack)| ack.split_once(' ')) {
            let last = acked.insert(document.to_owned(), seq.parse().unwrap());
            assert!(
                last.is_none_or(|last: u64| last + 1 == seq.parse::<u64>().unwrap()),
                "answers in order"
            );
            count += 1;
            if count == acks {
                child.kill().unwrap();
            }
        }
        line.clear();
    }
    child.wait().unwrap();
    acked
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let random = RandomState::new();
    let mut last_acked = BTreeMap::<String, u64>::new();
    for round in 0..ROUNDS {
        let acked = write_until_killed(folder.path(), 1 + random.hash_one(round) % ACKS_MAX);
        last_acked.extend(acked);

        let store = SqliteStore::open(folder.path()).unwrap();
        if store.workshop(&"w".into()).await.unwrap().is_none() {
            continue;
        }
        for document in ["d", "e"] {
            let stored = store.load(&document.into()).await.unwrap();
            assert!(
                stored.damage.is_empty(),
                "round {round}: {:?}",
                stored.damage
            );
            let acked = last_acked.get(document).copied().unwrap_or(1);
            assert!(
                stored.last_seq >= acked,
                "round {round}: {document} lost {acked}, has {}",
                stored.last_seq
            );
            // From the snapshot before the newest on, the log is whole; without one, from the beginning.
            let base = stored
                .snapshots
                .get(1)
                .map_or(0, |snapshot| snapshot.upto_seq);
            let seqs: Vec<u64> = stored.updates.iter().map(|(seq, _)| *seq).collect();
            assert_eq!(
                seqs,
                (base + 1..=stored.last_seq).collect::<Vec<_>>(),
                "round {round}: {document}"
            );
            assert!(document == "e" || base == 0);
            stored
                .updates
                .iter()
                .for_each(|(seq, data)| assert_eq!(*data, bytes(*seq)));
            for found in &stored.snapshots {
                assert_eq!(*found, snapshot(found.upto_seq, found.taken_ms));
            }
        }
    }
}

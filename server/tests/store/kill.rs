//! kill -9 at any moment: what was acknowledged is there.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};

use server::storage::{Directory, Log, SqliteStore};

use crate::rig::{bytes, seed, snapshot, update};

const FOLDER: &str = "PLAZA_TEST_KILL_FOLDER";
const KILLS: &str = "PLAZA_KILLS";
/// As many as `make test` has time for.
const FEW: u64 = 15;
/// The log is read from its beginning after each kill: a folder is given up after so many.
const KILLS_OF_A_FOLDER: u64 = 25;
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

/// How often something is done: what the environment says, or else a few times.
pub(crate) fn times(name: &str, few: u64) -> u64 {
    std::env::var(name).map_or(few, |said| said.parse().expect(name))
}

/// What a child has acknowledged: the last place of each document, and how many in all.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) last: BTreeMap<String, u64>,
    pub(crate) count: u64,
}

/// A child that appends until it is killed.
pub(crate) struct Appending {
    child: Child,
    reader: JoinHandle<Heard>,
    acks: Receiver<()>,
}

impl Appending {
    pub(crate) fn start(folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::child_appends_until_killed"])
            .env(FOLDER, folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let (ack, acks) = channel();
        let reader = thread::spawn(move || {
            let heard = read(lines, || {
                // Whoever does not count them does not listen.
                let _ = ack.send(());
            });
            drop(ack);
            heard
        });
        Self {
            child,
            reader,
            acks,
        }
    }

    /// Waits for so many acknowledgements, or until the child has ended.
    fn wait(&self, acks: u64) {
        self.acks.iter().take(acks as usize).for_each(drop);
    }

    /// Ends it in the middle of what it does. Returns all that it has acknowledged.
    pub(crate) fn kill(mut self) -> Heard {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.reader.join().unwrap()
    }
}

fn read(mut lines: impl BufRead, mut ack: impl FnMut()) -> Heard {
    let mut heard = Heard::default();
    // The harness prints too, and the last line may be cut short: only whole lines of ours count.
    let mut line = String::new();
    while lines.read_line(&mut line).is_ok_and(|length| length > 0) {
        let said = line
            .strip_suffix('\n')
            .and_then(|line| line.split_once("ack "));
        if let Some((document, seq)) = said.and_then(|(_, said)| said.split_once(' ')) {
            let seq: u64 = seq.parse().unwrap();
            let last = heard.last.insert(document.to_owned(), seq);
            assert!(last.is_none_or(|last| last + 1 == seq), "answers in order");
            heard.count += 1;
            ack();
        }
        line.clear();
    }
    heard
}

/// Everything that was acknowledged is there, and all that is there is as it was written.
pub(crate) async fn check(store: &SqliteStore, acked: &BTreeMap<String, u64>, when: &str) {
    if store.workshop(&"w".into()).await.unwrap().is_none() {
        assert!(acked.is_empty(), "{when}: the workshop is lost");
        return;
    }
    for document in ["d", "e"] {
        let stored = store.load(&document.into()).await.unwrap();
        assert!(stored.damage.is_empty(), "{when}: {:?}", stored.damage);
        let acked = acked.get(document).copied().unwrap_or(1);
        assert!(
            stored.last_seq >= acked,
            "{when}: {document} lost {acked}, has {}",
            stored.last_seq
        );
        // From the snapshot before the newest on, the log is whole; without one, from the beginning.
        let base = stored
            .snapshots
            .get(1)
            .map_or(0, |snapshot| snapshot.upto_seq);
        let seqs: Vec<u64> = stored.updates.iter().map(|(seq, _)| *seq).collect();
        let whole: Vec<u64> = (base + 1..=stored.last_seq).collect();
        assert_eq!(seqs, whole, "{when}: {document}");
        assert!(document == "e" || base == 0);
        for (seq, data) in &stored.updates {
            assert_eq!(*data, bytes(*seq), "{when}: {document}");
        }
        for found in &stored.snapshots {
            assert_eq!(*found, snapshot(found.upto_seq, found.taken_ms));
        }
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let random = RandomState::new();
    let mut folder = tempfile::tempdir().unwrap();
    let mut last_acked = BTreeMap::new();
    let (kills, mut acked) = (times(KILLS, FEW), 0);
    for kill in 0..kills {
        if kill % KILLS_OF_A_FOLDER == 0 {
            folder = tempfile::tempdir().unwrap();
            last_acked.clear();
        }
        let child = Appending::start(folder.path());
        child.wait(1 + random.hash_one(kill) % ACKS_MAX);
        let heard = child.kill();
        acked += heard.count;
        last_acked.extend(heard.last);
        let store = SqliteStore::open(folder.path()).unwrap();
        check(&store, &last_acked, &format!("kill {kill}")).await;
    }
    println!("{kills} kills, {acked} acknowledged appends, 0 lost");
    assert!(acked >= kills, "nothing was put to the test");
}

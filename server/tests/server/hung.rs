//! Calls into documents that panic or never come back, as faults of the CRDT library would make them.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use server::{
    app::Ended,
    room::{CallLimits, Lost, registry::ComputeError},
    storage::Store,
    testing::{Prey, Trap},
};
use shared::protocol::{CloseCode, Message as Plaza, Refusal};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{
    client::Client,
    rig::{Rig, add},
};

/// A call that hangs is given up after this; one that does not takes less on a machine that is busy.
const CALL: Duration = Duration::from_millis(1_500);
/// What must happen happens before this.
const PATIENCE: Duration = Duration::from_secs(30);
/// What the library does not get over.
const DEADLY: &str = "what the library does not get over";

/// Keeps calls hanging until it is dropped.
type Keep = mpsc::Sender<()>;

/// A trap in which what is chosen hangs.
fn hook(chosen: impl Fn(Prey<'_>) -> bool + Send + Sync + 'static) -> (Keep, Trap) {
    let (keep, hang) = mpsc::channel::<()>();
    let hang = Mutex::new(hang);
    let trap = Trap::new(move |prey| {
        if chosen(prey) {
            // All wait for the one that holds the lock, and that one for the sender to be dropped.
            let _ = hang.lock().unwrap().recv();
        }
    });
    (keep, trap)
}

fn limits(trap: Trap) -> CallLimits {
    CallLimits {
        message: CALL,
        document: CALL,
        trap,
        ..CallLimits::default()
    }
}

fn holds(bytes: &[u8], words: &str) -> bool {
    let words = words.as_bytes();
    bytes.windows(words.len()).any(|window| window == words)
}

/// Whether it is a message with what the library does not get over.
fn is_deadly(prey: Prey<'_>) -> bool {
    matches!(prey, Prey::Frame(bytes) if holds(bytes, DEADLY))
}

async fn health<S: Store>(rig: &Rig<S>) -> (u16, Value) {
    let answer = reqwest::get(rig.http("/healthz")).await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Waits until the server says so of itself.
async fn until_abandoned<S: Store>(rig: &Rig<S>, count: usize) {
    let waiting = async {
        while rig.rooms.abandoned() != count {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, waiting).await;
    assert!(waited.is_ok(), "{} are abandoned", rig.rooms.abandoned());
}

/// So many canvases more.
async fn canvases<S: Store>(rig: &Rig<S>, count: usize) -> Vec<String> {
    let fay = rig.token("facilitator", "Fay").await;
    let path = format!("/api/workshops/{}/canvases", rig.id());
    let mut ids = Vec::new();
    for n in 0..count {
        let new = json!({ "kind": "blank", "title": format!("Canvas {n}") });
        let (status, entry) = rig.request(Method::POST, &path, &fay, new).await;
        assert_eq!(status, 200, "{entry}");
        ids.push(entry["id"].as_str().unwrap().to_owned());
    }
    ids
}

/// Somebody on a canvas, who has caught up.
async fn on<S: Store>(rig: &Rig<S>, canvas: &str, token: &str, random: u64) -> Client {
    let client = Client::connect(rig.ws(), canvas.to_owned(), token.to_owned(), random);
    client
        .until("caught up", |state| state.sync.is_caught_up())
        .await;
    client
}

#[tokio::test]
async fn who_hangs_a_room_is_told_and_kept_out_and_everybody_else_comes_back() {
    let (keep, trap) = hook(is_deadly);
    let rig = Rig::in_memory_with(limits(trap)).await;
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n1", "before"));
    ana.saved().await;
    let (mallory, token) = rig.person_with_token("participant", "Mallory").await;
    mallory.run(&add("m", DEADLY));
    mallory
        .until("shown out", |state| {
            state.closed_with == [CloseCode::Refused]
        })
        .await;
    {
        let state = mallory.state.lock().unwrap();
        assert!(state.refused.contains(&Refusal::Unreadable));
    }
    ana.until("sent away", |state| {
        state.closed_with == [CloseCode::Restarting]
    })
    .await;
    ana.run(&add("n2", "after"));
    ana.saved().await;
    let set_aside = rig.store.quarantined(&rig.canvas(0).into());
    assert!(set_aside.iter().any(|row| holds(&row.data, DEADLY)));
    // Neither by the same session nor by another of the same person.
    let again = Client::connect(rig.ws(), rig.canvas(0), token, 5);
    again
        .until("kept out", |state| {
            state.closed_with == [CloseCode::Refused]
        })
        .await;
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["after", "before"]);
    let (status, said) = health(&rig).await;
    assert_eq!((status, &said["status"]), (503, &json!("degraded")));
    assert_eq!(said["abandoned_threads"], 1);
    assert!(said["reason"].as_str().unwrap().contains("not come back"));
    // What comes back after all is no trouble any more.
    drop(keep);
    until_abandoned(&rig, 0).await;
    assert_eq!(health(&rig).await.0, 200);
}

#[tokio::test]
async fn a_panic_ends_one_room_and_nobody_elses_work() {
    let trap = Trap::new(|prey| assert!(!is_deadly(prey), "on purpose"));
    let rig = Rig::in_memory_with(limits(trap)).await;
    let ana = rig.person("participant", "Ana").await;
    let mallory = rig.person("participant", "Mallory").await;
    ana.run(&add("n1", "before"));
    ana.saved().await;
    mallory.run(&add("m", DEADLY));
    mallory
        .until("shown out", |state| {
            state.closed_with == [CloseCode::Refused]
        })
        .await;
    ana.run(&add("n2", "after"));
    ana.saved().await;
    assert_eq!(ana.texts(), ["after", "before"]);
    assert_eq!(rig.rooms.abandoned(), 0);
    assert_eq!(health(&rig).await.0, 200);
}

#[tokio::test]
async fn more_rooms_hang_than_there_are_threads_to_spare_and_others_go_on() {
    const HUNG: usize = 7;
    let (_keep, trap) = hook(is_deadly);
    let rig = Rig::in_memory_with(CallLimits {
        workers: 2,
        spares: 1,
        abandoned_max: HUNG + 1,
        ..limits(trap)
    })
    .await;
    let ana = rig.person("participant", "Ana").await;
    let token = rig.token("participant", "Mallory").await;
    let mut mallories = Vec::new();
    let hung = canvases(&rig, HUNG).await;
    for (canvas, random) in hung.iter().zip(100..) {
        mallories.push(on(&rig, canvas, &token, random).await);
    }
    for mallory in &mallories {
        mallory.run(&add("m", DEADLY));
    }
    for n in 0..20 {
        ana.run(&add(&format!("n{n}"), "meanwhile"));
        ana.saved().await;
    }
    until_abandoned(&rig, HUNG).await;
    assert!(ana.state.lock().unwrap().closed_with.is_empty());
    // The rooms that hung are open again, for everybody else.
    let bo = rig.token("participant", "Bo").await;
    for (canvas, random) in hung.iter().zip(200..) {
        let bo = on(&rig, canvas, &bo, random).await;
        bo.run(&add("b", "here"));
        bo.saved().await;
        assert_eq!(bo.texts(), ["here"]);
    }
}

#[tokio::test]
async fn with_too_many_hung_the_server_stores_everything_and_ends_to_be_started_anew() {
    let (_keep, trap) = hook(is_deadly);
    let mut rig = Rig::start_with(limits(trap)).await;
    let hung = canvases(&rig, CallLimits::default().abandoned_max).await;
    let ana = rig.token("participant", "Ana").await;
    let mallory = rig.token("participant", "Mallory").await;
    let (mut anas, mut mallories) = (Vec::new(), Vec::new());
    for (canvas, random) in hung.iter().zip(100..) {
        let on_it = on(&rig, canvas, &ana, random).await;
        on_it.run(&add("a", "acknowledged"));
        on_it.saved().await;
        anas.push(on_it);
        mallories.push(on(&rig, canvas, &mallory, random + 100).await);
    }
    for mallory in &mallories {
        mallory.run(&add("m", DEADLY));
    }
    let ended = rig.ended().await;
    assert_eq!(ended, Ended::Exhausted);
    assert_eq!(ended.exit_code(), 75);
    drop((anas, mallories));
    rig.restart().await;
    let bo = rig.token("participant", "Bo").await;
    for (canvas, random) in hung.iter().zip(300..) {
        let bo = on(&rig, canvas, &bo, random).await;
        assert_eq!(bo.texts(), ["acknowledged"]);
    }
}

#[tokio::test]
async fn a_stored_part_that_hangs_is_set_aside_once_and_the_rest_is_served() {
    const STUBBORN: &str = "stored, and never read again";
    let is_armed = Arc::new(AtomicBool::new(false));
    let armed = Arc::clone(&is_armed);
    let (_keep, trap) = hook(move |prey| {
        armed.load(Ordering::SeqCst)
            && matches!(prey, Prey::Stored(bytes) if holds(bytes, STUBBORN))
    });
    let mut rig = Rig::start_with(limits(trap)).await;
    let ana = rig.person("participant", "Ana").await;
    for (id, text) in [("n1", "first"), ("n2", STUBBORN), ("n3", "third")] {
        ana.run(&add(id, text));
        ana.saved().await;
    }
    drop(ana);
    rig.stop().await;
    is_armed.store(true, Ordering::SeqCst);
    rig.restart().await;
    let bo = rig.person("participant", "Bo").await;
    assert_eq!(bo.texts(), ["first", "third"]);
    // The snapshot of the stop, and the update in the log.
    assert_eq!(rig.rooms.abandoned(), 2);
    bo.run(&add("b", "goes on"));
    bo.saved().await;
    drop(bo);
    rig.stop().await;
    let database = rusqlite::Connection::open(rig.folder.path().join("plaza.sqlite3")).unwrap();
    let mut rows = database
        .prepare("SELECT data FROM quarantine WHERE document = ?1")
        .unwrap();
    let set_aside: Vec<Vec<u8>> = rows
        .query_map([rig.canvas(0)], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(set_aside.len(), 2);
    assert!(set_aside.iter().all(|data| holds(data, STUBBORN)));
}

#[tokio::test]
async fn what_makes_a_document_unreadable_is_found_and_left_out() {
    const ODD: &str = "merges well, and cannot be read";
    let is_read = AtomicBool::new(false);
    let (_keep, trap) = hook(move |prey| match prey {
        // Once: what is loaded anew does without what is at fault.
        Prey::Whole => !is_read.swap(true, Ordering::SeqCst),
        Prey::Proof(bytes) => holds(bytes, ODD),
        Prey::Frame(_) | Prey::Stored(_) => false,
    });
    let rig = Rig::in_memory_with(limits(trap)).await;
    let (bo, token) = rig.person_with_token("participant", "Bo").await;
    let mallory = rig.person("participant", "Mallory").await;
    bo.run(&add("b", "before"));
    bo.saved().await;
    mallory.run(&add("m", ODD));
    mallory.saved().await;
    drop(mallory);
    let export = format!("/api/canvases/{}/export.json", rig.canvas(0));
    let (status, _) = rig.request(Method::GET, &export, &token, json!({})).await;
    assert_eq!(status, 500);
    bo.until("sent away", |state| {
        state.closed_with == [CloseCode::Restarting]
    })
    .await;
    bo.run(&add("b2", "after"));
    let late = rig.person("participant", "Late").await;
    late.until("it goes on", |state| {
        let texts: Vec<_> = state.document.view().iter().map(|it| &*it.text).collect();
        texts.contains(&"before") && texts.contains(&"after")
    })
    .await;
    // Its thread, and the one that found what was at fault.
    assert_eq!(rig.rooms.abandoned(), 2);
    let set_aside = rig.store.quarantined(&rig.canvas(0).into());
    assert!(set_aside.iter().any(|row| holds(&row.data, ODD)));
    // It can be read again, and is stored without that part at once.
    let (status, _) = rig.request(Method::GET, &export, &token, json!({})).await;
    assert_eq!(status, 200);
    let asked = tokio::time::timeout(PATIENCE, rig.store.snapshots_asked(1));
    assert!(asked.await.is_ok());
    assert_eq!(rig.rooms.abandoned(), 2);
}

#[tokio::test]
async fn who_only_asks_is_kept_out_after_some_times_and_then_the_document_rests() {
    // A state vector that nobody else sends: one client, at clock 7.
    const ASKED: [u8; 3] = [1, 77, 7];
    let asked = Plaza::SyncStep1(ASKED.to_vec()).encode();
    let odd = asked.clone();
    let trap = Trap::new(move |prey| assert!(prey != Prey::Frame(&odd), "on purpose"));
    let rig = Rig::in_memory_with(limits(trap)).await;
    let token = rig.token("participant", "Mallory").await;
    let mut codes = Vec::new();
    for _ in 0..4 {
        let url = format!("{}/sync/{}?token={token}", rig.ws(), rig.canvas(0));
        let request = url.into_client_request().unwrap();
        let (mut socket, _) = connect_async(request).await.unwrap();
        // Once the room has been met, unless it sends away at once.
        let met = socket.next().await.unwrap().unwrap();
        let mut closed = if let Message::Close(frame) = met {
            frame
        } else {
            let frame = Message::Binary(asked.clone().into());
            let _ = socket.send(frame).await;
            None
        };
        while closed.is_none() {
            if let Message::Close(frame) = socket.next().await.unwrap().unwrap() {
                closed = frame;
            }
        }
        codes.push(u16::from(closed.unwrap().code));
    }
    assert_eq!(codes, [1012, 1012, 4422, 1011]);
}

#[tokio::test]
async fn what_is_computed_of_a_document_may_hang_and_after_some_times_is_not_tried() {
    let (keep, hang) = mpsc::channel::<()>();
    let hang = Arc::new(Mutex::new(hang));
    let rig = Rig::in_memory_with(limits(Trap::default())).await;
    let canvas = rig.canvas(0).into();
    for n in 1..=3 {
        let hang = Arc::clone(&hang);
        let computed = rig
            .rooms
            .compute(&canvas, move || hang.lock().unwrap().recv());
        assert!(matches!(
            computed.await,
            Err(ComputeError::Lost(Lost::Hung))
        ));
        assert_eq!(rig.rooms.abandoned(), n);
    }
    let computed = rig.rooms.compute(&canvas, || 1).await;
    assert!(matches!(computed, Err(ComputeError::Rests)));
    let other = rig.canvas(1).into();
    assert!(matches!(rig.rooms.compute(&other, || 1).await, Ok(1)));
    drop(keep);
    until_abandoned(&rig, 0).await;
}

/// How many threads this process has.
#[cfg(target_os = "linux")]
fn threads() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("Threads:"));
    let count = line.unwrap().split_whitespace().nth(1);
    count.unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn rooms_that_are_open_have_no_threads_of_their_own() {
    let rig = Rig::in_memory().await;
    let ana = rig.token("participant", "Ana").await;
    let canvases = canvases(&rig, 40).await;
    let before = threads();
    let mut people = Vec::new();
    for (canvas, random) in canvases.iter().zip(100..) {
        people.push(on(&rig, canvas, &ana, random).await);
    }
    assert!(rig.rooms.count() > canvases.len());
    let limits = CallLimits::default();
    assert!(threads() <= before + limits.workers + limits.spares);
}

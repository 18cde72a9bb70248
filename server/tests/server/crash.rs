//! kill -9, SIGTERM, damage: the real binary on a real folder.

use std::path::Path;

use futures_util::StreamExt;
use serde_json::{Value, json};
use shared::protocol::CloseCode;

use crate::{
    client::Client,
    process::Process,
    rig::{Rig, add},
};

fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_plaza"))
}

async fn workshop(server: &Process) -> (String, String) {
    let post = |path: &str, body: Value| {
        let url = format!("{}{path}", server.http());
        async move {
            reqwest::Client::new()
                .post(url)
                .json(&body)
                .send()
                .await
                .unwrap()
                .json::<Value>()
                .await
                .unwrap()
        }
    };
    let workshop = post("/api/workshops", json!({ "title": "Crash" })).await;
    let key = &workshop["keys"]["participant"];
    let join =
        json!({ "workshop": workshop["workshop"], "key": key, "name": "Ana", "token": true });
    let joined = post("/api/join", join).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&workshop["canvases"][0]["id"]), text(&joined["token"]))
}

const KILLS_OF_A_CANVAS: u64 = 25;
/// Servers that run, and are killed, at the same time.
const SERVERS: usize = 8;

/// How often the whole server is killed: what the environment says, or else a few times.
fn kills() -> u64 {
    std::env::var("PLAZA_KILLS").map_or(8, |said| said.parse().expect("PLAZA_KILLS"))
}

/// Somebody writes on while the server is killed so many times. Returns how many notes it has vouched for in time.
async fn killed(rounds: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::start(binary(), folder.path()).await;
    let (canvas, token) = workshop(&server).await;
    let ana = Client::connect(server.ws(), canvas.clone(), token.clone(), 4_711);
    ana.saved().await;
    let (mut written, mut promised) = (0, 0);
    for round in 0..rounds {
        // A different moment each time: after so many acknowledgements.
        let goal = ana.state.lock().unwrap().stored.len() + round as usize % 4;
        for _ in 0..12 {
            ana.run(&add(&format!("n{written}"), &format!("note {written}")));
            written += 1;
        }
        ana.until("some stored", |state| state.stored.len() >= goal)
            .await;
        let stored = ana.state.lock().unwrap().stored.clone();
        promised = stored.iter().map(|(_, upto)| *upto).max().unwrap_or(0);
        server.kill();
        server.restart().await;
        // Somebody who was never here sees at least what was promised.
        let stranger = Client::connect(server.ws(), canvas.clone(), token.clone(), 90_001 + round);
        stranger
            .until("caught up", |state| state.sync.is_caught_up())
            .await;
        assert!(
            stranger.texts().len() as u64 >= promised,
            "{} of {promised}",
            stranger.texts().len()
        );
        // And Ana brings the rest back by herself.
        ana.saved().await;
    }
    let late = Client::connect(server.ws(), canvas, token, 5);
    late.saved().await;
    assert_eq!(late.texts(), ana.texts());
    assert_eq!(late.texts().len(), written);
    promised
}

#[tokio::test]
async fn killed_again_and_again_nothing_acknowledged_is_lost() {
    let kills = kills();
    // A canvas grows from kill to kill: it is given up after so many.
    let series = (0..kills.div_ceil(KILLS_OF_A_CANVAS))
        .map(|n| killed(KILLS_OF_A_CANVAS.min(kills - n * KILLS_OF_A_CANVAS)));
    // Most of the time somebody waits before trying to connect again.
    let promised = futures_util::stream::iter(series).buffer_unordered(SERVERS);
    let promised: u64 = promised.collect::<Vec<_>>().await.into_iter().sum();
    println!("{kills} kills of the server, {promised} saved notes, 0 lost");
}

#[tokio::test]
async fn sigterm_ends_it_cleanly_and_a_second_server_is_refused_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::start(binary(), folder.path()).await;
    let (canvas, token) = workshop(&server).await;
    let ana = Client::connect(server.ws(), canvas, token, 4_711);
    ana.saved().await;
    let check = |folder: &Path, port: u16| {
        let listen = format!("127.0.0.1:{port}");
        let output = std::process::Command::new(binary())
            .args(["check", "--listen", &listen, "--data"])
            .arg(folder)
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (ok, said) = check(folder.path(), server.port);
    assert!(
        !ok && said.contains("another Plaza server") && said.contains("cannot be listened on"),
        "{said}"
    );
    assert!(server.terminate().await.success());
    ana.until("told to come back", |state| {
        state.closed_with.contains(&CloseCode::Restarting)
    })
    .await;
    let (ok, said) = check(folder.path(), server.port);
    assert!(ok && said.contains("Plaza can start."), "{said}");
}

#[tokio::test]
async fn a_damaged_row_is_set_aside_and_the_rest_is_served() {
    let mut rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    for i in 0..5 {
        ana.run(&add(&format!("n{i}"), &format!("note {i}")));
        ana.saved().await;
    }
    drop(ana);
    rig.stop().await;
    // A stop takes a snapshot: damage that, and one row of the log before it.
    let database = rusqlite::Connection::open(rig.folder.path().join("plaza.sqlite3")).unwrap();
    let canvas = rig.canvas(0);
    let damaged = database
        .execute("DELETE FROM snapshots WHERE document = ?1", [&canvas])
        .unwrap();
    assert!(damaged <= 1);
    let rows = database
        .execute(
            "UPDATE updates SET data = zeroblob(length(data)) WHERE document = ?1 AND seq = 4",
            [&canvas],
        )
        .unwrap();
    assert_eq!(rows, 1);
    drop(database);
    rig.restart().await;
    let bo = rig.person("participant", "Bo").await;
    let texts = bo.texts();
    assert!(
        texts.len() >= 2 && texts.contains(&"note 0".to_owned()),
        "{texts:?}"
    );
}

#[tokio::test]
async fn a_document_of_which_nothing_is_left_is_closed_and_never_empty_and_writable() {
    let mut rig = Rig::start().await;
    rig.stop().await;
    let database = rusqlite::Connection::open(rig.folder.path().join("plaza.sqlite3")).unwrap();
    let canvas = rig.canvas(0);
    database
        .execute(
            "UPDATE updates SET data = x'00' WHERE document = ?1",
            [&canvas],
        )
        .unwrap();
    database
        .execute("DELETE FROM snapshots WHERE document = ?1", [&canvas])
        .unwrap();
    drop(database);
    rig.restart().await;
    let token = rig.token("participant", "Ana").await;
    let ana = Client::connect(rig.ws(), canvas, token, 4_711);
    ana.until("sent away", |state| {
        state.closed_with.contains(&CloseCode::Unavailable)
    })
    .await;
    assert!(!ana.state.lock().unwrap().sync.is_caught_up());
}

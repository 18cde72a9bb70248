//! Power cuts under the real binary: what people saw as saved is there, and the rest they bring back.

use std::{
    hash::{BuildHasher, RandomState},
    path::Path,
};

use serde_json::{Value, json};

use crate::{
    client::Client,
    forgetful::{Forgetful, Random},
    process::Process,
    rig::add,
};

const CUTS: &str = "PLAZA_POWER_CUTS";
/// As many as `make test` has time for.
const FEW: u64 = 2;
const PEOPLE: u64 = 3;
/// Power is cut after at most so many writes and syncs.
const CHANGES_MAX: u64 = 400;

/// A workshop's canvas, and a token for each of several people.
async fn workshop(server: &Process) -> (String, Vec<String>) {
    let post = async |path: &str, body: Value| {
        let address = format!("{}{path}", server.http());
        let answer = reqwest::Client::new().post(address).json(&body).send();
        answer.await.unwrap().json::<Value>().await.unwrap()
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let made = post("/api/workshops", json!({ "title": "Power" })).await;
    let mut tokens = Vec::new();
    for person in 0..=PEOPLE {
        let join = json!({
            "workshop": made["workshop"], "key": made["keys"]["participant"],
            "name": format!("Person {person}"), "token": true
        });
        tokens.push(text(&post("/api/join", join).await["token"]));
    }
    (text(&made["canvases"][0]["id"]), tokens)
}

/// How many of somebody's notes a fence has vouched for.
fn saved(person: &Client) -> u64 {
    let state = person.state.lock().unwrap();
    state
        .stored
        .iter()
        .map(|(_, upto)| *upto)
        .max()
        .unwrap_or(0)
}

#[tokio::test]
async fn what_was_saved_survives_power_cuts() {
    let Some(mut disk) = Forgetful::mount() else {
        return;
    };
    let cuts = std::env::var(CUTS).map_or(FEW, |said| said.parse().expect(CUTS));
    let seed = RandomState::new().hash_one(());
    println!("seed {seed}");
    let mut random = Random(seed);
    let binary = Path::new(env!("CARGO_BIN_EXE_plaza"));
    let mut server = Process::start(binary, &disk.path()).await;
    let (canvas, tokens) = workshop(&server).await;
    let (mut promised, mut forgotten) = (0, 0);
    for cut in 0..cuts {
        // New pages each time: what the last ones brought back is on the disk.
        let connect = |person: u64| {
            let token = tokens[person as usize].clone();
            let random = 1_000_003 * (cut * (PEOPLE + 1) + person + 1);
            Client::connect(server.ws(), canvas.clone(), token, random)
        };
        let people: Vec<Client> = (0..PEOPLE).map(connect).collect();
        for person in &people {
            person.saved().await;
        }
        let before = people[0].texts().len() as u64;
        disk.cut_after(1 + random.below(CHANGES_MAX));
        let writing = async {
            for round in 0_usize.. {
                for (number, person) in people.iter().enumerate() {
                    let id = format!("n{cut}-{number}-{round}");
                    person.run(&add(&id, "parking"));
                }
                let one = &people[round % people.len()];
                let heard = one.state.lock().unwrap().stored.len();
                one.until("another is saved", |state| state.stored.len() > heard)
                    .await;
            }
        };
        tokio::select! {
            () = writing => {}
            cut = tokio::task::spawn_blocking(disk.cut()) => cut.unwrap(),
        }
        server.kill();
        let saved: u64 = people.iter().map(saved).sum();
        drop(people);
        let (left, lost) = disk.power_on(&mut random);
        disk = left;
        forgotten += lost.lost;
        server = Process::start(binary, &disk.path()).await;
        let token = tokens[PEOPLE as usize].clone();
        let stranger = Client::connect(server.ws(), canvas.clone(), token, 7 + cut);
        stranger.saved().await;
        let there = stranger.texts().len() as u64;
        assert!(
            there >= before + saved,
            "seed {seed}, cut {cut}: of {before} and {saved} saved notes {there} are there"
        );
        promised += saved;
    }
    println!(
        "{cuts} power cuts, {promised} saved notes, 0 lost; the disk lost {forgotten} unsynced changes"
    );
    assert!(promised > 0, "nothing was put to the test");
}

//! An older copy of the server's folder is put back while twelve people hold newer work that builds on each other's.
//! They come back in any order: everything arrives, and everybody has the same.

use std::{fs, path::Path};

use serde_json::{Value, json};
use shared::{
    board::Command,
    geometry::Point,
    id::ObjectId,
    protocol::{CloseCode, Message as Plaza},
    sync::Status,
};

use crate::{
    client::Client,
    process::Process,
    rig::{add, edit},
};

const PEOPLE: usize = 12;

/// A different number each time, and the same ones in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A server with a workshop, and people on its first canvas.
struct Workshop {
    folder: tempfile::TempDir,
    server: Process,
    people: Vec<Client>,
    /// The canvas, and the token of somebody.
    door: (String, String),
    made: usize,
}

async fn post(server: &Process, path: &str, body: Value) -> Value {
    let sent = reqwest::Client::new()
        .post(format!("{}{path}", server.http()))
        .json(&body);
    sent.send().await.unwrap().json().await.unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}

impl Workshop {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Process::start(
            Path::new(env!("CARGO_BIN_EXE_plaza")),
            &folder.path().join("data"),
        )
        .await;
        let workshop = post(&server, "/api/workshops", json!({ "title": "Restored" })).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let canvas = text(&workshop["canvases"][0]["id"]);
        let mut people = Vec::new();
        let mut door = (canvas.clone(), String::new());
        for who in 0..PEOPLE {
            let role = if who == 0 {
                "facilitator"
            } else {
                "participant"
            };
            let join = json!({
                "workshop": workshop["workshop"], "key": workshop["keys"][role],
                "name": format!("P{who}"), "token": true
            });
            let token = text(&post(&server, "/api/join", join).await["token"]);
            let person = Client::connect(
                server.ws(),
                canvas.clone(),
                token.clone(),
                70_000 + 31 * who as u64,
            );
            person.state.lock().unwrap().announces = true;
            door.1 = token;
            people.push(person);
        }
        for person in &people {
            person
                .until("caught up", |state| state.sync.is_caught_up())
                .await;
        }
        Self {
            folder,
            server,
            people,
            door,
            made: 0,
        }
    }

    /// Each does something, mostly to what others made.
    fn work(&mut self, random: &mut Random) {
        for who in 0..PEOPLE {
            let person = &self.people[who];
            let objects: Vec<ObjectId> = {
                let state = person.state.lock().unwrap();
                state
                    .document
                    .view()
                    .iter()
                    .map(|object| object.id.clone())
                    .collect()
            };
            if objects.is_empty() || random.below(4) == 0 {
                person.run(&add(
                    &format!("n{}", self.made),
                    &format!("note {}", self.made),
                ));
                self.made += 1;
                continue;
            }
            let object = objects[random.below(objects.len())].clone();
            match random.below(10) {
                0 => drop(person.run(&Command::Delete(vec![object]))),
                1 => drop(person.undo()),
                2 | 3 => {
                    let to = Point::new(random.below(900) as f64, random.below(900) as f64);
                    person.run(&Command::Move(vec![(object, to)]));
                }
                _ => drop(person.run(&edit(object.as_str(), 0, "more "))),
            }
        }
    }

    async fn all_saved(&self) {
        for person in &self.people {
            person.saved().await;
        }
    }

    /// Works on after a copy of the folder, puts the copy back, and returns in an order.
    async fn restore(&mut self, seed: u64) {
        let mut random = Random(seed);
        self.work(&mut random);
        self.all_saved().await;
        let data = self.folder.path().join("data");
        let older = self.folder.path().join("older");
        assert!(self.server.terminate().await.success());
        copy(&data, &older);
        self.server.restart().await;
        for round in 0..8 {
            self.work(&mut random);
            if round % 3 == 2 {
                self.all_saved().await;
            }
        }
        self.all_saved().await;
        for person in &self.people {
            person.sleeps(true);
            person.until("asleep", |state| !state.sync.is_open()).await;
        }
        // Not sent before the folder is put back.
        self.work(&mut random);
        assert!(self.server.terminate().await.success());
        fs::remove_dir_all(&data).unwrap();
        fs::rename(&older, &data).unwrap();
        self.server.restart().await;
        let mut order: Vec<usize> = (0..PEOPLE).collect();
        for at in (1..PEOPLE).rev() {
            order.swap(at, random.below(at + 1));
        }
        for who in order {
            self.people[who].sleeps(false);
            if random.below(2) == 0 {
                let caught_up = |state: &crate::client::State| state.sync.is_caught_up();
                self.people[who].until("caught up", caught_up).await;
            }
        }
        self.all_saved().await;
        self.is_one(seed).await;
    }

    /// Everybody has what whoever comes new has.
    async fn is_one(&self, seed: u64) {
        let (canvas, token) = self.door.clone();
        let late = Client::connect(self.server.ws(), canvas, token, 5_000_000 + seed);
        late.saved().await;
        let mark = late.state.lock().unwrap().document.replica().content_mark();
        for person in &self.people {
            person
                .until("the same, and saved", |state| {
                    state.document.replica().content_mark() == mark
                        && state.sync.status() == Status::Saved
                })
                .await;
            let state = person.state.lock().unwrap();
            assert!(
                !state.closed_with.contains(&CloseCode::Refused),
                "in order {seed}"
            );
        }
    }
}

/// A collected range of a client, as an answer.
fn collected(client: u64, len: u8) -> Vec<u8> {
    let mut update = vec![1, 1];
    let mut rest = client;
    while rest > 127 {
        update.push(rest as u8 | 128);
        rest >>= 7;
    }
    update.push(rest as u8);
    update.extend([0, 0, len, 0]);
    Plaza::SyncStep2(update).encode()
}

#[tokio::test]
async fn after_a_kill_nobody_takes_the_place_of_somebody_who_is_on_her_way() {
    let mut workshop = Workshop::start().await;
    let people = std::mem::take(&mut workshop.people);
    let [fay, ana, mallory] = &people[..3] else {
        panic!("too few people");
    };
    ana.sleeps(true);
    ana.until("asleep", |state| !state.sync.is_open()).await;
    ana.run(&add("hers", "not sent yet"));
    workshop.server.kill();
    workshop.server.restart().await;
    let caught_up = |state: &crate::client::State| state.sync.is_caught_up();
    for somebody in [fay, mallory] {
        somebody.until("caught up", caught_up).await;
        let client = ana.state.lock().unwrap().document.replica().client_id();
        somebody.send_raw(collected(client, 40));
        somebody.run(&add(&format!("after {}", somebody.me()), "after that"));
    }
    fay.until("both", |state| state.document.view().len() == 2)
        .await;
    ana.sleeps(false);
    ana.saved().await;
    fay.until("hers", |state| state.document.view().len() == 3)
        .await;
    assert!(fay.texts().contains(&"not sent yet".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_folder_is_put_back_and_everybody_returns_in_any_order() {
    let mut workshop = Workshop::start().await;
    for seed in 1..=3 {
        workshop.restore(seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: `make hunt` runs it"]
async fn an_older_folder_is_put_back_in_twenty_orders_of_return() {
    for seed in 101..=120 {
        Workshop::start().await.restore(seed).await;
    }
}

//! Somebody who takes what is another's at the moments in which nobody looks: an id that only looks on, a right that
//! is being taken away, a request that began before it was.

use std::time::Duration;

use serde_json::json;
use server::storage::Directory;
use shared::{
    board::Command,
    protocol::{AwarenessEntry, Message as Plaza, limits::AWARENESS_BYTES_MAX},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::sleep,
};
use yrs::{Map, MapPrelim, Out, TransactionMut};

use crate::{
    client::Client,
    images::png,
    rig::{Rig, add, edit},
    rights::{by_hand_as, note, put_role, root},
};

fn id_of(client: &Client) -> u64 {
    client.state.lock().unwrap().document.replica().client_id()
}

#[tokio::test]
async fn the_id_of_somebody_who_looks_on_stays_theirs() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let ana = rig.person("observer", "Ana").await;
    let mallory = rig.person("participant", "Mallory").await;
    ana.announce("{}");
    mallory
        .until("Ana is seen", |state| !state.presence.is_empty())
        .await;
    let me = mallory.me();
    let update = by_hand_as(id_of(&ana), &mallory, |txn| {
        root(txn, "objects").insert(txn, "graffiti", note(me.as_str()));
    });
    mallory.send_raw(Plaza::Update(update).encode());
    mallory.run(&add("m", "her own"));
    sleep(Duration::from_millis(300)).await;
    assert_eq!(
        put_role(&rig, &fay, ana.me().as_str(), "participant")
            .await
            .0,
        200
    );
    ana.until("told", |state| state.hello.as_ref().unwrap().writable)
        .await;
    ana.run(&add("n", "Ana's"));
    ana.announce(r#"{"cursor":[1,2]}"#);
    ana.saved().await;
    mallory
        .until("Ana moves", |state| {
            state
                .presence
                .iter()
                .any(|entry| entry.state.contains("cursor"))
        })
        .await;
    assert!(ana.state.lock().unwrap().refused.is_empty());
}

#[tokio::test]
async fn presence_that_no_honest_client_sends_goes_no_further() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    ana.announce("{}");
    let mallory = rig.person("participant", "Mallory").await;
    let id = id_of(&mallory);
    let say = |client: u64, clock: u64, state: String| {
        let entry = AwarenessEntry {
            client,
            clock,
            state,
        };
        mallory.send_raw(Plaza::Awareness(vec![entry]).encode());
    };
    let large = json!({ "large": "x".repeat(AWARENESS_BYTES_MAX) }).to_string();
    say(id, 1, r#"{"cursor":[1,2]}"#.into());
    say(id, 2, large);
    say(id, u64::MAX, "{}".into());
    say(id, 1 << 53, "{}".into());
    say(1 << 60, 1, "{}".into());
    say(id, 3, r#"{"cursor":[3,4]}"#.into());
    ana.until("the last", |state| {
        state
            .presence
            .iter()
            .any(|entry| entry.state.contains("[3,4]"))
    })
    .await;
    drop(mallory);
    ana.until("left", |state| {
        state
            .presence
            .iter()
            .any(|entry| entry.client == id && entry.state == "null")
    })
    .await;
    ana.run(&add("n", "goes on"));
    ana.saved().await;
    let state = ana.state.lock().unwrap();
    assert!(state.presence.iter().all(|entry| {
        entry.client < 1 << 53 && entry.clock < 1 << 53 && entry.state.len() < AWARENESS_BYTES_MAX
    }));
    assert!(state.closed_with.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_roles_given_at_once_the_stored_one_holds_everywhere() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let bo = rig.person("participant", "Bo").await;
    let me = bo.me();
    for round in 0..40 {
        let (one, other) = if round % 2 == 0 {
            ("observer", "participant")
        } else {
            ("participant", "observer")
        };
        tokio::join!(
            put_role(&rig, &fay, me.as_str(), one),
            put_role(&rig, &fay, me.as_str(), other),
            put_role(&rig, &fay, me.as_str(), one),
            put_role(&rig, &fay, me.as_str(), other),
            put_role(&rig, &fay, me.as_str(), one),
            put_role(&rig, &fay, me.as_str(), other),
        );
        let stored = rig.store.participant(&me).await.unwrap().unwrap().role;
        sleep(Duration::from_millis(60)).await;
        let told = bo.state.lock().unwrap().hello.as_ref().unwrap().role;
        assert_eq!(told, stored, "in round {round}");
    }
}

#[tokio::test]
async fn a_picture_that_arrives_after_its_sender_has_left_is_not_taken() {
    let rig = Rig::start().await;
    let token = rig.token("participant", "Bo").await;
    let mut socket = TcpStream::connect(rig.address).await.unwrap();
    let bytes = png();
    let head = format!(
        "POST /api/canvases/{}/images HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        rig.canvas(0),
        rig.address,
        bytes.len()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(&bytes[..20]).await.unwrap();
    sleep(Duration::from_millis(200)).await;
    rig.leave(&token).await;
    socket.write_all(&bytes[20..]).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[tokio::test]
async fn leaving_by_one_session_spares_the_other() {
    let rig = Rig::start().await;
    let token = rig.token("participant", "Bo").await;
    let again = rig.join_again(&token, "participant", "Bo").await;
    let second = again["token"].as_str().unwrap().to_owned();
    let open = |token: String, id| Client::connect(rig.ws(), rig.canvas(0), token, id);
    let (one, two) = (open(token.clone(), 31), open(second, 32));
    for socket in [&one, &two] {
        socket
            .until("caught up", |state| state.sync.is_caught_up())
            .await;
    }
    assert_eq!(one.me(), two.me());
    rig.leave(&token).await;
    one.until("closed", |state| !state.closed_with.is_empty())
        .await;
    two.run(&add("n", "goes on"));
    two.saved().await;
    // The socket that is gone has no other way in.
    one.run(&add("late", "after"));
    sleep(Duration::from_millis(300)).await;
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["goes on"]);
}

#[tokio::test]
async fn two_who_make_one_id_on_two_canvases_harm_nobody() {
    let mut rig = Rig::start().await;
    let mut sockets = Vec::new();
    for canvas in [0, 1] {
        let token = rig.token("participant", &format!("Mallory {canvas}")).await;
        let socket = Client::connect(rig.ws(), rig.canvas(canvas), token, 900 + canvas as u64);
        socket
            .until("caught up", |state| state.sync.is_caught_up())
            .await;
        sockets.push(socket);
    }
    let bo_token = rig.token("participant", "Bo").await;
    let mut differ = Vec::new();
    for round in 0..10 {
        let id = format!("twice{round}");
        sockets[0].run(&add(&id, "one"));
        sockets[1].run(&add(&id, "two"));
        sleep(Duration::from_millis(60)).await;
        if sockets
            .iter()
            .all(|socket| socket.state.lock().unwrap().refused.is_empty())
        {
            differ.push(id);
        } else {
            break;
        }
    }
    drop(sockets);
    // Both rooms are read anew.
    rig.stop().await;
    rig.restart().await;
    for canvas in [0, 1] {
        let bo = Client::connect(
            rig.ws(),
            rig.canvas(canvas),
            bo_token.clone(),
            50 + canvas as u64,
        );
        bo.until("caught up", |state| state.sync.is_caught_up())
            .await;
        for id in &differ {
            bo.run(&Command::Delete(vec![id.as_str().into()]));
            bo.saved().await;
            bo.undo();
            bo.saved().await;
        }
        assert!(bo.state.lock().unwrap().refused.is_empty());
    }
}

/// What everybody has, with who made it.
fn signed(client: &Client) -> Vec<(String, String, String)> {
    let state = client.state.lock().unwrap();
    let mut all: Vec<_> = state
        .document
        .view()
        .iter()
        .map(|object| {
            let author = object.author.clone().map(|author| author.to_string());
            (
                object.id.to_string(),
                author.unwrap_or_default(),
                object.text.clone(),
            )
        })
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn two_who_delete_and_bring_back_at_once_are_never_refused() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let bo = rig.person("participant", "Bo").await;
    ana.run(&add("a", "Ana's"));
    bo.run(&add("b", "Bo's"));
    ana.saved().await;
    bo.saved().await;
    for client in [&ana, &bo] {
        client
            .until("both", |state| state.document.view().len() == 2)
            .await;
    }
    for round in 0..12_u64 {
        for client in [&ana, &bo] {
            client.run(&Command::Delete(vec!["a".into(), "b".into()]));
        }
        if round % 3 == 0 {
            sleep(Duration::from_millis(20)).await;
        }
        for client in [&ana, &bo] {
            client.undo();
        }
        bo.run(&edit("a", 0, "x"));
        if round % 2 == 0 {
            ana.redo();
            sleep(Duration::from_millis(round)).await;
            bo.undo();
            bo.undo();
            ana.undo();
        }
        ana.saved().await;
        bo.saved().await;
        sleep(Duration::from_millis(50)).await;
        // Whatever is gone by now is brought back by whoever can.
        for _ in 0..6 {
            if ana.state.lock().unwrap().document.view().len() == 2 {
                break;
            }
            bo.undo();
            ana.undo();
            ana.saved().await;
            bo.saved().await;
            sleep(Duration::from_millis(30)).await;
        }
        for client in [&ana, &bo] {
            assert_eq!(client.state.lock().unwrap().refused, [], "in round {round}");
        }
    }
    let late = rig.person("participant", "Late").await;
    assert_eq!(signed(&late), signed(&ana));
    for (id, author, _) in signed(&late) {
        let whose = if id == "a" { ana.me() } else { bo.me() };
        assert_eq!(author, whose.to_string());
    }
}

#[tokio::test]
async fn what_was_made_while_one_only_looked_on_arrives_when_one_writes_again() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let ana = rig.person("participant", "Ana").await;
    // As a page does.
    ana.announce("{}");
    let bo = rig.person("participant", "Bo").await;
    bo.run(&add("bo", "Bo's"));
    bo.saved().await;
    ana.until("Bo's", |state| state.document.view().len() == 1)
        .await;
    let me = ana.me();
    assert_eq!(put_role(&rig, &fay, me.as_str(), "observer").await.0, 200);
    ana.until("told", |state| !state.hello.as_ref().unwrap().writable)
        .await;
    // All this is kept on the device.
    ana.run(&add("n", "kept"));
    ana.run(&Command::Delete(vec!["bo".into()]));
    ana.undo();
    ana.run(&edit("n", 0, "well "));
    ana.run(&add("gone", "gone again"));
    ana.undo();
    sleep(Duration::from_millis(300)).await;
    assert_eq!(
        put_role(&rig, &fay, me.as_str(), "participant").await.0,
        200
    );
    ana.saved().await;
    assert_eq!(ana.state.lock().unwrap().refused, []);
    bo.until("what was kept", |state| state.document.view().len() == 2)
        .await;
    assert_eq!(signed(&bo), signed(&ana));
    assert!(signed(&bo).iter().all(|(_, author, _)| !author.is_empty()));
}

#[tokio::test]
async fn who_signs_a_moment_late_is_asked_again_and_not_shut_out() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let me = ana.me();
    // As a stock client does that sets key by key: an update each.
    for n in 0..5 {
        let id = format!("n{n}");
        let updates = step_by_step(&ana, 40 + n, |txn, step| {
            let objects = root(txn, "objects");
            match step {
                0 => drop(objects.insert(txn, id.as_str(), MapPrelim::default())),
                _ => {
                    let Some(Out::YMap(map)) = objects.get(txn, &id) else {
                        panic!("no object");
                    };
                    map.insert(txn, "author", me.as_str());
                }
            }
        });
        let (first, whole) = updates;
        ana.send_raw(Plaza::Update(first).encode());
        ana.send_raw(Plaza::SyncStep2(whole).encode());
    }
    let late = rig.person("participant", "Late").await;
    late.until("all five", |state| state.document.view().len() == 5)
        .await;
    assert!(ana.state.lock().unwrap().closed_with.is_empty());
}

/// An update of a first step, and one of it and the second.
fn step_by_step(
    on: &Client,
    id: u64,
    write: impl Fn(&mut TransactionMut<'_>, usize),
) -> (Vec<u8>, Vec<u8>) {
    let first = by_hand_as(id, on, |txn| write(txn, 0));
    let whole = by_hand_as(id, on, |txn| {
        write(txn, 0);
        write(txn, 1);
    });
    (first, whole)
}

//! People on one canvas.

use shared::{
    board::{Document, Step},
    protocol::{CloseCode, Message as Plaza, Refusal},
    sync::{Status, client::Held},
};

use crate::{
    client::Client,
    rig::{Rig, add, edit},
};

#[tokio::test]
async fn two_people_write_in_one_note_and_a_late_joiner_gets_everything() {
    let rig = Rig::start().await;
    let (ana, bo) = (
        rig.person("participant", "Ana").await,
        rig.person("participant", "Bo").await,
    );
    ana.run(&add("n", "data"));
    bo.until("the note", |state| state.document.view().len() == 1)
        .await;
    ana.run(&edit("n", 0, "parking "));
    bo.run(&edit("n", 4, " from sensors"));
    for person in [&ana, &bo] {
        person.saved().await;
        person
            .until("both words", |state| {
                state
                    .document
                    .view()
                    .iter()
                    .any(|object| object.text == "parking data from sensors")
            })
            .await;
    }
    let late = rig.person("facilitator", "Cem").await;
    assert_eq!(late.texts(), ["parking data from sensors"]);
}

#[tokio::test]
async fn presence_is_relayed_echoed_and_ends_with_the_socket() {
    let rig = Rig::start().await;
    let (ana, bo) = (
        rig.person("participant", "Ana").await,
        rig.person("participant", "Bo").await,
    );
    let client = ana.state.lock().unwrap().document.replica().client_id();
    ana.announce("{\"user\":{\"name\":\"Ana\"}}");
    for person in [&ana, &bo] {
        person
            .until("Ana is seen", |state| {
                state.presence.iter().any(|entry| entry.client == client)
            })
            .await;
    }
    drop(ana);
    bo.until("Ana has left", |state| {
        state
            .presence
            .iter()
            .any(|entry| entry.client == client && entry.state == "null")
    })
    .await;
}

#[tokio::test]
async fn observers_read_and_nobody_writes_the_workshops_own_document() {
    let rig = Rig::start().await;
    let (ana, observer) = (
        rig.person("participant", "Ana").await,
        rig.person("observer", "Olu").await,
    );
    ana.run(&add("n", "seen by all"));
    observer
        .until("the note", |state| state.document.view().len() == 1)
        .await;
    assert!(
        observer.state.lock().unwrap().refused.is_empty(),
        "reading is no offence"
    );
    // What its client would hold back is refused where it is sent all the same.
    let forced = |to: &Client, random| {
        let mut elsewhere = Document::new(random);
        elsewhere.apply(&add("x", "not mine to write"), Step::New);
        for update in elsewhere.take_outbox() {
            to.send_raw(Plaza::Update(update).encode());
        }
    };
    observer.run(&add("x", "not mine to write"));
    forced(&observer, 5);
    observer
        .until("the refusal", |state| {
            state.refused == [Refusal::ReadOnly]
                && state.sync.status() == Status::Held(Held::NotWritable, 1)
        })
        .await;
    let token = rig.token("facilitator", "Fay").await;
    let workshop = Client::connect(rig.ws(), rig.id(), token, 424_242);
    workshop
        .until("caught up", |state| state.sync.is_caught_up())
        .await;
    forced(&workshop, 6);
    workshop
        .until("the refusal", |state| {
            state.refused == [Refusal::ServerOnly]
        })
        .await;
    ana.run(&add("m", "still works"));
    ana.saved().await;
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["seen by all", "still works"]);
}

#[tokio::test]
async fn a_stock_client_hears_only_y_protocols() {
    use futures_util::{SinkExt, StreamExt};
    use tokio_tungstenite::tungstenite::Message;
    let rig = Rig::start().await;
    let url = format!(
        "{}/sync/{}?token={}",
        rig.ws(),
        rig.canvas(0),
        rig.token("participant", "Stock").await
    );
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    socket
        .send(Message::Binary(Plaza::SyncStep1(vec![0]).encode().into()))
        .await
        .unwrap();
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n", "hello"));
    ana.announce("{}");
    let mut kinds = std::collections::BTreeSet::new();
    while kinds.len() < 4 {
        let received =
            tokio::time::timeout(std::time::Duration::from_secs(20), socket.next()).await;
        let Message::Binary(bytes) = received.unwrap().unwrap().unwrap() else {
            continue;
        };
        assert!(bytes[0] <= 3, "message type {}", bytes[0]);
        kinds.insert(bytes[..if bytes[0] == 0 { 2 } else { 1 }].to_vec());
    }
    assert!(kinds.contains(&vec![0, 1]) && kinds.contains(&vec![0, 2]) && kinds.contains(&vec![1]));
}

#[tokio::test]
async fn a_stop_stores_everything_and_says_come_back() {
    let mut rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n", "before the restart"));
    ana.saved().await;
    rig.stop().await;
    ana.until("closed", |state| {
        state.closed_with.contains(&CloseCode::Restarting)
    })
    .await;
    rig.restart().await;
    let bo = rig.person("participant", "Bo").await;
    assert_eq!(bo.texts(), ["before the restart"]);
}

#[tokio::test]
async fn a_full_disk_is_said_to_everyone_and_what_was_written_is_stored_later() {
    let rig = Rig::start().await;
    let (ana, bo) = (
        rig.person("participant", "Ana").await,
        rig.person("participant", "Bo").await,
    );
    ana.run(&add("n0", "on disk"));
    ana.saved().await;
    rig.store.limit_pages(Some(1)).await;
    let mut filled = 0;
    while !matches!(ana.state.lock().unwrap().sync.status(), Status::Failing(_)) && filled < 400 {
        filled += 1;
        ana.run(&add(&format!("f{filled}"), &"x".repeat(900)));
        ana.until("stored or told that it is not", |state| {
            matches!(state.sync.status(), Status::Saved | Status::Failing(_))
        })
        .await;
    }
    for person in [&ana, &bo] {
        person
            .until("told of the disk", |state| {
                matches!(state.sync.status(), Status::Failing(_))
            })
            .await;
    }
    ana.run(&add("late", "only in memory"));
    bo.until("seen all the same", |state| {
        state.document.view().get(&"late".into()).is_some()
    })
    .await;
    assert_ne!(ana.state.lock().unwrap().sync.status(), Status::Saved);
    rig.store.limit_pages(None).await;
    ana.saved().await;
    let late = rig.person("participant", "Late").await;
    assert!(late.texts().contains(&"only in memory".to_owned()));
}

//! What a room makes of its store: slow, taken over, fenced.

use server::{
    storage::{Append, Log},
    testing::MemoryStore,
};
use shared::{
    board::{Document, Step, workshop},
    id::DocumentId,
    protocol::CloseCode,
    sync::Status,
};

use crate::{
    client::Client,
    rig::{Rig, add},
};

/// More than a snapshot waits for, in notes of this length.
const LONG: usize = 60_000;
const MANY: usize = 20;

fn canvas(rig: &Rig<MemoryStore>) -> DocumentId {
    rig.canvas(0).into()
}

#[tokio::test]
async fn a_snapshot_that_hangs_holds_nobody_up() {
    let rig = Rig::in_memory().await;
    rig.store.hold_snapshots(true);
    let ana = rig.person("participant", "Ana").await;
    for n in 0..MANY {
        ana.run(&add(&format!("long{n}"), &"x".repeat(LONG)));
    }
    ana.saved().await;
    let mut written = 0;
    let writing = async {
        loop {
            ana.run(&add(&format!("n{written}"), "before"));
            written += 1;
            ana.saved().await;
        }
    };
    tokio::select! {
        () = rig.store.snapshots_asked(1) => {}
        () = writing => {}
    }
    assert!(
        rig.store
            .load(&canvas(&rig))
            .await
            .unwrap()
            .snapshots
            .is_empty()
    );
    // It hangs. Everything else goes on: edits are acknowledged, people come, a second one is not begun.
    for n in 0..MANY {
        ana.run(&add(&format!("after{n}"), &"y".repeat(LONG)));
        ana.saved().await;
    }
    let bo = rig.person("participant", "Bo").await;
    assert_eq!(bo.texts().len(), ana.texts().len());
    bo.run(&add("bo", "also here"));
    bo.saved().await;
    // Once it gets through, the next is taken, of what has come meanwhile.
    rig.store.hold_snapshots(false);
    let mut more = 0;
    let writing = async {
        loop {
            ana.run(&add(&format!("more{more}"), "later"));
            more += 1;
            ana.saved().await;
        }
    };
    tokio::select! {
        () = rig.store.snapshots_asked(2) => {}
        () = writing => {}
    }
    assert!(
        !rig.store
            .load(&canvas(&rig))
            .await
            .unwrap()
            .snapshots
            .is_empty()
    );
}

#[tokio::test]
async fn a_room_whose_log_another_server_writes_begins_anew_and_loses_nothing() {
    let rig = Rig::in_memory().await;
    let (ana, bo) = (
        rig.person("participant", "Ana").await,
        rig.person("participant", "Bo").await,
    );
    ana.run(&add("n1", "before"));
    ana.saved().await;
    let mut elsewhere = Document::new(31_337);
    elsewhere.apply(&add("e", "from elsewhere"), Step::New);
    let last = rig.store.load(&canvas(&rig)).await.unwrap().last_seq;
    for (seq, data) in (last + 1..).zip(elsewhere.take_outbox()) {
        let append = Append {
            document: canvas(&rig),
            seq,
            data,
            claims: Vec::new(),
            authors: Vec::new(),
        };
        rig.store.append_from_elsewhere(append).unwrap();
    }
    ana.run(&add("n2", "meanwhile"));
    for person in [&ana, &bo] {
        person
            .until("sent away", |state| {
                state.closed_with == [CloseCode::Restarting]
            })
            .await;
    }
    ana.saved().await;
    for person in [&ana, &bo] {
        person
            .until("everything", |state| state.document.view().len() == 3)
            .await;
        assert_eq!(person.texts(), ["before", "from elsewhere", "meanwhile"]);
    }
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts().len(), 3);
}

/// Two owners of one document are a fault, but one that costs nobody their work.
#[tokio::test]
async fn two_servers_that_write_one_document_lose_nothing_that_was_acknowledged() {
    const ROUNDS: usize = 6;
    let mut rig = Rig::in_memory().await;
    let neighbour = rig.neighbour().await;
    let ana = rig.person("participant", "Ana").await;
    let token = rig.token("participant", "Bo").await;
    let bo = Client::connect(neighbour, rig.canvas(0), token, 90_001);
    bo.saved().await;
    let mut expected = Vec::new();
    for n in 0..ROUNDS {
        for (person, name) in [(&ana, "ana"), (&bo, "bo")] {
            let text = format!("{name} {n}");
            person.run(&add(&text, &text));
            expected.push(text);
        }
        ana.saved().await;
        bo.saved().await;
    }
    for person in [&ana, &bo] {
        let closed_with = person.state.lock().unwrap().closed_with.clone();
        assert!(
            closed_with
                .iter()
                .all(|code| *code == CloseCode::Restarting),
            "{closed_with:?}"
        );
    }
    let ended =
        ana.state.lock().unwrap().closed_with.len() + bo.state.lock().unwrap().closed_with.len();
    assert!(ended > 0, "the two never met");
    let stored = rig.store.load(&canvas(&rig)).await.unwrap();
    let mut document = Document::new(5);
    let parts = stored.snapshots.iter().map(|snapshot| &snapshot.data);
    for part in parts.chain(stored.updates.iter().map(|(_, data)| data)) {
        document.merge(part).unwrap();
    }
    let mut texts: Vec<_> = document
        .view()
        .iter()
        .map(|object| object.text.clone())
        .collect();
    texts.sort();
    expected.sort();
    assert_eq!(texts, expected);
}

#[tokio::test]
async fn a_room_that_is_fenced_acknowledges_nothing_until_it_may_write_again() {
    let rig = Rig::in_memory().await;
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n1", "before"));
    ana.saved().await;
    let vouched = ana.state.lock().unwrap().stored.len();
    rig.store.fence(true);
    ana.run(&add("n2", "fenced"));
    ana.until("sent away twice", |state| state.closed_with.len() >= 2)
        .await;
    {
        let state = ana.state.lock().unwrap();
        assert!(
            state
                .closed_with
                .iter()
                .all(|code| *code == CloseCode::Restarting)
        );
        assert_eq!(state.stored.len(), vouched);
        assert_ne!(state.sync.status(), Status::Saved);
    }
    rig.store.fence(false);
    ana.saved().await;
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["before", "fenced"]);
}

#[tokio::test]
async fn a_list_of_people_that_was_lost_is_whole_when_it_is_opened_again() {
    let rig = Rig::in_memory().await;
    let fay = rig.token("facilitator", "Fay").await;
    let reader = Client::connect(rig.ws(), rig.id(), fay, 4_711);
    let lists = |state: &crate::client::State, names: &[&str]| {
        let mut listed: Vec<String> = workshop::view(state.document.replica())
            .people
            .into_iter()
            .map(|person| person.name)
            .collect();
        listed.sort();
        listed == names
    };
    reader
        .until("Fay is listed", |state| lists(state, &["Fay"]))
        .await;
    rig.store.fence(true);
    rig.token("participant", "Ana").await;
    reader
        .until("the room has ended over Ana", |state| {
            !state.closed_with.is_empty()
        })
        .await;
    rig.store.fence(false);
    reader
        .until("all are listed", |state| lists(state, &["Ana", "Fay"]))
        .await;
}

//! Somebody who signs for others, writes where they may not, and goes on after their rights have ended:
//! refused, nothing changed, and nobody else is harmed.

use rusqlite::Connection;
use serde_json::{Value, json};
use server::storage::{Append, Log};
use shared::{
    board::{Command, Document, Replica, Step, workshop},
    protocol::{AwarenessEntry, CloseCode, Message as Plaza, Refusal, control::Role},
    sync::{Status, client::Held},
};
use yrs::{
    Any, Doc, Map, MapPrelim, Out, ReadTxn, Transact, TransactionMut, Update,
    updates::decoder::Decode,
};

use crate::{
    client::Client,
    rig::{Rig, add, edit},
};

/// The client id under which Mallory writes by hand.
const BY_HAND: u64 = 666_666;

/// What a document says, whoever asks.
pub(crate) async fn served(rig: &Rig, document: &str) -> Vec<u8> {
    let token = rig.token("observer", "Auditor").await;
    let auditor = Client::connect(rig.ws(), document.to_owned(), token, 4_711);
    auditor
        .until("caught up", |state| state.sync.is_caught_up())
        .await;
    let state = auditor.state.lock().unwrap();
    state.document.replica().state()
}

/// An update made by hand on top of what a client has.
fn by_hand(on: &Client, write: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<u8> {
    by_hand_as(BY_HAND, on, write)
}

/// The same under another client id.
pub(crate) fn by_hand_as(
    id: u64,
    on: &Client,
    write: impl FnOnce(&mut TransactionMut<'_>),
) -> Vec<u8> {
    let state = on.state.lock().unwrap().document.replica().state();
    let copy = Doc::with_client_id(id);
    let everything = Update::decode_v1(&state).unwrap();
    copy.transact_mut().apply_update(everything).unwrap();
    for root in ["meta", "objects", "people"] {
        copy.get_or_insert_map(root);
    }
    let mut txn = copy.transact_mut();
    write(&mut txn);
    txn.encode_update_v1()
}

pub(crate) fn root(txn: &TransactionMut<'_>, name: &str) -> yrs::MapRef {
    txn.get_map(name).unwrap()
}

pub(crate) fn note(author: &str) -> MapPrelim {
    MapPrelim::from_iter([
        ("kind", Any::from("sticky_note")),
        ("author", Any::from(author)),
    ])
}

/// What somebody writes by hand, told who Ana is.
type Forge = fn(&mut TransactionMut<'_>, &str);

/// Sends an update and waits for its refusal.
pub(crate) async fn is_refused(mallory: &Client, update: Vec<u8>, code: &str) {
    let before = mallory.state.lock().unwrap().refused.len();
    mallory.send_raw(Plaza::Update(update).encode());
    mallory
        .until(code, |state| {
            state.refused[before..]
                .iter()
                .any(|refusal| refusal.code() == code)
        })
        .await;
}

pub(crate) async fn put_role(rig: &Rig, by: &str, whose: &str, role: &str) -> (u16, Value) {
    let path = format!("/api/workshops/{}/people/{whose}/role", rig.id());
    let body = json!({ "role": role });
    rig.request(reqwest::Method::PUT, &path, by, body).await
}

#[tokio::test]
async fn a_forger_changes_nothing_and_honest_people_go_on() {
    let rig = Rig::start().await;
    let (ana, bo) = (
        rig.person("participant", "Ana").await,
        rig.person("participant", "Bo").await,
    );
    ana.run(&add("n", "Ana's"));
    ana.saved().await;
    let before = served(&rig, &rig.canvas(0)).await;
    // A socket each: three refusals end one.
    let forgeries: [(&str, Forge); 6] = [
        ("author_forged", |txn, ana| {
            root(txn, "objects").insert(txn, "forged", note(ana));
        }),
        ("author_forged", |txn, _| {
            let unsigned = MapPrelim::from([("kind", "sticky_note")]);
            root(txn, "objects").insert(txn, "unsigned", unsigned);
        }),
        ("author_fixed", |txn, _| {
            let Some(Out::YMap(map)) = root(txn, "objects").get(txn, "n") else {
                panic!("no note");
            };
            map.insert(txn, "author", "mallory");
        }),
        ("closed_root", |txn, _| {
            root(txn, "meta").insert(txn, "schema", 99);
        }),
        ("closed_root", |txn, _| {
            root(txn, "meta").remove(txn, "title");
        }),
        ("closed_root", |txn, _| root(txn, "meta").clear(txn)),
    ];
    for (n, (code, forge)) in forgeries.into_iter().enumerate() {
        let mallory = rig.person("participant", &format!("Mallory {n}")).await;
        let update = by_hand(&mallory, |txn| forge(txn, ana.me().as_str()));
        is_refused(&mallory, update, code).await;
    }
    assert_eq!(served(&rig, &rig.canvas(0)).await, before);
    let mallory = rig.person("participant", "Mallory 7").await;
    // Whose the other id is by now, another has said.
    let elsewhere = by_hand_as(BY_HAND + 1, &mallory, |txn| {
        root(txn, "people").insert(txn, "p", "Mallory");
    });
    is_refused(&mallory, elsewhere, "left_out").await;

    // The same people undo, copy, delete and bring back what is theirs and what is others'.
    bo.run(&add("copy", "Ana's"));
    bo.run(&Command::Delete(vec!["n".into()]));
    bo.saved().await;
    bo.undo();
    bo.saved().await;
    ana.until("it is back", |state| state.document.view().len() == 2)
        .await;
    ana.run(&edit("n", 0, "Still "));
    ana.saved().await;
    assert!(ana.state.lock().unwrap().refused.is_empty());
    assert!(bo.state.lock().unwrap().refused.is_empty());
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["Ana's", "Still Ana's"]);
    let state = late.state.lock().unwrap();
    let author = |id: &str| {
        state
            .document
            .view()
            .get(&id.into())
            .unwrap()
            .author
            .clone()
    };
    assert_eq!(author("n"), Some(ana.me()));
    assert_eq!(author("copy"), Some(bo.me()));
}

#[tokio::test]
async fn who_made_something_outlives_its_document_and_the_server() {
    let mut rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("gone", "Ana's"));
    ana.run(&Command::Delete(vec!["gone".into()]));
    ana.saved().await;
    rig.stop().await;
    rig.restart().await;
    for canvas in [0, 1] {
        let token = rig.token("participant", "Mallory").await;
        let mallory = Client::connect(rig.ws(), rig.canvas(canvas), token, 99);
        mallory
            .until("caught up", |state| state.sync.is_caught_up())
            .await;
        let me = mallory.me();
        let update = by_hand(&mallory, |txn| {
            root(txn, "objects").insert(txn, "gone", note(me.as_str()));
        });
        is_refused(&mallory, update, "author_forged").await;
    }
}

#[tokio::test]
async fn a_canvas_that_was_added_later_hears_who_made_what_elsewhere() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    // Ana's room is open; only then there is another canvas.
    let database = Connection::open(rig.folder.path().join("plaza.sqlite3")).unwrap();
    database
        .execute(
            "INSERT INTO documents (id, workshop, kind, title, position)
             SELECT 'added', workshop, kind, title, 7 FROM documents WHERE id = ?1",
            [rig.canvas(0)],
        )
        .unwrap();
    let (stored, is_stored) = tokio::sync::oneshot::channel();
    let seed = Append {
        document: "added".into(),
        seq: 1,
        data: Document::seed(5, "blank", "Added"),
        claims: Vec::new(),
        authors: Vec::new(),
    };
    rig.store
        .append(seed, Box::new(move |result| stored.send(result).unwrap()));
    assert_eq!(is_stored.await.unwrap(), Ok(()));
    let token = rig.token("participant", "Mallory").await;
    let mallory = Client::connect(rig.ws(), "added".into(), token, 99);
    mallory
        .until("caught up", |state| state.sync.is_caught_up())
        .await;
    ana.run(&add("n", "Ana's"));
    ana.saved().await;
    let me = mallory.me();
    let update = by_hand(&mallory, |txn| {
        root(txn, "objects").insert(txn, "n", note(me.as_str()));
    });
    is_refused(&mallory, update, "author_forged").await;
}

#[tokio::test]
async fn a_document_of_an_unknown_kind_is_open_to_nobody() {
    let rig = Rig::start().await;
    let database = Connection::open(rig.folder.path().join("plaza.sqlite3")).unwrap();
    database
        .execute(
            "UPDATE documents SET kind = 'votes' WHERE id = ?1",
            [rig.canvas(1)],
        )
        .unwrap();
    let token = rig.token("facilitator", "Fay").await;
    let fay = Client::connect(rig.ws(), rig.canvas(1), token.clone(), 99);
    fay.until("closed", |state| {
        state.closed_with.contains(&CloseCode::Unavailable)
    })
    .await;
    assert_eq!(fay.state.lock().unwrap().hello, None, "it was let in");
    let get = async |path: String| {
        let request = reqwest::Client::new().get(rig.http(&path));
        let answer = request.bearer_auth(&token).send().await.unwrap();
        answer.json::<Value>().await.unwrap()
    };
    let listed = get(format!("/api/workshops/{}", rig.id())).await;
    assert_eq!(listed["canvases"].as_array().unwrap().len(), 1);
    let exported = get(format!("/api/canvases/{}/export.json", rig.canvas(1))).await;
    assert_eq!(exported, json!({ "code": "not_found", "what": "canvas" }));
}

#[tokio::test]
async fn nobody_writes_the_workshops_own_document() {
    let rig = Rig::start().await;
    let token = rig.token("facilitator", "Fay").await;
    let fay = Client::connect(rig.ws(), rig.id(), token, 424_242);
    fay.until("caught up", |state| state.sync.is_caught_up())
        .await;
    let name = |state: &[u8]| {
        let mut replica = Replica::new(8);
        replica.merge(state).unwrap();
        workshop::view(&replica).facts.title
    };
    for forge in [
        |txn: &mut TransactionMut<'_>| {
            root(txn, "people").insert(txn, "p", "Mallory");
        },
        |txn: &mut TransactionMut<'_>| {
            root(txn, "objects").insert(txn, "o", "graffiti");
        },
        |txn: &mut TransactionMut<'_>| root(txn, "meta").clear(txn),
    ] {
        let update = by_hand(&fay, forge);
        is_refused(&fay, update.clone(), "server_only").await;
        fay.send_raw(Plaza::SyncStep2(update).encode());
    }
    assert_eq!(name(&served(&rig, &rig.id()).await), "Parking data");
}

#[tokio::test]
async fn who_only_watches_moves_nothing_on_the_screens_of_others() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let watcher = rig.person("observer", "Watcher").await;
    let said = json!({ "cursor": [1, 2], "selection": ["n"], "drag": [5, 5], "writing": "n" });
    for client in [&ana, &watcher] {
        client.announce(&said.to_string());
    }
    for (who, seen_by, has_drag) in [(&watcher, &ana, false), (&ana, &watcher, true)] {
        let id = who.state.lock().unwrap().document.replica().client_id();
        seen_by
            .until("somebody is seen", |state| {
                state.presence.iter().any(|entry| entry.client == id)
            })
            .await;
        let state = seen_by.state.lock().unwrap();
        let entry = state
            .presence
            .iter()
            .find(|entry| entry.client == id)
            .unwrap();
        let seen: Value = serde_json::from_str(&entry.state).unwrap();
        assert_eq!(seen["cursor"], json!([1, 2]));
        assert_eq!(seen.get("drag").is_some(), has_drag);
        assert_eq!(seen.get("writing").is_some(), has_drag);
    }
}

#[tokio::test]
async fn presence_is_under_the_sessions_own_name_and_id() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    ana.announce("{}");
    let mallory = rig.person("participant", "Mallory").await;
    let id_of = |client: &Client| client.state.lock().unwrap().document.replica().client_id();
    let (ana_id, mallory_id) = (id_of(&ana), id_of(&mallory));
    // Under Ana's name, and then under Ana's id.
    let posing = json!({ "user": { "id": ana.me(), "name": "Ana", "colorLight": "#fff" }, "cursor": [1, 2] });
    mallory.announce(&posing.to_string());
    let stolen = AwarenessEntry {
        client: ana_id,
        clock: 1_000,
        state: r#"{"user":{"name":"Ana"},"cursor":[9,9]}"#.into(),
    };
    mallory.send_raw(Plaza::Awareness(vec![stolen]).encode());
    mallory.announce(&posing.to_string());
    ana.until("Mallory is seen", |state| {
        let mut entries = state.presence.iter();
        entries.any(|entry| entry.client == mallory_id && entry.clock == 2)
    })
    .await;
    let ana_is = json!(ana.me());
    let state = ana.state.lock().unwrap();
    for entry in &state.presence {
        let said: Value = serde_json::from_str(&entry.state).unwrap();
        if entry.client == mallory_id {
            assert_eq!(said["user"]["name"], "Mallory");
            assert_eq!(said["user"]["organisation"], "Parks");
            assert_ne!(said["user"]["id"], ana_is);
            assert_eq!(
                said["user"]["colorLight"], "#fff",
                "a stock client's own fields stay"
            );
            assert_eq!(said["cursor"], json!([1, 2]));
        } else {
            assert_eq!(said["user"]["name"], "Ana");
            assert_eq!(said.get("cursor"), None, "moved by somebody else");
        }
    }
}

#[tokio::test]
async fn a_socket_ends_with_its_session() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let token = rig.token("participant", "Bo").await;
    let open = |document: String| Client::connect(rig.ws(), document, token.clone(), 77);
    let bo = [open(rig.canvas(0)), open(rig.canvas(1)), open(rig.id())];
    for socket in &bo {
        socket
            .until("caught up", |state| state.sync.is_caught_up())
            .await;
    }
    bo[0].run(&add("n", "before"));
    bo[0].saved().await;
    rig.leave(&token).await;
    for socket in &bo {
        socket
            .until("closed", |state| {
                state.closed_with == [CloseCode::SessionEnded]
                    && matches!(
                        state.sync.status(),
                        Status::Closed(CloseCode::SessionEnded, _)
                    )
            })
            .await;
    }
    bo[0].run(&add("late", "after"));
    ana.run(&add("m", "goes on"));
    ana.saved().await;
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["before", "goes on"]);
}

async fn put_frozen(rig: &Rig, by: &str, canvas: &str, frozen: Value) -> (u16, Value) {
    let answer = reqwest::Client::new()
        .put(rig.http(&format!("/api/canvases/{canvas}/frozen")))
        .bearer_auth(by)
        .json(&json!({ "frozen": frozen }))
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_frozen_canvas_is_written_by_facilitators_alone_until_it_is_thawed() {
    let mut rig = Rig::start().await;
    let fay_token = rig.token("facilitator", "Fay").await;
    let ana_token = rig.token("participant", "Ana").await;
    let canvas = rig.canvas(0);
    let open = |rig: &Rig, token: &String, random| {
        Client::connect(rig.ws(), rig.canvas(0), token.clone(), random)
    };
    let (fay, ana) = (open(&rig, &fay_token, 501), open(&rig, &ana_token, 502));
    for person in [&fay, &ana] {
        person
            .until("caught up", |state| state.sync.is_caught_up())
            .await;
    }
    ana.run(&add("n", "before"));
    ana.saved().await;
    let (status, error) = put_frozen(&rig, &ana_token, &canvas, json!(true)).await;
    assert_eq!((status, &error["code"]), (403, &json!("facilitators_only")));
    let (status, error) = put_frozen(&rig, &fay_token, &rig.id(), json!(true)).await;
    assert_eq!((status, &error["what"]), (404, &json!("canvas")));
    let (status, error) = put_frozen(&rig, &fay_token, &canvas, json!("yes")).await;
    assert_eq!((status, &error["code"]), (400, &json!("malformed")));

    let said = put_frozen(&rig, &fay_token, &canvas, json!(true)).await;
    assert_eq!(said, (200, json!({ "frozen": true })));
    let is_writable = |state: &crate::client::State| state.hello.as_ref().unwrap().writable;
    ana.until("told", |state| !is_writable(state)).await;
    let mut elsewhere = Document::new(BY_HAND);
    elsewhere.apply(&add("forced", "all the same"), Step::New);
    let forced = elsewhere.take_outbox().remove(0);
    is_refused(&ana, forced, "frozen").await;
    fay.run(&add("m", "goes on"));
    fay.saved().await;
    let path = format!("/api/canvases/{canvas}/images");
    let picture = reqwest::Client::new()
        .post(rig.http(&path))
        .bearer_auth(&ana_token)
        .body(vec![1, 2, 3])
        .send()
        .await
        .unwrap();
    assert_eq!(picture.status(), 403);
    let picture: Value = picture.json().await.unwrap();
    assert_eq!(picture["code"], "frozen");

    // What is stored outlives the room and the server.
    drop((fay, ana));
    rig.stop().await;
    rig.restart().await;
    let ana = open(&rig, &ana_token, 503);
    ana.until("caught up", |state| state.sync.is_caught_up())
        .await;
    assert!(!is_writable(&ana.state.lock().unwrap()));
    assert_eq!(ana.texts(), ["before", "goes on"]);
    ana.run(&add("kept", "kept on the device"));
    let said = put_frozen(&rig, &fay_token, &canvas, json!(false)).await;
    assert_eq!(said, (200, json!({ "frozen": false })));
    ana.saved().await;
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["before", "goes on", "kept on the device"]);
}

#[tokio::test]
async fn who_is_set_to_view_only_writes_no_more_and_loses_nothing() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let ana = rig.person("participant", "Ana").await;
    let token = rig.token("participant", "Bo").await;
    let bo = Client::connect(rig.ws(), rig.canvas(0), token.clone(), 78);
    bo.until("caught up", |state| state.sync.is_caught_up())
        .await;
    bo.run(&add("n", "before"));
    bo.saved().await;
    let me = bo.me();
    // Only facilitators do it, and only to people who are there.
    let (status, error) = put_role(&rig, &token, me.as_str(), "facilitator").await;
    assert_eq!((status, &error["code"]), (403, &json!("facilitators_only")));
    let (status, error) = put_role(&rig, &fay, "nobody", "observer").await;
    assert_eq!((status, &error["what"]), (404, &json!("person")));

    let (status, person) = put_role(&rig, &fay, me.as_str(), "observer").await;
    assert_eq!((status, &person["role"]), (200, &json!("observer")));
    bo.until("told", |state| {
        let hello = state.hello.as_ref().unwrap();
        hello.role == Role::Observer && !hello.writable
    })
    .await;
    // An honest client keeps what is written now; one that is not sends it all the same.
    bo.run(&add("kept", "kept on the device"));
    let mut elsewhere = Document::new(BY_HAND);
    elsewhere.apply(&add("forced", "all the same"), Step::New);
    for _ in 0..5 {
        for update in elsewhere.take_outbox() {
            bo.send_raw(Plaza::Update(update.clone()).encode());
            bo.send_raw(Plaza::SyncStep2(update).encode());
        }
        elsewhere.apply(&edit("forced", 0, "x"), Step::New);
    }
    bo.until("refused", |state| {
        state.refused.contains(&Refusal::ReadOnly)
    })
    .await;
    let status = bo.state.lock().unwrap().sync.status();
    assert_eq!(status, Status::Held(Held::NotWritable, 1));
    ana.run(&add("m", "goes on"));
    ana.saved().await;
    // Coming back by the participants' link changes nothing.
    let again = rig.join_again(&token, "participant", "Bo").await;
    assert_eq!(again["participant"]["id"], json!(me));
    assert_eq!(again["participant"]["role"], "observer");
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["before", "goes on"]);

    // With the right to write, what was kept arrives.
    assert_eq!(
        put_role(&rig, &fay, me.as_str(), "participant").await.0,
        200
    );
    bo.saved().await;
    late.until("what was kept", |state| state.document.view().len() == 3)
        .await;
    assert!(bo.state.lock().unwrap().closed_with.is_empty());
}

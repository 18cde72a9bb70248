//! Fair shares: one person's sockets and tabs share one budget, whoever uses more waits or is refused, others notice
//! nothing.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use futures_util::{
    SinkExt, StreamExt,
    future::join_all,
    stream::{FuturesUnordered, select_all},
};
use reqwest::Method;
use rusqlite::Connection;
use serde_json::{Value, json};
use shared::protocol::{Message as Plaza, Refusal, limits};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    client::Client,
    hostile::{Socket, close_code, raw},
    rig::{Rig, add},
};

/// How long something is awaited.
const PATIENCE: Duration = Duration::from_secs(30);

async fn send(socket: &mut Socket, message: &Plaza) {
    let bytes = message.encode().into();
    socket.send(Message::Binary(bytes)).await.unwrap();
}

/// The next message of Plaza's.
async fn next(socket: &mut Socket) -> Plaza {
    loop {
        if let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() {
            return Plaza::decode(&bytes).unwrap();
        }
    }
}

/// Reads until something of a kind has come so often.
async fn count(socket: &mut Socket, mut so_often: usize, is_kind: impl Fn(&Plaza) -> bool) {
    let reading = async {
        while so_often > 0 {
            so_often -= usize::from(is_kind(&next(socket).await));
        }
    };
    timeout(PATIENCE, reading).await.expect("not in time");
}

fn is_hello(message: &Plaza) -> bool {
    matches!(message, Plaza::Hello(_))
}

fn rubbish(rig: &Rig) -> (i64, i64) {
    let database = rig.folder.path().join("plaza.sqlite3");
    Connection::open(database)
        .unwrap()
        .query_row(
            "SELECT count(*), coalesce(sum(length(data)), 0) FROM quarantine",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap()
}

/// 64 sockets of one session were a full document.
#[tokio::test]
async fn one_session_cannot_fill_a_document_with_sockets() {
    let rig = Rig::start().await;
    let token = rig.token("observer", "Mallory").await;
    let mut sockets = Vec::new();
    for _ in 0..limits::PERSON_DOCUMENT_SOCKETS_MAX {
        let mut socket = raw(&rig, &rig.canvas(0), &token).await;
        count(&mut socket, 1, is_hello).await;
        sockets.push(socket);
    }
    for _ in 0..64 {
        let mut socket = raw(&rig, &rig.canvas(0), &token).await;
        assert_eq!(close_code(&mut socket).await, 1013);
    }
    // Another document is another matter, and others notice nothing.
    let mut other = raw(&rig, &rig.canvas(1), &token).await;
    count(&mut other, 1, is_hello).await;
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n", "undisturbed"));
    ana.saved().await;
    // A socket that has ended makes room for another, once the server has noticed.
    sockets.pop().unwrap().close(None).await.unwrap();
    let again = Client::connect(rig.ws(), rig.canvas(0), token, 4);
    again
        .until("there is room", |state| state.sync.is_caught_up())
        .await;
}

/// The same step 1 was answered 41,800 times.
#[tokio::test]
async fn the_same_question_is_answered_so_often_whatever_sockets_ask_it() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let token = rig.token("observer", "Mallory").await;
    let began = Instant::now();
    let mut sockets = Vec::new();
    for _ in 0..3 {
        let mut socket = raw(&rig, &rig.canvas(0), &token).await;
        for _ in 0..170 {
            send(&mut socket, &Plaza::SyncStep1(vec![0])).await;
        }
        sockets.push(socket);
    }
    // Not in turn: one socket may have most of what all have together.
    let answers = select_all(sockets).filter_map(async |message| {
        let Message::Binary(bytes) = message.unwrap() else {
            return None;
        };
        let message = Plaza::decode(&bytes).unwrap();
        matches!(message, Plaza::SyncStep2(_)).then_some(())
    });
    let mut answers = pin!(answers);
    let mut answered = 0;
    while answered < 180 {
        answers.next().await.unwrap();
        answered += 1;
    }
    ana.run(&add("n", "undisturbed"));
    ana.saved().await;
    // What has come by now, and what comes until a second later at most.
    let reading = async {
        while answers.next().await.is_some() {
            answered += 1;
        }
    };
    let _ = timeout(Duration::from_secs(1), reading).await;
    let secs = began.elapsed().as_secs() + 1;
    let rate = limits::QUESTIONS.own;
    let most = u64::from(rate.burst) + secs * u64::from(rate.regained);
    assert!(answered <= most, "{answered} answers in {secs} s");
}

#[tokio::test]
async fn a_flood_waits_and_is_not_cut_off() {
    let rig = Rig::start().await;
    let token = rig.token("participant", "Mallory").await;
    let mut sockets = Vec::new();
    let began = Instant::now();
    let fences = limits::MESSAGES.own.burst + limits::MESSAGES.own.regained;
    for _ in 0..2 {
        let mut socket = raw(&rig, &rig.canvas(0), &token).await;
        for fence in 0..fences / 2 {
            send(&mut socket, &Plaza::Fence(fence.into())).await;
        }
        sockets.push(socket);
    }
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n", "undisturbed"));
    ana.saved().await;
    for socket in &mut sockets {
        // One that has come back vouches for those before it.
        let last = u64::from(fences / 2 - 1);
        let is_last = |message: &Plaza| *message == Plaza::Fence(last);
        count(socket, 1, is_last).await;
    }
    // Both together had one burst.
    assert!(began.elapsed().as_millis() > 900, "{:?}", began.elapsed());
}

#[tokio::test]
async fn what_observers_send_is_refused_unread_and_kept_nowhere() {
    let rig = Rig::start().await;
    let token = rig.token("observer", "Olu").await;
    let mut socket = raw(&rig, &rig.canvas(0), &token).await;
    for _ in 0..5 {
        send(&mut socket, &Plaza::Update(vec![7; 1 << 20])).await;
        count(
            &mut socket,
            1,
            |message| matches!(message, Plaza::Refused(refusal) if *refusal == Refusal::ReadOnly),
        )
        .await;
    }
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n", "undisturbed"));
    ana.saved().await;
    assert_eq!(rubbish(&rig), (0, 0));
}

#[tokio::test]
async fn coming_back_refills_no_budget_for_rubbish() {
    let rig = Rig::start().await;
    let token = rig.token("participant", "Mallory").await;
    let mut codes = Vec::new();
    for _ in 0..8 {
        let mut socket = raw(&rig, &rig.canvas(0), &token).await;
        for _ in 0..limits::REFUSALS_MAX {
            // One that was closed at once takes nothing.
            let update = Plaza::Update(vec![200; 300_000]).encode();
            let _ = socket.send(Message::Binary(update.into())).await;
        }
        codes.push(close_code(&mut socket).await);
    }
    let offences = limits::OFFENCES.own.burst as usize;
    assert!(
        codes[..offences].iter().all(|code| *code == 4422),
        "{codes:?}"
    );
    assert!(
        codes[offences + 1..].iter().all(|code| *code == 1013),
        "{codes:?}"
    );
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n", "undisturbed"));
    ana.saved().await;
    // What was stored after it has been stored, so it has, too.
    let (rows, bytes) = rubbish(&rig);
    assert!(rows <= limits::PERSON_QUARANTINE_ROWS_MAX as i64, "{rows}");
    assert!(
        bytes <= limits::PERSON_QUARANTINE_BYTES_MAX as i64,
        "{bytes}"
    );
    assert!(rows > 0, "developers have something to look at");
}

/// Asks at once, so often. Returns the first answer that is a refusal.
async fn first_refused(rig: &Rig, method: Method, path: &str, token: &str, body: Value) -> Value {
    let mut asked: FuturesUnordered<_> = (0..400)
        .map(|_| rig.request(method.clone(), path, token, body.clone()))
        .collect();
    while let Some((status, said)) = asked.next().await {
        if status != 200 {
            assert_eq!(status, 429, "{said}");
            return said;
        }
    }
    panic!("nothing was refused");
}

#[tokio::test]
async fn who_renames_without_end_is_refused_in_words_and_others_rename() {
    let rig = Rig::start().await;
    let (mallory, token) = rig.person_with_token("participant", "Mallory").await;
    let path = |id: &str| format!("/api/workshops/{}/people/{id}", rig.id());
    let body = json!({ "name": "Mallory" });
    let mine = path(mallory.me().as_str());
    let said = first_refused(&rig, Method::PATCH, &mine, &token, body).await;
    assert_eq!(said, json!({ "code": "too_many" }));
    let (ana, token) = rig.person_with_token("participant", "Ana").await;
    let (body, hers) = (json!({ "name": "Ana B." }), path(ana.me().as_str()));
    let renamed = rig.request(Method::PATCH, &hers, &token, body);
    assert_eq!(renamed.await.0, 200);
}

#[tokio::test]
async fn who_exports_without_end_is_refused_in_words_and_others_export() {
    let rig = Rig::start().await;
    let mallory = rig.token("observer", "Mallory").await;
    let path = format!("/api/canvases/{}/export.json", rig.canvas(0));
    let said = first_refused(&rig, Method::GET, &path, &mallory, Value::Null).await;
    assert_eq!(said, json!({ "code": "too_many" }));
    let ana = rig.token("observer", "Ana").await;
    let (status, exported) = rig.request(Method::GET, &path, &ana, Value::Null).await;
    assert_eq!(status, 200);
    assert!(exported["objects"].is_array(), "{exported}");
}

async fn join(rig: &Rig, role: &str, name: &str, from: &str) -> (u16, Value) {
    let body = json!({
        "workshop": rig.id(), "key": rig.workshop["keys"][role], "name": name, "token": true
    });
    let request = reqwest::Client::new()
        .post(rig.http("/api/join"))
        .header("x-forwarded-for", from);
    let answer = request.json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// 500 joins made a workshop full for ever.
#[tokio::test]
async fn who_never_wrote_and_is_not_there_makes_room() {
    let rig = Rig::with(|config| {
        config.limits.people = 4;
        config.limits.newcomer_secs = 0;
    })
    .await;
    let (writer, token) = rig.person_with_token("participant", "Ana").await;
    writer.run(&add("n", "hers"));
    writer.saved().await;
    let she = writer.me();
    drop(writer);
    let reader = rig.person("participant", "Bo").await;
    for n in 0..20 {
        let (status, said) = join(&rig, "observer", &format!("Nobody {n}"), "").await;
        assert_eq!(status, 200, "{said}");
    }
    let ana = Client::connect(rig.ws(), rig.canvas(0), token, 7);
    ana.until("she is still somebody", |state| state.sync.is_caught_up())
        .await;
    reader.run(&add("m", "his"));
    reader.saved().await;
    assert_eq!(ana.me(), she);
    let cem = rig.person("participant", "Cem").await;
    let dia = rig.person("participant", "Dia").await;
    let (status, said) = join(&rig, "participant", "Eve", "").await;
    assert_eq!((status, &said["code"]), (400, &json!("workshop_full")));
    // Whoever runs it gets in to make room.
    assert_eq!(join(&rig, "facilitator", "Fay", "").await.0, 200);
    drop((cem, dia));
}

#[tokio::test]
async fn sixty_people_come_at_once_from_one_address_and_a_flood_keeps_nobody_else_out() {
    let rig = Rig::with(|config| config.trusted_proxy = vec![[127, 0, 0, 1].into()]).await;
    let come = async |from: &str, n: usize| join(&rig, "participant", &format!("P{n}"), from).await;
    let room = join_all((0..60).map(|n| come("10.0.0.1", n))).await;
    assert!(room.iter().all(|(status, _)| *status == 200));
    let flood = join_all((0..80).map(|n| come("10.0.0.1", n))).await;
    let refused: Vec<_> = flood.iter().filter(|(status, _)| *status != 200).collect();
    assert!(refused.len() >= 30, "{}", refused.len());
    for (status, said) in refused {
        assert_eq!((*status, said), (429, &json!({ "code": "too_many" })));
    }
    assert_eq!(come("10.0.0.2", 1).await.0, 200);
    let run = join(&rig, "facilitator", "Fay", "10.0.0.1").await;
    assert_eq!(run.0, 200, "facilitators always get in");
}

async fn create(rig: &Rig, from: &str, key: &str) -> (u16, Value) {
    let request = reqwest::Client::new()
        .post(rig.http("/api/workshops"))
        .header("x-forwarded-for", from)
        .json(&json!({ "title": "Waste", "create_key": key }));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn refused_tries_to_create_count_against_nobody() {
    let rig = Rig::with(|config| {
        config.trusted_proxy = vec![[127, 0, 0, 1].into()];
        config.limits.workshops_per_hour = 5;
        config.limits.workshops_per_hour_and_address = 2;
    })
    .await;
    // The rig has created one, from the proxy's own address.
    for n in 0..50 {
        let (status, said) = create(&rig, "10.0.0.1", "").await;
        let expected = if n < 2 { 200 } else { 429 };
        assert_eq!(status, expected, "{said}");
    }
    assert_eq!(create(&rig, "10.0.0.2", "").await.0, 200);
    // Nothing else is counted by address.
    rig.person("participant", "Ana").await;
}

#[tokio::test]
async fn nobody_says_of_themselves_from_where_they_come() {
    let rig = Rig::with(|config| config.limits.workshops_per_hour_and_address = 2).await;
    assert_eq!(create(&rig, "10.0.0.1", "").await.0, 200);
    assert_eq!(create(&rig, "10.0.0.2", "").await.0, 429);
}

#[tokio::test]
async fn an_operator_may_ask_for_a_key_to_create_workshops() {
    let rig = Rig::with(|config| config.create_key = Some("open sesame".into())).await;
    for wrong in ["", "open", "open sesame "] {
        let (status, said) = create(&rig, "", wrong).await;
        assert_eq!((status, said), (403, json!({ "code": "create_key" })));
    }
    assert_eq!(create(&rig, "", "open sesame").await.0, 200);
}

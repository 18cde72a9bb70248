//! Identity is the person: two in one browser, links that give their own role, devices that prove who somebody was.

use serde_json::{Value, json};
use shared::{protocol::CloseCode, sync::Status};

use crate::{
    client::Client,
    rig::{Rig, add},
};

fn body(rig: &Rig, fields: Value) -> Value {
    let mut body = json!({ "workshop": rig.id() });
    for (key, value) in fields.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

/// Joins as a browser does. Returns the cookie, and what the server says.
async fn by_browser(rig: &Rig, cookies: &str, fields: Value) -> (String, Value) {
    let answer = reqwest::Client::new()
        .post(rig.http("/api/join"))
        .header("cookie", cookies)
        .json(&body(rig, fields))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    (cookie, answer.json().await.unwrap())
}

#[tokio::test]
async fn two_people_in_one_browser_stay_two() {
    let rig = Rig::start().await;
    let key = |role: &str| rig.workshop["keys"][role].clone();
    let as_ana = json!({ "key": key("participant"), "name": "Ana" });
    let (ana_cookie, ana) = by_browser(&rig, "", as_ana).await;
    let as_bo = json!({ "key": key("participant"), "name": "Bo" });
    let (bo_cookie, bo) = by_browser(&rig, &ana_cookie, as_bo).await;
    assert_ne!(ana["participant"]["id"], bo["participant"]["id"]);
    let both = format!("{ana_cookie}; {bo_cookie}");
    let who = |person: Value| {
        let url = rig.http(&format!(
            "/api/workshops/{}/people/{}?as={}",
            rig.id(),
            ana["participant"]["id"].as_str().unwrap(),
            person["participant"]["id"].as_str().unwrap()
        ));
        let both = both.clone();
        async move {
            let request = reqwest::Client::new().patch(url).header("cookie", both);
            let answer = request.json(&json!({ "external": true })).send();
            answer.await.unwrap().status().as_u16()
        }
    };
    assert_eq!(who(ana.clone()).await, 200, "each acts as themselves");
    assert_eq!(who(bo.clone()).await, 403);
    // Continuing renames nobody.
    let again = json!({ "person": ana["participant"]["id"], "name": "Mallory" });
    let (_, again) = by_browser(&rig, &both, again).await;
    assert_eq!(again["participant"]["name"], "Ana");
}

#[tokio::test]
async fn a_link_gives_its_own_role_and_takes_none_away() {
    let rig = Rig::start().await;
    let key = |role: &str| rig.workshop["keys"][role].clone();
    let run = json!({ "key": key("facilitator"), "name": "Fay" });
    let (cookie, fay) = by_browser(&rig, "", run).await;
    let guest = json!({ "key": key("participant"), "name": "Guest" });
    let (_, guest) = by_browser(&rig, &cookie, guest).await;
    assert_eq!(guest["participant"]["role"], "participant");
    let again = json!({ "key": key("participant"), "person": fay["participant"]["id"] });
    let (_, again) = by_browser(&rig, &cookie, again).await;
    assert_eq!(again["participant"]["role"], "facilitator");
    assert_eq!(again["participant"]["name"], "Fay");
}

#[tokio::test]
async fn nobody_continues_as_somebody_without_proof() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let key = rig.workshop["keys"]["participant"].clone();
    for fields in [
        json!({ "person": ana.me(), "key": key }),
        json!({ "person": ana.me(), "key": key, "device": "guessed" }),
        json!({ "person": "nobody", "key": key, "device": "x" }),
    ] {
        let (status, refused) = rig.post("/api/join", body(&rig, fields)).await;
        assert_eq!((status, &refused["code"]), (401, &json!("unauthenticated")));
    }
    let long = json!({ "key": key, "name": "Long", "device": "x".repeat(65) });
    let (status, refused) = rig.post("/api/join", body(&rig, long)).await;
    assert_eq!((status, &refused["code"]), (400, &json!("malformed")));
}

#[tokio::test]
async fn a_device_proves_whose_session_has_ended() {
    let rig = Rig::start().await;
    let key = rig.workshop["keys"]["participant"].clone();
    let first = json!({ "key": key, "name": "Ana", "device": "secret", "token": true });
    let (_, joined) = rig.post("/api/join", body(&rig, first)).await;
    let token = joined["token"].as_str().unwrap().to_owned();
    let database = rig.folder.path().join("plaza.sqlite3");
    let connection = rusqlite::Connection::open(database).unwrap();
    let expired = connection.execute("UPDATE sessions SET expires_ms = 1", []);
    assert!(expired.unwrap() > 0);
    let late = Client::connect(rig.ws(), rig.canvas(0), token, 91);
    late.until("refused", |state| {
        state.sync.status() == Status::Closed(CloseCode::Unauthenticated, 0)
    })
    .await;
    let back = json!({
        "person": joined["participant"]["id"], "device": "secret", "token": true
    });
    let (status, back) = rig.post("/api/join", body(&rig, back)).await;
    assert_eq!(status, 200, "{back}");
    assert_eq!(back["participant"]["id"], joined["participant"]["id"]);
    let token = back["token"].as_str().unwrap().to_owned();
    let ana = Client::connect(rig.ws(), rig.canvas(0), token, 92);
    ana.until("caught up", |state| state.sync.is_caught_up())
        .await;
    ana.run(&add("n", "kept"));
    ana.saved().await;
    // Only a hash is stored.
    let stored = std::fs::read(rig.folder.path().join("plaza.sqlite3")).unwrap();
    assert!(!stored.windows(6).any(|bytes| bytes == b"secret"));
}

#[tokio::test]
async fn a_link_says_where_it_leads_before_a_name_is_asked_for() {
    let rig = Rig::start().await;
    let path = format!("/api/workshops/{}/look", rig.id());
    let look = |key: Value| rig.post(&path, json!({ "key": key }));
    let (status, looked) = look(rig.workshop["keys"]["observer"].clone()).await;
    assert_eq!(status, 200);
    assert_eq!(
        looked,
        json!({ "title": "Parking data", "role": "observer", "barred": false })
    );
    let (status, refused) = look(json!("wrong")).await;
    assert_eq!((status, &refused["code"]), (401, &json!("link_invalid")));
    let (status, _) = rig
        .post("/api/workshops/none/look", json!({ "key": "x" }))
        .await;
    assert_eq!(status, 404);
}

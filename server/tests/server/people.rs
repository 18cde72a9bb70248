//! People are renamed, removed and let in again: at once, for open sockets too.

use reqwest::Method;
use serde_json::{Value, json};
use server::storage::Directory;
use shared::{protocol::CloseCode, sync::Status};

use crate::{
    canvases::{sees, watcher},
    client::Client,
    rig::{Rig, add},
};

async fn put_removed(rig: &Rig, by: &str, whose: &str, removed: bool) -> (u16, Value) {
    let path = format!("/api/workshops/{}/people/{whose}/removed", rig.id());
    let body = json!({ "removed": removed });
    rig.request(Method::PUT, &path, by, body).await
}

async fn rename(rig: &Rig, by: &str, whose: &str, body: Value) -> (u16, Value) {
    let path = format!("/api/workshops/{}/people/{whose}", rig.id());
    rig.request(Method::PATCH, &path, by, body).await
}

/// Joins with a device. Returns what the server says.
async fn join(rig: &Rig, device: &str, body: Value) -> (u16, Value) {
    let mut join = json!({ "workshop": rig.id(), "device": device, "token": true });
    for (key, value) in body.as_object().unwrap() {
        join[key] = value.clone();
    }
    rig.post("/api/join", join).await
}

#[tokio::test]
async fn everybody_renames_themselves_and_facilitators_rename_all() {
    let rig = Rig::start().await;
    let watcher = watcher(&rig).await;
    let fay = rig.token("facilitator", "Fay").await;
    let (ana, token) = rig.person_with_token("participant", "Ana").await;
    let me = ana.me();
    let body = json!({ "name": "Ana Lima", "external": true });
    let (status, person) = rename(&rig, &token, me.as_str(), body).await;
    assert_eq!((status, &person["external"]), (200, &json!(true)));
    assert_eq!(person["organisation"], "Parks", "what is missing stays");
    sees(&watcher, "the new name", |view| {
        let mut people = view.people.iter();
        people.any(|person| person.name == "Ana Lima" && person.external)
    })
    .await;
    let body = json!({ "organisation": "University" });
    assert_eq!(rename(&rig, &fay, me.as_str(), body).await.0, 200);
    let bo = rig.token("participant", "Bo").await;
    let (status, refused) = rename(&rig, &bo, me.as_str(), json!({ "name": "X" })).await;
    assert_eq!(
        (status, &refused["code"]),
        (403, &json!("facilitators_only"))
    );
    let (status, refused) = rename(&rig, &token, me.as_str(), json!({ "name": " " })).await;
    assert_eq!((status, &refused["code"]), (400, &json!("name_missing")));
    let (status, _) = rename(&rig, &fay, "nobody", json!({ "name": "X" })).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn who_is_removed_is_out_at_once_keeps_what_was_unsent_and_may_be_let_in_again() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let key = rig.workshop["keys"]["participant"].clone();
    let (_, joined) = join(&rig, "laptop", json!({ "key": key, "name": "Bo" })).await;
    let token = joined["token"].as_str().unwrap().to_owned();
    let me = joined["participant"]["id"].as_str().unwrap().to_owned();
    let bo = Client::connect(rig.ws(), rig.canvas(0), token.clone(), 41);
    bo.until("caught up", |state| state.sync.is_caught_up())
        .await;
    bo.run(&add("n", "before"));
    bo.saved().await;
    assert_eq!(put_removed(&rig, &fay, &me, true).await.0, 200);
    bo.until("removed", |state| state.closed_with == [CloseCode::Removed])
        .await;
    bo.run(&add("late", "unsent"));
    let status = bo.state.lock().unwrap().sync.status();
    assert_eq!(status, Status::Closed(CloseCode::Removed, 1), "kept");
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["before"], "what was written stays");

    // No way in: by session, by link on this device, as the same person on another one.
    let again = Client::connect(rig.ws(), rig.canvas(0), token.clone(), 42);
    again
        .until("removed", |state| state.closed_with == [CloseCode::Removed])
        .await;
    let path = format!("/api/workshops/{}", rig.id());
    let (status, refused) = rig.request(Method::GET, &path, &token, Value::Null).await;
    assert_eq!((status, &refused["code"]), (403, &json!("removed")));
    for (device, body) in [
        ("laptop", json!({ "key": key, "name": "Somebody" })),
        ("laptop", json!({ "person": me })),
    ] {
        let (status, refused) = join(&rig, device, body).await;
        assert_eq!((status, &refused["code"]), (403, &json!("removed")));
    }
    // It is said before a name is asked for.
    let look = |device: &str| {
        let path = format!("/api/workshops/{}/look", rig.id());
        let look = json!({ "key": key, "device": device });
        let rig = &rig;
        async move { rig.post(&path, look).await.1["barred"].clone() }
    };
    assert_eq!(look("laptop").await, json!(true));
    assert_eq!(look("phone").await, json!(false));
    // A new link shuts out whoever has only the old one; who is inside goes on.
    let path = format!("/api/workshops/{}/links/participant", rig.id());
    let (status, link) = rig.request(Method::POST, &path, &fay, json!({})).await;
    assert_eq!(status, 200);
    let (status, told) = rig.request(Method::GET, &path, &fay, Value::Null).await;
    assert_eq!((status, &told), (200, &link), "every facilitator shares it");
    let late_token = rig.token("observer", "Ines").await;
    let (status, _) = rig
        .request(Method::GET, &path, &late_token, Value::Null)
        .await;
    assert_eq!(status, 403);
    let (_, fresh) = link["link"].as_str().unwrap().split_once("#k=").unwrap();
    let (status, _) = join(&rig, "phone", json!({ "key": key, "name": "Bo" })).await;
    assert_eq!(status, 401);
    let (status, _) = join(&rig, "phone", json!({ "key": fresh, "name": "Cleo" })).await;
    assert_eq!(status, 200);
    late.run(&add("m", "goes on"));
    late.saved().await;

    assert_eq!(put_removed(&rig, &fay, &me, false).await.0, 200);
    let (status, back) = join(&rig, "laptop", json!({ "person": me })).await;
    assert_eq!((status, &back["participant"]["name"]), (200, &json!("Bo")));
}

#[tokio::test]
async fn a_new_facilitator_link_shuts_out_who_has_the_old_one() {
    let rig = Rig::start().await;
    let watcher = watcher(&rig).await;
    let fay = rig.token("facilitator", "Fay").await;
    let path = format!("/api/workshops/{}/links/facilitator", rig.id());
    let (status, told) = rig.request(Method::GET, &path, &fay, Value::Null).await;
    assert_eq!(
        (status, &told["link"]),
        (200, &rig.workshop["links"]["facilitator"])
    );
    let ana = rig.token("participant", "Ana").await;
    for method in [Method::POST, Method::GET] {
        let (status, _) = rig.request(method, &path, &ana, json!({})).await;
        assert_eq!(status, 403);
    }
    let (status, link) = rig.request(Method::POST, &path, &fay, json!({})).await;
    assert_eq!(status, 200);
    sees(&watcher, "that a link was replaced", |view| {
        view.facts.links == 1
    })
    .await;
    let (_, fresh) = link["link"].as_str().unwrap().split_once("#k=").unwrap();
    let old = rig.workshop["keys"]["facilitator"].clone();
    let (status, _) = join(&rig, "phone", json!({ "key": old, "name": "Bo" })).await;
    assert_eq!(status, 401);
    let (status, joined) = join(&rig, "phone", json!({ "key": fresh, "name": "Bo" })).await;
    assert_eq!(
        (status, &joined["participant"]["role"]),
        (200, &json!("facilitator"))
    );
    let nowhere = format!("/api/workshops/{}/links/owner", rig.id());
    let (status, _) = rig.request(Method::POST, &nowhere, &fay, json!({})).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn facilitators_do_not_shut_themselves_out() {
    let rig = Rig::start().await;
    let (fay, token) = rig.person_with_token("facilitator", "Fay").await;
    let me = fay.me();
    let (status, refused) = put_removed(&rig, &token, me.as_str(), true).await;
    assert_eq!((status, &refused["code"]), (403, &json!("not_yourself")));
    let (status, refused) = crate::rights::put_role(&rig, &token, me.as_str(), "observer").await;
    assert_eq!((status, &refused["code"]), (403, &json!("not_yourself")));
    let ana = rig.token("participant", "Ana").await;
    let (status, refused) = put_removed(&rig, &ana, me.as_str(), true).await;
    assert_eq!(
        (status, &refused["code"]),
        (403, &json!("facilitators_only"))
    );
}

#[tokio::test]
async fn what_is_stored_holds_although_the_facilitators_connection_breaks() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let path = |who: &str| format!("/api/workshops/{}/people/{who}/removed", rig.id());
    let mut cut = 0;
    for n in 0..40 {
        let bo = rig.person("participant", &format!("Bo {n}")).await;
        let request = reqwest::Client::new()
            .put(rig.http(&path(bo.me().as_str())))
            .bearer_auth(&fay)
            .json(&json!({ "removed": true }))
            .send();
        let patience = std::time::Duration::from_micros(300 * n);
        let answered = tokio::time::timeout(patience, request).await;
        cut += usize::from(answered.is_err());
        let row = rig.store.participant(&bo.me()).await.unwrap().unwrap();
        if row.is_removed {
            bo.until("removed", |state| state.closed_with == [CloseCode::Removed])
                .await;
        }
    }
    assert!(cut > 0, "no connection was cut");
}

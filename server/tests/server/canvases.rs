//! Facilitators add, rename, move, duplicate and archive canvases, by requests; everybody's list follows.

use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    board::{
        Replica,
        workshop::{self, WorkshopView},
    },
    sync::{Status, client::Held},
};

use crate::{
    client::Client,
    rig::{Rig, add},
};

/// The workshop's own document as a client has it.
pub(crate) fn view(client: &Client) -> WorkshopView {
    let state = client.state.lock().unwrap().document.replica().state();
    let mut replica = Replica::new(9);
    replica.merge(&state).unwrap();
    workshop::view(&replica)
}

/// Somebody who has the workshop's own document open.
pub(crate) async fn watcher(rig: &Rig) -> Client {
    let token = rig.token("participant", "Watcher").await;
    let client = Client::connect(rig.ws(), rig.id(), token, 555);
    client
        .until("caught up", |state| state.sync.is_caught_up())
        .await;
    client
}

/// Waits until the workshop's own document says something.
pub(crate) async fn sees(client: &Client, what: &str, is_so: impl Fn(&WorkshopView) -> bool) {
    client
        .until(what, |state| {
            let mut replica = Replica::new(9);
            let merged = replica.merge(&state.document.replica().state());
            merged.is_ok() && is_so(&workshop::view(&replica))
        })
        .await;
}

async fn add_canvas(rig: &Rig, by: &str, body: Value) -> (u16, Value) {
    let path = format!("/api/workshops/{}/canvases", rig.id());
    rig.request(Method::POST, &path, by, body).await
}

async fn change(rig: &Rig, by: &str, canvas: &str, body: Value) -> (u16, Value) {
    let path = format!("/api/canvases/{canvas}");
    rig.request(Method::PATCH, &path, by, body).await
}

fn titles(view: &WorkshopView) -> Vec<&str> {
    let canvases = view.canvases.iter();
    canvases.map(|canvas| canvas.title.as_str()).collect()
}

#[tokio::test]
async fn everybodys_list_follows_what_facilitators_do() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let watcher = watcher(&rig).await;
    let (status, added) =
        add_canvas(&rig, &fay, json!({ "kind": "blank", "title": "Waste" })).await;
    assert_eq!(status, 200, "{added}");
    let id = added["id"].as_str().unwrap();
    sees(&watcher, "the new canvas", |view| {
        titles(view).last() == Some(&"Waste")
    })
    .await;
    let body = json!({ "version": 1, "title": "Bins", "place": 0 });
    let (status, changed) = change(&rig, &fay, id, body).await;
    assert_eq!((status, &changed["version"]), (200, &json!(2)), "{changed}");
    sees(&watcher, "its new title and place", |view| {
        titles(view).first() == Some(&"Bins")
    })
    .await;
    let archive = json!({ "version": 2, "archived": true });
    assert_eq!(change(&rig, &fay, id, archive).await.0, 200);
    sees(&watcher, "that it is archived", |view| {
        !titles(view).contains(&"Bins") && view.archived.len() == 1
    })
    .await;
    let back = json!({ "version": 3, "archived": false });
    assert_eq!(change(&rig, &fay, id, back).await.0, 200);
    sees(&watcher, "that it is back at its place", |view| {
        titles(view).first() == Some(&"Bins") && view.archived.is_empty()
    })
    .await;
    let path = format!("/api/workshops/{}", rig.id());
    let body = json!({ "version": 1, "title": "Open city" });
    let (status, facts) = rig.request(Method::PATCH, &path, &fay, body).await;
    assert_eq!((status, &facts["version"]), (200, &json!(2)));
    sees(&watcher, "the workshop's title", |view| {
        view.facts.title == "Open city"
    })
    .await;
    // What the server says anew after a restart is the same.
    let late = view(&watcher);
    assert_eq!(late.facts.version, 2);
    for canvas in &late.canvases {
        assert_eq!(late.templates[&canvas.template].id, canvas.kind);
    }
}

#[tokio::test]
async fn what_is_stale_is_refused_with_what_changed_and_by_whom() {
    let rig = Rig::start().await;
    let (fay, gil) = (
        rig.token("facilitator", "Fay").await,
        rig.token("facilitator", "Gil").await,
    );
    let canvas = rig.canvas(0);
    let title = |title: &str| json!({ "version": 1, "title": title });
    assert_eq!(change(&rig, &fay, &canvas, title("Waste")).await.0, 200);
    let (status, refused) = change(&rig, &gil, &canvas, title("Trees")).await;
    assert_eq!(status, 409);
    assert_eq!(
        refused,
        json!({ "code": "stale", "title": "Waste", "by": "Fay" })
    );
    let path = format!("/api/workshops/{}", rig.id());
    let patch = |by: String, body: Value| {
        let path = path.clone();
        let rig = &rig;
        async move { rig.request(Method::PATCH, &path, &by, body).await }
    };
    assert_eq!(patch(gil.clone(), title("City")).await.0, 200);
    let (status, refused) = patch(fay.clone(), title("Town")).await;
    assert_eq!((status, &refused["by"]), (409, &json!("Gil")));
}

#[tokio::test]
async fn requests_that_make_no_sense_or_come_from_others_change_nothing() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let ana = rig.token("participant", "Ana").await;
    let canvas = rig.canvas(0);
    let renamed = json!({ "version": 1, "title": "Mine" });
    for (by, path, method, body, code) in [
        (
            &ana,
            format!("/api/canvases/{canvas}"),
            Method::PATCH,
            renamed.clone(),
            "facilitators_only",
        ),
        (
            &ana,
            format!("/api/workshops/{}", rig.id()),
            Method::PATCH,
            renamed.clone(),
            "facilitators_only",
        ),
        (
            &ana,
            format!("/api/workshops/{}/canvases", rig.id()),
            Method::POST,
            json!({ "kind": "blank" }),
            "facilitators_only",
        ),
        (
            &ana,
            format!("/api/canvases/{canvas}/copies"),
            Method::POST,
            json!({ "title": "x" }),
            "facilitators_only",
        ),
        (
            &fay,
            format!("/api/canvases/{canvas}"),
            Method::PATCH,
            json!({ "version": 1, "title": "\u{200b} " }),
            "title_missing",
        ),
        (
            &fay,
            format!("/api/canvases/{}", rig.id()),
            Method::PATCH,
            renamed,
            "not_found",
        ),
        (
            &fay,
            format!("/api/workshops/{}/canvases", rig.id()),
            Method::POST,
            json!({ "kind": "workshop" }),
            "unknown_kind",
        ),
        (
            &fay,
            format!("/api/workshops/{}/canvases", rig.id()),
            Method::POST,
            json!({ "kind": "votes" }),
            "unknown_kind",
        ),
    ] {
        let (_, refused) = rig.request(method, &path, by, body).await;
        assert_eq!(refused["code"], code, "{path}");
    }
    let archive = |version| json!({ "version": version, "archived": true });
    assert_eq!(change(&rig, &fay, &rig.canvas(1), archive(1)).await.0, 200);
    let (status, refused) = change(&rig, &fay, &canvas, archive(1)).await;
    assert_eq!((status, &refused["code"]), (409, &json!("last_canvas")));
    let path = format!("/api/workshops/{}", rig.id());
    let (_, info) = rig.request(Method::GET, &path, &fay, Value::Null).await;
    assert_eq!(info["canvases"].as_array().unwrap().len(), 2);
    assert_eq!(info["canvases"][0]["title"], "Board");
}

#[tokio::test]
async fn an_archived_canvas_takes_nothing_and_loses_nothing() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let (ana, gil) = (
        rig.person("participant", "Ana").await,
        rig.person("facilitator", "Gil").await,
    );
    ana.run(&add("before", "before"));
    ana.saved().await;
    let canvas = rig.canvas(0);
    let archived = |version, archived| json!({ "version": version, "archived": archived });
    assert_eq!(change(&rig, &fay, &canvas, archived(1, true)).await.0, 200);
    for (client, id) in [(&ana, "a"), (&gil, "g")] {
        client
            .until("that it is closed", |state| {
                state.hello.as_ref().is_some_and(|hello| !hello.writable)
            })
            .await;
        client.run(&add(id, "meanwhile"));
        let status = client.state.lock().unwrap().sync.status();
        assert_eq!(status, Status::Held(Held::NotWritable, 1));
    }
    // Who comes now finds it as it was, and so does a restarted server.
    let late = rig.person("facilitator", "Late").await;
    assert_eq!(late.texts(), ["before"]);
    assert!(!late.state.lock().unwrap().hello.as_ref().unwrap().writable);
    let upload = format!("/api/canvases/{canvas}/images");
    let (_, refused) = rig.request(Method::POST, &upload, &fay, json!({})).await;
    assert_eq!(refused["code"], "archived");
    assert_eq!(change(&rig, &fay, &canvas, archived(2, false)).await.0, 200);
    ana.saved().await;
    gil.saved().await;
    late.until("all of it", |state| state.document.view().len() == 3)
        .await;
}

#[tokio::test]
async fn a_duplicate_has_everything_by_whoever_wrote_it() {
    let rig = Rig::start().await;
    let fay = rig.token("facilitator", "Fay").await;
    let ana = rig.person("participant", "Ana").await;
    ana.run(&add("n", "parking sensors"));
    ana.saved().await;
    let path = format!("/api/canvases/{}/copies", rig.canvas(0));
    let body = json!({ "title": "Group two" });
    let (status, copy) = rig.request(Method::POST, &path, &fay, body).await;
    assert_eq!(status, 200, "{copy}");
    assert_eq!(copy["title"], "Group two");
    let canvas = copy["id"].as_str().unwrap().to_owned();
    let token = rig.token("participant", "Bo").await;
    let bo = Client::connect(rig.ws(), canvas, token, 777);
    bo.until("the copy", |state| state.document.view().len() == 1)
        .await;
    let (id, author) = {
        let state = bo.state.lock().unwrap();
        let note = state.document.view().iter().next().unwrap().clone();
        assert_eq!(note.text, "parking sensors");
        (note.id, note.author)
    };
    assert_ne!(id.as_str(), "n");
    assert_eq!(author.as_ref(), Some(&ana.me()));
    // It is a canvas like any other: what is written there stays there.
    bo.run(&add("m", "second"));
    bo.saved().await;
    assert_eq!(ana.texts(), ["parking sensors"]);
}
